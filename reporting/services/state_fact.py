"""Facts about a State beside its treaties: put on record, corrected, taken off; each in its history."""

import re
from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from reporting import permissions
from reporting.models import CoreDocument, State, UniversalReview, User
from reporting.models.dates import long_date
from reporting.rules.partial_date import PartialDate
from reporting.rules.universal_review import ESTABLISHED_ON, Step, runs_backwards
from reporting.services.errors import NotAllowedError
from reporting.services.fact import require_unchanged

F = TypeVar("F", CoreDocument, UniversalReview)
Slip = tuple[str, str]
# The Charter of the United Nations entered into force; no document of theirs is older.
UNITED_NATIONS_SINCE = date(1945, 10, 24)
# A cycle lasts four to five years, and the dates of the next one are known before it begins.
PLANNED_WITHIN_YEARS = 10
_SYMBOL = re.compile(r"HRI/CORE/[A-Z0-9]+(?:[/.-][A-Z0-9]+)*", re.ASCII)
_ENDINGS = {"ADD.": "Add.", "REV.": "Rev.", "CORR.": "Corr."}


@transaction.atomic
def save_state_fact(
    *, fact: F, by: User, as_at: date, seen: int | None = None, reason: str = ""
) -> F:
    """Save a new fact, or one on record where nobody has changed it since version ``seen``.

    Raise NotAllowedError, ConflictError, or ValidationError with what is wrong at each field.
    """
    _lock(fact, by)
    if fact.pk:
        require_unchanged(fact=fact, seen=seen or 0)
    else:
        fact.recorded_on = as_at
    fact.clean_fields()
    as_printed(fact)
    if found := dict(state_fact_slips(fact, as_at=as_at)):
        raise ValidationError(found)
    fact.full_clean()
    fact.changed_by(by, because=reason)
    fact.save()
    return fact


@transaction.atomic
def retract_state_fact(*, fact: F, seen: int, by: User, reason: str) -> None:
    """Take a fact off the record; its history keeps it, with who took it off and why."""
    _lock(fact, by)
    require_unchanged(fact=fact, seen=seen)
    fact.changed_by(by, because=reason)
    fact.delete()


def _lock(fact: CoreDocument | UniversalReview, by: User) -> None:
    """Let one change at a time touch what is of a State, by those who may."""
    if not permissions.may_keep_facts_of(by, fact.state):
        raise NotAllowedError
    State.objects.select_for_update().get(pk=fact.state_id)


def as_printed(fact: CoreDocument | UniversalReview) -> None:
    """Write the symbol as documents print it; a document is its own source where none is named."""
    if isinstance(fact, CoreDocument):
        symbol = "".join(fact.symbol.split()).upper()
        for typed, printed in _ENDINGS.items():
            symbol = symbol.replace(typed, printed)
        fact.symbol = symbol
        fact.source = fact.source or symbol


def state_fact_slips(fact: CoreDocument | UniversalReview, *, as_at: date) -> Iterator[Slip]:
    """Go through what cannot be of a fact on that day, by the name of the field."""
    if isinstance(fact, CoreDocument):
        return _of_document(fact, as_at)
    return _of_review(fact, as_at)


def _of_document(fact: CoreDocument, as_at: date) -> Iterator[Slip]:
    if not _SYMBOL.fullmatch(fact.symbol.upper()):
        text = _(
            "“%(symbol)s” is not the symbol of a common core document; write it as in %(model)s."
        )
        places = {"symbol": fact.symbol, "model": f"HRI/CORE/{fact.state.iso3}/2010"}
        yield "symbol", text % places
    elif (named := fact.symbol.split("/")[2]) != fact.state.iso3 and countries.alpha2(named):
        text = _("%(symbol)s is about another State than %(state)s.")
        yield "symbol", text % {"symbol": fact.symbol, "state": fact.state}
    elif _others(fact).filter(symbol=fact.symbol).exists():
        yield "symbol", _("%(symbol)s is on record already.") % {"symbol": fact.symbol}
    if fact.dated_on.last_day < UNITED_NATIONS_SINCE:
        text = _("This lies before the United Nations were founded, on %(day)s. Check the year.")
        yield "dated_on", text % {"day": long_date(UNITED_NATIONS_SINCE)}
    elif fact.dated_on.first_day > as_at:
        yield "dated_on", _("This day lies ahead. A document is put on record once it is there.")


def _of_review(fact: UniversalReview, as_at: date) -> Iterator[Slip]:
    if _others(fact).filter(cycle=fact.cycle).exists():
        text = _("Cycle %(cycle)s of %(state)s is on record already. Correct it there.")
        yield "cycle", text % {"cycle": fact.cycle, "state": fact.state}
    if not fact.days:
        yield "report_due_on", _("Enter at least one date of this cycle.")
    for step, day in fact.days.items():
        if said := _out_of_bounds(day, as_at):
            yield fact.DAYS[step], said
    labels = _labels()
    for step, earlier in runs_backwards(fact.days):
        text = _("%(day)s lies before %(earlier)s, %(other)s. Check both.")
        places = {"day": long_date(fact.days[step]), "other": long_date(fact.days[earlier])}
        yield fact.DAYS[step], text % (places | {"earlier": labels[earlier]})
    yield from _beside_other_cycles(fact)


def _out_of_bounds(day: PartialDate, as_at: date) -> str:
    if day.last_day < ESTABLISHED_ON:
        text = _(
            "This lies before the Universal Periodic Review was established, on %(day)s. "
            "Check the year."
        )
        return text % {"day": long_date(ESTABLISHED_ON)}
    if day.year - as_at.year > PLANNED_WITHIN_YEARS:
        text = ngettext(
            "This lies more than %(years)s year ahead. Check the year.",
            "This lies more than %(years)s years ahead. Check the year.",
            PLANNED_WITHIN_YEARS,
        )
        return text % {"years": PLANNED_WITHIN_YEARS}
    return ""


def _labels() -> dict[Step, str]:
    """Return how a sentence calls each step."""
    return {
        Step.REPORT: _("the day on which the national report is due"),
        Step.REVIEW: _("the day of the review"),
        Step.OUTCOME: _("the adoption of the outcome"),
    }


def _beside_other_cycles(fact: UniversalReview) -> Iterator[Slip]:
    """Refuse a cycle whose days do not lie between those of the cycles before and after it."""
    for other in _others(fact).order_by("cycle"):
        for step in fact.days.keys() & other.days.keys():
            mine, theirs = fact.days[step], other.days[step]
            is_later = fact.cycle > other.cycle
            first, last = (theirs, mine) if is_later else (mine, theirs)
            if fact.cycle != other.cycle and last.last_day < first.first_day:
                text = _("The cycles follow each other, and in cycle %(cycle)s this is on %(day)s.")
                yield fact.DAYS[step], text % {"cycle": other.cycle, "day": long_date(theirs)}
                return


def _others(fact: F) -> "models.QuerySet[F]":
    return type(fact)._default_manager.filter(state=fact.state_id).exclude(pk=fact.pk)  # noqa: SLF001 - Django's documented name
