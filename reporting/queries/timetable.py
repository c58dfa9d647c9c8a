"""The obligations of the States parties as at a day."""

from collections.abc import Iterable
from datetime import date

from reporting.models.obligation import Obligation, ObligationQuerySet


def obligations(
    *, as_at: date, treaty: str, iso3: Iterable[str] = (), closed_too: bool = False
) -> ObligationQuerySet:
    """Return what was open on that day, by State and in the order in which it arose.

    ``closed_too`` adds what had arisen and was closed by then; no ISO codes mean every State.
    """
    found = Obligation.objects.select_related("state_party__state", "state_party__treaty").filter(
        state_party__treaty__code=treaty
    )
    codes = list(iso3)
    if codes:
        found = found.filter(state_party__state__iso3__in=codes)
    found = found.arisen(as_at=as_at) if closed_too else found.open(as_at=as_at)
    return found.order_by("state_party__state", "arises_on", "pk")
