"""The history of a fact: who changed what, when and why, and what it was before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from reporting.models import CommitteeDecision, Review, StateParty, Submission, User
from reporting.models.fact import Fact, in_words

# The facts by the name that they have in addresses.
KINDS: dict[str, type[Fact]] = {
    "submission": Submission,
    "review": Review,
    "decision": CommitteeDecision,
    "deposit": StateParty,
}
_UNSHOWN = {"id", "draft", "party_since"}
RECORDED, CHANGED, TAKEN_OFF = "+", "~", "-"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that was changed, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """One change of a fact; ``how`` is one of RECORDED, CHANGED, TAKEN_OFF."""

    at: datetime
    by: User | None
    how: str
    because: str
    changes: list[FieldChange]


@dataclass(frozen=True, slots=True)
class FactHistory:
    """A fact, which may have been taken off the record, and its versions, the latest first."""

    party: StateParty
    kind: str
    title: str
    is_on_record: bool
    versions: list[Version]


def history_of(*, kind: str, pk: int) -> FactHistory | None:
    """Return the history of a fact; none where there never was such a fact."""
    model = KINDS.get(kind)
    if model is None:
        return None
    records: Any = model.history
    rows = list(records.filter(id=pk).select_related("history_user").order_by("history_id"))
    if not rows:
        return None
    party_pk = pk if model is StateParty else rows[-1].state_party_id
    party = StateParty.objects.select_related("state", "treaty").get(pk=party_pk)
    return FactHistory(
        party=party,
        kind=_kind(model),
        title=_title(model, rows[-1]),
        is_on_record=rows[-1].history_type != TAKEN_OFF,
        versions=[_version(before, row) for before, row in pairwise([None, *rows])][::-1],
    )


def _title(model: type[Fact], row: Any) -> str:
    symbol = getattr(row, "symbol", "")
    return symbol or _kind(model)


def _kind(model: type[Fact]) -> str:
    return str(model._meta.verbose_name)  # noqa: SLF001 - Django's documented name


def _version(before: Any, row: Any) -> Version:
    return Version(
        at=row.history_date,
        by=row.history_user,
        how=row.history_type,
        because=row.history_change_reason or "",
        changes=[*_changes(before, row)],
    )


def _changes(before: Any, row: Any) -> Iterator[FieldChange]:
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
