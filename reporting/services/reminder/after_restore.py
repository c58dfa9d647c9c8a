"""After a restore: what is due may have gone out since the backup, and the ledger does not know."""

from datetime import date, datetime

from reporting.models import Reminder, Why
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.worklist import plan_worklist


def hold_what_is_due(*, as_at: date, now: datetime) -> int:
    """Plan what is due by that day and let none of it go out; return how many reminders that are.

    They stand among what failed, from where the secretariat can send them again. Call it before a
    worker starts.
    """
    plan_alerts(as_at=as_at, now=now)
    plan_worklist(as_at=as_at, now=now)
    states = (Reminder.State.PLANNED, Reminder.State.SENDING)
    due = Reminder.objects.filter(state__in=states, planned_for__lte=as_at)
    return due.change(Reminder.State.FAILED, reason=Why.RESTORED, now=now, claim=None)
