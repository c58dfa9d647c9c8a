"""The States parties by which a list can be narrowed."""

from collections.abc import Collection
from operator import attrgetter

from django.db.models import QuerySet
from django.utils.translation import get_language

from reporting.models import State, StateParty, Treaty
from reporting.queries.memory import remembered

Pairs = tuple[tuple[str, str], ...]


def states_to_choose(*, treaties: Collection[Treaty]) -> Pairs:
    """Return the code and the name of each State party to one of the treaties, in the order of the reader's language.

    Remembered until an obligation changes, so that a page which offers every State reads none of them.
    """

    def find() -> Pairs:
        ordered = sorted(_parties(treaties), key=attrgetter("place"))
        return tuple((each.iso3, each.local_name) for each in ordered)

    return remembered(
        find, "states to choose", sorted(each.pk for each in treaties), get_language()
    )


def state_chosen(iso3: str, *, treaties: Collection[Treaty]) -> State | None:
    """Return the State party with this code; none is asked for without one."""
    return _parties(treaties).filter(iso3=iso3).first() if iso3 else None


def _parties(treaties: Collection[Treaty]) -> QuerySet[State]:
    parties = StateParty.objects.filter(treaty__in=[each.pk for each in treaties])
    return State.objects.filter(pk__in=parties.order_by().values("state"))
