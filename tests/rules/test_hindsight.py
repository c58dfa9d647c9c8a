"""What was known on a day: the facts without anything that happened later."""

from datetime import date

from reporting.rules.facts import Denunciation
from reporting.rules.hindsight import known_by
from tests.rules.build import date_set, facts, known, report, review

LEAVES = Denunciation(ref="leaves", effective_on=date(2030, 1, 1), notified_on=date(2029, 1, 1))
ALL = facts(
    report("1", "2014-01-01"),
    review("1", "2017-09-13"),
    date_set("2022", review="review-1", withdrawn_on=known("2018-06")),
    LEAVES,
)


def test_nothing_that_happened_later_was_known() -> None:
    assert list(known_by(ALL, as_at=date(2013, 12, 31))) == []
    assert [each.ref for each in known_by(ALL, as_at=date(2017, 9, 12))] == ["report-1"]
    assert known_by(ALL, as_at=date(2029, 1, 1)) == ALL


def test_a_decision_stood_until_the_last_day_on_which_it_can_have_been_withdrawn() -> None:
    standing = known_by(ALL, as_at=date(2018, 6, 29)).decisions[0]
    withdrawn = known_by(ALL, as_at=date(2018, 6, 30)).decisions[0]

    assert (standing.withdrawn_on, withdrawn.withdrawn_on) == (None, known("2018-06"))
