"""What is true of every timetable, whatever the facts."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporting.rules.facts import Deposit, Facts
from reporting.rules.hindsight import known_by
from reporting.rules.obligation import Basis, Kind, Obligation
from reporting.rules.partial_date import PartialDate
from reporting.rules.regimes import REGIMES, Regime
from reporting.rules.status import Status, status
from reporting.rules.timetable import in_force_on, timetable
from reporting.rules.wording import SENTENCES, Explanation, Reason
from tests.rules.strategies import AS_AT, DEPOSITS, lives
from tests.rules.strategies import REGIMES as SOME_REGIMES

COUNTED = {Reason.PERIODIC, Reason.AFTER_SET, Reason.AFTER_ESTIMATE}
quick = settings(
    derandomize=True,
    max_examples=100,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


STILL_OPEN: dict[str, Any] = {
    "closed_on": None,
    "closed_as": None,
    "closed_by": "",
    "submission": "",
    "received": None,
}


def masked(obligations: Iterable[Obligation], *, as_at: date) -> tuple[Obligation, ...]:
    """Return what was known of the obligations on that day."""
    return tuple(
        each._replace(
            considered_on=_by(each.considered_on, as_at),
            awaiting_since=_by(each.awaiting_since, as_at),
            **({} if _by(each.closed_on, as_at) else STILL_OPEN),
        )
        for each in obligations
        if each.arises_on <= as_at
    )


def _by(day: date | None, as_at: date) -> date | None:
    return day if day and day <= as_at else None


@quick
@given(lives(), SOME_REGIMES, AS_AT, AS_AT)
def test_a_timetable_of_a_day_is_the_later_one_as_it_was_known_on_that_day(
    facts: Facts, regime: Regime, one: date, other: date
) -> None:
    earlier, later = sorted([one, other])

    assert timetable(regime, facts, as_at=earlier) == masked(
        timetable(regime, facts, as_at=later), as_at=earlier
    )


@quick
@given(lives(), SOME_REGIMES, AS_AT)
def test_as_at_a_day_no_later_fact_is_used(facts: Facts, regime: Regime, as_at: date) -> None:
    known = known_by(facts, as_at=as_at)

    assert timetable(regime, facts, as_at=as_at) == timetable(regime, known, as_at=as_at)


@quick
@given(lives(), SOME_REGIMES, AS_AT, st.data())
def test_the_order_in_which_facts_are_told_makes_no_difference(
    facts: Facts, regime: Regime, as_at: date, data: st.DataObject
) -> None:
    shuffled = replace(
        facts,
        submissions=tuple(data.draw(st.permutations(facts.submissions))),
        reviews=tuple(data.draw(st.permutations(facts.reviews))),
        decisions=tuple(data.draw(st.permutations(facts.decisions))),
    )

    assert timetable(regime, shuffled, as_at=as_at) == timetable(regime, facts, as_at=as_at)


@quick
@given(lives(), SOME_REGIMES, AS_AT)
def test_asking_twice_gives_the_same_answer(facts: Facts, regime: Regime, as_at: date) -> None:
    assert timetable(regime, facts, as_at=as_at) == timetable(regime, facts, as_at=as_at)


@quick
@given(lives(), SOME_REGIMES, AS_AT)
def test_no_two_obligations_share_a_key(facts: Facts, regime: Regime, as_at: date) -> None:
    keys = [each.key for each in timetable(regime, facts, as_at=as_at)]

    assert len(set(keys)) == len(keys)


@quick
@given(lives(), SOME_REGIMES, AS_AT)
def test_no_report_is_owed_twice_at_one_time(facts: Facts, regime: Regime, as_at: date) -> None:
    ordinals = [
        ordinal
        for each in timetable(regime, facts, as_at=as_at)
        if each.kind is Kind.REPORT and each.is_open(as_at=as_at)
        for ordinal in range(each.first or 0, (each.last or 0) + 1)
    ]

    assert len(set(ordinals)) == len(ordinals)


@quick
@given(lives(), SOME_REGIMES, AS_AT)
def test_every_obligation_has_one_sentence_with_every_place_filled(
    facts: Facts, regime: Regime, as_at: date
) -> None:
    for each in timetable(regime, facts, as_at=as_at):
        text = str(each.explanation)

        assert "%" not in text
        assert each.explanation.reason in SENTENCES
        assert set(re.findall(r"%\((\w+)\)s", SENTENCES[each.explanation.reason])) <= set(
            each.explanation.places
        )


@quick
@given(lives(), SOME_REGIMES, AS_AT)
def test_the_places_of_an_explanation_survive_json(
    facts: Facts, regime: Regime, as_at: date
) -> None:
    for each in timetable(regime, facts, as_at=as_at):
        places = json.loads(json.dumps(dict(each.explanation.places)))

        assert Explanation(Reason(each.explanation.reason.value), places) == each.explanation


@quick
@given(lives(), SOME_REGIMES, AS_AT)
def test_only_what_has_a_basis_has_a_date(facts: Facts, regime: Regime, as_at: date) -> None:
    for each in timetable(regime, facts, as_at=as_at):
        assert (each.due is None) == (each.basis is Basis.NONE)


@quick
@given(lives(), SOME_REGIMES, AS_AT)
def test_what_is_estimated_or_has_no_date_is_never_overdue(
    facts: Facts, regime: Regime, as_at: date
) -> None:
    for each in timetable(regime, facts, as_at=as_at):
        standing = status(each, as_at=as_at)

        assert (standing.band is not None) == (standing.status is Status.OVERDUE)
        if each.basis in {Basis.ESTIMATE, Basis.NONE} or each.due is None:
            assert standing.status is not Status.OVERDUE


@quick
@given(lives(), SOME_REGIMES, AS_AT)
def test_what_has_ended_ended_after_it_arose_in_one_way_by_something(
    facts: Facts, regime: Regime, as_at: date
) -> None:
    for each in timetable(regime, facts, as_at=as_at):
        assert each.arises_on <= (each.closed_on or as_at) <= as_at
        assert (each.closed_on is None) == (each.closed_as is None) == (each.closed_by == "")


@quick
@given(lives(), SOME_REGIMES, AS_AT)
def test_the_dates_that_count_from_one_setting_strictly_increase(
    facts: Facts, regime: Regime, as_at: date
) -> None:
    runs: dict[str, dict[int, PartialDate]] = {}
    for each in timetable(regime, facts, as_at=as_at):
        if each.explanation.reason in COUNTED and each.due and each.first:
            runs.setdefault(each.key.split("/")[2], {})[each.first] = each.due
            assert PartialDate.parse(each.explanation.places["start"]) < each.due

    for run in runs.values():
        in_order = [run[ordinal] for ordinal in sorted(run)]
        assert all(one < other for one, other in pairwise(in_order))


@quick
@given(
    st.sampled_from(list(REGIMES.values())),
    DEPOSITS,
    st.integers(0, 2000),
    st.dates(max_value=date(2090, 1, 1)),
)
def test_a_later_deposit_never_binds_or_asks_for_a_report_earlier(
    regime: Regime, deposited_on: date, days: int, as_at: date
) -> None:
    later = deposited_on + timedelta(days=days)
    answers = []
    for each in (deposited_on, later):
        facts = Facts(deposit=_deposit(each))
        initial = timetable(regime, facts, as_at=max(each, as_at))[0]
        answers.append((in_force_on(regime, facts.deposit), initial.due))

    (in_force, due), (later_in_force, later_due) = answers
    assert in_force <= later_in_force
    assert due
    assert later_due
    assert due <= later_due


def _deposit(day: date) -> Deposit:
    return Deposit(ref="deposit", deposited_on=PartialDate.of(day))
