"""What is said to happen at a session of the Committee can happen there."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reporting.models import CommitteeDecision, Review, Session, Submission
from reporting.models.dates import long_date
from reporting.rules.partial_date import PartialDate

DIALOGUE = ("dialogue_from", "dialogue_to")


def refuse_session(fact: Submission | Review | CommitteeDecision) -> None:
    """Raise ValidationError for a session that cannot be meant; what stood before may stand."""
    names = [name for name in ("session", *DIALOGUE) if hasattr(fact, name)]
    given = {name: getattr(fact, name) for name in names}
    before = type(fact).objects.filter(pk=fact.pk).values(*names).first()
    if given == before:
        return
    accepted = bool(fact.accepted_because)
    found = dict(session_doubts(given, treaty=fact.state_party.treaty_id, accepted=accepted))
    if found:
        raise ValidationError(
            {name: ValidationError(text, code="session") for name, text in found.items()}
        )


def session_doubts(
    given: Mapping[str, Any], *, treaty: int, accepted: bool
) -> Iterator[tuple[str, str]]:
    """Go through what is wrong with the session and the days of the dialogue, by their fields.

    A session that is not on record is refused, unless it was held before those on record or none
    is. A cancelled one, and days outside it, are let stand where they are ``accepted`` with a reason.
    """
    number = given.get("session")
    known = {each.number: each for each in Session.objects.filter(treaty=treaty)}
    if number is None or number < min(known, default=number + 1):
        return
    session = known.get(number)
    if session is None:
        text = _("Session %(number)s is not on record. Correct the number, or record it first.")
        yield "session", text % {"number": number}
    elif not accepted:
        yield from _doubts(session, given)


def _doubts(session: Session, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if session.status == Session.Status.CANCELLED:
        text = _("Session %(number)s was cancelled. Name another one, or say why this stands.")
        yield "session", text % {"number": session.number}
        return
    places = {
        "number": session.number,
        "start": long_date(session.starts_on),
        "end": long_date(session.ends_on),
    }
    for name in DIALOGUE:
        if _is_outside(given.get(name), session):
            text = _(
                "Session %(number)s lasts from %(start)s to %(end)s. Correct the day or the "
                "session, or say why this stands."
            )
            yield name, text % places


def _is_outside(day: PartialDate | None, session: Session) -> bool:
    return day is not None and (day.last_day < session.starts_on or session.ends_on < day.first_day)
