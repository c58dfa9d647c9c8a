"""Every regime and hundreds of States with sixty years of invented history; and ten times that."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice, product
from pathlib import Path
from random import Random
from string import ascii_uppercase
from tempfile import TemporaryDirectory
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import connection, connections, transaction

from benchmarks.world import NOW, RECORDED_ON, recorded_world
from reporting.models import (
    CommitteeDecision,
    DecisionKind,
    Obligation,
    RegionalGroup,
    Review,
    Revision,
    State,
    StateParty,
    Submission,
    SubmissionKind,
    Treaty,
)
from reporting.models.names import search_text
from reporting.rules.partial_date import PartialDate
from reporting.rules.regimes import Regime
from reporting.services import refresh

STATES, TIMES = int(os.environ.get("BENCH_STATES", "200")), 10
# Above every number that the small world uses: the copies of a row lie so far behind it, and behind each other.
APART = 1_000_000
# The order in which rows can be copied, as they point to each other.
COPIED = (State, StateParty, Review, CommitteeDecision, Submission, Obligation)
BATCH = 2_000


class Worlds:
    """Two databases of the same shape, each of which can be the one that the application uses."""

    def __init__(self, names: dict[str, str]) -> None:
        """Connect to both."""
        self.kept = connections["default"]
        self.each = {size: connections.create_connection("default") for size in names}
        for size, name in names.items():
            self.each[size].settings_dict = {**self.kept.settings_dict, "NAME": name}

    def use(self, size: str) -> None:
        """Let the application use the "small" or the "large" one from now on."""
        connections["default"] = self.each[size]

    def end(self) -> None:
        """Let it use what it used before."""
        for each in self.each.values():
            each.close()
        connections["default"] = self.kept


@contextmanager
def worlds() -> Iterator[Worlds]:
    """Give a small world with its obligations, and one of so many times its size."""
    with recorded_world(), TemporaryDirectory() as folder:
        _invent()
        _derive()
        _record_history()
        names = {size: _copy_of_database(folder, size) for size in ("small", "large")}
        both = Worlds(names)
        try:
            both.use("large")
            _grow()
            yield both
        finally:
            both.end()
            for name in names.values() if connection.vendor == "postgresql" else ():
                _beside(f'DROP DATABASE "{name}" WITH (FORCE)')


def _derive() -> None:
    run = refresh.start(as_at=RECORDED_ON, now=NOW)
    list(refresh.go_on(run, clock=lambda: NOW))


def _grow() -> None:
    """Add copies of every State with its facts and obligations; the database does it by itself."""
    with transaction.atomic(), connection.cursor() as cursor:
        for number in range(1, TIMES):
            codes = islice(_unused(), State.objects.filter(pk__lt=APART).count())
            _copy_states(number, codes)
            for model in COPIED[1:]:
                cursor.execute(_copying(model, number * APART))
        for model in COPIED[1:-1]:
            cursor.execute(_history_of(model, above=APART))
        Revision.objects.renew()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _record_history() -> None:
    """Write what the histories of the facts would hold, each from the day of its recording."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model in COPIED[1:-1]:
            cursor.execute(f"DELETE FROM {_history(model)}")  # noqa: S608 - our own table
            cursor.execute(_history_of(model, above=0))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@transaction.atomic
def _invent() -> None:
    dice = Random(11)  # noqa: S311 - a world that is the same every time
    Treaty.objects.update(reports_on_record=True)
    groups = RegionalGroup.values
    codes = islice(_unused(), STATES - State.objects.count())
    State.objects.bulk_create(
        _state(code, groups[number % len(groups)]) for number, code in enumerate(codes)
    )
    bound = set(StateParty.objects.values_list("state", "treaty"))
    parties = [
        _party(state, treaty, dice)
        for state in State.objects.order_by("pk")
        for treaty in Treaty.objects.order_by("pk")
        if (state.pk, treaty.pk) not in bound
    ]
    StateParty.objects.bulk_create(parties, batch_size=BATCH)
    histories = [_History(party, dice) for party in parties]
    for kind in ("reviews", "decisions", "submissions"):
        rows: list[Any] = [row for each in histories for row in getattr(each, kind)]
        type(rows[0]).objects.bulk_create(rows, batch_size=BATCH)


def _unused() -> Iterator[str]:
    taken = set(State.objects.values_list("iso3", flat=True))
    every = ("".join(letters) for letters in product(ascii_uppercase, repeat=3))
    return (code for code in every if code not in taken)


def _state(code: str, group: str, pk: int | None = None) -> State:
    name = f"State {code}"
    text = search_text(iso3=code, m49="", name=name)
    return State(pk=pk, iso3=code, name=name, regional_group=group, search_text=text)


def _party(state: State, treaty: Treaty, dice: Random) -> StateParty:
    day = treaty.in_force_on + relativedelta(months=dice.randint(0, 180))
    deposited = _partial(min(day, date(2016, 1, 1)))
    return StateParty(
        state=state,
        treaty=treaty,
        action="ratification",
        deposited_on=deposited,
        party_since=deposited.last_day,
        recorded_on=deposited.last_day,
        source="invented",
    )


class _History:
    """What a State party sent and was told since its deposit: report, list of issues, review, follow-up."""

    def __init__(self, party: StateParty, dice: Random) -> None:
        self.party, self.dice = party, dice
        self.reviews: list[Review] = []
        self.decisions: list[CommitteeDecision] = []
        self.submissions: list[Submission] = []
        regime: Regime = party.treaty.regime()
        due = party.entry_into_force.first_day + relativedelta(months=regime.initial_months)
        number = 1
        while due < RECORDED_ON:
            due = self._cycle(number, due, regime)
            number += 1

    def _cycle(self, number: int, due: date, regime: Regime) -> date:
        """Go through one cycle; return when the next report is due, or a day after today."""
        received = due + relativedelta(months=self.dice.choice((0, 0, 1, 3, 6, 9, 18)))
        if received >= RECORDED_ON:
            return RECORDED_ON
        self._sent(received, SubmissionKind.REPORT, number, f"{number}")
        reviewed = received + relativedelta(months=self.dice.randint(9, 18))
        if reviewed >= RECORDED_ON:
            return RECORDED_ON
        asked = reviewed - relativedelta(months=6)
        issues = self._decided(
            asked, DecisionKind.LIST_OF_ISSUES, asked + relativedelta(months=3), f"Q/{number}"
        )
        issues.first_report = issues.last_report = number
        replied = asked + relativedelta(months=self.dice.choice((2, 3, 4)))
        self._sent(replied, SubmissionKind.REPLIES, None, f"RQ/{number}", answers=issues)
        review = self._reviewed(reviewed, number)
        following = reviewed + relativedelta(months=regime.periodic_months or 48)
        self._decided(
            reviewed, DecisionKind.NEXT_REPORT_DUE, following, f"CO/{number}", review=review
        )
        until = reviewed + relativedelta(months=regime.follow_up_months or 12)
        wanted = self._decided(
            reviewed, DecisionKind.FOLLOW_UP, until, f"CO/{number}", review=review
        )
        answered = until + relativedelta(months=self.dice.choice((-2, 0, 2, 6)))
        if self.dice.random() < 0.7 and answered < RECORDED_ON:
            self._sent(answered, SubmissionKind.FOLLOW_UP, None, f"FCO/{number}", answers=wanted)
        return following

    def _sent(
        self,
        day: date,
        kind: SubmissionKind,
        number: int | None,
        document: str,
        *,
        answers: CommitteeDecision | None = None,
    ) -> None:
        about = {"first_report": number, "last_report": number, "answers": answers}
        sent = Submission(kind=kind, received_on=_partial(day), **about, **self._common(day))
        sent.symbol = self._symbol(document)
        self.submissions.append(sent)

    def _decided(
        self, day: date, kind: DecisionKind, due: date, document: str, *, review: Any = None
    ) -> CommitteeDecision:
        decision = CommitteeDecision(
            kind=kind,
            decided_on=_partial(day),
            due_on=_partial(due),
            symbol=self._symbol(document),
            review=review,
            **self._common(day),
        )
        self.decisions.append(decision)
        return decision

    def _reviewed(self, day: date, number: int) -> Review:
        review = Review(
            first_report=number,
            last_report=number,
            dialogue_from=_partial(day - relativedelta(days=10)),
            dialogue_to=_partial(day - relativedelta(days=9)),
            adopted_on=_partial(day),
            symbol=self._symbol(f"CO/{number}"),
            **self._common(day),
        )
        self.reviews.append(review)
        return review

    def _symbol(self, document: str) -> str:
        return f"{self.party.treaty.code}/C/{self.party.state.iso3}/{document}"

    def _common(self, day: date) -> dict[str, Any]:
        return {
            "state_party": self.party,
            "recorded_on": day,
            "counts_from": day,  # as a refresh would write
            "source": "invented",
        }


def _partial(day: date) -> Any:
    return PartialDate(day.year, day.month, day.day)


def _copy_of_database(folder: str, name: str) -> str:
    if connection.vendor == "sqlite":
        file = str(Path(folder, f"{name}.sqlite3"))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [file])
        return file
    template = str(connection.settings_dict["NAME"])
    connection.close()  # what is being copied may have no users
    _beside(f'DROP DATABASE IF EXISTS "{template}_{name}"')
    _beside(f'CREATE DATABASE "{template}_{name}" TEMPLATE "{template}"')
    return f"{template}_{name}"


def _beside(statement: str) -> None:
    with connection._nodb_cursor() as cursor:  # noqa: SLF001 - as Django's own test runner does
        cursor.execute(statement)


def _copy_states(number: int, codes: Iterator[str]) -> None:
    models = State.objects.filter(pk__lt=APART).order_by("pk")
    State.objects.bulk_create(
        _state(code, model.regional_group, model.pk + number * APART)
        for model, code in zip(models, codes, strict=True)
    )


def _copying(model: Any, apart: int) -> str:
    """Return the statement that copies the rows of a model, and what they say of their State."""
    about = model._meta  # noqa: SLF001 - Django's documented way in
    table = about.db_table
    chosen = ", ".join(_copied(field, apart) for field in about.concrete_fields)
    columns = ", ".join(field.column for field in about.concrete_fields)
    of_state = "t.state_id" if model is StateParty else "p.state_id"
    join = "" if model is StateParty else "JOIN reporting_stateparty p ON p.id = t.state_party_id "
    return (
        f"INSERT INTO {table} ({columns}) SELECT {chosen} FROM {table} t {join}"  # noqa: S608 - names of our own tables
        f"JOIN reporting_state o ON o.id = {of_state} "
        f"JOIN reporting_state n ON n.id = {of_state} + {apart} WHERE t.id < {APART}"
    )


def _copied(field: Any, apart: int) -> str:
    """Return what a copy has in this column: its own numbers, and its own State's code in symbols."""
    column, kind = f"t.{field.column}", field.get_internal_type()
    if field.primary_key or field.related_model in COPIED:
        return f"{column} + {apart}"
    if kind == "JSONField" and connection.vendor == "postgresql":
        return f"{_renamed(f'{column}::text')}::jsonb"
    if field.column == "key":
        return _key(column, apart)
    return _renamed(column) if kind in {"CharField", "TextField", "JSONField"} else column


def _renamed(column: str) -> str:
    return f"REPLACE({column}, '/' || o.iso3 || '/', '/' || n.iso3 || '/')"


def _key(column: str, apart: int) -> str:
    """Return a key that ends in the number of a fact with the number of the copy of that fact."""
    find = "STRPOS" if connection.vendor == "postgresql" else "INSTR"
    found = column
    for word in ("review-", "decision-"):
        end = f"{find}({column}, '{word}') + {len(word)}"
        number = f"CAST(SUBSTR({column}, {end}) AS INTEGER) + {apart}"
        copied = f"SUBSTR({column}, 1, {end} - 1) || ({number})"
        found = f"CASE WHEN {find}({column}, '{word}') > 0 THEN {copied} ELSE {found} END"
    return found


def _history(model: Any) -> str:
    return str(model.history.model._meta.db_table)  # noqa: SLF001 - Django's documented way in


def _history_of(model: Any, *, above: int) -> str:
    """Return the statement that says of each row, in its history, that it was recorded."""
    about, past = model._meta, model.history.model._meta  # noqa: SLF001 - as above
    kept = {field.column for field in past.concrete_fields}
    columns = ", ".join(field.column for field in about.concrete_fields if field.column in kept)
    at = "recorded_on" if connection.vendor == "postgresql" else "recorded_on || ' 00:00:00'"
    return (
        f"INSERT INTO {past.db_table} ({columns}, history_date, history_type) "  # noqa: S608 - names of our own tables
        f"SELECT {columns}, {at}, '+' FROM {about.db_table} WHERE id >= {above} "
        "ORDER BY recorded_on, id"
    )
