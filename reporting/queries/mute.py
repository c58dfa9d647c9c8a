"""What is muted, on which day, and what that held back."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Prefetch

from reporting.models import TOGETHER, Mute, Reminder, User

# How long ago a mute may have ended that is still listed.
DAYS_LISTED = 365


class MutesInForce:
    """The mutes of a day, or of the days until another one, read once and asked for each alert."""

    def __init__(self, *, as_at: date, until: date | None = None) -> None:
        """Read them."""
        self.as_at = as_at
        self.by_thing: dict[tuple[object, ...], list[Mute]] = defaultdict(list)
        for mute in Mute.objects.in_force(as_at=as_at, until=until):
            self.by_thing[_thing(mute)].append(mute)

    def holding(self, row: Reminder, *, on: date | None = None) -> Mute | None:
        """Return the mute that holds this reminder back on a day, if one does.

        The mute of an obligation or of a State holds back alerts; that of a contact everything.
        """
        things: list[tuple[object, ...]] = [("contact", row.contact_id)]
        if row.occasion in TOGETHER and row.state_party is not None:
            duty = ("obligation", row.state_party_id, row.obligation_key)
            things = [duty, ("state", row.state_party.state_id), *things]
        day = on or self.as_at
        found = (each for thing in things for each in self.by_thing.get(thing, ()))
        return next((each for each in found if each.is_in_force(as_at=day)), None)


def _thing(mute: Mute) -> tuple[object, ...]:
    if mute.contact_id:
        return "contact", mute.contact_id
    if mute.state_id:
        return "state", mute.state_id
    return "obligation", mute.state_party_id, mute.obligation_key


@dataclass(frozen=True, slots=True)
class Mutes:
    """The mutes of a day; of each, ``held.all()`` is what it held back, without another query."""

    in_force: list[Mute] = field(default_factory=list)
    ahead: list[Mute] = field(default_factory=list)
    ended: list[Mute] = field(default_factory=list)


def mutes(*, person: User, as_at: date) -> Mutes:
    """Return what the person may see of them, in two queries; not those that ended long ago."""
    held = Reminder.objects.seen_by(person).select_related(
        "contact__state", "person", "state_party__state", "state_party__treaty", "obligation"
    )
    rows = Mute.objects.seen_by(person).filter(until__gte=as_at - timedelta(days=DAYS_LISTED))
    found = Mutes()
    for mute in rows.select_related(
        *("contact__state", "state", "obligation", "by"),
        *("state_party__state", "state_party__treaty"),
    ).prefetch_related(Prefetch("held", held.order_by("-planned_for", "pk"))):
        if mute.is_in_force(as_at=as_at):
            found.in_force.append(mute)
        elif mute.starts_on > as_at and mute.ended_on is None:
            found.ahead.append(mute)
        else:
            found.ended.append(mute)
    return found


def mute_of(*, person: User, pk: int) -> Mute | None:
    """Return that mute, if the person may see it."""
    rows = Mute.objects.seen_by(person).filter(pk=pk)
    return rows.select_related("contact__state", "state", "state_party__state").first()
