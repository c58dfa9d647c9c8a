"""Facts that cannot all be true are refused by name and source, unless one says why it is so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from reporting.rules.contradictions import ContradictionsError
from reporting.rules.facts import DecisionKind, Denunciation, SubmissionKind
from tests.rules.build import answer, date_set, decision, known, owed, report, review

CONTRADICTIONS: dict[str, tuple[list[Any], str]] = {
    "a report before the entry into force": (
        [report("1", "2012-08-31")],
        (
            "report 1: 31 August 2012 lies before the entry into force on 1 September 2012 "
            "(source: cover of report 1)"
        ),
    ),
    "a review before the entry into force": (
        [review("1", "2012-08")],
        (
            "review of report 1: August 2012 lies before the entry into force on 1 September 2012 "
            "(source: press release on report 1)"
        ),
    ),
    "a date that was set for a day before the deposit": (
        [review("1"), date_set("2012-05-30", review="review-1")],
        "next report due: 30 May 2012 lies before the deposit on 31 May 2012 (source: letter)",
    ),
    "a denunciation before the entry into force": (
        [Denunciation(ref="d", effective_on=date(2012, 8, 31))],
        (
            "denunciation effective 31 August 2012: 31 August 2012 lies before the entry into "
            "force on 1 September 2012"
        ),
    ),
    "a decision before the deposit": (
        [decision(DecisionKind.ADDITIONAL_REPORT, "2013-01-01", decided="2012-05-30")],
        "additional report: 30 May 2012 lies before the deposit on 31 May 2012 (source: letter)",
    ),
    "two reports on the same ordinal": (
        [report("1-2", "2014-01-01"), report("2", "2015-01-01")],
        "report 2: it covers a report that report 1-2 covers already (source: cover of report 2)",
    ),
    "a later report before an earlier one": (
        [report("1", "2015-01-01"), report("2", "2014-12-31")],
        (
            "report 2: the later report came on 31 December 2014, before report 1 "
            "(source: cover of report 2)"
        ),
    ),
    "two reviews of one report on one day": (
        [review("1", "2017-09-13"), review("1-2", "2017-09-13", ref="z")],
        (
            "review of report 1-2: a second review of the same report on 13 September 2017 "
            "(source: press release on report 1-2)"
        ),
    ),
    "an earlier report reviewed after a later one": (
        [review("1", "2018-01-01"), review("2", "2017-09-13")],
        (
            "review of report 1: the earlier report is reviewed after review of report 2 "
            "(source: press release on report 1)"
        ),
    ),
    "a report after its review": (
        [report("1", "2017-09-14"), review("1", "2017-09-13")],
        (
            "report 1: the report came on 14 September 2017, "
            "after it was considered on 13 September 2017 "
            "(source: cover of report 1)"
        ),
    ),
    "a review in the absence of a report that had come": (
        [report("1", "2017-09-12"), review("1", "2017-09-13", in_absence=True)],
        (
            "review of report 1: a review in the absence of report 1, "
            "which had come on 12 September 2017 "
            "(source: press release on report 1)"
        ),
    ),
}


@pytest.mark.parametrize("facts_and_reason", CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_it_is_refused_by_name_and_source(facts_and_reason: tuple[list[Any], str]) -> None:
    all_facts, reason = facts_and_reason

    with pytest.raises(ContradictionsError) as caught:
        owed(*all_facts)

    assert str(caught.value) == reason


@pytest.mark.parametrize("facts_and_reason", CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_it_stands_where_the_fact_says_why(facts_and_reason: tuple[list[Any], str]) -> None:
    all_facts, reason = facts_and_reason
    name = reason.partition(":")[0]

    accepted = [
        replace(fact, accepted_because="checked with the secretariat")
        if str(fact) == name
        else fact
        for fact in all_facts
    ]

    assert len(owed(*accepted)) > 0


@pytest.mark.parametrize(
    "all_facts",
    [
        [report("1", "2012")],  # within the year of entry into force
        [report("1", "2015"), report("2", "2015-01-01")],
        [report("1", "2017-09"), review("1", "2017-09-13")],
        [review("1", "2017-09-13", in_absence=True), report("1", "2017-09-14")],
        [review("1", "2017-09-13", in_absence=True), review("1", "2019-09-13", ref="again")],
        [report("", "2014-01-01"), report("2", "2013-12-01")],
        [report("1"), report("2", "2016-01-01"), review("1", "2014-01-01")],
        [report("1", "2017-09-14"), review("1"), review("2", "2019-01-01")],
    ],
)
def test_what_may_be_so_is_no_contradiction(all_facts: list[Any]) -> None:
    assert len(owed(*all_facts)) > 0


def test_only_the_facts_that_give_an_impossible_day_are_blamed_and_all_at_once() -> None:
    with pytest.raises(ContradictionsError) as caught:
        owed(report("1", "2012-01-01"), report("3", "2012-02-01"), report("2"))

    assert [reason.ref for reason in caught.value.reasons] == ["report-1", "report-3"]


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        (
            lambda because: answer(
                "q", "2014-01-01", kind=SubmissionKind.REPLIES, accepted_because=because
            ),
            "replies to a list of issues: it answers “q”, which is not on record",
        ),
        (
            lambda because: date_set("2016", review="r", accepted_because=because),
            (
                "next report due: it comes from “r”, a review that is not on record "
                r"\(source: letter\)"
            ),
        ),
    ],
)
def test_what_points_to_nothing_is_refused_whatever_it_says(
    fact: Callable[[str], Any], reason: str
) -> None:
    for because in ("", "it must be somewhere"):
        with pytest.raises(ContradictionsError, match=reason):
            owed(replace(fact(because), recorded_on=date(2016, 1, 1)))


def test_an_accepted_fact_is_never_dropped() -> None:
    early = report("1", "2012-08-31", accepted_because="handed over with the instrument")
    (initial, _) = owed(early, as_at=date(2013, 1, 1))

    assert (initial.submission, initial.received, initial.closed_on) == (
        "report-1",
        known("2012-08-31"),
        date(2012, 8, 31),
    )
