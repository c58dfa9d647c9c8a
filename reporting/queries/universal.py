"""The dates of States in the Universal Periodic Review, as calendars that are read again need them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.db.models.functions import TruncDate

from reporting.models import State, UniversalReview
from reporting.queries.state_fact import UniversalStep, cycles
from reporting.rules.universal_review import Step

# What names an entry for ever: State, cycle, step.
Name = tuple[int, int, Step]
States = QuerySet[State] | Iterable[int] | None


@dataclass(frozen=True, slots=True)
class StepGone:
    """A step as it stood in calendars before it was taken off the record, and when that was done."""

    was: UniversalStep
    called_off_on: date


def universal_steps(*, states: States, as_at: date) -> list[UniversalStep]:
    """Return what has a date on record, of these States or of all; one query."""
    found = cycles(as_at=as_at, states=states)
    return [step for rows in found.values() for cycle in rows for step in cycle.steps.values()]


def reports_ahead(
    *, states: Iterable[int], as_at: date, within: timedelta
) -> dict[int, UniversalStep]:
    """Return the next national report of each of these States that is due so soon; one query."""
    steps = universal_steps(states=states, as_at=as_at)
    ahead = [
        each
        for each in steps
        if each.step is Step.REPORT
        and each.due_on.last_day >= as_at
        and each.due_on.first_day <= as_at + within
    ]
    ahead.sort(key=lambda each: each.due_on.first_day, reverse=True)
    return {each.review.state_id: each for each in ahead}


def steps_gone(
    *, states: States, now: Iterable[UniversalStep], since: date, kept: timedelta
) -> list[StepGone]:
    """Return what has been taken off the record after that day and is not there ``now``; one query.

    Of that only what stood in calendars, which keep a date for so long after it has passed.
    """
    there = {_name(step) for step in now}
    return [
        each
        for name, each in _taken_off(_history(states), since).items()
        if name not in there
        and each.called_off_on > since
        and each.was.due_on.last_day > each.called_off_on - kept
    ]


def forgotten(*, states: States, since: date) -> date | None:
    """Return the last day by then on which a date may have been taken off the record; one query."""
    changed = _history(states).exclude(history_type="+").filter(written_on__lte=since)
    latest: date | None = changed.aggregate(latest=Max("written_on"))["latest"]
    return latest


def _history(states: States) -> "QuerySet[Any]":
    rows: QuerySet[Any] = UniversalReview.history.annotate(written_on=TruncDate("history_date"))
    return rows if states is None else rows.filter(state__in=states)


def _taken_off(history: "QuerySet[Any]", since: date) -> dict[Name, StepGone]:
    """Return by its name how each step stood before the last version without it."""
    lately = history.exclude(history_type="+").filter(written_on__gt=since)
    rows = history.filter(id__in=lately.order_by().values("id")).select_related("state")
    stood: dict[int, dict[Name, UniversalStep]] = {}
    found: dict[Name, StepGone] = {}
    for row in rows.order_by("history_date", "history_id"):
        stands = {_name(step): step for step in _steps(row)}
        for name, step in stood.get(row.id, {}).items():
            if name not in stands:
                found[name] = StepGone(step, row.written_on)
        stood[row.id] = stands
    return found


def _steps(row: Any) -> Iterator[UniversalStep]:
    """Go through the steps that have a date in a version of a cycle; none after it was taken off."""
    if row.history_type != "-":
        review = row.instance
        review.state = row.state
        yield from (UniversalStep(review, step, day) for step, day in review.days.items())


def _name(step: UniversalStep) -> Name:
    return step.review.state_id, step.review.cycle, step.step
