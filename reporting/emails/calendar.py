"""Due dates as entries of a calendar (RFC 5545), for e-mails and for feeds."""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from reporting.models import Kind, Obligation
from reporting.models.dates import long_date
from reporting.rules.partial_date import PartialDate

PRODUCT = "-//Treaty Reporting Timetable//EN"


class Entry(NamedTuple):
    """A due date in a calendar: all day, on the first day that it can be.

    ``sequence`` must grow when the date moves, or calendars keep the old one.
    """

    uid: str
    day: date
    summary: str
    description: str
    url: str
    sequence: int


def entry(obligation: Obligation, *, description: str, url: str, sequence: int) -> Entry:
    """Return the entry of an obligation; raise ValueError for one that has no date."""
    due, state = obligation.due, obligation.state_party.state
    if due is None:
        message = f"{obligation} has no date: it cannot stand in a calendar."
        raise ValueError(message)
    return Entry(
        uid=uid(obligation),
        day=due.first_day,
        summary=_summary(due, state=state.local_name, report=obligation.title),
        description=description,
        url=url,
        sequence=sequence,
    )


def uid(obligation: Obligation) -> str:
    """Return what names the entry for ever: it stays when the date moves.

    A report keeps its name also where the Committee sets a date instead of the treaty's.
    """
    party = obligation.state_party
    is_report = obligation.kind == Kind.REPORT
    duty = f"report/{obligation.last_report}" if is_report else obligation.key
    name = f"{party.treaty.code}/{party.state.iso3}/{duty}"
    return f"{name.replace(' ', '-')}@{settings.MESSAGE_ID_DOMAIN}"


@lru_cache(maxsize=256)
def calendar(entries: tuple[Entry, ...], *, stamp: datetime, method: str = "") -> str:
    """Return the calendar as text; ``stamp`` says when this state of it was written."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    if method:
        made.add("method", method)
    for each in entries:
        made.add_component(_event(each, stamp))
    text: str = made.to_ical().decode()
    return text


def _event(each: Entry, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", each.uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", each.day)
    event.add("summary", _one_line(each.summary))
    event.add("description", "\n".join(map(_one_line, each.description.splitlines())))
    event.add("url", each.url)
    event.add("sequence", each.sequence)
    event.add("transp", "TRANSPARENT")  # a day with a due date is not a day without time
    return event


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _summary(due: PartialDate, **places: str) -> str:
    if due.is_certain:
        return _("%(state)s: %(report)s due") % places
    # Otherwise the entry would look like a due date to the day.
    places["date"] = long_date(due)
    return _("%(state)s: %(report)s due in %(date)s, on a day that is not on record") % places
