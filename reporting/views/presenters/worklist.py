"""The dates to confirm: as rows, and what is proposed for one of them from a pasted paragraph."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reporting.models import DecisionKind, Obligation
from reporting.models.dates import long_date
from reporting.models.sentences import source_in_words
from reporting.queries.inbox import DateToConfirm
from reporting.rules.doubts import Doubt, doubts
from reporting.rules.moments import Start, Term
from reporting.rules.paragraph import Known, Paragraph
from reporting.rules.reading import Read
from reporting.rules.status import Standing
from reporting.rules.wording import interval_in_words, report_name
from reporting.views.as_at import AsAt
from reporting.views.treaty import kept

# So many signs of the text stand around the words that something was read in.
_AROUND = 60
_LONGEST_TEXT = 4000
# What the address of a decision says whose reader goes on with the list of dates to confirm.
WORKLIST = "worklist"


@dataclass(frozen=True, slots=True)
class DateRow:
    """A date to confirm, the document in which it should stand, and the page that enters it."""

    state: str
    state_url: str
    obligation: Obligation
    standing: Standing
    symbol: str
    document: str
    enter_url: str
    treaty: str


def date_row(item: DateToConfirm, *, as_at: AsAt | None = None) -> DateRow:
    """Return the row of a date to confirm; the State's page is that of the day."""
    party = item.obligation.state_party
    state, query = party.state, kept(party.treaty)
    return DateRow(
        state=state.local_name,
        state_url=reverse("reporting:state", args=[state.iso3])
        + (as_at.under(party.treaty.code) if as_at else query),
        obligation=item.obligation,
        standing=item.standing,
        symbol=item.symbol,
        document=_document(item),
        enter_url=reverse("reporting:worklist-date", args=[state.iso3]) + query,
        treaty=party.treaty.code,
    )


def _document(item: DateToConfirm) -> str:
    """Say in words which document it is, and when it was adopted, as far as that is on record."""
    review = item.review
    if review is None:
        source = item.obligation.source
        return source_in_words(source) if source != item.symbol else ""
    name = _("concluding observations on the %(report)s") % {"report": review.title or _("report")}
    if review.adopted_on is None:
        return _("%(document)s, day of adoption not on record") % {"document": name}
    places = {"document": name, "day": long_date(review.adopted_on)}
    return _("%(document)s, adopted %(day)s") % places


@dataclass(frozen=True, slots=True)
class Line:
    """A value that is proposed, and the words of the text that it was read in."""

    name: str
    value: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form of the decision is filled with, and why; nothing of it is saved."""

    action: str
    initial: dict[str, Any]
    notes: dict[str, str]
    lines: list[Line] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    is_read: bool = False


def proposal(
    item: DateToConfirm, *, read: Paragraph | None = None, as_at: date | None = None
) -> Proposal:
    """Return what is on record about the decision, and on top of it what the text says."""
    initial, notes = _on_record(item)
    page = reverse("reporting:decision-new", args=[item.obligation.state_party.state.iso3])
    query = kept(item.obligation.state_party.treaty)
    action = f"{page}{query}{'&' if query else '?'}then={WORKLIST}"
    if read is None or as_at is None:
        return Proposal(action, initial, notes)
    lines = _lines(item, read)
    return Proposal(
        action=action,
        initial=initial | _said(item, read),
        notes=notes | _notes(lines),
        lines=list(lines.values()),
        doubts=_doubts(item, read, as_at),
        others=[long_date(each.value) for each in read.others],
        is_read=True,
    )


def known(item: DateToConfirm) -> Known:
    """Return what is on record of the report that is expected and of its review."""
    owed, review = item.obligation, item.review
    return Known(
        reports=(owed.first_report, owed.last_report or 0) if owed.first_report else None,
        adopted_on=review.adopted_on if review else None,
        considered_on=(review.dialogue_to or review.dialogue_from) if review else None,
    )


def _on_record(item: DateToConfirm) -> tuple[dict[str, Any], dict[str, str]]:
    owed, review = item.obligation, item.review
    initial: dict[str, Any] = {
        "kind": DecisionKind.NEXT_REPORT_DUE.value,
        "first_report": owed.first_report,
        "last_report": owed.last_report,
    }
    notes = {"first_report": _("The report that is expected next.")}
    if review and item.decision is None:
        initial |= {"review": review.pk, "symbol": item.symbol, "decided_on": review.adopted_on}
        known = _("From the review on record.")
        notes |= {name: known for name in ("symbol", "decided_on") if initial[name]}
    return initial, notes


def _said(item: DateToConfirm, read: Paragraph) -> dict[str, Any]:
    """Return what the text says, for the fields of the form."""
    said: dict[str, Any] = {"text": read.sentence[:_LONGEST_TEXT]} if read.sentence else {}
    if due := read.due_on(known(item)):
        said["due_on"] = due
    if read.announced:
        said["to_be_communicated"] = True
    if read.reports:
        said["first_report"], said["last_report"] = read.reports.value
    if read.symbol and read.symbol.value.iso3 == item.obligation.state_party.state.iso3:
        said["symbol"] = str(read.symbol.value)
    if read.number:
        said["paragraph"] = read.number.value
    return said


_FIELDS = {
    "due_on": gettext_lazy("Due on"),
    "to_be_communicated": gettext_lazy("Date"),
    "first_report": gettext_lazy("Reports"),
    "symbol": gettext_lazy("Symbol"),
    "paragraph": gettext_lazy("Paragraph"),
}


def _lines(item: DateToConfirm, read: Paragraph) -> dict[str, Line]:
    """Return what was read, by the field that it is proposed for."""
    found: dict[str, tuple[Read[Any] | None, str]] = {
        "due_on": (read.due or _counted(read), _due(item, read)),
        "to_be_communicated": (read.announced, _("to be communicated by the Committee")),
        "first_report": (
            read.reports,
            report_name(*read.reports.value, translate=_) if read.reports else "",
        ),
        "symbol": (read.symbol, str(read.symbol.value) if read.symbol else ""),
        "paragraph": (read.number, read.number.value if read.number else ""),
    }
    return {
        name: _line(str(_FIELDS[name]), value, each, read.text)
        for name, (each, value) in found.items()
        if each
    }


def _line(name: str, value: str, read: Read[Any], text: str) -> Line:
    start, end = read.span
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return Line(
        name,
        value,
        f"…{before}" if start > _AROUND else before,
        read.words,
        f"{after}…" if end + _AROUND < len(text) else after,
    )


def _counted(read: Paragraph) -> Read[Term] | None:
    """Return the term, if it counts from a day that may be on record."""
    return read.within if read.within and read.within.value.start in _COUNTED else None


def _term(read: Paragraph) -> str:
    """Return the words of the term, with those that say from when it counts."""
    if read.within is None:
        return ""
    behind = read.text[read.within.span.end :][:_AROUND]
    if len(behind) == _AROUND:
        behind = behind.rpartition(" ")[0]
    return read.within.words + re.split(r"[,.;:()\n]", behind, maxsplit=1)[0]


def _due(item: DateToConfirm, read: Paragraph) -> str:
    about = known(item)
    due, start = read.due_on(about), read.start(about)
    if read.within is None:
        return long_date(due) if due else ""
    interval = _interval(read.within.value.months)
    if due is None or start is None:
        return _("%(interval)s after a day that is not on record") % {"interval": interval}
    places = {"due": long_date(due), "interval": interval, "start": long_date(start)}
    return str(_COUNTED[read.within.value.start]) % places


_COUNTED = {
    Start.ADOPTION: gettext_lazy("%(due)s: %(interval)s after the adoption, %(start)s"),
    Start.CONSIDERATION: gettext_lazy("%(due)s: %(interval)s after the consideration, %(start)s"),
}


def _interval(months: int) -> str:
    if months % 12 == 0:
        return interval_in_words(months, translate=_, count=ngettext)
    return ngettext("%(months)s month", "%(months)s months", months) % {"months": months}


def _notes(lines: dict[str, Line]) -> dict[str, str]:
    return {name: _("Read in “%(words)s”.") % {"words": line.words} for name, line in lines.items()}


_SENTENCES = {
    Doubt.NO_DATE: gettext_lazy("The text says nothing of when the next report is due."),
    Doubt.NOT_CLEAR: gettext_lazy(
        "The text names no date that is clearly the one of the next report, so none is proposed."
    ),
    Doubt.NO_START: gettext_lazy(
        "The text gives a term, and the day from which it counts is not on record."
    ),
    Doubt.OTHER_START: gettext_lazy(
        "The text gives a term, “%(term)s”, that counts neither from the adoption nor from the "
        "consideration, so no date is proposed."
    ),
    Doubt.SEVERAL_DATES: gettext_lazy(
        "The text names several dates by which a report is due: %(dates)s. None of them is proposed."
    ),
    Doubt.NO_SUCH_DAY: gettext_lazy("No calendar has this day: %(slips)s."),
    Doubt.STROKES: gettext_lazy(
        "“%(strokes)s” is not read, as some write the day first and some the month. Write the month as a word."
    ),
    Doubt.PASSED: gettext_lazy(
        "%(due)s has passed: once it is saved, the report counts as overdue."
    ),
    Doubt.BEFORE_REVIEW: gettext_lazy("%(due)s lies before the review after which it is due."),
    Doubt.OTHER_REPORTS: gettext_lazy(
        "The text speaks of the %(said)s; expected next is the %(expected)s."
    ),
    Doubt.OTHER_STATE: gettext_lazy("%(said_symbol)s is the symbol of another State's document."),
    Doubt.OTHER_SYMBOL: gettext_lazy(
        "The text names %(said_symbol)s; on record for this review is %(symbol)s."
    ),
}


def _doubts(item: DateToConfirm, read: Paragraph, as_at: date) -> list[str]:
    owed, about = item.obligation, known(item)
    due = read.due_on(about)
    places = {
        "due": long_date(due) if due else "",
        "dates": ", ".join(long_date(each.value) for each in read.rivals),
        "term": _term(read),
        "slips": ", ".join(read.slips),
        "strokes": "”, “".join(read.strokes),
        "said": report_name(*read.reports.value, translate=_) if read.reports else "",
        "expected": owed.title,
        "said_symbol": str(read.symbol.value) if read.symbol else "",
        "symbol": item.symbol,
    }
    found = doubts(
        read,
        about,
        iso3=owed.state_party.state.iso3,
        symbol=item.symbol if item.decision is None else "",
        as_at=as_at,
    )
    return [str(_SENTENCES[each]) % places for each in found]
