"""What the secretariat does with a report that a ministry has filed: confirm it or return it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from reporting.emails import render
from reporting.models import Contact, Submission, SubmissionStatus, User
from reporting.rules.partial_date import PartialDate
from reporting.services.fact import correct, require_recorder
from reporting.services.mail import send


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
    """Put on record that a filed report was received, and on which day.

    Raise ConflictError where somebody has changed it since version ``seen``.
    """
    require_recorder(by)
    submission.status = SubmissionStatus.RECEIVED
    submission.received_on = received_on
    submission.symbol = symbol
    submission.session = session
    return _decide(submission, by=by, as_at=as_at, seen=seen)


@transaction.atomic
def return_submission(  # noqa: PLR0913 - what a form gives, each by name
    *, submission: Submission, because: str, by: User, as_at: date, seen: int, link: str = ""
) -> Submission:
    """Send a filed report back: what it met is open again, and the ministry is told by e-mail."""
    require_recorder(by)
    submission.status = SubmissionStatus.RETURNED
    submission.returned_because = because
    returned = _decide(submission, by=by, as_at=as_at, seen=seen, reason=because)
    _tell_ministry(returned, link=link)
    return returned


@transaction.atomic
def schedule_submission(
    *, submission: Submission, session: int | None, by: User, as_at: date, seen: int
) -> Submission:
    """Say at which session a report is to be considered; none takes it off the list again."""
    require_recorder(by)
    submission.session = session
    return correct(fact=submission, seen=seen, by=by, as_at=as_at)


def _decide(
    submission: Submission, *, by: User, as_at: date, seen: int, reason: str = ""
) -> Submission:
    """Save what was decided on a report that is filed and not yet decided on."""
    before = submission.history.filter(pk=seen).first()
    if before and before.status != SubmissionStatus.FILED:
        message = _("This report has been %(status)s already.")
        status = before.get_status_display()
        raise ValidationError(message, code="decided", params={"status": status})
    return correct(fact=submission, seen=seen, by=by, as_at=as_at, reason=reason)


def _tell_ministry(submission: Submission, *, link: str) -> None:
    """Write to who filed it and to the focal points of the State, each once."""
    state = submission.state_party.state
    for address, language in _readers(submission).items():
        with translation.override(language):
            context = {
                "state": state.local_name,
                "kind": submission.get_kind_display(),
                "report": submission.title,
                "sent_on": submission.sent_on,
                "because": submission.returned_because,
                "link": link,
            }
        send(rendered=render("returned", context=context, language=language), to=address)


def _readers(submission: Submission) -> dict[str, str]:
    """Return the language of each address."""
    readers = {}
    if submission.filed_by and submission.filed_by.is_active:
        readers[submission.filed_by.email.lower()] = "en"
    focal_points = Contact.objects.filter(
        state=submission.state_party.state,
        role=Contact.Role.FOCAL_POINT,
        active=True,
        unsubscribed_at__isnull=True,
    )
    return readers | {each.email.lower(): each.language for each in focal_points}
