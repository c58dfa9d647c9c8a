"""The sessions of the Committee: planned, moved, held, cancelled."""

from django.db import transaction

from reporting import permissions
from reporting.models import Revision, Session, User
from reporting.services.errors import NotAllowedError
from reporting.services.fact import require_unchanged


@transaction.atomic
def save_session(
    *, session: Session, by: User, seen: int | None = None, reason: str = ""
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
    session.changed_by(by, because=reason)
    session.save()
    # The inbox is counted under this mark, and it names what hangs on the session.
    Revision.objects.renew()
    return session
