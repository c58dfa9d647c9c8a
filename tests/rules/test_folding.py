"""Periodic reports that go into those under another treaty."""

from datetime import date

import pytest

from reporting.rules.errors import RulesError
from reporting.rules.facts import Facts, Review
from reporting.rules.obligation import Closure, Obligation
from reporting.rules.regimes import CMW, CRC, OPAC, REGIMES, Regime
from reporting.rules.timetable import timetable
from tests.rules.build import date_set, deposit, known

TODAY = date(2026, 11, 22)


def owed(*, folded_from: date | None, **more: object) -> list[tuple[int | None, str, bool]]:
    facts = Facts(deposit=deposit("2002-12-23"), folded_from=folded_from, **more)  # type: ignore[arg-type]
    return [_told(row) for row in timetable(OPAC, facts, as_at=TODAY)]


def _told(row: Obligation) -> tuple[int | None, str, bool]:
    return row.first, str(row.due or ""), row.closed_on is None


REVIEW = Review(
    ref="r1", source="CRC/C/OPAC/XXX/CO/1", first=1, last=1, adopted_on=known("2008-06-06")
)


def test_a_state_bound_by_both_owes_the_initial_report_alone() -> None:
    assert owed(folded_from=date(1992, 9, 2)) == [(1, "2005-01-23", True)]


def test_a_state_outside_the_convention_reports_every_five_years() -> None:
    dates = [due for _, due, _ in owed(folded_from=None)]
    assert dates == [f"{year}-01-23" for year in (2005, 2010, 2015, 2020, 2025, 2030)]


def test_what_had_arisen_before_the_convention_bound_the_state_stays() -> None:
    dates = [due for _, due, _ in owed(folded_from=date(2012, 1, 1))]
    assert dates == ["2005-01-23", "2010-01-23", "2015-01-23"]


def test_a_review_of_the_initial_report_leaves_nothing_of_its_own_to_come() -> None:
    assert owed(folded_from=date(1992, 9, 2), reviews=(REVIEW,)) == [(1, "2005-01-23", False)]
    assert [due for _, due, _ in owed(folded_from=None, reviews=(REVIEW,))][-4:] == [
        "2013-06-06",
        "2018-06-06",
        "2023-06-06",
        "2028-06-06",
    ]


def test_a_date_that_the_committee_sets_all_the_same_stands() -> None:
    setting = date_set("2014-06-06", decided="2008-06-06", span="2")
    rows = timetable(
        OPAC,
        Facts(deposit=deposit("2002-12-23"), folded_from=date(1992, 9, 2), decisions=(setting,)),
        as_at=TODAY,
    )
    assert [str(row.due) for row in rows if row.closed_as is not Closure.SUPERSEDED] == [
        "2005-01-23",
        "2014-06-06",
    ]


def test_the_protocols_fold_into_the_convention_on_the_rights_of_the_child() -> None:
    folding = {code: each.folded_into for code, each in REGIMES.items() if each.folded_into}
    assert folding == {"OPAC": CRC.code, "OPSC": CRC.code}


def test_reports_cannot_fold_into_themselves() -> None:
    with pytest.raises(RulesError, match="NEW: its reports cannot fold into themselves"):
        Regime("NEW", date(2030, 1, 1), CMW.entry_into_force, 12, 12, "1", "1", folded_into="NEW")


def test_an_interval_needs_the_article_that_sets_it() -> None:
    with pytest.raises(RulesError, match="NEW: an interval of 60 months needs the article"):
        Regime("NEW", date(2030, 1, 1), CMW.entry_into_force, 12, 60, "1", "")
