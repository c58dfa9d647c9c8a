"""Recording facts: checked, saved with its history, and every date derived again, or nothing."""

from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from reporting import permissions
from reporting.models import CommitteeDecision, Review, StateParty, Submission, User
from reporting.rules.contradictions import ContradictionsError
from reporting.rules.errors import RulesError
from reporting.services.errors import ConflictError, Difference, NotAllowedError
from reporting.services.timetable import refresh

F = TypeVar("F", Submission, Review, CommitteeDecision)


@transaction.atomic
def record(*, fact: F, by: User, as_at: date, reason: str = "") -> F:
    """Save a fact of the secretariat and derive the dates of its State party again.

    Raise NotAllowedError for anybody else, ValidationError with what is wrong.
    """
    if not permissions.may_record(by):
        raise NotAllowedError
    return save(fact=fact, by=by, as_at=as_at, reason=reason)


@transaction.atomic
def correct(*, fact: F, seen: int, by: User, as_at: date, reason: str = "") -> F:
    """Save a changed fact, unless somebody has changed it since version ``seen`` of its history.

    Raise ConflictError with the differences, and write nothing, where somebody has.
    """
    lock(party=fact.state_party)
    latest = fact.history.latest()
    if latest.pk != seen:
        theirs = type(fact).objects.get(pk=fact.pk)
        differences = theirs.differences(fact)
        raise ConflictError(Difference(*map(_said, each)) for each in differences)
    return record(fact=fact, by=by, as_at=as_at, reason=reason)


@transaction.atomic
def retract(*, fact: F, by: User, as_at: date, reason: str) -> None:
    """Take a fact off the record; its history keeps it, with who took it off and why."""
    if not permissions.may_record(by):
        raise NotAllowedError
    party = lock(party=fact.state_party)
    fact.changed_by(by, because=reason)
    fact.delete()
    derive(party=party, as_at=as_at)


def save(*, fact: F, by: User, as_at: date, reason: str = "") -> F:
    """Clean, save and derive, for services that have checked who may; in their transaction."""
    party = lock(party=fact.state_party)
    if fact.pk is None:
        fact.recorded_on = as_at
    fact.full_clean()
    fact.changed_by(by, because=reason)
    fact.save()
    derive(party=party, as_at=as_at)
    return fact


def lock(*, party: StateParty) -> StateParty:
    """Let one change at a time touch a State party."""
    return StateParty.objects.select_for_update().get(pk=party.pk)


def derive(*, party: StateParty, as_at: date) -> None:
    """Refresh the timetable; raise ValidationError with every contradiction."""
    try:
        refresh(party=party, as_at=as_at)
    except ContradictionsError as error:
        reasons = [str(reason) for reason in error.reasons]
        raise ValidationError(reasons, code="contradiction") from error
    except RulesError as error:
        raise ValidationError(str(error), code="contradiction") from error


def _said(value: object) -> str:
    return "" if value is None else str(value)
