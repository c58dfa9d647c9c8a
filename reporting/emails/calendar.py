"""Days as entries of a calendar (RFC 5545), for e-mails and for feeds."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from reporting.emails.item import basis, known_of
from reporting.emails.links import address
from reporting.models import Basis, CalledOff, Obligation, StateParty, Treaty, Unfolded
from reporting.models.dates import long_date
from reporting.rules.partial_date import PartialDate
from reporting.rules.written import Written

PRODUCT = "-//Treaty Reporting Timetable//EN"
CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"
# An alarm of a whole day rings at this hour and not at midnight.
RINGS_AT = 9
# How often a program that reads a feed is asked to look again.
REFRESHED_EVERY = timedelta(hours=12)


class Entry(NamedTuple):
    """Whole days in a calendar, from ``day`` to ``last_day``.

    ``sequence`` must grow when the day moves and ``stamp`` with it, or calendars keep the old one.
    ``alarms`` are days before.
    """

    uid: str
    day: date
    summary: str
    description: str
    url: str
    sequence: int
    stamp: datetime
    last_day: date | None = None
    status: str = CONFIRMED
    alarms: tuple[int, ...] = ()
    location: str = ""


def entry(
    obligation: Obligation,
    *,
    written: Written,
    as_at: date,
    alarms: tuple[int, ...] = (),
    also_under: Sequence[str] = (),
) -> Entry:
    """Return the entry of an obligation as it stands on that day: on the first day that it can be due.

    It is cancelled where the obligation is closed, met too. ``written`` is what was written about its
    State party, ``also_under`` are the protocols under which it is the report too. Raise ValueError
    for an obligation that has no date.
    """
    due, party = obligation.due, obligation.state_party
    if due is None:
        message = f"{obligation} has no date: it cannot stand in a calendar."
        raise ValueError(message)
    is_open = obligation.is_open(as_at=as_at)
    began = obligation.arises_on if is_open else obligation.closed_on or as_at
    return Entry(
        uid=uid(obligation),
        day=due.first_day,
        summary=under(party.treaty, _summary(obligation, due)),
        description="\n".join(_description(obligation, also_under)),
        url=_page(party),
        sequence=written.sequence(is_over=not is_open),
        stamp=max(written.at, datetime.combine(began, time(), UTC)),
        status=_status(obligation, is_open=is_open),
        alarms=alarms if is_open and due.first_day >= as_at else (),
    )


def called_off(row: CalledOff, *, written: Written) -> Entry:
    """Return the entry of a date that the facts no longer lead to, as a cancelled one."""
    due: PartialDate = row.due_on
    return Entry(
        uid=_uid(row.state_party, row.duty),
        day=due.first_day,
        summary=under(row.state_party.treaty, _summary(row.as_obligation(), due)),
        description=_("What is on record no longer leads to this date."),
        url=_page(row.state_party),
        sequence=written.sequence(is_over=True),
        stamp=max(written.at, datetime.combine(row.called_off_on, time(), UTC)),
        status=CANCELLED,
    )


def unfolded(row: Unfolded, *, written: Written) -> Entry:
    """Return the entry of a report that is none under the protocol any more, as a cancelled one."""
    stands = entry(row.obligation, written=written, as_at=row.called_off_on)
    told = _("No longer the report under %(protocol)s as well.") % {"protocol": row.protocol.code}
    return stands._replace(
        description=told,
        sequence=written.sequence(is_over=True),
        stamp=max(stands.stamp, datetime.combine(row.called_off_on, time(), UTC)),
        status=CANCELLED,
    )


def _description(obligation: Obligation, also_under: Sequence[str]) -> Iterator[str]:
    yield basis(obligation)
    if also_under:
        told = _("also the report under %(protocols)s") % {"protocols": ", ".join(also_under)}
        yield f"{capfirst(told)}."
    if known := known_of(obligation.state_party):
        yield known


def _page(party: StateParty) -> str:
    return address("reporting:state", party.state.iso3, treaty=party.treaty)


def uid(obligation: Obligation) -> str:
    """Return what names the entry for ever: it stays when the date moves."""
    return _uid(obligation.state_party, obligation.duty)


def _uid(party: StateParty, duty: str) -> str:
    return named(party.treaty.code, party.state.iso3, duty)


def named(*parts: object) -> str:
    """Return the name of an entry, which nothing else in the world has."""
    name = "/".join(map(str, parts)).replace(" ", "-")
    return f"{name}@{settings.MESSAGE_ID_DOMAIN}"


def calendar(entries: Iterable[Entry], *, method: str = "", name: str = "") -> str:
    """Return the calendar as text: to be imported by that ``method``, or to be read again by its name."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    if method:
        made.add("method", method)
    if name:
        for label in ("name", "x-wr-calname"):
            made.add(label, _one_line(name))
        made.add("x-wr-timezone", "Europe/Zurich")
        made.add("refresh-interval", REFRESHED_EVERY, parameters={"value": "DURATION"})
        made.add("x-published-ttl", "PT12H")
    for each in entries:
        made.add_component(_event(each))
    text: str = made.to_ical().decode()
    return text


def _event(each: Entry) -> Event:
    event = Event()
    event.add("uid", each.uid)
    event.add("dtstamp", each.stamp)
    event.add("last-modified", each.stamp)
    event.add("dtstart", each.day)
    if each.last_day:
        event.add("dtend", each.last_day + timedelta(days=1))
    event.add("summary", _one_line(each.summary))
    event.add("description", "\n".join(map(_one_line, each.description.splitlines())))
    if each.location:
        event.add("location", _one_line(each.location))
    event.add("url", each.url)
    event.add("sequence", each.sequence)
    event.add("status", each.status)
    event.add("transp", "TRANSPARENT")  # a day with a due date is not a day without time
    for days in each.alarms:
        event.add_component(_alarm(each, days))
    return event


def _alarm(each: Entry, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _one_line(each.summary))
    alarm.add("trigger", timedelta(hours=RINGS_AT) - timedelta(days=days))
    return alarm


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _status(obligation: Obligation, *, is_open: bool) -> str:
    if not is_open:
        return CANCELLED
    return TENTATIVE if obligation.basis == Basis.ESTIMATE else CONFIRMED


def under(treaty: Treaty, summary: str) -> str:
    """Return what an entry is called, so that one treaty is told from another in a calendar of all."""
    return _("%(treaty)s · %(summary)s") % {"treaty": treaty.code, "summary": summary}


def _summary(obligation: Obligation, due: PartialDate) -> str:
    places = {"state": obligation.state_party.state.local_name, "report": obligation.title}
    if not due.is_certain:
        # Otherwise the entry would look like a due date to the day.
        places["date"] = long_date(due)
        return _("%(state)s: %(report)s due in %(date)s, on a day that is not on record") % places
    if obligation.basis == Basis.ESTIMATE:
        return _("%(state)s: %(report)s due (estimate, to be confirmed)") % places
    return _("%(state)s: %(report)s due") % places
