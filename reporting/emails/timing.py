"""When something is due, as sentences say it to a reader on a day."""

from datetime import date
from typing import Any, NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from reporting.models import Obligation
from reporting.models.dates import duration, long_date
from reporting.rules.partial_date import PartialDate
from reporting.rules.status import Status

# Up to here a number of days says more than months do.
LONGEST_IN_DAYS = 365


class Wording(NamedTuple):
    """How a sentence says it of one thing and of several, and how a subject line says it of either."""

    one: str
    several: str
    short: str


NO_DATE = Wording(
    gettext_noop("%(what)s has no due date yet"),
    gettext_noop("%(what)s have no due date yet"),
    gettext_noop("%(report)s, due date to be communicated"),
)
AHEAD = Wording(
    gettext_noop("%(what)s is due in %(time)s"),
    gettext_noop("%(what)s are due in %(time)s"),
    gettext_noop("%(report)s due in %(time)s (%(date)s)"),
)
AT_THE_EARLIEST = Wording(
    gettext_noop("%(what)s is due in %(time)s at the earliest"),
    gettext_noop("%(what)s are due in %(time)s at the earliest"),
    gettext_noop("%(report)s due in %(time)s at the earliest (%(date)s)"),
)
TOMORROW = Wording(
    gettext_noop("%(what)s is due tomorrow"),
    gettext_noop("%(what)s are due tomorrow"),
    gettext_noop("%(report)s due tomorrow (%(date)s)"),
)
TODAY = Wording(
    gettext_noop("%(what)s is due today"),
    gettext_noop("%(what)s are due today"),
    gettext_noop("%(report)s due today (%(date)s)"),
)
NOW = Wording(
    gettext_noop("%(what)s is due in %(date)s: it can be any day now"),
    gettext_noop("%(what)s are due in %(date)s: it can be any day now"),
    gettext_noop("%(report)s due in %(date)s, any day now"),
)
OVERDUE = Wording(
    gettext_noop("%(what)s has been overdue for %(time)s"),
    gettext_noop("%(what)s have been overdue for %(time)s"),
    gettext_noop("%(report)s overdue for %(time)s (due %(date)s)"),
)
WAITING = Wording(
    gettext_noop("%(what)s was due on %(date)s and waits for an earlier report to be considered"),
    gettext_noop("%(what)s were due on %(date)s and wait for an earlier report to be considered"),
    gettext_noop("%(report)s was due on %(date)s"),
)
WAITING_SINCE_A_MONTH = Wording(
    gettext_noop("%(what)s was due in %(date)s and waits for an earlier report to be considered"),
    gettext_noop("%(what)s were due in %(date)s and wait for an earlier report to be considered"),
    gettext_noop("%(report)s was due in %(date)s"),
)


class Timing(NamedTuple):
    """When it is due as seen from a day: the words, and what stands in them.

    ``span`` is what is left or overdue, with its days; empty where neither can be said.
    """

    wording: Wording
    places: dict[str, Any]
    span: str = ""

    def headline(self, what: str, *, several: bool) -> str:
        """Say it in a sentence, without its full stop."""
        sentence = self.wording.several if several else self.wording.one
        return _(sentence) % {**self.places, "what": what}

    def short(self, report: str) -> str:
        """Say it as a subject line does."""
        return _(self.wording.short) % {**self.places, "report": report}

    @property
    def is_overdue(self) -> bool:
        """Whether it is late."""
        return self.wording is OVERDUE


def timing(obligation: Obligation, *, as_at: date) -> Timing:
    """Return when the obligation is due as seen from that day.

    What is left counts to the first day that it can be due, what is overdue from the last.
    """
    due = obligation.due
    if due is None:
        return Timing(NO_DATE, {})
    places = {"date": long_date(due)}
    if as_at < due.first_day:
        places["time"] = _in_short(as_at, due.first_day)
        left = _("%(time)s left") % {"time": _in_full(as_at, due.first_day)}
        return Timing(_ahead(due, as_at), places, left)
    if as_at <= due.last_day:
        return Timing(TODAY if due.is_certain else NOW, places)
    if obligation.standing(as_at=as_at).status is Status.AWAITING_CONSIDERATION:
        return Timing(WAITING if due.is_certain else WAITING_SINCE_A_MONTH, places)
    places["time"] = _in_short(due.last_day, as_at)
    late = _("overdue for %(time)s") % {"time": _in_full(due.last_day, as_at)}
    return Timing(OVERDUE, places, late)


def _ahead(due: PartialDate, as_at: date) -> Wording:
    if not due.is_certain:
        return AT_THE_EARLIEST
    return TOMORROW if (due.first_day - as_at).days == 1 else AHEAD


def _in_short(first: date, last: date) -> str:
    days = (last - first).days
    return duration(first, last) if days > LONGEST_IN_DAYS else _days(days)


def _in_full(first: date, last: date) -> str:
    days = (last - first).days
    if days <= LONGEST_IN_DAYS:
        return _days(days)
    return _("%(days)s (%(months)s)") % {"days": _days(days), "months": duration(first, last)}


def _days(days: int) -> str:
    said = number_format(days, force_grouping=True)
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": said}
