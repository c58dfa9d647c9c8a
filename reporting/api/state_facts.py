"""The lists of what is of a State and of no one treaty."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from reporting.api import shapes
from reporting.api.lines import Line, dated, source
from reporting.api.lists import List
from reporting.api.questions import BesideTreaties, narrowed
from reporting.models import CoreDocument, StateFact, UniversalReview
from reporting.queries import words
from reporting.queries.marks import Mark, mark_of_state_facts
from reporting.queries.state_records import DATES, numbered_state_records

_COMMON = ("pk", "state__iso3", "state__name", "state__regional_group", "source", "note")


class _StateFacts(List):
    """A list of facts of one kind; ``more`` is what is read beside its dates."""

    question = BesideTreaties
    mark: Callable[..., Mark] = staticmethod(mark_of_state_facts)
    model: type[StateFact]
    more: tuple[str, ...]

    def found(self, asked: dict[str, Any], *, as_at: date, most: int) -> list[tuple[int, Line]]:
        """Return the facts of which that day knew, with their numbers."""
        columns = (*DATES[self.model], *_COMMON, *self.more)
        rows = numbered_state_records(
            self.model,
            *columns,
            as_at=as_at,
            narrowed=narrowed(asked),
            after=asked.get("cursor", 0),
            most=most,
        )
        lines = (self._line(dict(zip(columns, row, strict=True))) for row in rows)
        return [(line["id"], line) for line in lines]

    def _line(self, row: Line) -> Line:
        line = {
            "id": row["pk"],
            "iso3": row["state__iso3"],
            "state": words.state(row["state__iso3"], row["state__name"]),
            "region": row["state__regional_group"],
        }
        line |= {name: row[name] for name in self.more}
        for name in DATES[self.model]:
            line |= dated(name, row[name])
        return line | {"source": source(row["source"]), "note": row["note"]}


class CoreDocuments(_StateFacts):
    """What States say once, for all the Committees to which they report."""

    model, more = CoreDocument, ("symbol",)

    @extend_schema(
        operation_id="core_documents",
        parameters=[BesideTreaties],
        responses=shapes.page_of(shapes.CoreDocumentShape, "CoreDocument"),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List the common core documents of which that day knew."""
        return super().get(request)


class UniversalReviews(_StateFacts):
    """The dates of States in the Universal Periodic Review."""

    model, more = UniversalReview, ("cycle", "session")

    @extend_schema(
        operation_id="universal_reviews",
        parameters=[BesideTreaties],
        responses=shapes.page_of(shapes.UniversalReviewShape, "UniversalReview"),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List the cycles of the Universal Periodic Review with the dates of which that day knew."""
        return super().get(request)
