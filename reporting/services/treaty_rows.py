"""The lines about treaties: which are regimes, what a line says, and what names no treaty."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from reporting.models import Treaty
from reporting.rules.regimes import REGIMES
from reporting.rules.wording import data_as_at
from reporting.services.fact_files import Row


@dataclass
class Treaties:
    """The codes that the file of treaties has, and those of other files that were found wanting."""

    named: set[str] = field(default_factory=set)
    wanting: set[tuple[str, str]] = field(default_factory=set)

    def is_regime(self, row: Row, column: str) -> bool:
        """Whether the cell is the code of a reporting regime; note where it is not."""
        code = row.text(column)
        if code not in REGIMES:
            places = {"code": code, "known": ", ".join(REGIMES)}
            row.problem(column, _("“%(code)s” is no reporting regime (known: %(known)s)") % places)
        return code in REGIMES

    def on_record(self, row: Row, code: str) -> Treaty | None:
        """Return the treaty; note once a file that there is none, unless its own line says why."""
        found = Treaty.objects.filter(code=code).first()
        if found is None and code and code not in self.named:
            if (row.file, code) not in self.wanting:
                row.problem("treaty", _("“%(code)s” is no treaty on record") % {"code": code})
            self.wanting.add((row.file, code))
        return found


def treaty_values(row: Row) -> dict[str, Any]:
    """Return what a line says of a treaty, by the name of the field."""
    known = REGIMES[row.text("code")]
    into = row.text("folded_into")
    if into and not Treaty.objects.filter(code=into, folded_into="").exists():
        sentence = _("“%(code)s” is no treaty above this line with reports of its own")
        row.problem("folded_into", sentence % {"code": into})
    return {
        "name": row.required("name"),
        "in_force_on": row.day("in_force_on"),
        "entry_into_force_rule": row.required("entry_into_force_rule"),
        "entry_into_force_article": row.required("entry_into_force_article"),
        "initial_article": row.text("initial_article") or known.initial_article,
        "periodic_article": row.text("periodic_article") or known.periodic_article,
        "initial_months": row.number("initial_months"),
        "periodic_months": row.number("periodic_months"),
        "follow_up_months": row.number("follow_up_months"),
        "folded_into": into,
        "data_as_at": row.day("data_as_at"),
        "reports_on_record": _reports_on_record(row),
        "cycle_note": row.text("cycle_note"),
        "confidence": row.text("confidence"),
    }


def _reports_on_record(row: Row) -> bool:
    """Return what the line says; one that says nothing is of a treaty known by a list alone, or not."""
    if row.text("reports_on_record"):
        return row.yes_or_no("reports_on_record")
    return not row.text("data_as_at")


def source_of_list(treaty: Treaty | None, row: Row) -> str:
    """Return the source of a line that names none: the list, as it stood on its day."""
    return data_as_at(treaty.data_as_at) if treaty and treaty.data_as_at else row.file
