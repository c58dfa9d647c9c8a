"""What a State has sent is said to be on record: then it is alerted, by the same rules as every other."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Contact, Obligation, Reminder, Role, StateParty, Treaty, User
from reporting.queries.coming import coming
from reporting.queries.ministry import homes
from reporting.queries.reminder import unalerted, unreached
from reporting.rules.partial_date import PartialDate
from reporting.services.errors import ConflictError, NotAllowedError
from reporting.services.on_record import (
    Statement,
    mailed_once_on_record,
    say_on_record,
    take_back_on_record,
)
from reporting.services.reminder.acting import why_no_alert
from reporting.services.reminder.plan import plan_alerts
from reporting.services.timetable import refresh
from tests.factories import (
    NOW,
    TODAY,
    ContactFactory,
    DecisionFactory,
    ReviewFactory,
    StateFactory,
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
    UserFactory,
)
from tests.services.reminder.conftest import Clock, claim_and_write

pytestmark = pytest.mark.django_db
# Overdue for 28 years, and a date ahead.
DEPOSIT = PartialDate(1997, 1, 10)


@pytest.fixture
def treaty() -> Treaty:
    """Return a treaty that is known by a list of its States parties alone."""
    made: Treaty = TreatyFactory.create(
        code="CAT", data_as_at=date(2015, 3, 14), reports_on_record=False
    )
    return made


def bound(treaty: Treaty, iso3: str) -> StateParty:
    state = StateFactory.create(iso3=iso3, name=iso3)
    made: StateParty = StatePartyFactory.create(state=state, treaty=treaty, deposited_on=DEPOSIT)
    refresh(party=made, as_at=TODAY)
    return made


@pytest.fixture
def party(treaty: Treaty) -> StateParty:
    """Return Indonesia under that treaty, five of whose reports seem overdue."""
    return bound(treaty, "IDN")


@pytest.fixture
def owner(party: StateParty) -> User:
    """Return a person of its ministry."""
    person: User = UserFactory.create(role=Role.MINISTRY)
    person.states.add(party.state)
    return person


@pytest.fixture
def siti(party: StateParty) -> Contact:
    """Return its focal point."""
    contact: Contact = ContactFactory.create(state=party.state)
    return contact


def say(party: StateParty, by: User, on: date = TODAY) -> StateParty:
    said = Statement(party=party, on=on, seen=party.version)
    return say_on_record(said=said, by=by, as_at=TODAY, now=NOW)


def planned() -> list[Reminder]:
    return plan_alerts(as_at=TODAY, now=NOW).to_send


def test_alerts_begin_for_that_state_and_for_no_other(
    treaty: Treaty, party: StateParty, owner: User, siti: Contact
) -> None:
    other = bound(treaty, "SYR")
    ContactFactory.create(state=other.state)
    assert planned() == []
    say(party, owner)
    overdue = Obligation.objects.filter(state_party=party).overdue(as_at=TODAY)
    rows = planned()
    assert {row.contact for row in rows} == {siti}
    late = {row.obligation_key for row in rows if row.days_before and row.days_before < 0}
    assert late == {each.key for each in overdue}


def test_what_was_due_long_ago_is_told_once_in_one_mail(
    party: StateParty, owner: User, siti: Contact
) -> None:
    say(party, owner)
    first = planned()
    assert len(first) == len({(row.obligation_key, row.contact) for row in first}) == 5
    clock = Clock(TODAY)
    mails = claim_and_write(clock)
    assert [mail.message.to for mail in mails] == [siti.email]
    assert planned() == []


def test_the_preview_says_what_is_then_planned_and_writes_nothing(
    party: StateParty, owner: User, siti: Contact
) -> None:
    said = Statement(party=party, on=TODAY, seen=party.version)
    found = mailed_once_on_record(said=said, by=owner, as_at=TODAY, now=NOW)
    party.refresh_from_db()
    assert party.on_record_as_at is None
    assert coming(person=owner, as_at=TODAY, days=365) == []
    at_once = {(each.obligation, each.days_before) for each in found if each.day == TODAY}
    assert {reader.who for each in found for reader in each.told} == {siti}
    say(party, owner)
    assert {(row.obligation, row.days_before) for row in planned()} == at_once
    assert max(each.day for each in found) > TODAY + timedelta(days=60)


def test_the_ministry_sees_what_is_overdue_once_it_is_said(party: StateParty, owner: User) -> None:
    (before,) = homes(person=owner, treaty=None, as_at=TODAY)
    say(party, owner)
    (after,) = homes(person=owner, treaty=None, as_at=TODAY)
    hidden = [each for each in after.reports if each not in before.reports]
    assert hidden
    assert all(each.due_by and each.due_by < TODAY for each in hidden)


def test_it_is_kept_who_said_it_when_and_for_which_day(party: StateParty, owner: User) -> None:
    kept = say(party, owner, on=date(2026, 11, 1))
    assert (kept.on_record_as_at, kept.on_record_stated_by, kept.on_record_stated_at) == (
        date(2026, 11, 1),
        owner,
        NOW,
    )
    latest = party.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (
        owner,
        "what it has sent is on record",
    )
    assert latest.on_record_as_at == date(2026, 11, 1)


def test_taken_back_nothing_goes_out_any_more_and_the_reason_is_kept(
    party: StateParty, owner: User, siti: Contact
) -> None:
    say(party, owner)
    planned()
    take_back_on_record(
        party=party, because="the reports of 2004 are missing", seen=party.version, by=owner
    )
    rows = Reminder.objects.exclude(state="skipped")
    assert set(rows.values_list("state", "reason")) == {("cancelled", "no record")}
    assert claim_and_write(Clock(TODAY)) == []
    assert planned() == []
    party.refresh_from_db()
    assert (party.on_record_as_at, party.on_record_stated_by, party.on_record_stated_at) == (
        None,
        None,
        None,
    )
    assert party.history.latest().history_change_reason == "the reports of 2004 are missing"
    assert siti.reminders.exists()


def test_said_again_it_tells_what_had_not_gone_out_and_nothing_twice(
    party: StateParty, owner: User, siti: Contact
) -> None:
    say(party, owner)
    count = len(planned())
    take_back_on_record(party=party, because="a mistake", seen=party.version, by=owner)
    say(party, owner)
    again = plan_alerts(as_at=TODAY, now=NOW)
    assert (again.to_send, len(again.revived)) == ([], count)
    assert siti.reminders.filter(state="planned").count() == count


def test_why_nobody_is_alerted_is_said_until_then(party: StateParty, owner: User) -> None:
    duty = Obligation.objects.filter(state_party=party).overdue(as_at=TODAY)[0]
    assert why_no_alert(duty, as_at=TODAY).startswith("What the State has sent")
    say(party, owner)
    assert why_no_alert(Obligation.objects.get(pk=duty.pk), as_at=TODAY) == ""


def test_the_pages_of_the_reminders_count_it(treaty: Treaty, party: StateParty) -> None:
    officer: User = UserFactory.create()
    assert unalerted(person=officer).alerted == 0
    assert unreached(treaties=[treaty], as_at=TODAY) == []
    say(party, officer)
    found = unalerted(person=officer)
    assert (found.treaties, found.alerted, found.named) == ([treaty], 1, [party])
    assert unreached(treaties=[treaty], as_at=TODAY) == [party.state.name]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 11, 23), "lies ahead"),
        (date(1996, 12, 31), "it was from 10 January 1997 on"),
        (date(1998, 1, 1), "more than a year ago"),
        (date(2025, 11, 21), "more than a year ago"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused_at_its_field(
    party: StateParty, owner: User, on: date, said: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        say(party, owner, on=on)
    assert said in refused.value.message_dict["on"][0]


@pytest.mark.parametrize("dated", ["submission", "review", "decision"])
def test_the_day_is_not_before_what_is_on_record(
    party: StateParty, owner: User, dated: str
) -> None:
    day = PartialDate(2026, 3, 2)
    match dated:
        case "submission":
            SubmissionFactory.create(state_party=party, received_on=day)
        case "review":
            ReviewFactory.create(
                state_party=party, dialogue_from=day, dialogue_to=day, adopted_on=None
            )
        case _:
            DecisionFactory.create(
                state_party=party, decided_on=day, due_on=PartialDate(2030, 1, 1)
            )
    with pytest.raises(ValidationError, match="reaches to 2 March 2026: say that day"):
        say(party, owner, on=date(2026, 3, 1))
    assert say(party, owner, on=date(2026, 3, 2)).on_record_as_at == date(2026, 3, 2)


def test_a_day_of_a_year_ago_is_as_old_as_it_may_be(party: StateParty, owner: User) -> None:
    SubmissionFactory.create(state_party=party, received_on=PartialDate(2004, 1, 1))
    SubmissionFactory.create(
        state_party=party,
        first_report=2,
        received_on=PartialDate(2026, 11, 1),
        status="returned",
        returned_because="a draft",
    )
    assert say(party, owner, on=date(2025, 11, 22)).reports_on_record


def test_a_statement_that_was_recorded_with_an_older_day_stands(
    party: StateParty, siti: Contact
) -> None:
    StateParty.objects.update(on_record_as_at=date(1998, 1, 1))
    assert {row.contact for row in planned()} == {siti}


def test_it_is_not_said_of_one_state_where_it_holds_for_the_treaty(owner: User) -> None:
    other = StatePartyFactory.create(state=owner.states.get())
    with pytest.raises(ValidationError, match="treaty as a whole already"):
        say(other, owner)


def test_taking_back_needs_a_reason_and_something_to_take_back(
    party: StateParty, owner: User
) -> None:
    with pytest.raises(ValidationError, match="not said"):
        take_back_on_record(party=party, because="x", seen=party.version, by=owner)
    say(party, owner)
    with pytest.raises(ValidationError, match="Say why"):
        take_back_on_record(party=party, because=" ", seen=party.version, by=owner)


def test_who_looked_at_something_else_is_told(party: StateParty, owner: User) -> None:
    seen = party.version
    say(party, owner)
    said = Statement(party=party, on=TODAY, seen=seen)
    with pytest.raises(ConflictError):
        say_on_record(said=said, by=owner, as_at=TODAY, now=NOW)
    with pytest.raises(ConflictError):
        take_back_on_record(party=party, because="x", seen=seen, by=owner)


def test_only_its_ministry_and_the_secretariat_of_that_treaty_may(
    party: StateParty, owner: User
) -> None:
    stranger: User = UserFactory.create(role=Role.MINISTRY)
    stranger.states.add(StateFactory.create(iso3="SYR"))
    elsewhere: User = UserFactory.create()
    elsewhere.treaties.add(TreatyFactory.create())
    for person in (stranger, elsewhere):
        with pytest.raises(NotAllowedError):
            say(party, person)
    here: User = UserFactory.create()
    here.treaties.add(party.treaty)
    say(party, here)
    for person in (stranger, elsewhere):
        with pytest.raises(NotAllowedError):
            take_back_on_record(party=party, because="x", seen=party.version, by=person)
    take_back_on_record(party=party, because="x", seen=party.version, by=owner)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("own", [date(2026, 1, 1), None])
def test_the_rule_of_the_database_is_that_of_the_row(
    party: StateParty, own: date | None, *, whole: bool
) -> None:
    Treaty.objects.update(reports_on_record=whole)
    StateParty.objects.update(on_record_as_at=own)
    kept = StateParty.objects.get()
    assert StateParty.objects.with_reports_on_record().exists() == kept.reports_on_record
    assert StateParty.objects.without_reports_on_record().exists() != kept.reports_on_record
    of = Obligation.objects.with_reports_on_record()
    assert of.count() == (party.obligations.count() if kept.reports_on_record else 0)
