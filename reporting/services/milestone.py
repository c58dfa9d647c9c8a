"""Milestones: ticked, moved and given an owner; kept by their distance from the due date."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reporting import permissions
from reporting.models import Milestone, State, StateParty, UniversalReview, User
from reporting.models.dates import long_date
from reporting.queries.plan import report_in_preparation, review_in_preparation
from reporting.rules.partial_date import PartialDate
from reporting.rules.schedule import MONTHS_BEFORE, planned_back
from reporting.services.errors import NotAllowedError
from reporting.services.fact import lock
from reporting.services.text import is_plain

MOST_DAYS = 3650


@dataclass(frozen=True, slots=True, kw_only=True)
class StepName:
    """Which step of the preparation of which report."""

    state_party: StateParty
    report: int
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStepName:
    """Which step of the preparation of which national report for the Universal Periodic Review."""

    review: UniversalReview
    step: str


@transaction.atomic
def tick_milestone(
    *, step: StepName | ReviewStepName, done_on: date | None, by: User, as_at: date
) -> Milestone:
    """Say on which day the step was done, or that it is not done after all."""
    milestone, _due = _opened(step, by, as_at)
    milestone.done_on = done_on
    return _saved(milestone)


@transaction.atomic
def plan_milestone(
    *,
    step: StepName | ReviewStepName,
    planned_on: date | None,
    owner: str,
    by: User,
    as_at: date,
) -> Milestone:
    """Say when the step is to be done, and by whom; ``None`` is the day of the house's plan."""
    milestone, due = _opened(step, by, as_at)
    milestone.days_moved = _days_moved(milestone, due, planned_on)
    milestone.owner = owner
    return _saved(milestone)


def _opened(
    step: StepName | ReviewStepName, by: User, as_at: date
) -> tuple[Milestone, PartialDate | None]:
    """Return the row of the step, made if nobody has changed it yet, and the date it counts back from."""
    if isinstance(step, ReviewStepName):
        return _opened_for_review(step, by, as_at)
    party = step.state_party
    if not permissions.may_act_for(by, party):
        raise NotAllowedError
    lock(party=party)
    obligation = report_in_preparation(party=party, report=step.report, as_at=as_at)
    if obligation is None:
        raise _closed()
    row = Milestone.objects.filter(state_party=party, report=step.report, step=step.step).first()
    months = MONTHS_BEFORE.get(step.step, 0)
    usual = Milestone(state_party=party, report=step.report, step=step.step, months_before=months)
    return row or usual, obligation.due


def _opened_for_review(
    step: ReviewStepName, by: User, as_at: date
) -> tuple[Milestone, PartialDate | None]:
    state, cycle = step.review.state, step.review.cycle
    if not permissions.may_prepare_review(by, state):
        raise NotAllowedError
    State.objects.select_for_update().get(pk=state.pk)
    report = review_in_preparation(state=state, cycle=cycle, as_at=as_at)
    if report is None:
        raise _closed()
    row = Milestone.objects.filter(universal_review=report.review, step=step.step).first()
    months = MONTHS_BEFORE.get(step.step, 0)
    usual = Milestone(universal_review=report.review, step=step.step, months_before=months)
    return row or usual, report.due_on


def _closed() -> ValidationError:
    return ValidationError(_("This report is not in preparation any more."), code="closed")


def _days_moved(milestone: Milestone, due: PartialDate | None, planned_on: date | None) -> int:
    if planned_on is None:
        return 0
    if due is None:
        sentence = _("The report has no due date yet, so the step can have no day.")
        raise ValidationError({"planned_on": sentence})
    if planned_on > due.first_day:
        sentence = _("This day lies after the due date, %(due)s.") % {"due": long_date(due)}
        raise ValidationError({"planned_on": sentence})
    days = (planned_on - planned_back(due, months_before=milestone.months_before)).days
    if abs(days) > MOST_DAYS:
        raise ValidationError({"planned_on": _("This day is more than ten years away.")})
    return days


def _saved(milestone: Milestone) -> Milestone:
    if not is_plain(milestone.owner):
        raise ValidationError({"owner": _("Write this on one line, with visible signs only.")})
    milestone.full_clean()
    milestone.changes += 1
    milestone.save()
    return milestone
