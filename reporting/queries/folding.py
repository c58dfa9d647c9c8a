"""Which reports under a Convention are also those under its protocols, for a State bound by both."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from reporting.models import Kind, Obligation, StateParty, Treaty
from reporting.models.obligation import ObligationQuerySet
from reporting.models.state_party import StatePartyQuerySet


class Owed(Protocol):
    """What is owed, as far as it says whether it is a report and by when."""

    @property
    def kind(self) -> str:
        """The kind of what is owed."""

    @property
    def due_by(self) -> date | None:
        """The last day on which it can be due."""


@dataclass(frozen=True, slots=True)
class Folding:
    """The protocols by State and Convention, each with the day after which its reports go into those."""

    since: Mapping[tuple[str, str], Mapping[str, date]] = field(default_factory=dict)

    def protocols(self, owed: Owed, *, iso3: str, treaty: str) -> list[str]:
        """Return the protocols under which it is the report too; none where it is no such report."""
        if owed.kind != Kind.REPORT:
            return []
        due_by = owed.due_by or date.max
        found = self.since.get((iso3, treaty), {})
        return [code for code, since in found.items() if due_by > since]

    def also_under(self, row: Obligation) -> list[str]:
        """Return the same of an obligation with its State party."""
        return self.protocols(row, iso3=row.state_party.state.iso3, treaty=row.under)


def initial_reports(*, as_at: date) -> ObligationQuerySet:
    """Return the initial reports under protocols that fold on that day, which say from when they do."""
    return Obligation.objects.arisen(as_at=as_at).filter(
        kind=Kind.REPORT, first_report=1, state_party__folded_from__lte=as_at
    )


def owed_under(treaty: Treaty, *, as_at: date) -> Q:
    """Keep what is owed under the treaty, and what is also the report under it, as ``folding`` says."""
    own = Q(state_party__treaty=treaty)
    if not treaty.folded_into:
        return own
    initial = initial_reports(as_at=as_at).filter(
        state_party__in=StateParty.objects.parties(as_at=as_at).filter(treaty=treaty),
        state_party__state=OuterRef("state_party__state"),
    )
    came = When(closed_on__lte=as_at, then="closed_on")
    since = Case(came, default=Coalesce("due_by", "arises_on"))
    latest = initial.order_by("-arises_on", "-pk").annotate(since=since).values("since")[:1]
    later = Q(due_by__gt=Subquery(latest)) | Q(Exists(initial), due_by=None)
    return own | Q(later, state_party__treaty__code=treaty.folded_into, kind=Kind.REPORT)


def folding(rows: Iterable[Obligation], *, as_at: date) -> Folding:
    """Return what folds by these obligations; ask nothing where they have their States parties.

    A report under the Convention is also that under the protocol where it falls due after the
    protocol's initial report came, or while that is owed, after its date.
    """
    found: dict[tuple[str, str], dict[str, date]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: (row.state_party.treaty_id, row.arises_on, row.pk)):
        party, is_open = row.state_party, row.is_open(as_at=as_at)
        if row.first_report == 1 and row.kind == Kind.REPORT and party.folds(as_at=as_at):
            since = row.due_by or row.arises_on if is_open else row.closed_on
            found[party.state.iso3, party.treaty.folded_into][row.under] = since or row.arises_on
    return Folding(found)


def folding_under(treaty: Treaty, *, as_at: date, states: Iterable[int] | None = None) -> Folding:
    """Return what folds of all that is listed under the treaty, Convention or protocol; in one query.

    Of all States, or of these.
    """
    parties = StateParty.objects.filter(treaty__folded_into=treaty.folded_into or treaty.code)
    if states is not None:
        parties = parties.filter(state__in=states)
    return folding_of(parties, as_at=as_at)


def folding_of(parties: StatePartyQuerySet, *, as_at: date) -> Folding:
    """Return what folds for those of these States parties that are bound on that day; in one query."""
    rows = initial_reports(as_at=as_at).filter(state_party__in=parties.parties(as_at=as_at))
    return folding(rows.select_related("state_party__state", "state_party__treaty"), as_at=as_at)
