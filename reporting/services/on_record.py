"""Saying that what a State has sent under a treaty is on record, from when on it is alerted; or not after all."""

from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reporting import permissions
from reporting.models import TOGETHER, Reminder, Revision, StateParty, User, Why
from reporting.models.dates import long_date
from reporting.queries.coming import Coming, coming
from reporting.queries.state import facts_by
from reporting.services.errors import NotAllowedError
from reporting.services.fact import lock, require_unchanged
from reporting.services.looked_at import looked_at
from reporting.services.reminder.follow import look_again

DAYS_AHEAD = 365
# Alerts say of today that something has not come.
OLDEST = relativedelta(years=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """That what the State has sent by the day ``on`` is on record: nothing on record is later.

    ``seen`` is the version of the State party that was looked at.
    """

    party: StateParty
    on: date
    seen: int


@transaction.atomic
def say_on_record(*, said: Statement, by: User, as_at: date, now: datetime) -> StateParty:
    """Put the statement on record; the next planning alerts the State.

    Raise NotAllowedError, ValidationError with what is wrong, or ConflictError where somebody was
    faster.
    """
    kept, on = _opened(said.party, by), said.on
    if kept.treaty.reports_on_record:
        raise ValidationError(_("That is said of the treaty as a whole already."), code="whole")
    _refuse_day(kept, on, as_at)
    require_unchanged(fact=kept, seen=said.seen)
    kept.on_record_as_at, kept.on_record_stated_by, kept.on_record_stated_at = on, by, now
    _save(kept, by, because=_("what it has sent is on record"))
    look_again(state=kept.state, treaty=kept.treaty)
    return kept


@transaction.atomic
def take_back_on_record(*, party: StateParty, because: str, seen: int, by: User) -> StateParty:
    """Take the statement back: what is planned is cancelled, and no alert is planned any more.

    Raise NotAllowedError, ValidationError with what is wrong, or ConflictError.
    """
    kept = _opened(party, by)
    if kept.on_record_as_at is None:
        raise ValidationError(_("This is not said, or has been taken back already."), code="gone")
    if not because.strip():
        raise ValidationError({"because": _("Say why it is taken back.")})
    require_unchanged(fact=kept, seen=seen)
    kept.on_record_as_at = kept.on_record_stated_by = kept.on_record_stated_at = None
    _save(kept, by, because=because)
    if not kept.reports_on_record:
        planned = Reminder.objects.revocable().filter(state_party=kept, occasion__in=TOGETHER)
        planned.change(Reminder.State.CANCELLED, reason=Why.NO_RECORD)
    return kept


def mailed_once_on_record(*, said: Statement, by: User, as_at: date, now: datetime) -> list[Coming]:
    """Return the alerts of a year that would follow from it, as far as the person sees them.

    Those of ``as_at`` go out at once. Nothing is written; what ``say_on_record`` raises goes through.
    """

    def mailed() -> list[Coming]:
        kept = say_on_record(said=said, by=by, as_at=as_at, now=now)
        days = coming(person=by, as_at=as_at, days=DAYS_AHEAD, state=kept.state)
        return [mail for day in days for mail in day.mails if mail.state_party == kept]

    return looked_at(mailed)


def _opened(party: StateParty, by: User) -> StateParty:
    """Return the State party as it is on record now, for one change at a time."""
    if not permissions.may_state_record(by, party):
        raise NotAllowedError
    lock(party=party)
    return StateParty.objects.select_related("state", "treaty").get(pk=party.pk)


def _refuse_day(party: StateParty, on: date, as_at: date) -> None:
    sentence, places = "", {}
    if on > as_at:
        sentence = _("This day lies ahead: nobody knows yet what will have come by then.")
    elif on < party.party_since:
        sentence = _(
            "On this day the State was no party to the treaty yet: it was from %(day)s on."
        )
        places = {"day": long_date(party.party_since)}
    elif (recorded := facts_by(party, as_at=as_at)) and on < recorded[-1].counts_from:
        sentence = _("What is on record reaches to %(day)s: say that day, or a later one.")
        places = {"day": long_date(recorded[-1].counts_from)}
    elif on < as_at - OLDEST:
        sentence = _(
            "This day is more than a year ago, and says nothing of what has been sent since. If nothing has been, say today."
        )
    if sentence:
        raise ValidationError({"on": ValidationError(sentence, params=places)})


def _save(party: StateParty, by: User, *, because: str) -> None:
    party.full_clean()
    party.changed_by(by, because=because)
    party.save()
    # What pages remember is under this mark.
    Revision.objects.renew()
