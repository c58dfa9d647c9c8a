"""How often the facts behind due dates were written: what calendars compare."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count

from reporting.models import CommitteeDecision, Kind, Obligation, Review, StateParty
from reporting.models.fact import Fact

# Another date counts more than any number of corrections of the one before.
_A_DATE = 100
_FACTS: dict[str, type[Fact]] = {
    "committeedecision": CommitteeDecision,
    "review": Review,
    "stateparty": StateParty,
}


def sequences(obligations: Iterable[Obligation]) -> dict[int, int]:
    """Return a number for each obligation that grows whenever its date moves.

    A date moves when somebody corrects the fact that it rests on, or when another fact sets another
    date for the same report. So it is made of the number of corrections of the fact, and of the number
    of dates that the report has had; in one query for each kind of fact, three at most, and one more.
    """
    obligations = list(obligations)
    wanted: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    found: dict[int, int] = {}
    for each in obligations:
        found[each.pk] = 0
        kind, fact = each.origin or ("stateparty", each.state_party_id)
        wanted[kind][fact].add(each.pk)
    for kind, facts in wanted.items():
        for fact, corrections in _corrections(_FACTS[kind], facts):
            found |= dict.fromkeys(facts[fact], min(corrections, _A_DATE - 1))
    dates = _dates_had(obligations)
    return {
        each.pk: found[each.pk]
        + _A_DATE * (dates.get((each.state_party_id, each.last_report), 1) - 1)
        for each in obligations
    }


def _dates_had(obligations: Iterable[Obligation]) -> dict[tuple[int, int | None], int]:
    """Return how many dates each report has had, by State party and number."""
    reports = [each for each in obligations if each.kind == Kind.REPORT]
    rows = Obligation.objects.filter(
        kind=Kind.REPORT,
        state_party__in={each.state_party_id for each in reports},
        last_report__in={each.last_report for each in reports},
    )
    counted = rows.order_by().values_list("state_party", "last_report").annotate(Count("pk"))
    return {(party, report): count for party, report, count in counted}


def _corrections(model: type[Fact], pks: Iterable[int]) -> Iterable[tuple[int, int]]:
    history = model.history.filter(id__in=list(pks)).order_by()
    counted = history.values_list("id").annotate(Count("pk"))
    return [(fact, versions - 1) for fact, versions in counted]
