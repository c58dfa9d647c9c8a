"""The history of a fact: who changed what, when and why, and what it was before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from operator import attrgetter
from typing import Any

from django.db.models import Model

from reporting.models import CommitteeDecision, Review, State, StateParty, Submission, User
from reporting.models.fact import COUNTS_FROM, Fact, in_words
from reporting.queries.state_fact import STATE_FACTS

# The facts by the name that they have in addresses.
KINDS: dict[str, type[Fact]] = {
    "submission": Submission,
    "review": Review,
    "decision": CommitteeDecision,
    "deposit": StateParty,
}
# Who made a change, and when, is said of each of them.
_STATED = {"on_record_stated_by", "on_record_stated_at"}
_UNSHOWN = {"id", "draft", "party_since", COUNTS_FROM} | _STATED
RECORDED, CHANGED, TAKEN_OFF = "+", "~", "-"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that was changed, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """One change of a fact; ``how`` is one of RECORDED, CHANGED, TAKEN_OFF.

    ``about`` names the decision that was changed, in the history of the review that it came from.
    """

    at: datetime
    by: User | None
    how: str
    because: str
    changes: list[FieldChange]
    about: str = ""


@dataclass(frozen=True, slots=True)
class FactHistory:
    """A fact, which may have been taken off the record, and its versions, the latest first.

    It is of a State party, or of a State and no one treaty.
    """

    state: State
    party: StateParty | None
    kind: str
    title: str
    is_on_record: bool
    versions: list[Version]


def history_of(*, kind: str, pk: int) -> FactHistory | None:
    """Return the history of a fact; none where there never was such a fact."""
    model: Any = {**KINDS, **STATE_FACTS}.get(kind)
    if model is None:
        return None
    rows = list(model.history.filter(id=pk).select_related("history_user").order_by("history_id"))
    if not rows:
        return None
    party = None if kind in STATE_FACTS else _party(model, rows[-1])
    return FactHistory(
        state=party.state if party else State.objects.get(pk=rows[-1].state_id),
        party=party,
        kind=_kind(model),
        title=_title(model, rows[-1]),
        is_on_record=rows[-1].history_type != TAKEN_OFF,
        versions=_latest_first(rows, _decided_by(pk) if model is Review else []),
    )


def _party(model: type[Fact], row: Any) -> StateParty:
    pk = row.id if model is StateParty else row.state_party_id
    return StateParty.objects.select_related("state", "treaty").get(pk=pk)


def _decided_by(review: int) -> list[Any]:
    """Return the records of the decisions that ever came from a review."""
    history: Any = CommitteeDecision.history
    decisions = history.filter(review_id=review).values("id")
    rows = history.filter(id__in=decisions).select_related("history_user")
    return list(rows.order_by("id", "history_id"))


def _latest_first(own: list[Any], decided: list[Any]) -> list[Version]:
    """Return the changes of a fact, and of the decisions that came from it, as they were made."""
    versions = [_version(before, row) for before, row in pairwise([None, *own])]
    for before, row in pairwise([None, *decided]):
        earlier = before if before and before.id == row.id else None
        versions.append(_version(earlier, row, about=row.get_kind_display()))
    return sorted(versions, key=attrgetter("at"))[::-1]


def withdrawal_of(decision: CommitteeDecision) -> Version:
    """Return the change by which a decision, which is withdrawn, was last withdrawn."""
    rows = decision.history.select_related("history_user").order_by("history_id")
    changes = [(before, row) for before, row in pairwise([None, *rows]) if row.withdrawn_on]
    return next(
        _version(before, row)
        for before, row in reversed(changes)
        if before is None or not before.withdrawn_on
    )


def _title(model: type[Model], row: Any) -> str:
    symbol = getattr(row, "symbol", "")
    return symbol or _kind(model)


def _kind(model: type[Model]) -> str:
    return str(model._meta.verbose_name)  # noqa: SLF001 - Django's documented name


def _version(before: Any, row: Any, *, about: str = "") -> Version:
    return Version(
        at=row.history_date,
        by=row.history_user,
        how=row.history_type,
        because=row.history_change_reason or "",
        changes=[*changes(before, row)],
        about=about,
    )


def changes(before: Any, row: Any) -> Iterator[FieldChange]:
    """Go through the fields that differ; of a new row, through those that hold something."""
    if row.history_type == TAKEN_OFF:
        return
    for field in row.instance_type._meta.concrete_fields:  # noqa: SLF001 - Django's documented name
        if field.name in _UNSHOWN:
            continue
        old = in_words(field, getattr(before, field.attname)) if before else ""
        new = in_words(field, getattr(row, field.attname))
        if old != new:
            yield FieldChange(str(field.verbose_name), old, new)
