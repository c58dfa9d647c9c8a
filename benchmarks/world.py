"""Generated data: as many States parties as are wanted, each with the timetable of a real one."""

from collections.abc import Iterator
from itertools import product
from string import ascii_uppercase

from django.db import transaction

from reporting.models import Obligation, Revision, State, StateParty, Treaty


def multiply(*, to: int, treaty: Treaty) -> None:
    """Add invented States parties until there are ``to``, copying the recorded ones in turn."""
    models = list(StateParty.objects.filter(treaty=treaty).select_related("state"))
    timetables = {party.pk: list(party.obligations.all()) for party in models}
    codes = _unused_codes()
    with transaction.atomic():
        Revision.objects.renew()
        for number in range(to - len(models)):
            model = models[number % len(models)]
            state = State.objects.create(
                iso3=next(codes),
                name=f"{model.state.name} {number // len(models) + 2}",
                regional_group=model.state.regional_group,
            )
            party = _copy_of(model, state)
            Obligation.objects.bulk_create(_copies(timetables[model.pk], party))


def _unused_codes() -> Iterator[str]:
    taken = set(State.objects.values_list("iso3", flat=True))
    codes = ("".join(letters) for letters in product(ascii_uppercase, repeat=3))
    return (code for code in codes if code not in taken)


def _copy_of(model: StateParty, state: State) -> StateParty:
    party = StateParty(
        state=state,
        treaty=model.treaty,
        action=model.action,
        deposited_on=model.deposited_on,
        party_since=model.party_since,
        recorded_on=model.recorded_on,
        source=model.source,
    )
    StateParty.objects.bulk_create([party])
    return party


def _copies(obligations: list[Obligation], party: StateParty) -> list[Obligation]:
    return [
        Obligation(state_party=party, key=each.key, **Obligation.columns(each.as_value()))
        for each in obligations
    ]
