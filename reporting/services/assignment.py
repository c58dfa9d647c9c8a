"""The plan of the sessions: a report, or a State without one, is brought to a session, moved, taken back."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reporting import permissions
from reporting.models import Assignment, Kind, Obligation, Session, StateParty, Submission, User
from reporting.queries.planner import is_ahead
from reporting.services.errors import NotAllowedError
from reporting.services.fact import lock


@transaction.atomic
def assign(
    *,
    party: StateParty,
    submission: Submission | None,
    session: Session | None,
    by: User,
    as_at: date,
) -> Assignment | None:
    """Plan a report, or without one a review in its absence, for a session; ``None`` takes it back.

    A plan changes no fact and no due date. A session that is full and a report that came late for it
    are not refused. Raise NotAllowedError, or ValidationError for what waits no longer, for a
    session that is over or not to be held, and where there is nothing to take back.
    """
    if not permissions.may_manage_sessions(by, party.treaty_id):
        raise NotAllowedError
    lock(party=party)
    plan = _current(party, submission, as_at)
    if session is None:
        _take_back(plan, submission, by)
        return None
    if plan and plan.session_id == session.pk:
        return plan
    _refuse(party, submission, session, as_at)
    plan = plan or Assignment(state_party=party, submission=submission)
    plan.session = session
    plan.full_clean()
    plan.changed_by(by)
    plan.save()
    return plan


def _take_back(plan: Assignment | None, submission: Submission | None, by: User) -> None:
    if plan:
        plan.changed_by(by)
        plan.delete()
    elif submission and submission.session:
        text = _(
            "The record of this report names session %(number)s. Correct it there; nothing is planned."
        )
        raise ValidationError(text % {"number": submission.session}, code="not planned")
    else:
        text = _("It was planned for no session, so nothing was changed.")
        raise ValidationError(text, code="not planned")


def _current(party: StateParty, submission: Submission | None, as_at: date) -> Assignment | None:
    """Return the row to move; what a session that is over had in absence stays with it."""
    plans = Assignment.objects.filter(state_party=party, submission=submission)
    found = plans.select_related("session").order_by("-pk")
    if submission:
        return found.first()
    return next((each for each in found if is_ahead(each.session, as_at=as_at)), None)


def _refuse(
    party: StateParty, submission: Submission | None, session: Session, as_at: date
) -> None:
    places = {"number": session.number}
    if session.treaty_id != party.treaty_id or not is_ahead(session, as_at=as_at):
        text = _("Nothing can be planned for session %(number)s any more.") % places
        raise ValidationError({"session": text})
    mine = Obligation.objects.filter(state_party=party)
    if submission and not mine.backlog(as_at=as_at).filter(submission=submission).exists():
        raise ValidationError(_("This report does not wait to be considered any more."))
    if not submission and not mine.overdue(as_at=as_at).filter(kind=Kind.REPORT).exists():
        raise ValidationError(_("No report of this State is overdue any more."))
