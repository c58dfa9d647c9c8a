"""Nobody is alerted under a treaty of which nobody knows what came, and everybody is told so."""

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from reporting.models import Contact, Obligation, Reminder, StateParty, Treaty, User
from reporting.queries.coming import coming
from reporting.queries.reminder import unalerted
from reporting.services.reminder.acting import send_now, why_no_alert
from reporting.services.reminder.follow import look_again
from reporting.services.reminder.plan import plan_alerts
from tests.factories import UserFactory
from tests.services.reminder.conftest import Clock, claim_and_write

APRIL = date(2021, 4, 9)


@pytest.fixture
def clock() -> Clock:
    return Clock(APRIL)


@pytest.fixture
def unknown(party: StateParty) -> Treaty:
    """Return the treaty, known by a list of its States parties alone."""
    Treaty.objects.update(reports_on_record=False, data_as_at=date(2015, 3, 14))
    return party.treaty


@pytest.mark.usefixtures("siti", "unknown")
def test_no_alert_is_planned_and_none_is_foreseen(clock: Clock) -> None:
    assert not plan_alerts(as_at=clock.day, now=clock.now)
    person: User = UserFactory.create()
    assert coming(person=person, as_at=date(2021, 1, 1), days=365) == []


@pytest.mark.usefixtures("siti")
def test_alerts_begin_once_what_came_is_on_record(unknown: Treaty, clock: Clock) -> None:
    plan_alerts(as_at=clock.day, now=clock.now)
    Treaty.objects.update(reports_on_record=True)
    look_again(state=None, treaty=unknown)
    assert len(plan_alerts(as_at=clock.day, now=clock.now).to_send) == 1


@pytest.mark.usefixtures("siti", "party")
def test_what_was_planned_before_is_cancelled_when_it_would_be_sent(clock: Clock) -> None:
    plan_alerts(as_at=clock.day, now=clock.now)
    Treaty.objects.update(reports_on_record=False)
    assert claim_and_write(clock) == []
    (row,) = Reminder.objects.all()
    assert (row.state, row.reason) == ("cancelled", "no record")
    assert mail.outbox == []


@pytest.mark.usefixtures("unknown")
def test_an_alert_by_hand_is_refused_with_the_reason(siti: Contact, clock: Clock) -> None:
    duty = Obligation.objects.get(due_on="2022-10-01")
    sentence = (
        "What the State has sent under this treaty is not on record here, so that nobody can be "
        "told what is owed: no alert goes out."
    )
    assert why_no_alert(duty, as_at=clock.day) == sentence
    boss: User = UserFactory.create()
    with pytest.raises(ValidationError) as refused:
        send_now(obligation=duty, contact=siti, by=boss, as_at=clock.day, now=clock.now)
    assert refused.value.messages == [sentence]


def test_the_page_names_the_treaties_to_those_whom_they_concern(unknown: Treaty) -> None:
    person: User = UserFactory.create()
    assert unalerted(person=person).treaties == [unknown]
    other = Treaty.objects.create(
        code="CED", **{f.name: getattr(unknown, f.name) for f in _copied(unknown)}
    )
    bound: User = UserFactory.create()
    bound.treaties.add(other)
    assert unalerted(person=bound).treaties == []


def _copied(treaty: Treaty) -> list[Any]:
    return [f for f in treaty._meta.concrete_fields if f.name not in {"id", "code"}]
