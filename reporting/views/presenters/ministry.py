"""The home of a ministry as plain parts of its page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from reporting.models import Basis, Milestone, StateParty, Submission, UniversalReview
from reporting.queries.ministry import Home
from reporting.queries.plan import Plan, ReviewPlan, Step
from reporting.rules.partial_date import PartialDate
from reporting.views.presenters.state import Entry, owed_entry
from reporting.views.treaty import kept


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step, how it stands and where it is changed; ``html_id`` tells it apart on the page."""

    milestone: Milestone
    planned_on: date | None
    state: str
    html_id: str
    tick_url: str
    change_url: str


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan; ``is_main`` is the one that the page shows opened, ``html_id`` tells it apart there."""

    plan: Plan | ReviewPlan
    title: str
    due_on: PartialDate | None
    is_estimate: bool
    steps: list[StepShown]
    is_main: bool
    html_id: str


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


def plan_id(plan: Plan | ReviewPlan) -> str:
    """Return what tells a plan apart on a page."""
    if isinstance(plan, ReviewPlan):
        return _review_id(plan.report.review)
    return f"{named(plan.obligation.state_party)}-{plan.report}"


def _review_id(review: UniversalReview) -> str:
    return f"{review.state.iso3}-upr-{review.cycle}"


def review_plans_shown(plans: Sequence[ReviewPlan], *, as_at: date) -> list[PlanShown]:
    """Return what a page shows of the plans for national reports."""
    return [
        PlanShown(
            plan=each,
            title=each.report.title,
            due_on=each.report.due_on,
            is_estimate=False,
            steps=[step_shown(step, as_at=as_at) for step in each.steps],
            is_main=False,
            html_id=plan_id(each),
        )
        for each in plans
    ]


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
    return PlanShown(
        plan=plan,
        title=plan.obligation.title,
        due_on=plan.obligation.due,
        is_estimate=plan.obligation.basis == Basis.ESTIMATE,
        steps=[step_shown(step, as_at=as_at) for step in plan.steps],
        is_main=is_main,
        html_id=plan_id(plan),
    )


def step_shown(step: Step, *, as_at: date) -> StepShown:
    """Return one step as the page shows it."""
    late = "late" if step.is_late(as_at=as_at) else "ahead"
    of, places, name, query = _kept_at(step.milestone)
    return StepShown(
        milestone=step.milestone,
        planned_on=step.planned_on,
        state="done" if step.is_done else late,
        html_id=f"{of}-{step.milestone.step}",
        tick_url=reverse(f"reporting:{name}-tick", args=places) + query,
        change_url=reverse(f"reporting:{name}", args=places) + query,
    )


def _kept_at(milestone: Milestone) -> tuple[str, list[object], str, str]:
    """Return what the step is part of, what stands in its addresses, their name, and the query."""
    review, party = milestone.universal_review, milestone.state_party
    if review:
        places = [review.state.iso3, review.cycle, milestone.step]
        return _review_id(review), places, "review-milestone", ""
    if party is None:
        message = "A step is of a report under a treaty or of a national report."
        raise ValueError(message)
    places = [party.state.iso3, milestone.report, milestone.step]
    return f"{named(party)}-{milestone.report}", places, "milestone", kept(party.treaty)
