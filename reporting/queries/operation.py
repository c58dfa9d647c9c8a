"""What whoever runs the application watches: the ledger, the storage, when processes were seen."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from reporting.models import Heartbeat, Reminder, SubmissionDocument

BACKUP = "backup"  # leaves a sign of life as the processes do


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many alerts are in each state; since when the oldest waits that is due."""

    states: dict[str, int]
    due: int
    oldest_due: date | None

    def waits(self, *, now: datetime) -> timedelta:
        """Return for how long the oldest one that is due has waited."""
        if self.oldest_due is None:
            return timedelta()
        day = datetime.combine(
            self.oldest_due, datetime.min.time(), timezone.get_current_timezone()
        )
        return max(now - day, timedelta())


def ledger(*, as_at: date, now: datetime) -> Ledger:
    """Return the state of the ledger: two queries."""
    counted = Reminder.objects.order_by().values_list("state").annotate(count=Count("pk"))
    due = Reminder.objects.due(as_at=as_at, now=now).aggregate(
        count=Count("pk"), oldest=Min("planned_for")
    )
    states = dict.fromkeys(Reminder.State.values, 0) | dict(counted)
    return Ledger(states, due["count"], due["oldest"])


@dataclass(frozen=True, slots=True)
class Stored:
    """The documents that are kept."""

    count: int
    size: int


def stored() -> Stored:
    """Return how many documents there are, and how many bytes they take."""
    found = SubmissionDocument.objects.aggregate(count=Count("pk"), size=Coalesce(Sum("size"), 0))
    return Stored(found["count"], found["size"])


def seen() -> dict[str, datetime]:
    """Return when each process was last seen, and when the last backup was made."""
    return dict(Heartbeat.objects.values_list("process", "seen_at"))
