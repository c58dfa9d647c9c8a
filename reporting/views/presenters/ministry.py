"""The home of a ministry as plain parts of its page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from reporting.models import Milestone, Submission
from reporting.queries.ministry import Home
from reporting.queries.plan import Plan, Step
from reporting.views.presenters.state import Entry, owed_entry


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step, how it stands and where it is changed."""

    milestone: Milestone
    planned_on: date | None
    state: str
    iso3: str

    @property
    def html_id(self) -> str:
        """What tells it apart on the page."""
        return f"{self.iso3}-{self.milestone.report}-{self.milestone.step}"


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan; ``is_main`` is the one that the page shows opened."""

    plan: Plan
    steps: list[StepShown]
    is_main: bool


@dataclass(frozen=True, slots=True)
class HomeShown:
    """What the page shows of one State."""

    state: Any
    reports: list[Entry]
    requests: list[Entry]
    plans: list[PlanShown]
    filed: list[Submission]


def home(found: Home, *, as_at: date) -> HomeShown:
    """Return what the page shows."""
    main = _main(found.plans, as_at)
    return HomeShown(
        state=found.party.state,
        reports=[owed_entry(row, as_at) for row in found.reports],
        requests=[owed_entry(each.obligation, as_at) for each in found.requests],
        plans=[_plan(plan, is_main=plan is main, as_at=as_at) for plan in found.plans],
        filed=found.filed,
    )


def _main(plans: list[Plan], as_at: date) -> Plan | None:
    """Return the plan for the next date; where all have passed, for the latest."""
    dated = [plan for plan in plans if plan.obligation.due]
    ahead = [plan for plan in dated if plan.obligation.due_by and plan.obligation.due_by >= as_at]
    return next(iter(ahead), dated[-1] if dated else None)


def _plan(plan: Plan, *, is_main: bool, as_at: date) -> PlanShown:
    return PlanShown(plan, [step_shown(step, as_at=as_at) for step in plan.steps], is_main)


def step_shown(step: Step, *, as_at: date) -> StepShown:
    """Return one step as the page shows it."""
    late = "late" if step.is_late(as_at=as_at) else "ahead"
    return StepShown(
        milestone=step.milestone,
        planned_on=step.planned_on,
        state="done" if step.is_done else late,
        iso3=step.milestone.state_party.state.iso3,
    )
