"""Dates that a document gives to the day, to the month or only to the year (rule 12)."""

from datetime import date

import pytest

from reporting.rules.partial_date import PartialDate, PartialDateError


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2012-05-31", date(2012, 5, 31), date(2012, 5, 31)),
        ("2024-11", date(2024, 11, 1), date(2024, 11, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2011", date(2011, 1, 1), date(2011, 12, 31)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_a_date_knows_its_first_and_last_day_and_is_printed_as_it_was_read(
    text: str, first: date, last: date
) -> None:
    partial = PartialDate.parse(text)

    assert (partial.first_day, partial.last_day) == (first, last)
    assert str(partial) == text


def test_a_date_is_shown_to_programmers_as_it_is_made() -> None:
    assert repr(PartialDate(2024, 11)) == "PartialDate(year=2024, month=11, day=None)"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "12",
        "2011-1",
        "2011-13",
        "2011-00",
        "2011-05-00",
        "2011-02-29",
        "2011-05-31T00:00",
        "31.5.2011",
        "0000",
        "0000-05",
        "20110531",
        "-2011",
        "٢٠١١",
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(PartialDateError, match=r"\.$"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    "parts", [(2011, None, 5), (2011, 0), (2011, 5, 0), (2011, 13), (0,), (10**12,), (2011, 2, 30)]
)
def test_numbers_that_are_on_no_calendar_are_refused(parts: tuple[int, ...]) -> None:
    with pytest.raises(PartialDateError):
        PartialDate(*parts)


def test_space_around_a_date_does_no_harm() -> None:
    assert PartialDate.parse(" 2011-05 ") == PartialDate(2011, 5)


def test_a_day_comes_before_its_month_and_a_month_before_its_year() -> None:
    texts = ["2011", "2010-12-31", "2011-01", "2011-01-02", "2011-01-01"]

    in_order = [str(each) for each in sorted(PartialDate.parse(text) for text in texts)]

    assert in_order == ["2010-12-31", "2011-01-01", "2011-01", "2011", "2011-01-02"]
    assert PartialDate(2011) >= PartialDate(2011, 1)


def test_a_partial_date_has_no_order_with_a_date() -> None:
    with pytest.raises(TypeError):
        assert PartialDate(2011) < date(2012, 1, 1)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "months", "later"),
    [
        ("2012-08-31", 6, "2013-02-28"),
        ("2016-02-29", 60, "2021-02-28"),
        ("2016-02-29", 48, "2020-02-29"),
        ("2012-12-01", 1, "2013-01-01"),
        ("2012-11-30", 1, "2012-12-30"),
        ("2024-11", 3, "2025-02"),
        ("2024-11", 1, "2024-12"),
        ("2011", 60, "2016"),
        ("2011-06-15", -12, "2010-06-15"),
        ("9994", 60, "9999"),
    ],
)
def test_months_later_keeps_the_precision_and_clamps_to_the_months_end(
    text: str, months: int, later: str
) -> None:
    assert str(PartialDate.parse(text).plus_months(months)) == later


def test_a_year_cannot_be_moved_by_part_of_a_year() -> None:
    with pytest.raises(PartialDateError, match="2011 is known by its year: 6 months later"):
        PartialDate(2011).plus_months(6)


@pytest.mark.parametrize("text", ["9995", "9995-01", "9995-01-01"])
def test_months_later_stops_where_the_calendar_ends(text: str) -> None:
    with pytest.raises(PartialDateError, match=r"60 months after .*9995 is beyond the calendar"):
        PartialDate.parse(text).plus_months(60)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2025, 3, 1), date(2025, 3, 1), "2025-03-01"),
        (date(2024, 12, 1), date(2024, 12, 30), "2024-12"),
        (date(2024, 11, 30), date(2024, 12, 1), "2024"),
    ],
)
def test_the_most_precise_date_holds_both_days(first: date, last: date, text: str) -> None:
    assert str(PartialDate.spanning(first, last)) == text


def test_no_date_holds_days_of_two_years() -> None:
    with pytest.raises(PartialDateError, match="No one year holds both"):
        PartialDate.spanning(date(2024, 12, 31), date(2025, 1, 1))


def test_only_a_day_is_certain() -> None:
    certain = [PartialDate.of(date(2011, 5, 3)), PartialDate(2011, 5), PartialDate(2011)]

    assert [each.is_certain for each in certain] == [True, False, False]
