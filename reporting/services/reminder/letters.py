"""What each kind of mail says, but for the words of its one reader."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reporting.emails.calendar import Entry, calendar, entry
from reporting.emails.item import Item, item, possessive, yours
from reporting.emails.links import address
from reporting.models import (
    Contact,
    Kind,
    Obligation,
    Occasion,
    Reminder,
    State,
    StateParty,
    Submission,
)
from reporting.models.dates import iso_date, long_date
from reporting.queries.all_treaties import several_treaties
from reporting.queries.folding import Folding, folding_of
from reporting.queries.inbox import to_confirm
from reporting.queries.owed import prior_lists
from reporting.queries.sequence import written
from reporting.queries.state_fact import UniversalStep
from reporting.queries.universal import reports_ahead
from reporting.rules.partial_date import PartialDate
from reporting.rules.written import Written

# What the worklist tells one by one; more would make it larger than mail programs show.
MOST_LISTED = 24
# More codes of treaties than these say less in a subject than they take away.
MOST_IN_SUBJECT = 3
# So early a State is told of its next national report for the Universal Periodic Review, beside a due
# date: as early as of a report under a treaty.
REVIEW_AHEAD = timedelta(days=540)


class NothingToTellError(LookupError):
    """What a reminder is about is gone; whoever took it away should have cancelled it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """The name of a template, what stands in it, and the due dates as a calendar.

    ``under`` are the codes of the treaties that its subject names; none where only one is on record.
    """

    name: str
    context: Mapping[str, Hashable]
    obligations: tuple[Obligation, ...] = ()
    calendar: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Background:
    """What must be known beside the rows, read once for a batch of mails.

    The lists of issues prior to reporting by State party; the States of which a validating authority is
    told; for calendars, how often its facts were written, and what its reports are also under; the next
    national report for the Universal Periodic Review by State; and the letters that more than one reader
    of the batch gets. ``several_treaties``: whether they have to be told apart.
    """

    as_at: date
    prior_lists: Mapping[int, Obligation]
    validated: frozenset[int]
    facts: Mapping[int, Written]
    folds: Folding
    universal: Mapping[int, UniversalStep]
    several_treaties: bool
    written: dict[Hashable, Letter] = field(default_factory=dict)


def background(rows: Iterable[Reminder], *, as_at: date) -> Background:
    """Read what the mails of these rows need, in a fixed number of queries."""
    obligations = {row.obligation for row in rows if row.obligation}
    reports = {each.state_party_id for each in obligations if each.kind == Kind.REPORT}
    return Background(
        as_at=as_at,
        prior_lists=prior_lists(parties=reports, as_at=as_at) if reports else {},
        validated=_validated(rows),
        facts=written(parties={each.state_party_id for each in obligations}),
        folds=_folds(reports, as_at),
        universal=_universal(rows, as_at),
        several_treaties=several_treaties(),
    )


def _validated(rows: Iterable[Reminder]) -> frozenset[int]:
    """Return the States of these contacts of which a validating authority is told."""
    states = {row.contact.state_id for row in rows if row.contact and row.contact.state_id}
    told = Contact.objects.told().filter(role=Contact.Role.VALIDATING_AUTHORITY, state__in=states)
    return frozenset(told.values_list("state", flat=True)) if states else frozenset()


def _folds(parties: Collection[int], as_at: date) -> Folding:
    """Return which protocols the reports of these States parties are also under."""
    if not parties:
        return Folding()
    states = State.objects.filter(parties__in=parties)
    return folding_of(StateParty.objects.filter(state__in=states), as_at=as_at)


def _universal(rows: Iterable[Reminder], as_at: date) -> dict[int, UniversalStep]:
    """Return the national reports ahead of the States whose contacts these rows tell."""
    states = {row.contact.state_id for row in rows if row.contact and row.contact.state_id}
    return reports_ahead(states=states, as_at=as_at, within=REVIEW_AHEAD) if states else {}


def letter(rows: Sequence[Reminder], *, known: Background) -> Letter:
    """Return what is said to the reader of these rows on that day, in the language that is active.

    Raise NothingToTellError where it is no longer there.
    """
    audience = _audience(rows)
    if audience not in known.written:
        made = _LETTERS[Occasion(rows[0].occasion)](rows, known)
        context = {**_of_reader(rows[0]), **made.context}
        known.written[audience] = replace(
            made,
            context=context,
            calendar=_calendar(made.obligations, known),
            under=_under(rows) if known.several_treaties else "",
        )
    return known.written[audience]


def _under(rows: Sequence[Reminder]) -> str:
    """Return the codes of the treaties that these rows are about, while a subject has room for them."""
    codes = list(dict.fromkeys(row.state_party.treaty.code for row in rows if row.state_party))
    return ", ".join(codes) if len(codes) <= MOST_IN_SUBJECT else ""


def _audience(rows: Sequence[Reminder]) -> Hashable:
    """Return what is the same for all who get the same letter."""
    contact = rows[0].contact
    to: Hashable = get_language()
    if contact:
        # Only the worklist says something else to those who are told of other treaties.
        is_list = rows[0].occasion == Occasion.WORKLIST
        bound = frozenset(each.pk for each in contact.treaties.all()) if is_list else None
        to = (get_language(), contact.state_id, contact.role, bound)
    told = ((row.state_party_id, row.obligation_key, row.event, row.occasion) for row in rows)
    return to, *told


def _of_reader(row: Reminder) -> dict[str, Hashable]:
    """Return what all readers of one role get."""
    contact = row.contact
    return {
        "why": _why(contact),
        "is_contact": contact is not None,
        "is_desk": _is_desk(row),
    }


def _why(contact: Contact | None) -> str:
    if contact is None:
        return _("You get this message because you logged the report.")
    if contact.state is None:
        return _(
            "You get this message because you are on record as desk officer of the secretariat."
        )
    places = {"role": contact.get_role_display(), "state": contact.state.local_name}
    return _("You get this message because you are on record as %(role)s of %(state)s.") % places


def _is_desk(row: Reminder) -> bool:
    return row.contact is not None and row.contact.state_id is None


def _alert(rows: Sequence[Reminder], known: Background) -> Letter:
    escalated = {row.obligation for row in rows if row.occasion == Occasion.ESCALATION}
    obligations = sorted(
        {_obligation(row): None for row in rows}, key=lambda each: (each.due_from, each.pk)
    )
    items = tuple(
        item(
            each,
            as_at=known.as_at,
            prior_list=_prior_list(each, known),
            for_the_desk=_is_desk(rows[0]),
            is_escalated=each in escalated,
        )
        for each in obligations
    )
    context = {
        "items": items,
        "states": tuple(dict.fromkeys(each.state for each in items)),
        "treaties": tuple(dict.fromkeys(each.treaty for each in items)),
        "overdue": sum(each.is_overdue for each in items),
        "is_escalated": len(escalated) == len(obligations),
        "escalates": _escalates(rows[0], obligations, known),
        "also_coming": _also_coming(rows[0], known),
        **_filing(each.state_party for each in obligations),
    }
    return Letter("alert", context, tuple(obligations))


def _escalates(row: Reminder, obligations: Iterable[Obligation], known: Background) -> int:
    """Return how many days before the date the validating authority is told, where it still can be."""
    days: int = settings.ESCALATION_DAYS
    contact, as_at = row.contact, known.as_at
    is_last = contact and contact.role == Contact.Role.VALIDATING_AUTHORITY
    somebody = contact and contact.state_id in known.validated
    ahead = any(each.due_from and (each.due_from - as_at).days > days for each in obligations)
    return days if ahead and somebody and not is_last else 0


def _also_coming(row: Reminder, known: Background) -> str:
    """Say to a State when its next national report for the Universal Periodic Review is due, if soon."""
    step = known.universal.get(row.contact.state_id or 0) if row.contact else None
    if step is None:
        return ""
    places = {"cycle": step.review.cycle, "day": long_date(step.due_on)}
    said = _(
        "Also coming for your State: the national report for the Universal Periodic Review, "
        "cycle %(cycle)s (%(day)s)."
    )
    source = _("Recorded by the State or by the secretariat; no treaty sets it.")
    # Translators: one sentence after another; some languages have no space between them.
    return _("%(first)s %(second)s") % {"first": said % places, "second": source}


def _filing(parties: Iterable[StateParty]) -> dict[str, Hashable]:
    """Return where a State sends what it owes, and where it logs that under each treaty, by its code."""
    log = {
        each.treaty.code: address("reporting:submission-new", each.state.iso3, treaty=each.treaty)
        for each in parties
    }
    return {"desk": settings.DESK_EMAIL, "log": tuple(log.items())}


def _prior_list(obligation: Obligation, known: Background) -> Obligation | None:
    is_report = obligation.kind == Kind.REPORT
    return known.prior_lists.get(obligation.state_party_id) if is_report else None


def _requested(rows: Sequence[Reminder], known: Background) -> Letter:
    obligation = _obligation(rows[0])
    context = {"item": _item(rows[0], known), **_filing([obligation.state_party])}
    return Letter("requested", context, (obligation,))


def _date_set(rows: Sequence[Reminder], known: Background) -> Letter:
    row = rows[0]
    obligation = _obligation(row)
    before, after = _partial(row.places.get("from")), _partial(row.places.get("to"))
    context = {
        "item": _item(row, known),
        "report": _said(row, obligation.title),
        "title": obligation.title,
        "before": long_date(before) if before else "",
        "after": long_date(after) if after else "",
        **_filing([obligation.state_party]),
    }
    return Letter("date_set", context, (obligation,))


def _decided(rows: Sequence[Reminder], _known: Background) -> Letter:
    """Return what became of a report that was logged."""
    row = rows[0]
    found = _submission(row)
    party = found.state_party
    received = _partial(row.places.get("received_on"))
    context = {
        "state": party.state.local_name,
        "name": found.name,
        "sent_on": found.sent_on,
        "because": row.places.get("because", ""),
        "received": long_date(received) if received else "",
        "received_iso": iso_date(received) if received else "",
        "symbol": row.places.get("symbol", ""),
        "link": address("reporting:submission", party.state.iso3, found.pk, treaty=party.treaty),
    }
    return Letter(row.occasion, context)


def _worklist(rows: Sequence[Reminder], known: Background) -> Letter:
    contact = rows[0].contact
    told = list(contact.treaties.all()) if contact else []
    lists = to_confirm(as_at=known.as_at, treaties=told or None)
    items = tuple(
        item(each.obligation, as_at=known.as_at, for_the_desk=True) for each in lists[:MOST_LISTED]
    )
    context = {
        "items": items,
        "count": len(lists),
        "more": len(lists) - len(items),
        "quarter": rows[0].event.rpartition("/")[2],
        "link": address("reporting:worklist"),
    }
    return Letter("worklist", context)


_LETTERS: Mapping[Occasion, Callable[[Sequence[Reminder], Background], Letter]] = {
    Occasion.ALERT: _alert,
    Occasion.ESCALATION: _alert,
    Occasion.REQUESTED: _requested,
    Occasion.DATE_SET: _date_set,
    Occasion.RETURNED: _decided,
    Occasion.CONFIRMED: _decided,
    Occasion.WORKLIST: _worklist,
}


def _calendar(obligations: Iterable[Obligation], known: Background) -> str:
    """Return the due dates as a calendar; empty where there is none."""
    entries = tuple(
        entry(
            each,
            written=known.facts[each.state_party_id],
            as_at=known.as_at,
            also_under=known.folds.also_under(each),
        )
        for each in obligations
        if each.due
    )
    return _published(entries) if entries else ""


@lru_cache(maxsize=256)
def _published(entries: tuple[Entry, ...]) -> str:
    """Write the calendar once for all readers of a batch."""
    return calendar(entries, method="PUBLISH")


def _item(row: Reminder, known: Background) -> Item:
    found = _obligation(row)
    prior_list = _prior_list(found, known)
    return item(found, as_at=known.as_at, prior_list=prior_list, for_the_desk=_is_desk(row))


def _said(row: Reminder, title: str) -> str:
    """Say whose report it is."""
    if row.contact and row.contact.state_id is None and row.state_party:
        return possessive(row.state_party.state.local_name, title)
    return yours(title)


def _obligation(row: Reminder) -> Obligation:
    """Return the obligation with the State party that was fetched along."""
    if row.obligation is None or row.state_party is None:
        message = (
            f"{row.obligation_key} of {row.state_party} is no longer in the timetable:"
            " this reminder should have been cancelled."
        )
        raise NothingToTellError(message)
    row.obligation.state_party = row.state_party
    return row.obligation


def _submission(row: Reminder) -> Submission:
    found = (
        Submission.objects.select_related("state_party__state", "state_party__treaty")
        .filter(pk=row.places["submission"])
        .first()
    )
    if found is None:
        message = (
            f"Submission {row.places['submission']} is no longer on record:"
            " this reminder should have been cancelled."
        )
        raise NothingToTellError(message)
    return found


def _partial(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None
