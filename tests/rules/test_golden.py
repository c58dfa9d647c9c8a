"""What the sources themselves print, State by State, from the recorded facts.

Each expectation is copied from DOMAIN's examples or from the document named beside it, never computed.
"""

from datetime import date

import pytest

from reporting.rules.obligation import Kind, Obligation
from reporting.rules.regimes import CMW
from reporting.rules.timetable import in_force_on, timetable
from tests.rules.build import known, line, span
from tests.rules.recorded import recorded_facts

TODAY = date(2026, 11, 22)


def owed_by(iso3: str, *, as_at: date = TODAY) -> list[Obligation]:
    """Return the timetable of a recorded State."""
    return list(timetable(CMW, recorded_facts()[iso3], as_at=as_at))


def said(iso3: str, *, as_at: date = TODAY) -> list[str]:
    """Say what the State owes on that day."""
    return [
        line(each, as_at=as_at) for each in owed_by(iso3, as_at=as_at) if each.is_open(as_at=as_at)
    ]


def settled(iso3: str, number: str) -> list[tuple[str, str, str]]:
    """Say of every duty for these reports when it was due, how it ended and on which day."""
    return [
        (str(each.due or "-"), str(each.closed_as or "open"), str(each.closed_on))
        for each in owed_by(iso3)
        if each.kind is Kind.REPORT and span(each) == number
    ]


@pytest.mark.parametrize(
    ("iso3", "binds", "initial"),
    [
        ("IDN", "2012-09-01", "2013-09-01"),
        ("ZWE", "2025-03-01", "2026-03-01"),
        ("JAM", "2009-01-01", "2010-01-01"),  # CO/1: initial report due on 1 January 2010
        ("SYR", "2005-10-01", "2006-10-01"),
        ("CPV", "2003-07-01", "2004-07-01"),  # before the Convention was in force
        ("NGA", "2009-11-01", "2010-11-01"),
        ("LSO", "2006-01-01", "2007-01-01"),
        ("NIC", "2006-02-01", "2007-02-01"),  # cover of CMW/C/NIC/1: due in 2007
        ("GMB", "2019-01-01", "2020-01-01"),
    ],
)
def test_entry_into_force_and_the_initial_report_of_a_state(
    iso3: str, binds: str, initial: str
) -> None:
    facts = recorded_facts()[iso3]

    assert in_force_on(CMW, facts.deposit) == known(binds)
    assert owed_by(iso3)[0].due == known(initial)


@pytest.mark.parametrize(
    ("iso3", "number", "due"),
    [
        ("ALB", "2", "2015"),
        ("DZA", "2", "2012"),
        ("BFA", "2", "2018"),
        ("CPV", "1-3", "2016"),
        ("CHL", "2", "2016"),
        ("SLV", "2", "2010"),
        ("SLV", "3", "2019"),
        ("HND", "2", "2021"),
        ("JAM", "1-2", "2019-05-01"),
        ("LSO", "2", "2021"),
        ("NER", "2", "2021"),
        ("PER", "2", "2020"),
        ("PHL", "2", "2011"),
        ("PHL", "3", "2019"),
        ("RWA", "2", "2017"),
        ("SYR", "2", "2011"),
        ("SYR", "3", "2016"),
        ("TJK", "2", "2017"),
    ],
)
def test_the_date_that_a_cover_prints_is_the_date_that_the_report_had_when_it_came(
    iso3: str, number: str, due: str
) -> None:
    assert settled(iso3, number)[-1][:2] == (due, "met")


def test_indonesia_owes_its_third_report_by_an_estimate() -> None:
    assert settled("IDN", "2") == [
        ("2018-09-01", "superseded", "2017-09-13"),
        ("2022-09-13", "met", "2025-12-03"),
    ]
    assert said("IDN") == ["3 due 2030-12-11 estimate: unconfirmed"]


def test_one_document_of_syria_cleared_2011_and_2016() -> None:
    assert settled("SYR", "2")[-1] == ("2011", "met", "2019-12-23")
    assert settled("SYR", "3") == [("2016", "met", "2019-12-23")]
    assert said("SYR", as_at=date(2015, 6, 1)) == [
        "2 due 2011 committee: overdue",
        "3 due 2016 treaty: due soon",
    ]


def test_jamaica_was_reviewed_in_absence_and_asked_for_both_reports_by_may_2019() -> None:
    assert settled("JAM", "1") == [("2010-01-01", "considered in absence", "2017-04-13")]
    assert settled("JAM", "2") == [("2015-01-01", "considered in absence", "2017-04-13")]
    assert settled("JAM", "1-2") == [("2019-05-01", "met", "2025-04-10")]
    assert said("JAM", as_at=date(2019, 5, 2)) == [
        "1-2 due 2019-05-01 committee: overdue",
        "3 due 2024-05-01 treaty: upcoming",
    ]


def test_the_report_of_jamaica_came_on_the_last_day_of_its_dialogue() -> None:
    (combined,) = [each for each in owed_by("JAM") if span(each) == "1-2" and each.submission]

    assert (combined.received, combined.closed_on, combined.considered_on) == (
        known("2025-04-10"),
        date(2025, 4, 10),
        date(2025, 4, 17),
    )


def test_cabo_verde_owed_three_reports_in_one_by_2016() -> None:
    assert [settled("CPV", number)[0] for number in ("1", "2", "3")] == [
        ("2004-07-01", "considered in absence", "2015-08-31"),
        ("2009-07-01", "considered in absence", "2015-08-31"),
        ("2014-07-01", "considered in absence", "2015-08-31"),
    ]
    assert settled("CPV", "1-3") == [("2016", "met", "2018-08-02")]
    assert said("CPV", as_at=date(2017, 1, 1)) == [
        "1-3 due 2016 committee: overdue",
        "4 due 2021 treaty: upcoming",
    ]


def test_the_questions_on_the_combined_report_of_cabo_verde_were_due_in_october_2019() -> None:
    (replies,) = [each for each in owed_by("CPV") if each.kind is Kind.REPLIES]

    assert (str(replies.due), replies.closed_as, replies.closed_on) == (
        "2019-10-01",
        "met",
        date(2022, 3, 31),
    )


def test_the_reply_date_of_niger_stands_beside_its_due_date() -> None:
    assert said("NER", as_at=date(2023, 12, 31)) == [
        "2 due 2021 committee: overdue",
        "3 due 2026 treaty: upcoming",
        "replies to a list of issues 2 due 2023-12 committee: due soon",
    ]
    assert settled("NER", "2")[-1] == ("2021", "met", "2025-03-20")


def test_belize_was_reviewed_in_absence_and_owes_its_first_three_reports() -> None:
    assert said("BLZ")[:2] == [
        "1-3 due 2019-09-04 estimate: unconfirmed",
        "4 due 2024-09-04 estimate: unconfirmed",
    ]


def test_nigeria_was_reviewed_in_absence_and_then_on_both_reports() -> None:
    assert settled("NGA", "1") == [("2010-11-01", "considered in absence", "2017-04-30")]
    assert settled("NGA", "2") == [("2015-11-01", "considered in absence", "2017-04-30")]
    assert settled("NGA", "1-2") == [("2022-04", "met", "2023-03-29")]
    assert said("NGA") == ["3 due 2028-04-06 estimate: unconfirmed"]


def test_the_second_report_of_lesotho_waits_and_the_third_keeps_its_date() -> None:
    assert settled("LSO", "2")[-1] == ("2021", "met", "2025-02-19")
    assert said("LSO") == ["3 due 2026 treaty: due soon"]
    assert said("LSO", as_at=date(2027, 1, 1)) == [
        "3 due 2026 treaty: awaiting consideration",
        "4 due 2031 treaty: upcoming",
    ]


def test_mexico_was_reviewed_a_second_time_on_a_day_that_is_not_on_record() -> None:
    assert settled("MEX", "2")[-1] == ("2011-10", "met", "2016-10-03")
    assert settled("MEX", "3")[-1] == ("-", "met", "2017-09-07")


@pytest.mark.parametrize(
    ("iso3", "counts"), [("CHL", "2016-01-01"), ("SLV", "2010-01-01"), ("PHL", "2011-01-01")]
)
def test_an_undated_review_counts_from_the_first_day_of_the_date_that_it_set(
    iso3: str, counts: str
) -> None:
    assert settled(iso3, "1")[-1][1:] == ("met", counts)


def test_tajikistan_sent_its_second_report_in_the_year_it_was_due() -> None:
    (second,) = [each for each in owed_by("TJK") if str(each.due) == "2017"]

    assert line(second) == "2 due 2017 committee: met"
    assert (second.received, second.closed_as) == (known("2017-05-02"), "met")


def test_egypt_combined_three_reports_in_one() -> None:
    assert [settled("EGY", number)[-1][1:] for number in ("2", "3", "4")] == [
        ("met", "2024-12-04")
    ] * 3


@pytest.mark.parametrize(
    ("iso3", "overdue"),
    [
        ("TCD", ["1 due 2023-06-01"]),
        ("FJI", ["1 due 2020-12-01", "2 due 2025-12-01"]),
        ("GMB", ["1 due 2020-01-01", "2 due 2025-01-01"]),
        ("CIV", ["1 due 2025-01-01"]),
        ("MWI", ["1 due 2024-01-01"]),
        ("GNB", ["1 due 2020-02-01", "2 due 2025-02-01"]),
        ("TGO", ["1 due 2022-04-01"]),
        ("ZWE", ["1 due 2026-03-01"]),
    ],
)
def test_a_state_that_never_reported_is_overdue_for_its_initial_report(
    iso3: str, overdue: list[str]
) -> None:
    assert [each for each in said(iso3) if each.endswith(": overdue")] == [
        f"{each} treaty: overdue" for each in overdue
    ]


def test_nobody_else_is_certainly_overdue() -> None:
    overdue = {iso3 for iso3 in recorded_facts() if any("overdue" in each for each in said(iso3))}

    assert overdue == {"TCD", "FJI", "GMB", "CIV", "MWI", "GNB", "TGO", "ZWE"}
