"""The sessions of the Committee: planned, moved, held, cancelled."""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting import permissions
from reporting.models import Revision, Session, User
from reporting.models.dates import long_date
from reporting.rules.plausible import LONGEST_SESSION_WEEKS, too_long_for_a_session
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
    if not permissions.may_manage_sessions(by, session.treaty_id):
        raise NotAllowedError
    if session.pk:
        Session.objects.select_for_update().get(pk=session.pk)
        require_unchanged(fact=session, seen=seen or 0)
    session.full_clean()
    if said := held_too_early(status=session.status, starts_on=session.starts_on, as_at=as_at):
        raise ValidationError({"status": said})
    refuse_implausible(session, treaty=session.treaty.code, as_at=as_at)
    if found := dict(session_slips(session)):
        raise ValidationError(found)
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


def session_slips(session: Session) -> Iterator[tuple[str, str]]:
    """Go through what cannot be of the days of a session, by the name of the field.

    It lasts a few weeks, no two are held at once, and they are held in the order of their numbers;
    a cancelled one is held never. Days that stand on record already may stand.
    """
    if session.status == Session.Status.CANCELLED or _stood_before(session):
        return
    if too_long_for_a_session(session.starts_on, session.ends_on):
        text = ngettext(
            "A session lasts at most %(weeks)s week. Check both days.",
            "A session lasts at most %(weeks)s weeks. Check both days.",
            LONGEST_SESSION_WEEKS,
        )
        yield "ends_on", text % {"weeks": LONGEST_SESSION_WEEKS}
        return
    others = Session.objects.filter(treaty=session.treaty_id).exclude(pk=session.pk)
    for other in others.exclude(status=Session.Status.CANCELLED).order_by("number"):
        if said := _beside(session, other):
            yield "starts_on", said
            return


def _stood_before(session: Session) -> bool:
    names = ("number", "starts_on", "ends_on")
    before = Session.objects.filter(pk=session.pk).exclude(status=Session.Status.CANCELLED)
    return bool(before.values(*names).first() == {name: getattr(session, name) for name in names})


def _beside(session: Session, other: Session) -> str:
    """Return what is said of a session whose days do not go with those of another one."""
    places = {
        "number": other.number,
        "start": long_date(other.starts_on),
        "end": long_date(other.ends_on),
    }
    if session.starts_on <= other.ends_on and other.starts_on <= session.ends_on:
        text = _(
            "Session %(number)s lasts from %(start)s to %(end)s, and no two are held at once. Correct "
            "these days, or move that one first."
        )
        return text % places
    if (session.number < other.number) != (session.starts_on < other.starts_on):
        text = _(
            "Sessions are held in the order of their numbers, and session %(number)s begins on "
            "%(start)s. Correct the days or the number."
        )
        return text % places
    return ""
