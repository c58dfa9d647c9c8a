"""What is on record about a State beside its treaties, as at a day."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reporting.models import CoreDocument, State, StateFact, UniversalReview
from reporting.models.dates import duration
from reporting.rules.partial_date import PartialDate
from reporting.rules.universal_review import Step, first_days, known_on

_MOST_PARTS = 8
# By the names that they have in addresses and in the audit log.
STATE_FACTS: dict[str, type[StateFact]] = {
    "core-document": CoreDocument,
    "universal-review": UniversalReview,
}


@dataclass(frozen=True, slots=True)
class UniversalStep:
    """A step of the Universal Periodic Review of a State that has a date."""

    review: UniversalReview
    step: Step
    due_on: PartialDate

    @property
    def first_day(self) -> date:
        """The first day on which it can be."""
        return first_days(self.review.days)[self.step]

    @property
    def under(self) -> str:
        """The short name of that under which it stands, where a treaty has its code."""
        return pgettext("Universal Periodic Review, abbreviated", "UPR")

    @property
    def title(self) -> str:
        """What it is."""
        text = {
            Step.REPORT: _("national report, cycle %(cycle)s"),
            Step.REVIEW: _("review, cycle %(cycle)s"),
            Step.OUTCOME: _("adoption of the outcome, cycle %(cycle)s"),
        }[self.step]
        return text % {"cycle": self.review.cycle}


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle with the days of which the day knew."""

    review: UniversalReview
    steps: dict[Step, UniversalStep]

    @property
    def report(self) -> UniversalStep | None:
        """When the national report is due."""
        return self.steps.get(Step.REPORT)

    @property
    def reviewed(self) -> UniversalStep | None:
        """When the working group reviews the State."""
        return self.steps.get(Step.REVIEW)

    @property
    def outcome(self) -> UniversalStep | None:
        """When the Council adopts the outcome."""
        return self.steps.get(Step.OUTCOME)


@dataclass(frozen=True, slots=True)
class Dated:
    """A common core document, and how old it is on the day: at least so, where it has no day."""

    document: CoreDocument
    age: str


def core_documents(*, state: State, as_at: date) -> list[Dated]:
    """Return the common core documents of a State on that day, the latest first; one query."""
    return [
        Dated(row, duration(min(row.dated_on.last_day, as_at), as_at))
        for row in CoreDocument.objects.filter(state=state).order_by("-dated_on", "-pk")
        if known_on(row.dated_on, recorded_on=row.recorded_on, as_at=as_at)
    ]


def core_documents_like(q: str, *, most: int) -> list[CoreDocument]:
    """Return the common core documents whose symbol has each part that was typed, by State.

    Their symbols begin with HRI/CORE: what names neither word is meant for none of them. One query at most.
    """
    parts = re.findall(r"[A-Za-z0-9.]+", q)[:_MOST_PARTS]
    if not {"HRI", "CORE"} & {part.upper() for part in parts}:
        return []
    wanted = [Q(symbol__icontains=part) for part in parts]
    rows = CoreDocument.objects.filter(*wanted).select_related("state")
    return list(rows.order_by("state", "-dated_on", "-pk")[:most])


def cycles(
    *, as_at: date, states: "QuerySet[State] | Iterable[int] | None" = None
) -> dict[int, list[Cycle]]:
    """Return the cycles of the States, or of those of them, the latest first; one query."""
    rows = UniversalReview.objects.select_related("state").order_by("-cycle")
    if states is not None:
        rows = rows.filter(state__in=states)
    found: dict[int, list[Cycle]] = defaultdict(list)
    for row in rows:
        steps = {
            step: UniversalStep(row, step, day)
            for step, day in row.days.items()
            if known_on(day, recorded_on=row.recorded_on, as_at=as_at)
        }
        if steps:
            found[row.state_id].append(Cycle(row, steps))
    return found


def state_fact_of(*, state: State, kind: str, pk: int) -> Any:
    """Return the fact of that State; none where there is no such one on record."""
    model = STATE_FACTS[kind]
    return model._default_manager.select_related("state").filter(state=state, pk=pk).first()  # noqa: SLF001 - Django's documented name
