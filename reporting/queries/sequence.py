"""How often, and when last, the facts of a State were written: what calendars compare."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, F, Max, QuerySet

from reporting.models import (
    CommitteeDecision,
    Review,
    Session,
    StateParty,
    Submission,
    UniversalReview,
)
from reporting.rules.written import Written


def written(*, parties: Collection[int]) -> dict[int, Written]:
    """Return what was written about each State party, in five queries for any number of them.

    Also about the protocols whose reports go into its own: they say under what these are reports. A due date rests on all facts of its State: another date, a report that came and one that was taken
    off the record are each one more. The number never falls, for nothing is taken out of a history.
    """
    protocols = _protocols(parties)
    wanted = set(parties).union(*protocols.values())
    histories: list[tuple[Any, str]] = [(StateParty, "id")]
    histories += [(model, "state_party_id") for model in (Submission, Review, CommitteeDecision)]
    found: dict[int, Written] = defaultdict(Written)
    for model, by in histories:
        for party, each in _counted(model.history.filter(**{f"{by}__in": wanted}), by):
            found[party] |= each
    for party, folding in protocols.items():
        for protocol in folding:
            found[party] |= found[protocol]
    return found


def _protocols(parties: Collection[int]) -> dict[int, set[int]]:
    """Return the States parties to protocols whose reports go into those of these States parties."""
    pairs = StateParty.objects.filter(
        state__parties__in=parties, treaty__folded_into=F("state__parties__treaty__code")
    )
    found: dict[int, set[int]] = defaultdict(set)
    for protocol, party in pairs.order_by().values_list("pk", "state__parties"):
        found[party].add(protocol)
    return found


def sessions_written(sessions: Iterable[Session]) -> dict[int, Written]:
    """Return what was written of each session, in one query."""
    rows = Session.history.filter(id__in={each.pk for each in sessions})
    return defaultdict(Written, _counted(rows, "id"))


def universal_written(states: Iterable[int]) -> dict[int, Written]:
    """Return what was written of each State's Universal Periodic Reviews, in one query.

    Of all its cycles: one that is taken off the record and put on it again is another row.
    """
    rows = UniversalReview.history.filter(state__in=set(states))
    return defaultdict(Written, _counted(rows, "state_id"))


def _counted(rows: "QuerySet[Any]", by: str) -> Iterable[tuple[int, Written]]:
    counted = rows.order_by().values_list(by).annotate(Count("pk"), Max("history_date"))
    return ((pk, Written(times, at)) for pk, times, at in counted)
