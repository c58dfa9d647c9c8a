"""What may have gone out since the backup goes out again only where somebody says so."""

from datetime import UTC, date, datetime, time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from reporting.models import Contact, Reminder, Why
from reporting.services.backup.writing import back_up
from reporting.services.reminder.after_restore import hold_what_is_due
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.sending import send_due

pytestmark = pytest.mark.django_db
THE_DAY = date(2022, 9, 1)
MORNING = datetime.combine(THE_DAY, time(5), UTC)


def sent(mailoutbox: list[Any]) -> int:
    send_due(as_at=THE_DAY, clock=lambda: MORNING)
    return len(mailoutbox)


def test_without_it_the_alert_of_the_day_goes_out(siti: Contact, mailoutbox: list[Any]) -> None:
    plan_alerts(as_at=THE_DAY, now=MORNING)
    assert sent(mailoutbox) == 1


def test_what_was_planned_and_what_would_be_is_held_back_in_the_open(
    siti: Contact, mailoutbox: list[Any]
) -> None:
    assert hold_what_is_due(as_at=THE_DAY, now=MORNING) == 1
    plan_alerts(as_at=THE_DAY, now=MORNING)
    assert sent(mailoutbox) == 0
    held = Reminder.objects.get(state=Reminder.State.FAILED)
    assert (held.reason, held.planned_for) == (Why.RESTORED, THE_DAY)
    assert hold_what_is_due(as_at=THE_DAY, now=MORNING) == 0


def test_the_command_restores_and_holds_back(
    siti: Contact, tmp_path: Path, time_machine: Any, mailoutbox: list[Any]
) -> None:
    archive, out = tmp_path / "backup.zip", StringIO()
    back_up(path=archive, now=MORNING)
    time_machine.move_to(MORNING, tick=False)
    call_command("restore", str(archive), "--replace", "--hold-alerts", stdout=out)
    assert out.getvalue().endswith("to be looked at under “Failed”: 1.\n")
    assert sent(mailoutbox) == 0
