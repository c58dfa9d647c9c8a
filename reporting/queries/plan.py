"""The plan of a ministry: steps counted back from a due date, as the house plans or as it was changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reporting.models import Kind, Milestone, Obligation, StateParty
from reporting.rules.partial_date import PartialDate
from reporting.rules.schedule import MONTHS_BEFORE, planned_back


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
class Plan:
    """The steps for what is owed, the earliest first."""

    obligation: Obligation
    steps: list[Step]

    @property
    def report(self) -> int:
        """The last report that it is for, by which the steps are kept."""
        return self.obligation.last_report or 0

    def step(self, name: str) -> Step:
        """Return the step of that name."""
        return next(each for each in self.steps if each.milestone.step == name)

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.is_done for step in self.steps)


def plans(*, party: StateParty, reports: Iterable[Obligation]) -> list[Plan]:
    """Return the plan for each report, in one query; rows exist only for what somebody changed."""
    rows = {(row.report, row.step): row for row in party.milestones.all()}
    return [_plan(party, report, rows) for report in reports]


def report_in_preparation(*, party: StateParty, report: int, as_at: date) -> Obligation | None:
    """Return the report that is open and is planned for under that ordinal."""
    reports = party.obligations.open(as_at=as_at).filter(kind=Kind.REPORT, last_report=report)
    return (
        reports.select_related("state_party__state", "state_party__treaty")
        .order_by("arises_on", "pk")
        .last()
    )


def _plan(
    party: StateParty, obligation: Obligation, rows: dict[tuple[int, str], Milestone]
) -> Plan:
    report = obligation.last_report or 0
    steps = []
    for step, months in MONTHS_BEFORE.items():
        usual = Milestone(state_party=party, report=report, step=step, months_before=months)
        steps.append(_step(rows.get((report, step), usual), obligation.due))
    return Plan(obligation, sorted(steps, key=lambda each: each.planned_on or date.min))


def _step(milestone: Milestone, due: PartialDate | None) -> Step:
    if due is None:
        return Step(milestone, None)
    months, days = milestone.months_before, milestone.days_moved
    return Step(milestone, planned_back(due, months_before=months, days_moved=days))
