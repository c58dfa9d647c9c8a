"""Mutes: alerts held back for a time, with a reason; they end by themselves, or before."""

from collections import defaultdict
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting import permissions
from reporting.models import Mute, Obligation, User
from reporting.services.errors import NotAllowedError
from reporting.services.reminder.follow import look_again
from reporting.services.text import is_plain

LONGEST_YEARS = 2
LONGEST_REASON = 500
# They are parts of a relation; clean_fields would ask for them of every mute.
_RELATION = ("obligation", "obligation_key")


@transaction.atomic
def mute_alerts(*, mute: Mute, by: User, as_at: date, now: datetime) -> Mute:
    """Save a new mute of one obligation, one contact or one State.

    What is planned already is held back, too, when it would be sent. Raise NotAllowedError, or
    ValidationError with everything that is wrong, each at its field.
    """
    if not permissions.may_mute(by, mute):
        raise NotAllowedError
    mute.because = mute.because.strip()
    mute.by, mute.made_at, mute.ended_on = by, now, None
    if errors := _problems(mute, as_at):
        raise ValidationError(errors)
    mute.clean_fields(exclude=_RELATION)
    mute.validate_constraints()
    mute.save()
    return mute


@transaction.atomic
def end_mute(*, mute: Mute, by: User, as_at: date) -> Mute:
    """Let alerts go out again from this day on; what was held back stays held back.

    Ending twice is ending once.
    """
    kept = Mute.objects.select_for_update(of=("self",)).get(pk=mute.pk)
    if not permissions.may_mute(by, kept):
        raise NotAllowedError
    if kept.ended_on is None and kept.until >= as_at:
        kept.ended_on, kept.ended_by = as_at, by
        kept.save(update_fields=["ended_on", "ended_by"])
        look_again(state=kept.about)
    return kept


def _problems(mute: Mute, as_at: date) -> dict[str, list[ValidationError]]:
    found: dict[str, list[ValidationError]] = defaultdict(list)
    for field, sentence in (
        *_wrong_days(mute, as_at),
        *_wrong_reason(mute.because),
        *_wrong_duty(mute),
    ):
        found[field].append(ValidationError(sentence, code="mute"))
    return found


def _wrong_days(mute: Mute, as_at: date) -> list[tuple[str, str]]:
    starts_on, until = mute.starts_on, mute.until
    found = []
    if starts_on < as_at:
        found.append(("starts_on", _("This day has passed: begin today or later.")))
    if until < starts_on:
        found.append(("until", _("This day lies before the first one.")))
    elif until > as_at + relativedelta(years=LONGEST_YEARS):
        found.append(
            (
                "until",
                _(
                    "This day is more than two years away. Choose an earlier one; it can be renewed."
                ),
            )
        )
    return found


def _wrong_reason(because: str) -> list[tuple[str, str]]:
    if not because:
        return [("because", _("Say why alerts are held back: others will read it."))]
    if not is_plain(because):
        return [("because", _("Write this on one line, with visible signs only."))]
    if len(because) > LONGEST_REASON:
        said = ngettext(
            "Say it in at most %(limit_value)d sign.",
            "Say it in at most %(limit_value)d signs.",
            LONGEST_REASON,
        )
        return [("because", said % {"limit_value": LONGEST_REASON})]
    return []


def _wrong_duty(mute: Mute) -> list[tuple[str, str]]:
    if mute.obligation_key is None:
        return []
    rows = Obligation.objects.filter(state_party=mute.state_party, key=mute.obligation_key)
    return [] if rows.exists() else [("__all__", _("This is not owed any more."))]
