"""The sentences: one a reason, every place filled, ready for another language."""

import json
import re

import pytest

from reporting.rules.partial_date import PartialDate
from reporting.rules.saying import date_in_words
from reporting.rules.wording import (
    SENTENCES,
    Explanation,
    Reason,
    interval_in_words,
    report_name,
)

PLACES = {
    "report": [2, 3],
    "previous": [1, 1],
    "reviewed": [1, 3],
    "start": "2013-09-01",
    "interval": 60,
}


def test_every_reason_has_its_sentence_and_no_sentence_is_left_over() -> None:
    assert list(SENTENCES) == list(Reason)


@pytest.mark.parametrize("reason", Reason)
def test_the_places_of_a_sentence_fill_and_leave_none_open(reason: Reason) -> None:
    named = set(re.findall(r"%\((\w+)\)s", SENTENCES[reason]))
    text = str(Explanation(reason, {name: PLACES[name] for name in named}))

    assert "%" not in text
    assert text.endswith(".")


def test_the_places_survive_json() -> None:
    explanation = Explanation(Reason.AFTER_SET, PLACES)
    again = Explanation(Reason(explanation.reason.value), json.loads(json.dumps(PLACES)))

    assert again == explanation
    assert str(again) == (
        "The combined reports: second periodic report and third periodic report is due five years "
        "after the date that the Committee had set for the initial report, 1 September 2013."
    )


def test_a_sentence_is_said_in_another_language_with_its_own_dates() -> None:
    french = {
        SENTENCES[
            Reason.INITIAL
        ]: "Le rapport initial est attendu %(interval)s après le %(start)s.",
        "one year": "un an",
    }
    explanation = Explanation(Reason.INITIAL, {"interval": 12, "start": "2012-09-01"})

    text = explanation.text(
        translate=lambda each: french.get(each, each), say_date=lambda day: f"<{day}>"
    )

    assert text == "Le rapport initial est attendu un an après le <2012-09-01>."


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (1, 1, "initial report"),
        (2, 2, "second periodic report"),
        (10, 10, "tenth periodic report"),
        (11, 11, "periodic report no. 11"),
        (1, 2, "combined reports: initial report and second periodic report"),
        (2, 4, "combined reports: second periodic report to fourth periodic report"),
        (10, 12, "combined reports: tenth periodic report to periodic report no. 12"),
    ],
)
def test_a_report_is_named_by_its_ordinals(first: int, last: int, name: str) -> None:
    assert report_name(first, last) == name


@pytest.mark.parametrize(
    ("text", "words"),
    [("2013-09-01", "1 September 2013"), ("2024-11", "November 2024"), ("2011", "2011")],
)
def test_a_date_is_said_in_words_with_its_own_precision(text: str, words: str) -> None:
    assert date_in_words(PartialDate.parse(text)) == words


@pytest.mark.parametrize(
    ("months", "words"), [(12, "one year"), (24, "two years"), (60, "five years"), (96, "8 years")]
)
def test_an_interval_is_said_in_years(months: int, words: str) -> None:
    assert interval_in_words(months) == words
