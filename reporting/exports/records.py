"""What anybody can take along: obligations, facts, and what is of a State beside its treaties.

The names of the columns are a promise to other programs: one may be added, none is changed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reporting.exports.columns import (
    Columns,
    Text,
    cells,
    names,
    numeric,
    precisions,
    widths,
    with_data_as_at,
)
from reporting.exports.facts import DECISIONS, REVIEWS, SUBMISSIONS
from reporting.exports.files import as_csv, as_json
from reporting.exports.obligations import OBLIGATIONS, obligations
from reporting.exports.state_facts import CORE_DOCUMENTS, UNIVERSAL_REVIEWS
from reporting.exports.workbook import Sheet, as_xlsx
from reporting.models import Treaty
from reporting.queries.dashboard import Filters

Rows = Callable[..., Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Export:
    """A file that can be had in several formats; ``rows`` is asked with a day, a treaty and filters.

    What ``is_of_states`` is the same under every treaty.
    """

    name: str
    title: Text
    sentence: Text
    columns: Columns
    rows: Rows
    is_of_states: bool = False

    def columns_of(self, treaty: Treaty) -> Columns:
        """Return the columns of a file about that treaty."""
        return self.columns if self.is_of_states else with_data_as_at(self.columns, treaty)


EXPORTS = {
    export.name: export
    for export in (
        Export(
            "obligations",
            _("Obligations"),
            _("Everything that is owed, with the reason for each date and how it stands."),
            OBLIGATIONS,
            obligations,
        ),
        Export(
            "submissions",
            _("Submissions"),
            _("What the States have sent, with the day of receipt."),
            SUBMISSIONS.columns,
            SUBMISSIONS.rows,
        ),
        Export(
            "reviews",
            _("Reviews"),
            _("The considerations by the Committee, with their concluding observations."),
            REVIEWS.columns,
            REVIEWS.rows,
        ),
        Export(
            "decisions",
            _("Decisions"),
            _("The dates that the Committee set, and what it asked for."),
            DECISIONS.columns,
            DECISIONS.rows,
        ),
        Export(
            "core-documents",
            _("Common core documents"),
            _("What States say once, for all the Committees to which they report."),
            CORE_DOCUMENTS.columns,
            CORE_DOCUMENTS.rows,
            is_of_states=True,
        ),
        Export(
            "universal-reviews",
            _("Universal Periodic Review"),
            _("The dates of States in the Universal Periodic Review, as they were recorded."),
            UNIVERSAL_REVIEWS.columns,
            UNIVERSAL_REVIEWS.rows,
            is_of_states=True,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Question:
    """What a file is to answer; ``asked`` are the filters as an address has them."""

    as_at: date
    treaty: Treaty
    filters: Filters
    sort: str
    asked: str

    def rows(self, export: Export) -> Iterator[Any]:
        """Go through the rows that answer it."""
        return export.rows(
            as_at=self.as_at, treaty=self.treaty, filters=self.filters, sort=self.sort
        )


def export_csv(export: Export, question: Question) -> Iterator[str]:
    """Go through the text of the CSV file."""
    columns = export.columns_of(question.treaty)
    return as_csv(names(columns), cells(columns, question.rows(export)))


def export_json(export: Export, question: Question) -> Iterator[str]:
    """Go through the text of the JSON file."""
    columns = export.columns_of(question.treaty)
    return as_json(names(columns), cells(columns, question.rows(export)))


def export_xlsx(export: Export, question: Question) -> IO[bytes]:
    """Return the workbook; its columns have the names that they have in the other formats."""
    columns = export.columns_of(question.treaty)
    heading = names(columns)
    wide = zip(heading, widths(columns), strict=True)
    title = {"title": export.title, "day": question.as_at}
    sheet = Sheet(
        title=gettext("%(title)s as at %(day)s") % title,
        name=str(export.title),
        as_at=question.as_at,
        heading=heading,
        widths=[max(len(name) + 2, width) for name, width in wide],
        numeric=numeric(columns),
        about=[
            (gettext("File"), str(export.title)),
            (gettext("As at"), question.as_at.isoformat()),
            *([] if export.is_of_states else [(gettext("Treaty"), question.treaty.local_name)]),
            (gettext("Filters"), question.asked or gettext("none")),
            (gettext("Dates"), precisions()),
            *((column.name, str(column.note)) for column in columns),
        ],
    )
    return as_xlsx(sheet, cells(columns, question.rows(export)))
