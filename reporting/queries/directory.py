"""Everybody who is told, by State."""

from collections import defaultdict
from dataclasses import dataclass, field

from reporting.models import Contact, State, Treaty, User


@dataclass(frozen=True, slots=True)
class Told:
    """The contacts of a State, or of the secretariat where ``state`` is none."""

    state: State | None
    contacts: list[Contact] = field(default_factory=list)

    @property
    def reached(self) -> int:
        """How many of them are told."""
        return sum(each.active and each.unsubscribed_at is None for each in self.contacts)


@dataclass(frozen=True, slots=True)
class Directory:
    """The contacts of the secretariat, those of each State, and the States that have none."""

    secretariat: Told
    states: list[Told]
    unreached: list[State]


def directory(*, treaty: Treaty, person: User) -> Directory:
    """Return everybody who is told about the States parties and whom the person sees.

    Three queries.
    """
    contacts: dict[int | None, list[Contact]] = defaultdict(list)
    seen = Contact.objects.seen_by(person).select_related("state").prefetch_related("treaties")
    for contact in seen.order_by("role", "name", "pk"):
        contacts[contact.state_id].append(contact)
    states = State.objects.filter(parties__treaty=treaty).distinct()
    told = [Told(state, contacts[state.pk]) for state in states]
    return Directory(
        secretariat=Told(None, contacts[None]),
        states=[each for each in told if each.contacts],
        unreached=[each.state for each in told if each.state and not each.reached],
    )
