"""What the engine says, in the words of whoever reads it."""

from datetime import date

import pytest

from reporting.rules.contradictions import ContradictionsError
from reporting.rules.errors import RulesError
from reporting.rules.facts import (
    Decision,
    DecisionKind,
    Denunciation,
    Fact,
    FactError,
    Review,
    Submission,
    SubmissionKind,
)
from reporting.rules.partial_date import PartialDate
from reporting.rules.saying import gettext_noop, say, say_counted
from reporting.rules.wording import Explanation, Reason, article, paragraph, source_in_words

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


def counted(one: str, many: str, number: int) -> str:
    return "%(years)s Jahr" if number == 1 else "%(years)s Jahre"


def test_a_sentence_that_counts_takes_the_form_of_its_number() -> None:
    forms = ("%(years)s year", "%(years)s years")
    error = RulesError(say("%(span)s", span=say_counted(forms, 8, years=8)))
    assert str(error) == "8 years"
    assert error.text(count=counted) == "8 Jahre"
    assert (
        ContradictionsError([FactError(error.sentence, ref="x")]).text(count=counted) == "8 Jahre"
    )
    assert say_counted(forms, 1, years=1).text(count=counted) == "1 Jahr"


def test_an_interval_takes_the_form_of_its_years() -> None:
    explanation = Explanation(Reason.INITIAL, {"interval": 96, "start": "2012-09-01"})
    assert "due 8 Jahre after" in explanation.text(count=counted)


@pytest.mark.parametrize(
    ("fact", "stored", "said"),
    [
        (Submission(ref="x", first=2, last=3), "report 2-3", "<<report> 2-3>"),
        (
            Submission(ref="x", kind=SubmissionKind.FOLLOW_UP, answers="y"),
            "follow-up",
            "<follow-up>",
        ),
        (
            Decision(
                ref="x",
                kind=DecisionKind.LIST_OF_ISSUES_PRIOR,
                first=2,
                last=2,
                to_be_communicated=True,
            ),
            "list of issues prior to reporting 2",
            "<<list of issues prior to reporting> 2>",
        ),
        (Review(ref="x", first=2, last=2), "review of report 2", "<review of report 2>"),
        (
            Review(ref="x", first=2, last=3, session=27),
            "review of report 2-3 at session 27",
            "<review of report 2-3 at session 27>",
        ),
        (Review(ref="x", first=1, last=1, symbol="CMW/C/IDN/CO/1"), *["CMW/C/IDN/CO/1"] * 2),
    ],
)
def test_the_stored_name_of_a_fact_is_said_in_another_language(
    fact: Fact, stored: str, said: str
) -> None:
    assert fact.stored_name == stored
    assert source_in_words(stored, translate=lambda text: f"<{text}>") == said


def test_a_denunciation_is_stored_with_its_day_in_iso_form() -> None:
    fact = Denunciation(ref="x", notified_on=date(2030, 2, 1), effective_on=date(2031, 1, 1))
    assert fact.stored_name == "denunciation effective 2031-01-01"
    assert source_in_words(fact.stored_name) == "denunciation effective 1 January 2031"
