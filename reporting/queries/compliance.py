"""The compliance of every State over all its treaties, counted without reading what each State owes."""

from collections import Counter, defaultdict
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from reporting.models import Kind, Obligation, StateParty, Treaty
from reporting.models.obligation import ObligationQuerySet
from reporting.queries.memory import remembered
from reporting.queries.state import compliance
from reporting.rules.entry_into_force import entry_into_force
from reporting.rules.partial_date import PartialDate
from reporting.rules.regimes import Regime


class Indicator(NamedTuple):
    """How many reporting treaties are in force for a State, and under how many a report is overdue.

    ``unconfirmed`` counts the reports that were filed and count as received, though nobody has
    confirmed that yet.
    """

    state: int
    iso3: str
    instruments: int
    overdue: int
    unconfirmed: int = 0

    @property
    def per_cent(self) -> int:
        """(1 - overdue reports / reporting instruments in force) x 100."""
        return compliance(overdue=self.overdue, instruments=self.instruments)


class Indicators(NamedTuple):
    """The States for which a treaty was in force, by name in the reader's language, and their treaties."""

    states: list[Indicator]
    treaties: set[int]

    @property
    def unconfirmed(self) -> int:
        """How many reports of these States count as received before their receipt is confirmed."""
        return sum(each.unconfirmed for each in self.states)

    @property
    def data_as_at(self) -> date | None:
        """The oldest day for which the list of a treaty's States parties is true, if there is one.

        Of the treaties under which what States parties have sent is not on record.
        """
        unknown = Treaty.objects.filter(pk__in=self.treaties, reports_on_record=False)
        known = unknown.filter(data_as_at__isnull=False)
        return known.order_by("data_as_at").values_list("data_as_at", flat=True).first()


def indicators(*, as_at: date) -> Indicators:
    """Return the indicator of every State on that day, remembered until an obligation changes."""
    return remembered(lambda: _find(as_at), "indicators", as_at, get_language())


def _find(as_at: date) -> Indicators:
    late = Obligation.objects.overdue(as_at=as_at).filter(kind=Kind.REPORT).order_by()
    overdue = set(late.values_list("state_party", flat=True).distinct())
    filed = unconfirmed_reports(as_at=as_at)
    regimes = {treaty.pk: treaty.regime() for treaty in Treaty.objects.all()}
    treaties: dict[tuple[int, str], set[int]] = defaultdict(set)
    in_force: Counter[int] = Counter()
    behind: Counter[int] = Counter()
    waiting: Counter[int] = Counter()
    # Not "state": rows with a column of that name would be sorted by it, and not by the names.
    columns = (
        "pk",
        "state_id",
        "state__iso3",
        "treaty",
        "deposited_on",
        "entry_into_force_override",
    )
    parties = StateParty.objects.parties(as_at=as_at).order_by("state")
    for pk, state, iso3, treaty, deposited_on, overridden in parties.values_list(*columns):
        treaties[state, iso3].add(treaty)
        bound = overridden or _in_force_on(regimes[treaty], deposited_on)
        in_force[state] += bound.last_day <= as_at
        behind[state] += pk in overdue
        waiting[state] += filed[pk]
    shown = {each: bound for each, bound in treaties.items() if in_force[each[0]]}
    return Indicators(
        [Indicator(pk, iso3, in_force[pk], behind[pk], waiting[pk]) for pk, iso3 in shown],
        set().union(*shown.values()),
    )


def unconfirmed_reports(*, as_at: date, treaty: Treaty | None = None) -> Counter[int]:
    """Return of each State party how many reports count as received and are not confirmed."""
    found = _unconfirmed(as_at)
    if treaty:
        found = found.filter(state_party__treaty=treaty)
    sent = found.values_list("state_party", "submission").distinct()
    return Counter(party for party, _submission in sent)


def number_unconfirmed(*, as_at: date) -> Coalesce:
    """Return the same as a column of the State party, which asks for nothing more."""
    of_party = _unconfirmed(as_at).filter(state_party=OuterRef("pk")).values("state_party")
    counted = of_party.annotate(number=Count("submission", distinct=True)).values("number")
    return Coalesce(Subquery(counted), 0)


def _unconfirmed(as_at: date) -> ObligationQuerySet:
    return Obligation.objects.unconfirmed(as_at=as_at).filter(kind=Kind.REPORT).order_by()


@lru_cache(maxsize=4096)
def _in_force_on(regime: Regime, deposited_on: PartialDate) -> PartialDate:
    return entry_into_force(
        regime.entry_into_force,
        deposited_on=deposited_on,
        treaty_in_force_on=regime.in_force_on,
    )
