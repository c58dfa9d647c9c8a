"""How far a refresh of all timetables is."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from reporting.models import RefreshChunk, RefreshRun

State = RefreshChunk.State
_OVER = Q(state__in=(State.DONE, State.FAILED))
_SUMS = {
    "done": Coalesce(Sum("parties", filter=_OVER), 0),
    "failed": Coalesce(Sum("parties", filter=Q(state=State.FAILED)), 0),
    "refused": Coalesce(Sum("refused"), 0),
    "created": Coalesce(Sum("created"), 0),
    "updated": Coalesce(Sum("updated"), 0),
    "deleted": Coalesce(Sum("deleted"), 0),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """A refresh, for how many States parties it is through, and what it wrote.

    Left as they were are those whose facts contradict each other, and those of parts that failed.
    """

    run: RefreshRun
    done: int
    failed: int
    refused: int
    created: int
    updated: int
    deleted: int

    @property
    def percent(self) -> int:
        """How much of it is done; a hundred only where all is."""
        return self.done * 100 // self.run.parties if self.run.parties else 100

    @property
    def left(self) -> int:
        """How many States parties were left as they were."""
        return self.refused + self.failed


def progress(run: RefreshRun) -> Progress:
    """Return how far it is; one query."""
    found: dict[str, Any] = RefreshChunk.objects.filter(run=run).aggregate(**_SUMS)
    return Progress(run, **found)


def running() -> Progress | None:
    """Return the refresh that has not ended, or none."""
    run = RefreshRun.objects.filter(ended_at=None).first()
    return progress(run) if run else None


def last() -> Progress | None:
    """Return the last refresh that ended, or none."""
    run = RefreshRun.objects.exclude(ended_at=None).order_by("-ended_at", "-pk").first()
    return progress(run) if run else None
