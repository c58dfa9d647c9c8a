"""The obligations of States parties as rows of text: a table for people, CSV and JSON for programs.

Programs read codes, people words; names, sources and sentences are in the language of the shell in all
three (docs/exports.md).
"""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from io import StringIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.models import Action, Basis, Kind, Obligation
from reporting.models.sentences import source_in_words, translated
from reporting.models.status import BAND_LABELS, STATUS_LABELS
from reporting.rules.status import Band, Status

Text = str | Promise
_HEADINGS: Mapping[str, Text] = {
    "treaty": _("Treaty"),
    "iso3": _("ISO code"),
    "state": _("State"),
    "action": _("Action"),
    "deposited_on": _("Deposit"),
    "entry_into_force": _("Entry into force"),
    "kind": _("Kind"),
    "first_report": _("First report"),
    "last_report": _("Last report"),
    "due_on": _("Due"),
    "basis": _("Basis"),
    "source": _("Source"),
    "status": _("Status"),
    "days": pgettext_lazy("left or late", "Days"),
    "band": _("Overdue for"),
    "explanation": _("Explanation"),
}
COLUMNS = tuple(_HEADINGS)
_WORDS: Mapping[str, Mapping[str, Text]] = {
    "action": dict(Action.choices),
    "kind": dict(Kind.choices),
    "basis": dict(Basis.choices),
    "status": {status.value: STATUS_LABELS[status] for status in Status},
    "band": {band.value: BAND_LABELS[band] for band in Band},
}
_FIRST_OF_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBERS = {"first_report", "last_report", "days"}

Line = dict[str, str | int | None]


def line(obligation: Obligation, *, as_at: date) -> Line:
    """Return the cells of one obligation; ``days``: negative are left, positive overdue or late."""
    party, value = obligation.state_party, obligation.as_value()
    standing = obligation.standing(as_at=as_at)
    return {
        "treaty": party.treaty.code,
        "iso3": party.state.iso3,
        "state": party.state.local_name,
        "action": party.action,
        "deposited_on": str(party.deposited_on),
        "entry_into_force": str(party.entry_into_force),
        "kind": value.kind.value,
        "first_report": value.first,
        "last_report": value.last,
        "due_on": str(value.due or ""),
        "basis": value.basis.value,
        "source": source_in_words(value.source),
        "status": standing.status.value,
        "days": standing.days,
        "band": standing.band.value if standing.band else "",
        "explanation": translated(value.explanation),
    }


def defused(cell: str | int | None) -> str | int | None:
    """Return the cell so that no spreadsheet takes a text for a formula."""
    if isinstance(cell, str) and cell.startswith(_FIRST_OF_A_FORMULA):
        return f"'{cell}"
    return cell


def as_csv(lines: Iterable[Line]) -> str:
    """Return the lines as CSV with a heading; numbers stay numbers, texts are defused."""
    out = StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: defused(cell) for name, cell in each.items()} for each in lines)
    return out.getvalue()


def as_json(lines: Iterable[Line]) -> str:
    """Return the lines as a JSON array; a number that is not there is ``null``."""
    return json.dumps(list(lines), ensure_ascii=False, indent=2) + "\n"


def as_table(lines: Iterable[Line]) -> str:
    """Return the lines as columns of text in words; numbers stand to the right."""
    heading = {name: str(label) for name, label in _HEADINGS.items()}
    rows = [heading, *(_texts(each) for each in lines)]
    widths = {name: max(len(row[name]) for row in rows) for name in COLUMNS}
    return "".join(
        "  ".join(
            row[name].rjust(widths[name]) if name in _NUMBERS else row[name].ljust(widths[name])
            for name in COLUMNS
        ).rstrip()
        + "\n"
        for row in rows
    )


def _texts(cells: Line) -> dict[str, str]:
    said = {name: "" if cell is None else str(cell) for name, cell in cells.items()}
    return {name: str(_WORDS.get(name, {}).get(cell, cell)) for name, cell in said.items()}


FORMATS: Mapping[str, Callable[[Iterable[Line]], str]] = {
    "table": as_table,
    "csv": as_csv,
    "json": as_json,
}
