"""A database with as many States parties as are wanted, gone when the benchmark ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import product
from pathlib import Path
from string import ascii_uppercase

from django.db import connection, transaction

from reporting.models import Obligation, Revision, State, StateParty, Treaty
from reporting.services.loading import load_facts

FIXTURES = Path(__file__).parent.parent / "fixtures"
RECORDED_ON = date(2026, 11, 22)


@contextmanager
def recorded_world() -> Iterator[Treaty]:
    """Give a database of its own with all recorded facts, and take it away again."""
    name = connection.creation.create_test_db(verbosity=0)
    try:
        load_facts(folder=FIXTURES, as_at=RECORDED_ON, treaty="CMW")
        yield Treaty.objects.get(code="CMW")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


@transaction.atomic
def multiply(*, to: int, treaty: Treaty) -> None:
    """Add invented States parties until there are ``to``, each with the timetable of a real one."""
    models = list(StateParty.objects.filter(treaty=treaty).select_related("state"))
    timetables = {party.pk: list(party.obligations.all()) for party in models}
    codes = _unused_codes()
    for number in range(to - len(models)):
        model = models[number % len(models)]
        party = _copy(model, iso3=next(codes), number=number // len(models) + 2)
        Obligation.objects.bulk_create(_copies(timetables[model.pk], party))
    Revision.objects.renew()


def _unused_codes() -> Iterator[str]:
    taken = set(State.objects.values_list("iso3", flat=True))
    codes = ("".join(letters) for letters in product(ascii_uppercase, repeat=3))
    return (code for code in codes if code not in taken)


def _copy(model: StateParty, *, iso3: str, number: int) -> StateParty:
    state = State.objects.create(
        iso3=iso3,
        name=f"{model.state.name} {number}",
        regional_group=model.state.regional_group,
    )
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
    copies = []
    for each in obligations:
        columns = Obligation.columns(each.as_value())
        copies.append(Obligation(state_party=party, key=each.key, **columns))
    return copies
