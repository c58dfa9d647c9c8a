"""The sessions of the Committee: planned, moved, held, cancelled."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reporting import permissions
from reporting.models import Revision, Session, User
from reporting.models.dates import long_date
from reporting.services.errors import NotAllowedError
from reporting.services.fact import require_unchanged
from reporting.services.plausible import refuse_implausible


@transaction.atomic
def save_session(
    *, session: Session, by: User, as_at: date, seen: int | None = None, reason: str = ""
) -> Session:
    """Save a session; one that is on record only where nobody has changed it since ``seen``.

    No due date hangs on a session by itself; what hangs on it by its number is for the secretariat
    to look at again (``queries.session``). Raise NotAllowedError, ConflictError or ValidationError.
    """
    if not permissions.may_manage_secretariat(by):
        raise NotAllowedError
    if session.pk:
        Session.objects.select_for_update().get(pk=session.pk)
        require_unchanged(fact=session, seen=seen or 0)
    session.full_clean()
    if said := held_too_early(status=session.status, starts_on=session.starts_on, as_at=as_at):
        raise ValidationError({"status": said})
    refuse_implausible(session, treaty=session.treaty.code, as_at=as_at)
    session.changed_by(by, because=reason)
    session.save()
    # The inbox is counted under this mark, and it names what hangs on the session.
    Revision.objects.renew()
    return session


def held_too_early(*, status: str, starts_on: date, as_at: date) -> str:
    """Return what is said of a session that is marked as held before it begins; else nothing."""
    if status != Session.Status.HELD or starts_on <= as_at:
        return ""
    text = _("This session begins on %(day)s. Leave it planned until then, or correct its days.")
    return text % {"day": long_date(starts_on)}
