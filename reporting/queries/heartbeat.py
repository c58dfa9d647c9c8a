"""Which of the processes without which no alert goes out have fallen silent."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.timezone import localtime
from django.utils.translation import gettext

from reporting.models import Heartbeat
from reporting.models.dates import long_date

SILENCE = timedelta(minutes=10)


class Silent(NamedTuple):
    """A process, and when it was last seen; none where it never was."""

    process: Heartbeat.Process
    seen_at: datetime | None

    def __str__(self) -> str:
        process = str(self.process.label)
        if self.seen_at is None:
            sentence = gettext("The %(process)s has never been seen; no alert goes out.")
            return sentence % {"process": process}
        seen = localtime(self.seen_at)
        places = {"process": process, "day": long_date(seen), "time": f"{seen:%H:%M %Z}"}
        return (
            gettext("The %(process)s has been silent since %(day)s, %(time)s; no alert goes out.")
            % places
        )


def silent(*, now: datetime, up_since: datetime) -> list[Silent]:
    """Return the processes without a sign of life for ten minutes.

    One that was never seen counts from ``up_since``, the moment at which the web process that asks
    began: a first start is no alarm, and a worker that nobody ever started is one.
    """
    seen = dict(Heartbeat.objects.values_list("process", "seen_at"))
    return [
        Silent(process, seen.get(process))
        for process in Heartbeat.Process
        if seen.get(process, up_since) <= now - SILENCE
    ]


def never_seen() -> list[Heartbeat.Process]:
    """Return the processes that have never given a sign of life."""
    seen = set(Heartbeat.objects.values_list("process", flat=True))
    return [process for process in Heartbeat.Process if process not in seen]
