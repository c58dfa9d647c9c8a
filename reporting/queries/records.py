"""What is on record as at a day, as plain values: submissions, reviews and decisions."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from reporting.models import (
    CommitteeDecision,
    Review,
    StateParty,
    Submission,
    SubmissionStatus,
    Treaty,
)
from reporting.models.fact import Fact
from reporting.models.state import searchable
from reporting.queries.facts import facts_of, with_facts
from reporting.queries.lines import AT_ONCE, as_text
from reporting.rules.placing import place

_DATES: dict[type[Fact], tuple[str, ...]] = {
    Submission: ("received_on",),
    Review: ("dialogue_from", "dialogue_to", "adopted_on"),
    CommitteeDecision: ("decided_on", "withdrawn_on"),
}

_LIES_AHEAD = "due_on"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which States the records are about; empty means all of them."""

    region: str = ""
    q: str = ""
    state: str = ""


def records(
    model: type[Fact], *columns: str, as_at: date, treaty: Treaty, narrowed: Narrowed, dates: int
) -> Iterator[list[Any]]:
    """Go through the facts that counted by that day, by State: the values of the columns, in lists.

    The first ``dates`` columns are partial dates; each is its ISO text, and ``None`` where it is not
    on record. What happened after the day is ``None`` too; only a due date can lie ahead. A returned
    report counts as not filed.
    """
    found = _of_states(QuerySet(model).filter(state_party__treaty=treaty), narrowed)
    if model is Submission:
        found = found.exclude(status=SubmissionStatus.RETURNED)
    known = _known(as_at, treaty)
    chosen: list[Any] = [*map(as_text, columns[:dates]), *columns[dates:]]
    order = ("state_party__state__name", "first_report", "last_report", "pk")
    day = as_at.isoformat()
    happened = [place for place, name in enumerate(columns[:dates]) if name != _LIES_AHEAD]
    for values in found.order_by(*order).values_list("pk", *chosen).iterator(chunk_size=AT_ONCE):
        if known is None or values[0] in known[model]:
            row = list(values[1:])
            for which in happened:
                if row[which] and row[which] > day:
                    row[which] = None
            yield row


def _of_states(found: "QuerySet[Any]", narrowed: Narrowed) -> "QuerySet[Any]":
    if narrowed.region:
        found = found.filter(state_party__state__regional_group=narrowed.region)
    if narrowed.state:
        found = found.filter(state_party__state__iso3=narrowed.state)
    if narrowed.q:
        names = Q(state_party__state__search_text__contains=searchable(narrowed.q))
        found = found.filter(names | Q(symbol__icontains=narrowed.q))
    return found


def _known(as_at: date, treaty: Treaty) -> dict[type[Fact], set[int]] | None:
    """Return what counted by that day; ``None`` where everything on record did.

    No date of a fact then reaches beyond the day, and all were put on record by it: whatever has no
    certain date counts at the latest from the day on which it was put on record.
    """
    if not any(_reaches_beyond(model, as_at, treaty) for model in _DATES):
        return None
    known: dict[type[Fact], set[int]] = defaultdict(set)
    for party in with_facts(StateParty.objects.filter(treaty=treaty)):
        rows = {
            row.ref: row
            for row in (*party.submissions.all(), *party.reviews.all(), *party.decisions.all())
        }
        placed, _errors = place(facts_of(party))
        for item in placed:
            if item.day <= as_at and (row := rows.get(item.fact.ref)):
                known[type(row)].add(row.pk)
    return known


def _reaches_beyond(model: type[Fact], as_at: date, treaty: Treaty) -> bool:
    day = as_at.isoformat()
    holding_it = [day[:4], day[:7]]
    beyond = Q(recorded_on__gt=as_at)
    texts = {f"{name}_text": as_text(name) for name in _DATES[model]}
    for text in texts:
        beyond |= Q(**{f"{text}__gt": day}) | Q(**{f"{text}__in": holding_it})
    found: QuerySet[Any] = QuerySet(model).filter(state_party__treaty=treaty)
    return bool(found.annotate(**texts).filter(beyond).exists())
