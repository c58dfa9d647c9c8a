"""What the secretariat does with a report that a ministry has filed: confirm it or return it."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reporting.models import Occasion, Submission, SubmissionStatus, User
from reporting.rules.partial_date import PartialDate
from reporting.services.errors import ConflictError
from reporting.services.fact import correct, require_recorder
from reporting.services.reminder.notice import tell_decision


@transaction.atomic
def confirm_submission(  # noqa: PLR0913 - what a form gives, each by name
    *,
    submission: Submission,
    received_on: PartialDate,
    symbol: str,
    by: User,
    as_at: date,
    seen: int,
    session: int | None = None,
) -> Submission:
    """Put on record that a filed report was received, and on which day; the ministry is told.

    Raise ConflictError where somebody has changed it since version ``seen``.
    """
    require_recorder(by, submission.state_party)
    submission.status = SubmissionStatus.RECEIVED
    submission.received_on = received_on
    submission.symbol = symbol
    submission.session = session
    confirmed = _decide(submission, by=by, as_at=as_at, seen=seen)
    tell_decision(submission=confirmed, occasion=Occasion.CONFIRMED, as_at=as_at)
    return confirmed


@transaction.atomic
def return_submission(
    *, submission: Submission, because: str, by: User, as_at: date, seen: int
) -> Submission:
    """Send a filed report back: what it met is open again, and the ministry is told by e-mail."""
    require_recorder(by, submission.state_party)
    submission.status = SubmissionStatus.RETURNED
    submission.returned_because = because
    returned = _decide(submission, by=by, as_at=as_at, seen=seen, reason=because)
    tell_decision(submission=returned, occasion=Occasion.RETURNED, as_at=as_at)
    return returned


@transaction.atomic
def schedule_submission(
    *, submission: Submission, session: int | None, by: User, as_at: date, seen: int
) -> Submission:
    """Say at which session a report is to be considered; none takes it off the list again."""
    require_recorder(by, submission.state_party)
    submission.session = session
    return correct(fact=submission, seen=seen, by=by, as_at=as_at)


def _decide(
    submission: Submission, *, by: User, as_at: date, seen: int, reason: str = ""
) -> Submission:
    """Save what was decided on a report that is filed and not yet decided on."""
    before = submission.history.filter(pk=seen).first()
    if before and before.status != SubmissionStatus.FILED:
        raise ValidationError(_already(before), code="decided")
    try:
        return correct(fact=submission, seen=seen, by=by, as_at=as_at, reason=reason)
    except ConflictError as error:
        theirs = submission.history.latest()
        if error.differences and theirs.status != SubmissionStatus.FILED:
            raise ConflictError(error.differences, message=_already(theirs)) from error
        raise


def _already(record: Any) -> str:
    """Return what is said to whoever decides on a report after somebody else has."""
    message = _("This report has been %(status)s already. Nothing was saved.")
    return message % {"status": record.get_status_display()}
