"""A forecast is the same each time, and follows from the history as one would expect."""

from dataclasses import replace

from reporting.rules.forecast import (
    SPREADS,
    Awaited,
    Level,
    Question,
    Spell,
    by_spread,
    forecast,
    spread_of,
)

PUNCTUAL = tuple(Spell(f"A{number}", -0.5, came=True) for number in range(200))
SILENT = tuple(Spell(f"B{number}", 30.0, came=False) for number in range(200))
HALF_A_YEAR_LATE = tuple(Spell(f"C{number}", 0.5, came=True) for number in range(200))


def question(spells: tuple[Spell, ...], **given: object) -> Question:
    asked = Question(
        spells=spells,
        awaited=tuple(Awaited(f"N{number}", -1.0) for number in range(40)),
        waiting=(),
        reviews=3,
        sessions_a_year=2,
        years=5,
    )
    return replace(asked, **given)  # type: ignore[arg-type] # by name, as a reader of a test says it


def test_the_same_question_has_the_same_answer() -> None:
    asked = question(HALF_A_YEAR_LATE)
    assert forecast(asked) == forecast(asked)


def test_where_all_are_punctual_all_reports_come_when_they_are_due() -> None:
    found = forecast(question(PUNCTUAL))
    assert found.arrivals[0] == Level(0, 0, 0)
    assert found.arrivals[1].low >= 39
    assert found.backlog[1].middle == found.arrivals[1].middle - 3


def test_where_nobody_ever_came_hardly_anything_comes() -> None:
    assert forecast(question(SILENT)).arrivals[-1].high <= 3


def test_with_room_for_all_nothing_waits_and_with_less_room_more_does() -> None:
    assert forecast(question(PUNCTUAL, reviews=50)).backlog[-1] == Level(0, 0, 0)
    few, many = forecast(question(PUNCTUAL, reviews=2)), forecast(question(PUNCTUAL, reviews=4))
    assert few.backlog[-1].middle > many.backlog[-1].middle


def test_what_waits_already_is_considered_first() -> None:
    found = forecast(question(SILENT, awaited=(), waiting=("X", "Y", "Z", "V"), years=1))
    assert found.backlog == (Level(1, 1, 1), Level(0, 0, 0))


def test_a_state_that_used_to_come_sooner_than_others_is_awaited_sooner() -> None:
    eager = tuple(Spell("E", 0.4, came=True) for _report in range(20))
    tardy = tuple(Spell("T", 9.0, came=False) for _report in range(20))
    spells = (*eager, *tardy)

    def coming(state: str) -> int:
        asked = question(spells, awaited=(Awaited(state, 0.5),), reviews=1, years=2)
        return sum(level.middle for level in forecast(asked).arrivals)

    assert coming("E") > coming("T")


def test_reports_that_did_not_come_count_against_the_chance() -> None:
    mixed = HALF_A_YEAR_LATE[:20] + tuple(
        Spell(f"D{number}", 0.9, came=False) for number in range(60)
    )
    some = forecast(question(mixed, years=2)).arrivals[-1].middle
    assert some < forecast(question(HALF_A_YEAR_LATE, years=2)).arrivals[-1].middle


def test_what_lies_before_the_years_looked_at_counts_for_nothing() -> None:
    late = tuple(Spell(f"L{number}", 2.5, came=True) for number in range(20))
    seen_late = tuple(replace(each, start=2.0) for each in late)
    awaited = (Awaited("N", 0.0),)
    whole = forecast(question(late, awaited=awaited, years=2)).arrivals[1]
    cut = forecast(question(seen_late, awaited=awaited, years=2)).arrivals[1]
    assert cut.middle >= whole.middle


def test_a_spread_widens_the_span_to_both_sides() -> None:
    mixed = question(HALF_A_YEAR_LATE[:30] + SILENT[:30], years=2)
    usual, *_others, widest = by_spread(mixed)
    assert widest.low < usual.low
    assert widest.high > usual.high
    assert usual.low <= widest.middle <= usual.high


def test_more_reports_than_there_are_states_can_come() -> None:
    spread = forecast(question(PUNCTUAL, spread=3.0)).arrivals[-1]
    assert spread.high > 80
    assert spread.low < 39


def test_the_spread_is_the_least_with_which_enough_forecasts_held() -> None:
    foretold = tuple(Level(10 - number, 10, 10 + number) for number in range(len(SPREADS)))
    assert [spread_of([(foretold, came)] * 4) for came in (10, 11, 13, 16)] == [
        1.0,
        1.25,
        1.75,
        3.0,
    ]
    one_missed = [(foretold, 10)] * 8 + [(foretold, 99)]
    assert spread_of(one_missed) == 1.0
    assert spread_of(one_missed[1:]) == SPREADS[-1]
    assert spread_of([]) == SPREADS[-1]


def test_without_any_history_there_is_an_answer() -> None:
    assert len(forecast(question((), awaited=(), years=10)).backlog) == 20
