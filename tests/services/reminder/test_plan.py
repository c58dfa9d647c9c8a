"""Planning alerts: which rows exist by a day."""

from datetime import UTC, date, datetime, time

import pytest
from django.conf import LazySettings

from reporting.models import (
    AlertOffsets,
    Contact,
    Message,
    Mute,
    Obligation,
    Occasion,
    Reminder,
    StateParty,
)
from reporting.rules.partial_date import PartialDate
from reporting.services.reminder.plan import Planned, plan_alerts
from reporting.services.timetable import refresh
from tests.factories import (
    NOW,
    ContactFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db
State = Reminder.State


def plan(day: date) -> Planned:
    return plan_alerts(as_at=day, now=datetime.combine(day, time(5), UTC))


def planned() -> list[tuple[int | None, date, str]]:
    rows = Reminder.objects.order_by("planned_for")
    return [(row.days_before, row.planned_for, row.state) for row in rows]


def test_an_alert_is_planned_on_its_day_and_not_before(siti: Contact) -> None:
    assert not plan(date(2021, 4, 8))
    plan(date(2021, 4, 9))
    assert planned() == [(540, date(2021, 4, 9), "planned")]
    row = Reminder.objects.get()
    assert (row.occasion, row.contact, str(row.due_on)) == (Occasion.ALERT, siti, "2022-10-01")
    assert row.obligation == Obligation.objects.get(due_on="2022-10-01")


def test_planning_twice_changes_nothing(siti: Contact) -> None:
    assert plan(date(2021, 4, 9))
    assert not plan(date(2021, 4, 9))
    Obligation.objects.update(look_on=date.min)
    assert not plan(date(2021, 4, 9))
    assert len(planned()) == 1


def test_after_forty_days_without_planning_the_latest_is_sent_and_the_others_are_skipped(
    siti: Contact,
) -> None:
    plan(date(2022, 8, 1))
    Reminder.objects.update(state=State.SENT)
    plan(date(2022, 9, 25))
    assert planned()[-2:] == [
        (30, date(2022, 9, 1), "skipped"),
        (7, date(2022, 9, 24), "planned"),
    ]
    assert Reminder.objects.get(days_before=30).get_reason_display() == "overtaken by a later alert"


def test_a_reader_who_comes_late_is_told_at_once_and_nothing_before_is_called_skipped(
    party: StateParty,
) -> None:
    ContactFactory.create(state=party.state, added_on=date(2022, 9, 10))
    plan(date(2022, 9, 10))
    assert planned() == [(30, date(2022, 9, 1), "planned")]


def test_every_reader_of_the_state_and_the_desk_are_told_and_nobody_else(siti: Contact) -> None:
    for role in (Contact.Role.ALTERNATE, Contact.Role.PERMANENT_MISSION):
        ContactFactory.create(role=role)
    desk = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    ContactFactory.create(active=False)
    ContactFactory.create(unsubscribed_at=NOW)
    ContactFactory.create(refused_at=NOW)
    ContactFactory.create(state__iso3="NER", state__name="Niger")
    plan(date(2021, 4, 9))
    told = [row.contact for row in Reminder.objects.all()]
    assert len(told) == 4
    assert {siti, desk} < set(told)


def test_a_moved_date_is_told_anew(party: StateParty, siti: Contact) -> None:
    plan(date(2021, 4, 9))
    Reminder.objects.update(state=State.SENT)
    decision = party.decisions.get()
    decision.due_on = PartialDate(2023, 10, 1)
    decision.save()
    refresh(party=party, as_at=date(2021, 4, 10))
    plan(date(2022, 4, 9))
    assert [(row.days_before, str(row.due_on)) for row in Reminder.objects.order_by("pk")] == [
        (540, "2022-10-01"),
        (540, "2023-10-01"),
    ]


def test_a_date_that_moves_cancels_what_was_planned_and_moving_back_plans_it_again(
    party: StateParty, siti: Contact
) -> None:
    plan(date(2021, 4, 9))
    decision = party.decisions.get()
    decision.due_on = PartialDate(2023, 10, 1)
    decision.save()
    refresh(party=party, as_at=date(2021, 4, 9))
    row = Reminder.objects.get()
    assert (row.state, row.reason) == ("cancelled", "moved")
    decision.due_on = PartialDate(2022, 10, 1)
    decision.save()
    refresh(party=party, as_at=date(2021, 4, 9))
    plan(date(2021, 4, 9))
    row.refresh_from_db()
    assert row.state == "planned"


def test_a_report_that_comes_in_cancels_what_was_planned(party: StateParty, siti: Contact) -> None:
    plan(date(2022, 9, 1))
    assert Reminder.objects.filter(state="planned").count() == 1
    SubmissionFactory.create(
        state_party=party, first_report=2, symbol="CMW/C/IDN/2", received_on=PartialDate(2022, 9, 1)
    )
    refresh(party=party, as_at=date(2022, 9, 2))
    assert Reminder.objects.filter(state="planned").count() == 0
    assert Reminder.objects.get(days_before=30).get_reason_display() == (
        "the duty was met or ended"
    )


def test_what_vanishes_from_the_timetable_stays_in_the_ledger(
    party: StateParty, siti: Contact
) -> None:
    plan(date(2021, 4, 9))
    party.decisions.get().delete()
    refresh(party=party, as_at=date(2021, 4, 9))
    row = Reminder.objects.select_related("obligation").get()
    assert (row.state, row.obligation) == ("cancelled", None)


def test_estimates_and_reports_without_a_date_alert_nobody(siti: Contact) -> None:
    Obligation.objects.update(basis="estimate")
    assert not plan(date(2022, 9, 1))


def test_a_report_that_waits_for_an_earlier_one_is_not_called_late(
    party: StateParty, siti: Contact
) -> None:
    Obligation.objects.filter(due_on="2022-10-01").update(awaiting_since=date(2022, 1, 1))
    plan(date(2022, 10, 1))
    plan(date(2022, 10, 2))
    assert planned()[-1] == (0, date(2022, 10, 1), "planned")


def test_a_mute_holds_an_alert_back_and_ends_by_itself(party: StateParty, siti: Contact) -> None:
    mute = Mute.objects.create(
        state=party.state,
        starts_on=date(2022, 8, 20),
        until=date(2022, 9, 23),
        because="The report is announced.",
        made_at=NOW,
    )
    plan(date(2022, 8, 1))
    plan(date(2022, 9, 1))
    plan(date(2022, 9, 24))
    assert planned()[-3:] == [
        (90, date(2022, 7, 3), "planned"),
        (30, date(2022, 9, 1), "skipped"),
        (7, date(2022, 9, 24), "planned"),
    ]
    assert list(mute.held.all()) == [Reminder.objects.get(days_before=30)]


def test_offsets_that_an_administrator_has_set_are_those_that_count(siti: Contact) -> None:
    AlertOffsets.objects.create(kind="report", before=[100])
    plan(date(2022, 6, 22))
    assert not planned()
    plan(date(2022, 6, 23))
    assert planned() == [(100, date(2022, 6, 23), "planned")]


@pytest.mark.parametrize(("acknowledged_at", "escalated"), [(None, 1), (NOW, 0)])
def test_what_nobody_acknowledges_goes_to_the_validating_authority_once_more(
    party: StateParty, siti: Contact, acknowledged_at: datetime | None, escalated: int
) -> None:
    plan(date(2022, 8, 1))
    message = Message.objects.create(
        to=siti.email, language="en", made_at=NOW, acknowledged_at=acknowledged_at
    )
    Reminder.objects.update(state=State.SENT, message=message)
    ContactFactory.create(role=Contact.Role.VALIDATING_AUTHORITY)
    plan(date(2022, 8, 31))
    assert not Reminder.objects.filter(occasion=Occasion.ESCALATION).exists()
    plan(date(2022, 9, 1))
    plan(date(2022, 9, 2))
    assert Reminder.objects.filter(occasion=Occasion.ESCALATION).count() == escalated


def test_escalation_can_be_switched_off(
    party: StateParty, siti: Contact, settings: LazySettings
) -> None:
    settings.ESCALATION_DAYS = 0
    plan(date(2022, 8, 1))
    message = Message.objects.create(to=siti.email, language="en", made_at=NOW)
    Reminder.objects.update(state=State.SENT, message=message)
    ContactFactory.create(role=Contact.Role.VALIDATING_AUTHORITY)
    plan(date(2022, 9, 1))
    assert not Reminder.objects.filter(occasion=Occasion.ESCALATION).exists()


def test_a_dry_run_says_what_would_be_planned_and_writes_nothing(siti: Contact) -> None:
    found = plan_alerts(as_at=date(2022, 9, 1), now=NOW, dry_run=True)
    assert [row.days_before for row in found.to_send] == [30]
    assert not Reminder.objects.exists()
    assert Obligation.objects.filter(look_on=date.min).count() == Obligation.objects.count()


def test_the_next_planning_reads_only_what_has_something_due(
    siti: Contact,
) -> None:
    plan(date(2021, 4, 9))
    looks = Obligation.objects.filter(look_on__lt=date(2021, 10, 1))
    assert not looks.exists()
    assert Obligation.objects.get(due_on="2022-10-01").look_on == date(2021, 10, 1)


@pytest.mark.parametrize(
    ("noticed_on", "told_of"), [(date(2022, 9, 5), []), (date(2022, 8, 31), [30])]
)
def test_a_notice_of_the_date_stands_for_the_alerts_that_passed_before_it(
    party: StateParty, siti: Contact, noticed_on: date, told_of: list[int]
) -> None:
    Reminder.objects.create(
        occasion=Occasion.DATE_SET,
        contact=siti,
        state_party=party,
        obligation_key=Obligation.objects.get(due_on="2022-10-01").key,
        event="date set/1",
        planned_for=noticed_on,
        planned_at=NOW,
        state_since=NOW,
    )
    plan(date(2022, 9, 5))
    planned_now = Reminder.objects.filter(state=State.PLANNED, days_before__isnull=False)
    assert [row.days_before for row in planned_now] == told_of
    plan(date(2022, 9, 24))
    assert planned_now.order_by("days_before")[0].days_before == 7
