"""A database with as many States parties as are wanted, gone when the benchmark ends."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import connection, transaction
from django.db.models import F, QuerySet

from reporting.models import (
    CommitteeDecision,
    Obligation,
    Review,
    Revision,
    State,
    StateParty,
    Submission,
    Treaty,
)
from reporting.rules.obligation import Obligation as Value
from reporting.rules.partial_date import PartialDate
from reporting.rules.wording import Explanation
from reporting.services.loading import load_facts

FIXTURES = Path(__file__).parent.parent / "fixtures"
RECORDED_ON = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 0, 1, tzinfo=UTC)


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
def multiply(*, to: int, treaty: Treaty, months: int = 0) -> None:
    """Add invented States parties until there are ``to``, each with the timetable of a real one.

    With ``months`` the dates of each copy of a State lie one more month earlier than those of the copy
    before, and after so many months it begins again.
    """
    models = list(StateParty.objects.filter(treaty=treaty).select_related("state"))
    timetables = {party.pk: list(party.obligations.all()) for party in models}
    codes = _unused_codes()
    for number in range(to - len(models)):
        model = models[number % len(models)]
        party = _copy(model, iso3=next(codes), number=number // len(models) + 2)
        earlier = number % months if months else 0
        Obligation.objects.bulk_create(_copies(timetables[model.pk], party, earlier))
    Revision.objects.renew()


@transaction.atomic
def multiply_facts(*, treaty: Treaty) -> None:
    """Give each invented State party the reviews, decisions and submissions of its real one."""
    parties = list(StateParty.objects.filter(treaty=treaty).select_related("state").order_by("pk"))
    named = {party.state.name: party for party in parties}
    made: dict[tuple[int, str], int] = {}
    for kind, hangs_on in ((Review, ""), (CommitteeDecision, "review"), (Submission, "answers")):
        facts: dict[int, list[Any]] = defaultdict(list)
        on_record: QuerySet[Any] = QuerySet(kind)
        related = on_record.select_related(hangs_on) if hangs_on else on_record
        for fact in related.order_by("pk"):
            facts[fact.state_party_id].append(fact)
        copies: list[tuple[Any, Any]] = []
        for party in parties:
            model = named.get(party.state.name.rpartition(" ")[0])
            of_model = facts[model.pk] if model else []
            copies += [(each, _fact(each, party, hangs_on, made)) for each in of_model]
        QuerySet(kind).bulk_create([copy for _each, copy in copies], batch_size=2_000)
        made |= {(copy.state_party_id, each.ref): copy.pk for each, copy in copies}
    _point_to_their_own(made)


def _point_to_their_own(made: dict[tuple[int, str], int]) -> None:
    """Let the copy of an obligation be met by the copy of the submission."""
    met = Obligation.objects.exclude(submission__state_party=F("state_party"))
    copies = list(met.filter(submission__isnull=False).select_related("submission"))
    for each in copies:
        if each.submission:
            each.submission_id = made[each.state_party_id, each.submission.ref]
    Obligation.objects.bulk_update(copies, ["submission"], batch_size=500)


def _fact(model: Any, party: StateParty, hangs_on: str, made: dict[tuple[int, str], int]) -> Any:
    """Return a copy of the fact; what hangs on another fact hangs on the copy of that."""
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django's documented way in
    copy = type(model)(**{field.attname: getattr(model, field.attname) for field in fields})
    copy.pk, copy.state_party = None, party
    if hangs_on and (other := getattr(model, hangs_on)):
        setattr(copy, f"{hangs_on}_id", made[party.pk, other.ref])
    return copy


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


def _copies(obligations: list[Obligation], party: StateParty, months: int) -> Iterator[Obligation]:
    for each in obligations:
        columns = Obligation.columns(_earlier(each.as_value(), months))
        yield Obligation(state_party=party, key=each.key, **columns)


def _earlier(value: Value, months: int) -> Value:
    """Return the obligation as it would be so many months before; a bare year stays."""

    def partial(day: PartialDate | None) -> PartialDate | None:
        return day.plus_months(-months) if day and day.month else day

    def certain(day: date) -> date:
        return day - relativedelta(months=months)

    places = dict(value.explanation.places)
    if start := partial(PartialDate.parse(places["start"]) if "start" in places else None):
        places["start"] = start.isoformat()
    return value._replace(
        due=partial(value.due),
        received=partial(value.received),
        explanation=Explanation(value.explanation.reason, places),
        arises_on=certain(value.arises_on),
        closed_on=value.closed_on and certain(value.closed_on),
        considered_on=value.considered_on and certain(value.considered_on),
        awaiting_since=value.awaiting_since and certain(value.awaiting_since),
    )
