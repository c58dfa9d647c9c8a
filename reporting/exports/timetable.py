"""The obligations of States parties as rows of text, for the shell and for files."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from io import StringIO

from reporting.models import Obligation

COLUMNS = (
    "treaty",
    "iso3",
    "state",
    "action",
    "deposited_on",
    "entry_into_force",
    "kind",
    "first_report",
    "last_report",
    "due_on",
    "basis",
    "source",
    "status",
    "days",
    "band",
    "explanation",
)
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
        "state": party.state.name,
        "action": party.action,
        "deposited_on": str(party.deposited_on),
        "entry_into_force": str(party.entry_into_force),
        "kind": value.kind.value,
        "first_report": value.first,
        "last_report": value.last,
        "due_on": str(value.due or ""),
        "basis": value.basis.value,
        "source": value.source,
        "status": standing.status.value,
        "days": standing.days,
        "band": standing.band.value if standing.band else "",
        "explanation": str(value.explanation),
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
    """Return the lines as columns of text; numbers stand to the right."""
    rows = [dict(zip(COLUMNS, COLUMNS, strict=True)), *(_texts(each) for each in lines)]
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
    return {name: "" if cell is None else str(cell) for name, cell in cells.items()}


FORMATS: Mapping[str, Callable[[Iterable[Line]], str]] = {
    "table": as_table,
    "csv": as_csv,
    "json": as_json,
}
