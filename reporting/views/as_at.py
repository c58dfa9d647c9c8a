"""The day for which a page is true."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from reporting.forms.errors import Problem
from reporting.models.dates import long_date
from reporting.rules.hindsight import projected_until
from reporting.rules.partial_date import PartialDate, PartialDateError
from reporting.rules.regimes import DEFAULT
from reporting.rules.saying import gettext_noop, say


@dataclass(frozen=True, slots=True)
class AsAt:
    """The day, what today is, what was wrong with the day that was asked for, and what is shown.

    ``treaty`` is the code that the address asks for; links keep it like the day.
    """

    day: date
    today: date
    fault: str = ""
    instead: str = ""
    treaty: str = ""

    @property
    def error(self) -> str:
        """What a page says of a day that makes no sense."""
        return f"{self.fault} {self.instead}".strip()

    @property
    def is_today(self) -> bool:
        """Whether the page speaks of today."""
        return self.day == self.today

    @property
    def is_ahead(self) -> bool:
        """Whether the page speaks of a day to come."""
        return self.day > self.today

    @property
    def parameter(self) -> str:
        """The day as a parameter of an address; empty for today, which needs none."""
        return "" if self.is_today else self.day.isoformat()

    @property
    def comparison(self) -> str:
        """The query string that compares the day with today."""
        first, last = sorted((self.day, self.today))
        treaty = f"&treaty={quote(self.treaty)}" if self.treaty else ""
        return f"?from={first}&to={last}{treaty}"

    @property
    def query(self) -> str:
        """The query string that takes the day, and the treaty, to another page."""
        pairs = [("as_at", self.parameter), ("treaty", self.treaty)]
        kept = urlencode([(name, value) for name, value in pairs if value])
        return f"?{kept}" if kept else ""

    def under(self, code: str) -> str:
        """Return the query string that takes the day to a page under that treaty."""
        return replace(self, treaty="" if code == DEFAULT else code).query

    @property
    def treaty_query(self) -> str:
        """The query string that takes the treaty to a page that plans from today."""
        return replace(self, day=self.today).query


def treaty_asked(request: HttpRequest) -> str:
    """Return the code of the treaty that the address asks for; empty where it asks for none."""
    return request.GET.get("treaty", "").strip().upper()


def read_as_at(request: HttpRequest) -> AsAt:
    """Return the day that the address asks for; today where it asks for none, or for nonsense."""
    return replace(_read(request), treaty=treaty_asked(request))


def _read(request: HttpRequest) -> AsAt:
    today = timezone.localdate()
    text = request.GET.get("as_at", "").strip()
    if not text:
        return AsAt(day=today, today=today)
    try:
        day = read_day(text)
    except PartialDateError:
        return AsAt(today, today, refusal(text), _("The page shows today."))
    last = projected_until(today)
    if day <= last:
        return AsAt(day=day, today=today)
    instead = _("The page shows its last day, %(day)s.") % {"day": long_date(last)}
    return AsAt(last, today, _("The timetable reaches ten years ahead."), instead)


def from_today(request: HttpRequest) -> dict[str, Any]:
    """Return what a page that plans from today shows: the day, and what is said of another one."""
    as_at = read_as_at(request)
    said = _("This page plans from today, %(day)s, and knows no other day.")
    sentence = said % {"day": long_date(as_at.today)}
    wrong = [Problem(f"{as_at.fault} {sentence}", "#main")] if as_at.fault else []
    is_other = not as_at.is_today and not wrong
    return {"today": as_at.today, "errors": wrong, "notice": sentence if is_other else ""}


def read_day(text: str) -> date:
    """Read a day; raise PartialDateError for anything else, a month or a year too."""
    given = PartialDate.parse(text)
    if not given.is_certain:
        message = gettext_noop("%(day)s is no one day.")
        raise PartialDateError(say(message, day=given))
    return given.first_day


def refusal(text: str) -> str:
    """Say that the text is no day."""
    places = {"text": as_typed(text)}
    return (
        _("“%(text)s” is not a day on the calendar. Write year, month and day, as in 2017-12-31.")
        % places
    )


def as_typed(text: str, *, most: int = 30) -> str:
    """Return what was typed so that a sentence can repeat it: cut, without what cannot be printed."""
    shown = "".join(letter for letter in text[:most] if letter.isprintable())
    return f"{shown}…" if len(text) > most else shown
