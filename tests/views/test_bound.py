"""Somebody of the secretariat who is bound to another treaty: a visitor under every other one."""

from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from reporting import permissions
from reporting.models import (
    Contact,
    Invitation,
    Message,
    Mute,
    Occasion,
    Role,
    Session,
    Submission,
    User,
)
from reporting.services.api_token import make_api_token
from reporting.services.reminder.worklist import plan_worklist
from reporting.services.timetable import refresh
from tests.factories import (
    NOW,
    TODAY,
    ContactFactory,
    SessionFactory,
    StateFactory,
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
    UserFactory,
)
from tests.views.addresses import ADDRESSES, Audience
from tests.views.cast import as_
from tests.views.conftest import Page
from tests.views.forms import fields
from tests.views.reminder.world import contact_of, reminder
from tests.views.test_another_state import VERBS, on_record
from tests.views.test_every_address import address

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("recorded")]
# What stands there is of the person's own treaties.
OWN = {
    f"reporting:{name}"
    for name in (
        *("inbox", "worklist", "contacts", "contact-new", "sessions", "session-new", "forecast"),
        *("planner", "planner-assign", "reminders", "reminders-retry", "reminder-test"),
        *("offsets", "mutes", "import-deposits", "inbox-list"),
    )
}
CLOSED = [
    name
    for name, audience in ADDRESSES.items()
    if audience in {Audience.OF_INDONESIA, Audience.SECRETARIAT} and name not in OWN
]
# Each list that names no treaty is of the person's own; asked for another one, it is not there.
LISTS = [
    f"/{name}/"
    for name in (
        *("inbox", "inbox/replies", "worklist", "contacts", "sessions", "forecast", "planner"),
    )
]


@pytest.fixture
def other() -> Any:
    """Return a treaty that does not bind Indonesia, with one State party that is late."""
    treaty = TreatyFactory.create(code="CERD", name="Convention on Racial Discrimination")
    state = StateFactory.create(iso3="FRA", name="France")
    party = StatePartyFactory.create(treaty=treaty, state=state)
    refresh(party=party, as_at=TODAY)
    return treaty


@pytest.fixture
def bound(other: Any) -> User:
    person: User = UserFactory.create(role=Role.SECRETARIAT)
    person.treaties.add(other)
    return person


@pytest.mark.parametrize("name", CLOSED)
def test_no_verb_opens_or_changes_what_is_under_another_treaty(bound: User, name: str) -> None:
    path, client = address(name), as_(bound)
    filled = fields(as_(UserFactory.create(role=Role.ADMINISTRATOR)), path)
    before = on_record()
    for verb in VERBS:
        answer: Any = client.post(path, filled) if verb == "POST" else client.generic(verb, path)
        assert answer.status_code in {404, 405}, (verb, answer.status_code)
        assert not answer.has_header("Content-Disposition"), verb
    assert on_record() == before


def test_deposits_are_imported_under_the_persons_own_treaties_only(bound: User) -> None:
    answer = as_(bound).get(address("reporting:import-deposits"))
    choices = [code for code, _name in answer.context["form"].fields["treaty"].choices if code]
    assert choices == ["CERD"]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_of_the_persons_own_treaties_and_no_other_can_be_asked_for(
    bound: User, path: str
) -> None:
    client = as_(bound)
    assert client.get(path).status_code == 200
    assert client.get(path, {"treaty": "CERD"}).status_code == 200
    assert client.get(path, {"treaty": "CMW"}).status_code == 404


def test_whoever_is_bound_reads_under_other_treaties_what_a_visitor_reads(bound: User) -> None:
    seen = Page(as_(bound).get("/states/IDN/", {"treaty": "CMW"})).text
    assert "CMW/C/IDN/1" in seen
    assert not Page(as_(bound).get("/states/IDN/")).having("a", href="/states/IDN/contacts/")


def test_the_dashboard_begins_with_the_persons_own_treaty(bound: User) -> None:
    assert "France" in Page(as_(bound).get("/")).text
    assert "France" not in Page(as_(UserFactory.create()).get("/")).text


def test_the_inbox_and_its_count_are_of_the_persons_own_treaties(bound: User) -> None:
    def waiting(person: User) -> int:
        html = as_(person).get("/inbox/").content.decode()
        return int(html.partition('class="masthead-count">')[2].partition("<")[0])

    whole = UserFactory.create()
    count = waiting(whole)
    assert waiting(bound) == 0
    filed = {"status": "filed", "sent_on": date(2026, 11, 20), "received_on": None}
    party = bound.treaties.get().parties.get()
    SubmissionFactory.create(state_party=party, symbol="", **filed)
    refresh(party=party, as_at=TODAY)
    assert waiting(bound) == 1
    assert waiting(whole) == count + 1


def test_the_ledger_shows_what_is_told_under_the_persons_treaties(bound: User) -> None:
    reader = contact_of("IDN")
    row = reminder(reader, "sent")
    assert reader.name not in Page(as_(bound).get("/reminders/", {"show": "sent"})).text
    whole = Page(as_(UserFactory.create()).get("/reminders/", {"show": "sent"}))
    assert reader.name in whole.text
    assert as_(bound).get(f"/reminders/{row.pk}/").status_code == 404


def test_contacts_are_those_of_the_states_parties_to_the_persons_treaties(bound: User) -> None:
    siti = contact_of("IDN")
    marie: Contact = ContactFactory.create(
        state=StateFactory.create(iso3="FRA"), name="Marie Dupont"
    )
    page = Page(as_(bound).get("/contacts/"))
    assert "Marie Dupont" in page.text
    assert siti.name not in page.text
    assert as_(bound).get("/states/FRA/contacts/").status_code == 200
    assert as_(bound).get(f"/contacts/{marie.pk}/").status_code == 200


def test_a_desk_officer_of_every_treaty_is_seen_and_not_changed_by_whoever_is_bound(
    bound: User,
) -> None:
    officer = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER, name="All of it")
    assert "All of it" in Page(as_(bound).get("/contacts/")).text
    assert as_(bound).get(f"/contacts/{officer.pk}/").status_code == 404


def test_a_desk_officer_whom_the_person_adds_is_told_of_the_persons_treaties_alone(
    bound: User,
) -> None:
    other = TreatyFactory.create(code="CAT", name="Convention against Torture")
    given = {"role": "desk officer", "name": "Ann", "email": "ann@example.org", "language": "en"}
    client = as_(bound)
    for treaties in ([], [other.pk]):
        client.post("/contacts/new/", given | {"active": "on", "treaties": treaties})
    assert not Contact.objects.filter(email="ann@example.org").exists()
    mine = [bound.treaties.get().pk]
    client.post("/contacts/new/", given | {"active": "on", "treaties": mine})
    assert [each.code for each in Contact.objects.get(name="Ann").treaties.all()] == ["CERD"]


def test_a_session_that_the_person_records_is_of_its_own_committee(bound: User) -> None:
    SessionFactory.create()
    days = {"number": "99", "starts_on": "2027-04-05", "ends_on": "2027-04-16"}
    as_(bound).post("/sessions/new/", days | {"status": "planned"})
    assert Session.objects.get(number=99).treaty.code == "CERD"


def test_whoever_is_bound_sees_neither_people_nor_the_audit_log(bound: User) -> None:
    client = as_(bound)
    for path in ("/people/", "/people/invite/", "/audit/", "/audit.csv", "/privacy/", "/outbox/"):
        assert client.get(path).status_code == 404, path
    page = Page(client.get("/inbox/"))
    assert not page.having("a", href="/people/")


def test_alerts_about_a_state_are_under_every_treaty_and_not_muted_by_whoever_is_bound(
    bound: User,
) -> None:
    france = StateFactory.create(iso3="FRA")
    assert as_(bound).get(f"/reminders/mutes/new/state/{france.pk}/").status_code == 404
    duty = bound.treaties.get().parties.get().obligations.first()
    assert duty
    assert as_(bound).get(f"/reminders/mutes/new/obligation/{duty.pk}/").status_code == 200
    assert not Mute.objects.exists()


def test_the_api_knows_the_same_bound(bound: User) -> None:
    token = make_api_token(user=bound, name="walk", scope="file", at=NOW)
    program = Client(headers={"Authorization": f"Bearer {token}"})
    mine = SubmissionFactory.create(state_party=bound.treaties.get().parties.get())
    theirs = Submission.objects.filter(state_party__treaty__code="CMW")[0]
    assert program.get(f"/api/v1/submissions/{mine.pk}").status_code == 200
    assert program.get(f"/api/v1/submissions/{theirs.pk}").status_code == 404
    report = BytesIO(b"%PDF-")
    report.name = "report.pdf"
    given = {"state": "IDN", "treaty": "CMW", "covers": 3, "sent_on": "2026-11-20"}
    filing = program.post("/api/v1/submissions", given | {"languages": "en", "documents": report})
    assert (filing.status_code, filing.json()["detail"]) == (
        404,
        "You act for no such State party.",
    )


def test_the_worklist_goes_to_the_desk_officers_of_its_treaties(bound: User) -> None:
    ann = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    ann.treaties.add(bound.treaties.get())
    bob = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    assert plan_worklist(as_at=TODAY, now=NOW) == 1
    assert [row.occasion for row in bob.reminders.all()] == [Occasion.WORKLIST]
    assert not ann.reminders.exists()
    assert not Message.objects.exists()


def test_somebody_is_bound_where_invited_and_where_the_account_is_changed(other: Any) -> None:
    boss = as_(UserFactory.create(role=Role.ADMINISTRATOR))
    given = {"email": "ann@example.org", "role": "secretariat", "treaties": [other.pk]}
    refused = Page(boss.post("/people/invite/", given | {"role": "administrator"}))
    assert "Only the secretariat is bound to treaties. Choose none." in refused.text
    assert boss.post("/people/invite/", given).status_code == 302
    ours = "ours"
    token = f"a-token-of-{ours}"
    hashed = sha256(token.encode()).hexdigest()
    Invitation.objects.filter(email="ann@example.org").update(token_hash=hashed)
    chosen = {"name": "Ann", "password": "a long sentence of her own"}
    assert Client().post(f"/invitation/{token}/", chosen).status_code == 302
    ann = User.objects.get(email="ann@example.org")
    assert ann.bound_to == {other.pk}
    form = {"role": "secretariat", "is_active": "on", "treaties": []}
    assert boss.post(f"/people/{ann.pk}/", form).status_code == 302
    assert User.objects.get(pk=ann.pk).bound_to == frozenset()
    assert "Treaties from CERD to " in Page(boss.get(f"/people/{ann.pk}/")).text


def test_what_was_filed_under_another_treaty_is_neither_found_nor_told_as_a_change(
    bound: User,
) -> None:
    seen = permissions.parties_acted_for(bound)
    assert {each.treaty.code for each in seen} == {"CERD"}
    assert permissions.parties_acted_for(UserFactory.create()).count() > seen.count()
