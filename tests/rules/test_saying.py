"""What the engine says, in the words of whoever reads it."""

import pytest

from reporting.rules.contradictions import ContradictionsError
from reporting.rules.errors import RulesError
from reporting.rules.facts import Fact, FactError
from reporting.rules.partial_date import PartialDate
from reporting.rules.saying import gettext_noop, say
from reporting.rules.wording import article, paragraph, source_in_words

GERMAN = {
    gettext_noop("due on %(day)s"): "fällig am %(day)s",
    "%(treaty)s article %(article)s": "%(treaty)s Artikel %(article)s",
}


def translated(text: str) -> str:
    return GERMAN.get(text, text)


def test_an_error_is_said_in_another_language() -> None:
    error = RulesError(say("due on %(day)s", day=PartialDate(2027, 5, 1)))
    assert str(error) == "due on 1 May 2027"
    said = error.text(translate=translated, say_date=lambda day: day.isoformat())
    assert said == "fällig am 2027-05-01"


def test_contradictions_are_said_one_a_line() -> None:
    reasons = [
        FactError(say("due on %(day)s", day=PartialDate(year)), ref="x") for year in (2027, 2028)
    ]
    error = ContradictionsError(reasons)
    assert error.text(translate=translated).splitlines() == ["fällig am 2027", "fällig am 2028"]


def test_every_kind_of_fact_says_its_own_name() -> None:
    with pytest.raises(NotImplementedError):
        str(Fact(ref="x"))


def test_an_article_is_translated_and_a_title_stays() -> None:
    assert source_in_words(article("CMW", "73"), translate=translated) == "CMW Artikel 73"
    assert source_in_words(paragraph("CMW/C/JAM/CO/1", "72")) == "CMW/C/JAM/CO/1, para. 72"
    assert source_in_words("UNTC, deposit", translate=translated) == "UNTC, deposit"
