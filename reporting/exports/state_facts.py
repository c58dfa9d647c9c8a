"""What is on record about States beside their treaties, for other programs; see docs/exports.md."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from reporting.exports.columns import Kind
from reporting.exports.facts import NOTE, SOURCE, FactExport, Path, of_state
from reporting.models import CoreDocument, Treaty, UniversalReview
from reporting.queries.records import Narrowed
from reporting.queries.state_records import state_records


class StateFactExport(FactExport):
    """The columns of a kind of fact that is of no treaty."""

    def _found(self, as_at: date, treaty: Treaty, narrowed: Narrowed) -> Iterator[list[Any]]:
        del treaty
        return state_records(self.model, *self.paths, as_at=as_at, narrowed=narrowed)


CORE_DOCUMENTS = StateFactExport(
    CoreDocument,
    *of_state("state__"),
    Path("symbol", _("Symbol"), _("symbol of the document"), width=20),
    Path("dated_on", _("Dated"), _("date of the document"), Kind.DATE, 12),
    SOURCE,
    NOTE,
)
UNIVERSAL_REVIEWS = StateFactExport(
    UniversalReview,
    *of_state("state__"),
    Path("cycle", _("Cycle"), _("number of the cycle"), Kind.NUMBER, 8),
    Path(
        "session",
        _("Session"),
        _("session of the working group"),
        Kind.NUMBER,
        8,
    ),
    Path(
        "report_due_on",
        _("National report due"),
        _("empty where the day is not on record"),
        Kind.DATE,
        12,
    ),
    Path(
        "reviewed_on",
        _("Review by the working group"),
        _("empty where the day is not on record"),
        Kind.DATE,
        12,
    ),
    Path(
        "adopted_on",
        _("Adoption of the outcome"),
        _("empty where the day is not on record"),
        Kind.DATE,
        12,
    ),
    SOURCE,
    NOTE,
)
