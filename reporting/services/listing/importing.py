"""Putting a list on record: first to look and undo it, then exactly as it was seen, or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from reporting import permissions
from reporting.models import StateParty, Submission, SubmissionKind, SubmissionStatus, User
from reporting.models.fact import in_words
from reporting.services.audit import What, note
from reporting.services.document import Draft
from reporting.services.errors import Difference
from reporting.services.fact import correct, record
from reporting.services.fact_files import Problem
from reporting.services.listing.reading import read_lines
from reporting.services.listing.rows import DATES, TABLE, VALUES, Listed, read_list
from reporting.services.looked_at import done_as_seen, looked_at
from reporting.services.submission import Filing, file_submission


class Became(models.TextChoices):
    """What becomes of a line."""

    NEW = "new", pgettext_lazy("lines of a list", "New")
    CHANGED = "changed", pgettext_lazy("lines of a list", "Changed")
    SAME = "same", pgettext_lazy("lines of a list", "As on record")
    LEFT = "left", pgettext_lazy("lines of a list", "Left as on record")


class Saved(NamedTuple):
    """A field as it is put on record, in words; with the ISO form where it is a date."""

    field: str
    text: str
    iso: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A line of the list, and what becomes of it: what differs from the record, or is new on it."""

    line: int
    party: StateParty
    title: str
    became: Became
    differences: tuple[Difference, ...] = ()
    saved: tuple[Saved, ...] = ()


@dataclass(slots=True)
class Preview:
    """What an import does, line by line, or everything for which it does nothing.

    ``mark`` is the same only for the same file of the same person on the same facts.
    """

    lines: list[Seen] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    mark: str = ""

    def count(self, became: Became) -> int:
        """Return of how many lines this becomes."""
        return sum(each.became is became for each in self.lines)

    @property
    def does_something(self) -> bool:
        """Whether it can be confirmed, and anything is put on record then."""
        found = self.count(Became.NEW) + self.count(Became.CHANGED)
        return bool(found and not self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """A file as somebody gave it, with what cannot be seen by looking at it."""

    content: bytes
    encoding: str
    strokes: str


def preview_list(*, file: ListFile, by: User, as_at: date, now: datetime) -> Preview:
    """Return what the import would do, and do nothing.

    Raise ValidationError where the file as a whole cannot be read.
    """
    return looked_at(lambda: _imported(file, by, as_at, now))


def import_list(
    *, file: ListFile, expected: str, by: User, as_at: date, now: datetime
) -> tuple[Preview, bool]:
    """Do what was seen under the mark ``expected``; return what was done, and whether it was.

    Nothing is written where anything is wrong, or something else has happened since.
    """

    def noted(seen: Preview) -> None:
        new, changed = seen.count(Became.NEW), seen.count(Became.CHANGED)
        note(what=What.IMPORTED, at=now, by=by, about=f"list: {new} new, {changed} changed")

    return done_as_seen(lambda: _imported(file, by, as_at, now), expected=expected, noted=noted)


def _imported(file: ListFile, by: User, as_at: date, now: datetime) -> Preview:
    lines = read_lines(content=file.content, encoding=file.encoding)
    parties = _parties_of(by)
    if not parties:
        raise ValidationError(_("You act for no State party, so there is nothing to import."))
    listed, problems = read_list(lines=lines, parties=parties, strokes=file.strokes)
    mark = _mark(file, by, {each.party for each in listed})
    seen = Preview(problems=problems, mark=mark)
    # A later report is owed once the one before it came.
    for each in sorted(listed, key=lambda one: (one.party.pk, one.first)):
        try:
            with transaction.atomic():
                seen.lines.append(_put_on_record(each, by, as_at, now))
        except ValidationError as error:
            seen.problems += _said(error, each.line)
    seen.lines.sort(key=lambda one: one.line)
    seen.problems.sort()
    return seen


def _parties_of(by: User) -> dict[tuple[str, str], StateParty]:
    """Return the State parties for which the person acts, by State and treaty."""
    rows = permissions.parties_acted_for(by).select_related("state", "treaty")
    return {(each.state.iso3, each.treaty.code): each for each in rows}


def _put_on_record(listed: Listed, by: User, as_at: date, now: datetime) -> Seen:
    """Do what the line says, by the services that the pages call."""
    may_record = permissions.may_record(by, listed.party.treaty_id)
    found = _on_record(listed)
    if found is None:
        made = _recorded(listed, by, as_at) if may_record else _filed(listed, by, as_at, now)
        return Seen(listed.line, listed.party, made.name, Became.NEW, saved=tuple(_saved(made)))
    differences = tuple(_differences(found, listed))
    if not differences:
        return Seen(listed.line, listed.party, found.name, Became.SAME)
    if not may_record:
        return Seen(listed.line, listed.party, found.name, Became.LEFT, differences)
    if found.status == SubmissionStatus.FILED:
        raise ValidationError(_("This report waits to be confirmed: do that in the inbox first."))
    seen = found.version
    for name, value in listed.values.items():
        setattr(found, name, value)
    correct(fact=found, seen=seen, by=by, as_at=as_at, reason=_reason())
    return Seen(listed.line, listed.party, found.name, Became.CHANGED, differences)


def _on_record(listed: Listed) -> Submission | None:
    rows = listed.party.submissions.filter(
        kind=SubmissionKind.REPORT, first_report=listed.first, last_report=listed.last
    )
    return rows.exclude(status=SubmissionStatus.RETURNED).order_by("pk").first()


def _differences(found: Submission, listed: Listed) -> list[Difference]:
    """Return what the line says otherwise than the record; what it does not say is no difference."""
    fields = [
        found._meta.get_field(name)  # noqa: SLF001 - Django's documented name
        for name in listed.values
        if getattr(found, name) != listed.values[name]
    ]
    return [
        Difference(
            str(each.verbose_name),
            in_words(each, getattr(found, each.name)),
            in_words(each, listed.values[each.name]),
        )
        for each in fields
    ]


def _saved(made: Submission) -> Iterator[Saved]:
    """Go through what a list can say and the record has now."""
    for name in VALUES:
        each = made._meta.get_field(name)  # noqa: SLF001 - Django's documented name
        value = getattr(made, name)
        if text := in_words(each, value):
            iso = value.isoformat() if name in DATES else ""
            yield Saved(str(each.verbose_name), text, iso)


def _recorded(listed: Listed, by: User, as_at: date) -> Submission:
    """Record a report of the past, as the secretariat does."""
    if "source" not in listed.values:
        raise ValidationError({"source": _("is empty")})
    fact = Submission(
        state_party=listed.party,
        kind=SubmissionKind.REPORT,
        first_report=listed.first,
        last_report=listed.last,
        **listed.values,
    )
    return record(fact=fact, by=by, as_at=as_at, reason=_reason())


def _filed(listed: Listed, by: User, as_at: date, now: datetime) -> Submission:
    """Log a report that the secretariat is to confirm, as a ministry does."""
    values = listed.values
    if "sent_on" not in values:
        raise ValidationError({"sent_on": _("is empty: say on which day it was sent")})
    filing = Filing(
        covers=tuple(range(listed.first, listed.last + 1)),
        sent_on=values["sent_on"],
        note_verbale=values.get("note_verbale", ""),
        symbol=values.get("symbol", ""),
        languages=tuple(values.get("languages", ())),
        note=values.get("note", ""),
        is_listed=True,
    )
    draft = Draft(uuid4(), listed.party, by)
    return file_submission(filing=filing, draft=draft, as_at=as_at, now=now)


def _said(error: ValidationError, line: int) -> list[Problem]:
    """Return what a service refused, by line and column."""
    columns = {"covers": "first_report"}
    return [
        Problem(TABLE.name, line, column if column in _KNOWN else "", text)
        for name, errors in error.update_error_dict({}).items()
        for column in [columns.get(name, name)]
        for each in errors
        for text in each.messages
    ]


def _mark(file: ListFile, by: User, parties: set[StateParty]) -> str:
    """Return a short text for this file, this person, and what is on record of these State parties."""
    history: Any = Submission.history
    facts = [
        [each.pk, each.version, latest["history_id__max"]]
        for each in sorted(parties, key=lambda party: party.pk)
        for latest in [history.filter(state_party_id=each.pk).aggregate(Max("history_id"))]
    ]
    said = (by.pk, by.role, file.encoding, file.strokes, facts)
    return sha256(repr(said).encode() + file.content).hexdigest()


def _reason() -> str:
    return _("imported from a list")


_KNOWN = {*TABLE.columns, *TABLE.may_have}
