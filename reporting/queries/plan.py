"""The plan of a ministry: steps counted back from a due date, as the house plans or as it was changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from reporting.models import Kind, Milestone, Obligation, State, StateParty, UniversalReview
from reporting.queries.state_fact import UniversalStep
from reporting.queries.universal import universal_steps
from reporting.rules.partial_date import PartialDate
from reporting.rules.schedule import MONTHS_BEFORE, planned_back
from reporting.rules.universal_review import Step as OfReview


@dataclass(frozen=True, slots=True)
class Step:
    """One step for one report; without a due date there is no day for it."""

    milestone: Milestone
    planned_on: date | None

    @property
    def is_done(self) -> bool:
        """Whether it was ticked."""
        return self.milestone.done_on is not None

    def is_late(self, *, as_at: date) -> bool:
        """Whether its day has passed without it."""
        return not self.is_done and self.planned_on is not None and self.planned_on < as_at


@dataclass(frozen=True, slots=True)
class _Steps:
    """The steps for a report, the earliest first."""

    steps: list[Step]

    def step(self, name: str) -> Step:
        """Return the step of that name."""
        return next(each for each in self.steps if each.milestone.step == name)

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.is_done for step in self.steps)


@dataclass(frozen=True, slots=True)
class Plan(_Steps):
    """The steps for what is owed."""

    obligation: Obligation

    @property
    def report(self) -> int:
        """The last report that it is for, by which the steps are kept."""
        return self.obligation.last_report or 0


@dataclass(frozen=True, slots=True)
class ReviewPlan(_Steps):
    """The steps for a national report for the Universal Periodic Review."""

    report: UniversalStep


def plans(*, party: StateParty, reports: Iterable[Obligation]) -> list[Plan]:
    """Return the plan for each report, in one query; rows exist only for what somebody changed."""
    rows = {(row.report or 0, row.step): row for row in party.milestones.all()}
    return [_plan(party, report, rows) for report in reports]


def report_in_preparation(*, party: StateParty, report: int, as_at: date) -> Obligation | None:
    """Return the report that is open and is planned for under that ordinal."""
    reports = party.obligations.open(as_at=as_at).filter(kind=Kind.REPORT, last_report=report)
    return (
        reports.select_related("state_party__state", "state_party__treaty")
        .order_by("arises_on", "pk")
        .last()
    )


def review_plans(*, reports: Iterable[UniversalStep]) -> list[ReviewPlan]:
    """Return the plan for each national report, in one query for any number of them, or in none."""
    reviews = {each.review.pk: each for each in reports}
    rows: dict[int, dict[str, Milestone]] = defaultdict(dict)
    for row in Milestone.objects.filter(universal_review__in=reviews) if reviews else ():
        row.universal_review = reviews[row.universal_review_id or 0].review
        rows[row.universal_review.pk][row.step] = row
    return [_review_plan(each, rows[pk]) for pk, each in reviews.items()]


def reports_in_preparation(*, states: Iterable[int], as_at: date) -> dict[int, list[UniversalStep]]:
    """Return by State the national reports that are planned for, the next one first; one query."""
    found: dict[int, list[UniversalStep]] = defaultdict(list)
    for each in in_preparation(universal_steps(states=states, as_at=as_at), as_at=as_at):
        found[each.review.state_id].append(each)
    return found


def in_preparation(steps: Iterable[UniversalStep], *, as_at: date) -> list[UniversalStep]:
    """Return the national reports among them that are planned for, the next one first."""
    reports = [each for each in steps if is_in_preparation(each, as_at=as_at)]
    return sorted(reports, key=lambda each: each.first_day)


def steps_changed(fact: object) -> int:
    """Return how many steps of its plan somebody has ticked, moved or given to somebody; 0 without a plan."""
    if not isinstance(fact, UniversalReview):
        return 0
    as_planned = Q(done_on=None, days_moved=0, owner="")
    return fact.milestones.exclude(as_planned).count()


def is_in_preparation(step: UniversalStep, *, as_at: date) -> bool:
    """Whether it is a national report that lies ahead, or whose review does: nobody records its receipt."""
    days = (step.review.days.get(each) for each in (OfReview.REPORT, OfReview.REVIEW))
    return step.step is OfReview.REPORT and any(day and day.last_day >= as_at for day in days)


def review_in_preparation(*, state: State, cycle: int, as_at: date) -> UniversalStep | None:
    """Return the national report of that cycle, where it is planned for."""
    reports = reports_in_preparation(states=[state.pk], as_at=as_at)[state.pk]
    return next((each for each in reports if each.review.cycle == cycle), None)


def _plan(
    party: StateParty, obligation: Obligation, rows: dict[tuple[int, str], Milestone]
) -> Plan:
    report = obligation.last_report or 0
    steps = []
    for step, months in MONTHS_BEFORE.items():
        usual = Milestone(state_party=party, report=report, step=step, months_before=months)
        steps.append(_step(rows.get((report, step), usual), obligation.due))
    return Plan(_in_order(steps), obligation)


def _review_plan(report: UniversalStep, rows: Mapping[str, Milestone]) -> ReviewPlan:
    steps = []
    for step, months in MONTHS_BEFORE.items():
        usual = Milestone(universal_review=report.review, step=step, months_before=months)
        steps.append(_step(rows.get(step, usual), report.due_on))
    return ReviewPlan(_in_order(steps), report)


def _in_order(steps: Iterable[Step]) -> list[Step]:
    return sorted(steps, key=lambda each: each.planned_on or date.min)


def _step(milestone: Milestone, due: PartialDate | None) -> Step:
    if due is None:
        return Step(milestone, None)
    months, days = milestone.months_before, milestone.days_moved
    return Step(milestone, planned_back(due, months_before=months, days_moved=days))
