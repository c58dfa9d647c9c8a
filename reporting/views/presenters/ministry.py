"""The home of a ministry as plain parts of its page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reporting.models import Milestone, StateParty, Submission
from reporting.queries.ministry import Home
from reporting.queries.plan import Plan, Step
from reporting.views.presenters.state import Entry, owed_entry
from reporting.views.treaty import kept


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
        return f"{named(self.milestone.state_party)}-{self.milestone.report}-{self.milestone.step}"

    @property
    def query(self) -> str:
        """The query string that takes the treaty to where it is changed."""
        return kept(self.milestone.state_party.treaty)


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan; ``is_main`` is the one that the page shows opened."""

    plan: Plan
    steps: list[StepShown]
    is_main: bool

    @property
    def html_id(self) -> str:
        """What tells it apart on the page."""
        return f"{named(self.plan.obligation.state_party)}-{self.plan.report}"


@dataclass(frozen=True, slots=True)
class HomeShown:
    """What the page shows of one State under one treaty."""

    state: Any
    treaty: Any
    party: StateParty
    query: str
    reports: list[Entry]
    requests: list[Entry]
    plans: list[PlanShown]
    filed: list[Submission]


def named(party: StateParty) -> str:
    """Return what tells a State party apart on a page; the usual treaty goes without saying."""
    treaty, iso3 = party.treaty, party.state.iso3
    return f"{iso3}-{treaty.code}" if kept(treaty) else iso3


def homes_shown(found: Sequence[Home], *, as_at: date) -> list[HomeShown]:
    """Return what the page shows; of each State the plan for its next date is opened."""
    plans: dict[int, list[Plan]] = defaultdict(list)
    for each in found:
        plans[each.party.state_id] += each.plans
    main = {state: _main(some, as_at) for state, some in plans.items()}
    return [_home(each, main.get(each.party.state_id), as_at) for each in found]


def _home(found: Home, main: Plan | None, as_at: date) -> HomeShown:
    return HomeShown(
        state=found.party.state,
        treaty=found.party.treaty,
        party=found.party,
        query=kept(found.party.treaty),
        reports=[owed_entry(row, as_at) for row in found.reports],
        requests=[owed_entry(each.obligation, as_at) for each in found.requests],
        plans=[_plan(plan, is_main=plan is main, as_at=as_at) for plan in found.plans],
        filed=found.filed,
    )


def _main(plans: list[Plan], as_at: date) -> Plan | None:
    """Return the plan for the next date; where all have passed, for the latest."""
    dated = [plan for plan in plans if plan.obligation.due]
    dated.sort(key=lambda plan: plan.obligation.due_by or date.max)
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
