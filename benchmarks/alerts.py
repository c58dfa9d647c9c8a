"""Worlds in which alerts are due, written in bulk."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import product
from string import ascii_uppercase, digits

from reporting.models import Contact, Obligation, State, StateParty, Treaty
from reporting.rules.partial_date import PartialDate

READERS = 20  # of each State
AT_ONCE = 2_000


def due_alerts(count: int, *, treaty: Treaty, as_at: date) -> None:
    """Let so many alerts be due on that day, each for a reader who is told of nothing else."""
    model = _model()
    parties = _parties(count // READERS, treaty)
    due = as_at + timedelta(days=30)
    _obligations(((party, model.key, due) for party in parties), model=model, as_at=as_at)
    Contact.objects.bulk_create(
        Contact(
            state=party.state,
            role=Contact.Role.FOCAL_POINT,
            name=f"Reader {number}",
            email=f"reader{number}@{party.state.iso3.lower()}.example.org",
            added_on=as_at,
        )
        for party in parties
        for number in range(READERS)
    )


def open_obligations(count: int, *, due: int, as_at: date) -> None:
    """Keep so many open, of which ``due`` have their first alert on the day after that one."""
    model = _model()
    parties = list(StateParty.objects.select_related("state").order_by("-pk")[:100])
    first, later = as_at + timedelta(days=541), as_at + timedelta(days=2_000)
    wanted = (
        (parties[number % len(parties)], f"decision-{number}", first if number < due else later)
        for number in range(count)
    )
    _obligations(wanted, model=model, as_at=as_at)


def _model() -> Obligation:
    """Take away all obligations; return one whose date the Committee had set."""
    model = Obligation.objects.filter(kind="report", basis="committee").order_by("pk")[0]
    Obligation.objects.all().delete()
    return model


def _parties(count: int, treaty: Treaty) -> list[StateParty]:
    codes = ("".join(code) for code in product(digits, ascii_uppercase, ascii_uppercase))
    states = [
        State(iso3=next(codes), name=f"State {number}", regional_group="asia-pacific")
        for number in range(count)
    ]
    State.objects.bulk_create(states)
    parties = [
        StateParty(
            state=state,
            treaty=treaty,
            action="ratification",
            deposited_on="2012-05-31",
            source="a benchmark",
            party_since=date(2012, 9, 1),
            recorded_on=date(2012, 5, 31),
        )
        for state in states
    ]
    return StateParty.objects.bulk_create(parties)


def _obligations(
    wanted: Iterable[tuple[StateParty, str, date]], *, model: Obligation, as_at: date
) -> None:
    """Write reports of these States that are due on these days, for a reason that there was."""
    columns = Obligation.columns(model.as_value()) | {"arises_on": as_at - timedelta(days=1_000)}
    columns |= dict.fromkeys(("closed_on", "submission_id", "received_on", "considered_on"))
    columns |= {"closed_as": "", "closed_by": "", "awaiting_since": None}
    rows = (
        Obligation(
            **columns
            | {"state_party": party, "key": key, "due_from": due, "due_by": due}
            | {"due_on": PartialDate(due.year, due.month, due.day)}
        )
        for party, key, due in wanted
    )
    Obligation.objects.bulk_create(rows, batch_size=AT_ONCE)
