"""The States parties by which a list can be narrowed."""

from operator import attrgetter

from django.utils.translation import get_language

from reporting.models import State, Treaty
from reporting.queries.memory import remembered

Pairs = tuple[tuple[str, str], ...]


def states_to_choose(*, treaty: Treaty) -> Pairs:
    """Return the code and the name of each State party to the treaty, in the order of the reader's language.

    Remembered until an obligation changes, so that a page which offers every State reads none of them.
    """

    def find() -> Pairs:
        rows = State.objects.filter(parties__treaty=treaty)
        ordered = sorted(rows, key=attrgetter("place"))
        return tuple((each.iso3, each.local_name) for each in ordered)

    return remembered(find, "states to choose", treaty.pk, get_language())


def state_chosen(iso3: str, *, treaty: Treaty) -> State | None:
    """Return the State party with this code; none is asked for without one."""
    return State.objects.filter(parties__treaty=treaty, iso3=iso3).first() if iso3 else None
