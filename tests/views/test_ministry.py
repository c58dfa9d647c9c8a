"""The home of a ministry, and the steps of its plan."""

from datetime import date

import pytest
from django.test import Client

from reporting.models import Milestone, Role, StateParty, User
from reporting.rules.partial_date import PartialDate
from reporting.services.timetable import refresh
from tests.factories import (
    NOW,
    TODAY,
    DecisionFactory,
    StateFactory,
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
    UserFactory,
)
from tests.parties import refreshed_party
from tests.views.cast import as_, ministry_of, stranger
from tests.views.conftest import Page

pytestmark = pytest.mark.django_db
DRAFT = "/states/IDN/milestones/4/draft/"
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def party() -> StateParty:
    return refreshed_party()


@pytest.fixture
def owner(party: StateParty) -> User:
    return ministry_of(party)


@pytest.fixture
def client(owner: User) -> Client:
    return as_(owner)


def test_a_ministry_sees_what_it_owes_and_why_and_its_plan(client: Client) -> None:
    page = Page(client.get("/my/"))
    for text in (
        "Indonesia",
        "Initial report",
        "The initial report is due one year after the entry into force",
        "1 year 9 months left",
        "Consolidated draft by 1 March 2028",
        "No request is open.",
        "Nothing has been logged here yet.",
    ):
        assert text in page.text
    assert len(page.having("details", class_="plan")) == 4
    assert len(page.having("details", class_="plan", open="")) == 1
    assert page.having("a", href="/states/IDN/submissions/new/")
    assert page.having("a", href="/states/IDN/contacts/")


def test_a_request_of_the_committee_appears(client: Client, party: StateParty) -> None:
    DecisionFactory.create(state_party=party, kind="additional report", symbol="CMW/C/LTR/1")
    refresh(party=party, as_at=TODAY)
    page = Page(client.get("/my/"))
    assert "The Committee has requested an additional report outside the cycle." in page.text
    assert "CMW/C/LTR/1" in page.text


def test_what_was_logged_appears_with_its_state_and_what_the_un_published_does_not(
    client: Client, party: StateParty, owner: User
) -> None:
    SubmissionFactory.create(state_party=party)
    SubmissionFactory.create(
        state_party=party,
        first_report=2,
        received_on=None,
        status="returned",
        returned_because="x",
        sent_on=TODAY,
        filed_by=owner,
        filed_at=NOW,
    )
    logged = Page(client.get("/my/")).text.partition("What you have logged")[2]
    assert "Second periodic report 22 November 2026 Returned" in logged
    assert "Initial report" not in logged


def test_a_ministry_of_two_states_sees_both_and_no_third(owner: User, party: StateParty) -> None:
    for iso3, name in (("SYR", "Syrian Arab Republic"), ("PER", "Peru")):
        other = StatePartyFactory.create(state=StateFactory.create(iso3=iso3, name=name))
        refresh(party=other, as_at=TODAY)
    owner.states.add(StateFactory.create(iso3="SYR"))
    page = Page(as_(owner).get("/my/"))
    assert page.text.index("Indonesia") < page.text.index("Syrian Arab Republic")
    assert "Peru" not in page.text


def test_the_secretariat_is_led_to_its_inbox_and_who_has_no_state_is_told() -> None:
    StatePartyFactory.create()
    assert as_(UserFactory.create()).get("/my/")["Location"] == "/inbox/"
    nobody = UserFactory.create(role=Role.MINISTRY)
    assert "bound to no State party yet" in Page(as_(nobody).get("/my/")).text
    assert Client().get("/my/")["Location"] == "/sign-in/?next=/my/"


def test_a_step_is_ticked_without_a_script(client: Client) -> None:
    answer = client.post(f"{DRAFT}tick/", {"done": "yes"})
    assert answer["Location"] == "/my/#step-IDN-4-draft"
    assert Milestone.objects.get().done_on == TODAY
    assert "done 22 November 2026" in Page(client.get("/my/")).text
    client.post(f"{DRAFT}tick/", {"done": "no"})
    assert Milestone.objects.get().done_on is None


def test_a_script_gets_the_step_and_the_count_alone(client: Client) -> None:
    page = Page(client.post(f"{DRAFT}tick/", {"done": "yes"}, headers=SCRIPT))
    assert not page.having("html")
    assert page.having("li", id="step-IDN-4-draft")
    assert page.having("span", id="done-IDN-4", **{"hx-swap-oob": "true"})
    assert "1 of 8 steps done" in page.text


def test_a_step_is_moved_and_given_an_owner_with_and_without_a_script(client: Client) -> None:
    form = Page(client.get(DRAFT, headers=SCRIPT))
    assert not form.having("html")
    assert form.having("input", name="planned_on", value="2028-03-01")
    changed = {"planned_on": "2028-03-05", "owner": "Ms. Sari <b>"}
    page = Page(client.post(DRAFT, changed, headers=SCRIPT))
    assert "by 5 March 2028 moved Ms. Sari <b>" in page.text
    assert Page(client.get(DRAFT)).having("html")
    answer = client.post(DRAFT, {"planned_on": "", "owner": ""})
    assert answer["Location"] == "/my/#step-IDN-4-draft"
    assert (Milestone.objects.get().days_moved, Milestone.objects.get().owner) == (0, "")


@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_a_wrong_day_is_said_at_its_field(client: Client, headers: dict[str, str]) -> None:
    for day in ("2028-09-02", "soon"):
        page = Page(client.post(DRAFT, {"planned_on": day, "owner": ""}, headers=headers))
        assert page.having("p", id="id_IDN-4-draft_planned_on_error")
    assert not Milestone.objects.exists()


@pytest.mark.parametrize("address", ["9/draft/", "4/party/", "99999999999999999999/draft/"])
def test_a_step_that_there_is_not_is_a_404(client: Client, address: str) -> None:
    assert client.get(f"/states/IDN/milestones/{address}").status_code == 404
    assert client.post(f"/states/IDN/milestones/{address}tick/").status_code == 404


def test_only_who_acts_for_the_state_plans(party: StateParty, owner: User) -> None:
    as_(owner).post(f"{DRAFT}tick/", {"done": "yes"})
    other = as_(stranger())
    assert other.get(DRAFT).status_code == 404
    assert other.post(DRAFT, {"owner": "me"}).status_code == 404
    assert other.post(f"{DRAFT}tick/", {"done": "no"}).status_code == 404
    assert Client().post(f"{DRAFT}tick/")["Location"].startswith("/sign-in/")
    assert as_(ministry_of(party)).get(DRAFT).status_code == 200
    officer = as_(UserFactory.create()).post(f"{DRAFT}tick/", {"done": "yes"})
    assert officer["Location"] == "/states/IDN/"
    assert Milestone.objects.get().done_on == TODAY


@pytest.fixture
def torture(party: StateParty) -> StateParty:
    """Return Indonesia under another treaty, of which nobody knows what came."""
    treaty = TreatyFactory.create(
        code="CAT",
        name="Convention against Torture",
        data_as_at=date(2015, 3, 14),
        reports_on_record=False,
    )
    made = StatePartyFactory.create(
        state=party.state, treaty=treaty, deposited_on=PartialDate(1998, 10, 28)
    )
    refresh(party=made, as_at=TODAY)
    return made


def test_a_ministry_plans_under_every_treaty_and_the_page_names_what_it_shows(
    client: Client, torture: StateParty
) -> None:
    one = Page(client.get("/my/", {"treaty": "CMW"}))
    assert "All treaties" not in one.text.partition("My State")[0]
    page = Page(client.get("/my/"))
    assert "Convention on Migrant Workers" not in page.text
    assert [each["aria-label"] for each in page.having("section", class_="home")] == [
        "Indonesia",
        "Indonesia, CMW",
        "Indonesia, CAT",
        "Indonesia, beside the treaties",
    ]
    ahead = torture.obligations.open(as_at=TODAY).filter(due_by__gte=TODAY)
    assert ahead.count() < torture.obligations.count()
    assert len(page.having("details", class_="plan")) == 4 + ahead.count()
    assert len(page.having("details", class_="plan", open="")) == 1
    assert page.having("a", href="/states/IDN/submissions/new/?treaty=CAT")


def test_one_state_under_several_treaties_is_one_state(
    client: Client, owner: User, torture: StateParty
) -> None:
    page = Page(client.get("/my/"))
    assert "All treaties My State Subscribe" in page.text
    owner.states.add(StatePartyFactory.create(state=StateFactory.create(iso3="BOL")).state)
    assert "My States Subscribe" in Page(client.get("/my/")).text


def test_a_treaty_under_which_all_is_overdue_and_nothing_on_record_has_its_section(
    client: Client, party: StateParty
) -> None:
    protocol = TreatyFactory.create(code="OPSC", reports_on_record=False)
    bound = StatePartyFactory.create(state=party.state, treaty=protocol)
    refresh(party=bound, as_at=TODAY)
    bound.obligations.filter(due_by__gte=TODAY).delete()
    page = Page(client.get("/my/"))
    assert page.having("section", **{"aria-label": "Indonesia, OPSC"})
    for address in ("on-record", "submissions/new"):
        assert page.having("a", href=f"/states/IDN/{address}/?treaty=OPSC")
    said = page.text.partition("Indonesia OPSC")[2]
    assert "What fell due before stands under “Everything on record”." in said
    assert "No report is owed today." not in said


@pytest.mark.usefixtures("torture")
def test_below_all_treaties_stands_what_is_owed_under_one_that_was_left(
    client: Client, party: StateParty
) -> None:
    left = StatePartyFactory.create(
        state=party.state,
        treaty=TreatyFactory.create(code="OPSC", folded_into="CRC"),
        denunciation_effective_on=date(2026, 8, 1),
    )
    refresh(party=left, as_at=TODAY)
    for address in ("/my/", "/states/IDN/"):
        said = Page(client.get(address)).text
        assert "No party to OPSC any more since 1 August 2026." in said
        assert "still owed, the earliest: initial report. Everything on record" in said


def test_a_step_under_another_treaty_is_ticked_where_it_stands(
    client: Client, torture: StateParty
) -> None:
    report = torture.obligations.open(as_at=TODAY).filter(due_by__gte=TODAY)[0].last_report
    answer = client.post(f"/states/IDN/milestones/{report}/draft/tick/?treaty=CAT", {"done": "yes"})
    assert answer["Location"] == f"/my/#step-IDN-CAT-{report}-draft"
    assert Milestone.objects.get().state_party == torture
    page = Page(client.get("/my/"))
    assert page.having("li", id=f"step-IDN-CAT-{report}-draft", class_="step step-done")
