"""Dates in words."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from reporting.models.dates import Day, long_date
from reporting.rules.partial_date import PartialDate
from reporting.templatetags.dates import iso, source, timestamp, when


@pytest.mark.parametrize(
    ("day", "language", "words"),
    [
        (PartialDate(2013, 9, 1), "en", "1 September 2013"),
        (date(2013, 9, 1), "en", "1 September 2013"),
        (PartialDate(2024, 11), "en", "November 2024"),
        (PartialDate(2011), "en", "2011"),
        (date(1, 1, 1), "en", "1 January 0001"),
        (PartialDate(2013, 9, 1), "fr", "1er septembre 2013"),
        (PartialDate(2013, 9, 1), "es", "1 de septiembre de 2013"),
        (PartialDate(2013, 9, 1), "id", "1 September 2013"),
        (PartialDate(2013, 9, 1), "zh-hans", "2013年9月1日"),
        (PartialDate(2013, 9, 1), "ru", "1 сентября 2013 года"),
    ],
)
def test_a_date_is_said_in_the_language_with_its_own_precision(
    day: Day, language: str, words: str
) -> None:
    with override(language):
        assert long_date(day) == words


def test_a_year_alone_is_said_as_a_span() -> None:
    assert when(PartialDate(2011)) == "in 2011"
    assert when(PartialDate(2011, 5)) == "May 2011"


def test_the_iso_form_is_cut_to_what_is_known() -> None:
    assert [iso(PartialDate(2011)), iso(PartialDate(2011, 5)), iso(date(1, 1, 1))] == [
        "2011",
        "2011-05",
        "0001-01-01",
    ]


def test_a_timestamp_is_for_machines_too_and_follows_the_language() -> None:
    day = PartialDate(2013, 9, 1)
    with override("en"):
        assert timestamp(day) == (
            '<time datetime="2013-09-01" title="2013-09-01">1 September 2013</time>'
        )
    with override("fr"):
        assert "1er septembre 2013" in timestamp(day)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "20 November 2026, 09:05"), ("id", "20 November 2026, 09:05")],
)
def test_a_date_that_no_filter_touches_has_the_same_form(language: str, words: str) -> None:
    moment = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
    with override(language):
        shown = Template("{{ moment }} {{ day }}").render(
            Context({"moment": moment, "day": moment.date()})
        )
    assert shown == f"{words} 20 November 2026"


def test_a_source_that_is_quoted_in_english_says_so_where_the_page_is_in_another_language() -> None:
    title = "cover of the second periodic report of Lesotho <docstore>"
    with override("fr"):
        assert source("CMW article 73(1)(a)") == "CMW, article 73(1)(a)"
        assert source(title) == (
            '<span lang="en" dir="ltr">cover of the second periodic report of Lesotho '
            "&lt;docstore&gt;</span>"
        )
        assert source("") == ""
    with override("en"):
        assert source(title) == title
