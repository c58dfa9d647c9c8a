"""Recording facts: checked, saved with its history, and every date derived again, or nothing."""

from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reporting import permissions
from reporting.models import CommitteeDecision, Review, Revision, StateParty, Submission, User
from reporting.models.fact import Fact
from reporting.models.sentences import translated
from reporting.rules.contradictions import ContradictionsError
from reporting.rules.errors import RulesError
from reporting.services.at_session import refuse_session
from reporting.services.days import refuse_days
from reporting.services.discharge import refuse_discharged
from reporting.services.errors import ConflictError, Difference, NotAllowedError
from reporting.services.plausible import refuse_implausible
from reporting.services.reminder.notice import remember, take_back, tell_changes
from reporting.services.symbol import refuse_symbol
from reporting.services.timetable import refresh

CONTRADICTION = "contradiction"
F = TypeVar("F", Submission, Review, CommitteeDecision)


@transaction.atomic
def record(*, fact: F, by: User, as_at: date, reason: str = "") -> F:
    """Save a fact of the secretariat and derive the dates of its State party again.

    Raise NotAllowedError for anybody else, ValidationError with what is wrong.
    """
    require_recorder(by, fact.state_party)
    return save(fact=fact, by=by, as_at=as_at, reason=reason)


@transaction.atomic
def correct(*, fact: F, seen: int, by: User, as_at: date, reason: str = "") -> F:
    """Save a changed fact, unless somebody has changed it since version ``seen`` of its history.

    Raise ConflictError with the differences, and write nothing, where somebody has.
    """
    require_recorder(by, fact.state_party)
    lock(party=fact.state_party)
    require_unchanged(fact=fact, seen=seen)
    return save(fact=fact, by=by, as_at=as_at, reason=reason)


@transaction.atomic
def retract(*, fact: F, seen: int, by: User, as_at: date, reason: str) -> None:
    """Take a fact off the record; its history keeps it, with who took it off and why.

    A review takes the decisions with it that came from it. Raise ValidationError where that would
    take something along that a State has sent.
    """
    require_recorder(by, fact.state_party)
    party = lock(party=fact.state_party)
    require_unchanged(fact=fact, seen=seen)
    taken = [*(fact.decisions.all() if isinstance(fact, Review) else ()), fact]
    for each in taken:
        _refuse_to_take_along(each)
    for each in taken:
        if isinstance(each, Submission):
            take_back(submission=each)
        each.changed_by(by, because=reason)
        each.delete()
    derive(party=party, as_at=as_at)


def save(*, fact: F, by: User, as_at: date, reason: str = "") -> F:
    """Clean, save and derive, for services that have checked who may; in their transaction."""
    party = lock(party=fact.state_party)
    write(fact=fact, by=by, as_at=as_at, reason=reason)
    derive(party=party, as_at=as_at)
    return fact


def write(*, fact: F, by: User, as_at: date, reason: str = "") -> F:
    """Clean and save one of several facts that are derived together afterwards."""
    if fact.pk is None:
        fact.recorded_on = as_at
    fact.full_clean()
    refuse_implausible(fact, treaty=fact.state_party.treaty.code, as_at=as_at)
    refuse_days(fact, as_at=as_at)
    refuse_symbol(fact)
    refuse_session(fact)
    if isinstance(fact, CommitteeDecision):
        refuse_discharged(fact)
    fact.changed_by(by, because=reason)
    fact.save()
    return fact


def lock(*, party: StateParty) -> StateParty:
    """Let one change at a time touch a State party."""
    return StateParty.objects.select_for_update().get(pk=party.pk)


def derive(*, party: StateParty, as_at: date) -> None:
    """Refresh the timetable and tell the State what changed in it, by e-mail.

    Raise ValidationError with every contradiction.
    """
    before = remember(party=party)
    try:
        changes = refresh(party=party, as_at=as_at, recorded=True)
    except ContradictionsError as error:
        reasons = [ValidationError(translated(each), code=CONTRADICTION) for each in error.reasons]
        raise ValidationError(reasons) from error
    except RulesError as error:
        raise ValidationError(translated(error), code=CONTRADICTION) from error
    if changes:
        tell_changes(party=party, before=before, as_at=as_at)
    # What pages remember is under this mark, and some of it is of facts that move no date.
    Revision.objects.renew()


def require_recorder(by: User, party: StateParty) -> None:
    """Raise NotAllowedError for whoever may not record what the Committee of that treaty does."""
    if not permissions.may_record(by, party.treaty_id):
        raise NotAllowedError


def require_unchanged(*, fact: Any, seen: int) -> None:
    """Raise ConflictError where the row has another version than the one that was seen."""
    theirs = type(fact).objects.filter(pk=fact.pk).first()
    if theirs is None:
        raise ValidationError(_("This has been taken off the record meanwhile."), code="conflict")
    if theirs.version != seen:
        raise ConflictError(Difference(*each) for each in theirs.differences(fact))


def _refuse_to_take_along(fact: Fact) -> None:
    if isinstance(fact, CommitteeDecision) and fact.answers.exists():
        message = _(
            "Something that the State sent answers %(fact)s. Correct or withdraw it instead, or "
            "take that off the record first."
        )
        raise ValidationError(message, code="answered", params={"fact": fact})
    if isinstance(fact, Submission) and fact.documents.exists():
        message = _("Documents came with this, and are kept. Correct it instead.")
        raise ValidationError(message, code="documents")
