"""The page on which it is said that what a State has sent is on record."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from reporting.models import Reminder, StateParty, User
from reporting.rules.partial_date import PartialDate
from reporting.services.on_record import Statement, say_on_record
from reporting.services.reminder import ledger
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.sending import send_due
from reporting.services.timetable import refresh
from tests.factories import (
    NOW,
    TODAY,
    ContactFactory,
    StatePartyFactory,
    TreatyFactory,
    UserFactory,
)
from tests.views.cast import as_, ministry_of, stranger
from tests.views.conftest import Page

pytestmark = pytest.mark.django_db
HERE = "/states/IDN/on-record/?treaty=CAT"
THERE = "/states/IDN/?treaty=CAT"
SAY = "Say that it is on record"
UNKNOWN = (
    "Data as at 14 March 2015 for the other treaties: their States parties were loaded, and what they "
    "sent is not on record as a whole. “Overdue” under them means that the report is not on record here."
)


@pytest.fixture
def party() -> StateParty:
    """Return Indonesia under a treaty of which nobody knows what came."""
    treaty = TreatyFactory.create(
        code="CAT",
        name="Convention against Torture",
        data_as_at=date(2015, 3, 14),
        reports_on_record=False,
    )
    made = StatePartyFactory.create(treaty=treaty, deposited_on=PartialDate(1998, 10, 28))
    refresh(party=made, as_at=TODAY)
    ContactFactory.create(state=made.state)
    return made


@pytest.fixture
def owner(party: StateParty) -> User:
    return ministry_of(party, name="Ani Wijaya")


@pytest.fixture
def client(owner: User) -> Client:
    return as_(owner)


def given(party: StateParty, **more: str) -> dict[str, str]:
    return {"on": "2026-11-22", "seen": str(party.version), **more}


def said(party: StateParty, by: User) -> StateParty:
    statement = Statement(party=party, on=TODAY, seen=party.version)
    return say_on_record(said=statement, by=by, as_at=TODAY, now=NOW)


def test_the_page_says_what_it_changes_and_offers_today(client: Client) -> None:
    page = Page(client.get(HERE))
    assert "From then on its contacts and the secretariat get the alerts" in page.text
    assert page.having("input", name="on", value="2026-11-22")
    assert "It is not so" not in page.text


def test_it_is_seen_what_would_be_mailed_before_anything_is_saved(
    client: Client, party: StateParty
) -> None:
    page = Page(client.post(HERE, given(party)))
    assert "1 reader gets one e-mail with all of this" in page.text
    assert "Initial report due 1 July 2004" in page.text
    assert "Siti Rahayu" in page.text
    assert page.having("input", type="hidden", name="on", value="2026-11-22")
    party.refresh_from_db()
    assert (party.on_record_as_at, Reminder.objects.count()) == (None, 0)
    again = Page(client.post(HERE, given(party, step="edit")))
    assert again.having("input", type="date", name="on", value="2026-11-22")


def test_the_preview_says_how_many_mails_tell_more_than_one_can_hold(
    client: Client, party: StateParty, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[Any]
) -> None:
    monkeypatch.setattr(ledger, "MOST_IN_ONE", 2)
    ContactFactory.create(state=party.state, name="Budi Santoso")
    page = Page(client.post(HERE, given(party)))
    assert "2 readers get all of this by e-mail, with the next planning." in page.text
    assert "That makes 6 e-mails: one tells of at most 2 dates." in page.text
    client.post(HERE, given(party, step="save"))
    plan_alerts(as_at=TODAY, now=NOW)
    send_due(as_at=TODAY, clock=lambda: NOW)
    assert len(mailoutbox) == 6


def test_saved_it_stands_on_the_page_of_the_state_with_who_said_it(
    client: Client, party: StateParty
) -> None:
    answer = client.post(HERE, given(party, step="save"))
    assert answer["Location"] == THERE
    page = Page(client.get(THERE))
    sentence = "What Indonesia has sent under CAT is on record as at 22 November 2026."
    assert "it is alerted from now on" in page.text
    assert f"{sentence} Said by Ani Wijaya on 22 November 2026. Change this" in page.text
    assert "Data as at" not in page.text
    seen = Page(Client().get(THERE)).text
    assert sentence in seen
    assert "Ani Wijaya" not in seen
    assert "Change this" not in seen


def test_it_is_offered_to_those_alone_who_may(client: Client, party: StateParty) -> None:
    for address in (THERE, "/my/"):
        assert Page(client.get(address)).having("a", href=HERE)
    assert Page(as_(UserFactory.create()).get(THERE)).having("a", href=HERE)
    elsewhere = UserFactory.create()
    elsewhere.treaties.add(TreatyFactory.create())
    for reader in (Client(), as_(stranger()), as_(elsewhere)):
        page = Page(reader.get(THERE))
        assert not page.having("a", href=HERE)
        assert UNKNOWN in page.text
    assert party.reports_on_record is False


def test_overdue_reports_stand_on_my_state_once_it_is_said(
    client: Client, party: StateParty, owner: User
) -> None:
    assert "Initial report" not in Page(client.get("/my/")).text
    said(party, owner)
    assert "Initial report" in Page(client.get("/my/")).text


def test_it_is_taken_back_with_a_reason(client: Client, party: StateParty, owner: User) -> None:
    said(party, owner)
    party.refresh_from_db()
    seen = {"take_back-seen": str(party.version)}
    page = Page(client.post(HERE, {**seen, "take_back-because": ""}))
    assert page.has_problem
    assert "Say why, in a few words." in page.text
    answer = client.post(HERE, {**seen, "take_back-because": "Two are missing"})
    assert answer["Location"] == THERE
    assert "Taken back: nobody is alerted" in Page(client.get(THERE)).text
    party.refresh_from_db()
    assert party.on_record_as_at is None
    history = Page(client.get(f"/facts/deposit/{party.pk}/history/")).text
    assert "Two are missing" in history
    assert "what it has sent is on record as at" in history.lower()


def test_a_day_ahead_is_refused_at_its_field(client: Client, party: StateParty) -> None:
    page = Page(client.post(HERE, given(party, on="2026-11-23")))
    assert page.having("p", id="id_on_error")
    assert "This day lies ahead" in page.text


@pytest.mark.parametrize("step", ["", "save"])
def test_a_day_that_says_nothing_of_today_is_refused_at_its_field(
    client: Client, party: StateParty, step: str
) -> None:
    page = Page(client.post(HERE, given(party, on="1999-01-01", step=step)))
    assert page.having("p", id="id_on_error")
    assert "This day is more than a year ago" in page.text
    assert "If nothing has been, say today." in page.text
    party.refresh_from_db()
    assert party.on_record_as_at is None


def test_who_was_slower_is_told_and_can_save_after_all(
    client: Client, party: StateParty, owner: User
) -> None:
    old = given(party, step="save")
    said(party, owner)
    page = Page(client.post(HERE, old))
    assert "Somebody else has changed this since you opened it." in page.text
    party.refresh_from_db()
    assert page.having("input", name="seen", value=str(party.version))
    late = {"take_back-seen": old["seen"], "take_back-because": "x"}
    assert Page(client.post(HERE, late)).has_problem


def test_a_second_click_by_the_same_person_saves_nothing_more_and_is_told_it_is_done(
    client: Client, party: StateParty
) -> None:
    confirmed = given(party, step="save")
    client.post(HERE, confirmed)
    party.refresh_from_db()
    version = party.version
    assert client.post(HERE, confirmed)["Location"] == THERE
    party.refresh_from_db()
    assert (party.version, party.on_record_as_at) == (version, TODAY)
    back = {"take_back-seen": str(version), "take_back-because": "Two are missing"}
    client.post(HERE, back)
    page = Page(client.post(HERE, confirmed))
    assert "Somebody else has changed this since you opened it." in page.text


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "patch", "delete", "options"])
def test_nobody_else_opens_it_by_any_verb(party: StateParty, owner: User, method: str) -> None:
    elsewhere = UserFactory.create()
    elsewhere.treaties.add(TreatyFactory.create())
    before = party.version
    for person in (stranger(), elsewhere):
        answer = getattr(as_(person), method)(HERE, given(party, step="save"))
        assert answer.status_code in {404, 405}
    assert Client().post(HERE, given(party, step="save"))["Location"].startswith("/sign-in/")
    said(party, owner)
    back = {"take_back-because": "x", "take_back-seen": str(party.version)}
    assert as_(stranger()).post(HERE, back).status_code == 404
    assert party.version == before + 1


def test_there_is_nothing_to_say_where_the_treaty_as_a_whole_is_on_record(
    client: Client, party: StateParty
) -> None:
    StatePartyFactory.create(state=party.state)
    page = Page(client.get("/states/IDN/on-record/"))
    assert "is on record as a whole: there is nothing to say" in page.text
    assert not page.having("input", name="on")
    assert not Page(client.get("/states/IDN/")).having("a", href="/states/IDN/on-record/")


def test_the_reminders_say_how_many_are_alerted_all_the_same(party: StateParty) -> None:
    TreatyFactory.create()
    officer = UserFactory.create()
    client = as_(officer)
    assert "are alerted all the same" not in Page(client.get("/reminders/")).text
    said(party, officer)
    text = Page(client.get("/reminders/")).text
    assert "No alert goes out about these treaties" in text
    assert "1 State party is alerted all the same" in text
