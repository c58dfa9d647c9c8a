"""One obligation as an e-mail tells it."""

from datetime import date

import pytest

from reporting.emails.item import Item, item
from reporting.emails.timing import timing
from reporting.models import Basis, Kind, Obligation, StateParty
from reporting.rules.partial_date import PartialDate
from tests.factories import StatePartyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def party() -> StateParty:
    made: StateParty = StatePartyFactory.create()
    return made


def owed(party: StateParty, due: str | None = "2022-10-01", **given: object) -> Obligation:
    """Return Indonesia's second report, due on the day that the Committee set."""
    fields = {
        "key": "report/2/committeedecision-1",
        "kind": Kind.REPORT,
        "first_report": 2,
        "last_report": 2,
        "basis": Basis.COMMITTEE if due else Basis.NONE,
        "source": "CMW/C/IDN/CO/1",
        "reason": "set" if due else "to-be-communicated",
        "places": {"report": [2, 2], "reviewed": [1, 1]},
        "arises_on": date(2017, 9, 13),
    }
    found = PartialDate.parse(due) if due else None
    days = {
        "due_on": found,
        "due_from": found and found.first_day,
        "due_by": found and found.last_day,
    }
    return Obligation(state_party=party, **{**fields, **days, **given})


def lines(found: Item) -> dict[str, str]:
    return dict(found.lines)


@pytest.mark.parametrize(
    ("due", "day", "headline", "span"),
    [
        (
            "2022-10-01",
            "2021-04-09",
            "is due in 1 year 5 months",
            "540 days (1 year 5 months) left",
        ),
        ("2022-10-01", "2021-10-01", "is due in 365 days", "365 days left"),
        ("2022-10-01", "2022-09-01", "is due in 30 days", "30 days left"),
        ("2022-10-01", "2022-09-30", "is due tomorrow", "1 day left"),
        ("2022-10-01", "2022-10-01", "is due today", ""),
        ("2022-10-01", "2022-10-02", "has been overdue for 1 day", "overdue for 1 day"),
        (
            "2012-10-01",
            "2022-10-01",
            "has been overdue for 10 years",
            "overdue for 3,652 days (10 years)",
        ),
        ("2022-10", "2022-09-01", "is due in 30 days at the earliest", "30 days left"),
        ("2022-10", "2022-10-15", "is due in October 2022: it can be any day now", ""),
        ("2021", "2022-01-31", "has been overdue for 31 days", "overdue for 31 days"),
    ],
)
def test_the_headline_says_how_much_time_is_left_on_the_day_of_sending(
    party: StateParty, due: str, day: str, headline: str, span: str
) -> None:
    found = item(owed(party, due), as_at=date.fromisoformat(day))
    assert found.headline == f"Your second periodic report {headline}"
    assert found.span == span


def test_the_subject_names_the_report_the_time_and_the_date(party: StateParty) -> None:
    found = item(owed(party), as_at=date(2022, 9, 1))
    assert found.short == "second periodic report due in 30 days (1 October 2022)"
    late = item(owed(party), as_at=date(2022, 10, 31))
    assert late.short == "second periodic report overdue for 30 days (due 1 October 2022)"


def test_everything_that_a_deadline_alert_says(party: StateParty) -> None:
    found = item(owed(party), as_at=date(2022, 9, 1))
    assert (found.state, found.due, found.due_iso) == ("Indonesia", "1 October 2022", "2022-10-01")
    assert found.treaty.endswith("All Migrant Workers (CMW)")
    assert lines(found) == {
        "Why this date": (
            "Set by the Committee in CMW/C/IDN/CO/1. The Committee set this date in its concluding"
            " observations on the initial report."
        ),
        "If it is missed": (
            "From the day after, the State stands in the published list of overdue reports, and the"
            " Committee can review it without a report."
        ),
        "Length": "21,200 words at most.",
    }


def test_a_computed_date_says_by_which_article_and_that_nobody_has_confirmed_it(
    party: StateParty,
) -> None:
    places = {"report": [1, 1], "interval": 12, "start": "2012-09-01"}
    given = {"basis": Basis.TREATY, "source": "CMW article 73(1)(a)", "reason": "initial"}
    first = owed(party, "2013-09-01", first_report=1, last_report=1, places=places, **given)
    said = lines(item(first, as_at=date(2013, 8, 2)))
    assert said["Why this date"] == (
        "Computed under CMW article 73(1)(a), not yet confirmed by the Committee. The initial report"
        " is due one year after the entry into force of the treaty for the State, 1 September 2012."
    )
    assert said["Length"] == "31,800 words at most."


def test_under_the_simplified_procedure_the_replies_are_the_report(party: StateParty) -> None:
    prior = owed(party, kind=Kind.REPLIES, reason="replies-are-report", source="CMW/C/IDN/QPR/2")
    said = lines(item(owed(party), as_at=date(2022, 9, 1), prior_list=prior))
    assert said["Simplified procedure"] == (
        "Your replies to the list of issues prior to reporting (CMW/C/IDN/QPR/2) are the report."
    )
    replies = item(prior, as_at=date(2022, 9, 1))
    assert replies.headline == (
        "Your replies to a list of issues prior to reporting on the second periodic report are due in "
        "30 days"
    )
    assert lines(replies)["Length"] == "21,200 words at most."


@pytest.mark.parametrize(
    ("state", "headline"),
    [
        ("Indonesia", "Indonesia's second periodic report is due in 30 days"),
        ("Philippines", "Philippines' second periodic report is due in 30 days"),
    ],
)
def test_the_desk_reads_whose_report_it_is(party: StateParty, state: str, headline: str) -> None:
    party.state.name = state
    assert item(owed(party), as_at=date(2022, 9, 1), for_the_desk=True).headline == headline


def test_what_waits_for_an_earlier_report_is_not_called_overdue(party: StateParty) -> None:
    waiting = owed(party, awaiting_since=date(2021, 5, 1))
    assert lines(item(waiting, as_at=date(2022, 9, 1)))["If it is missed"] == (
        "While an earlier report waits to be considered, this one is not counted as overdue."
    )
    found = item(waiting, as_at=date(2022, 10, 2))
    assert (found.is_overdue, found.headline) == (
        False,
        (
            "Your second periodic report was due on 1 October 2022"
            " and waits for an earlier report to be considered"
        ),
    )


@pytest.mark.parametrize(("due", "said"), [("2022-08", "August 2022"), ("2021", "2021")])
def test_what_waits_was_due_in_a_month_and_not_on_one(
    party: StateParty, due: str, said: str
) -> None:
    waiting = owed(party, due, awaiting_since=date(2021, 5, 1))
    found = item(waiting, as_at=date(2022, 10, 2))
    assert found.headline.startswith(f"Your second periodic report was due in {said} and waits")
    assert found.short == f"second periodic report was due in {said}"


def test_without_a_date_it_says_so_and_not_what_follows(party: StateParty) -> None:
    found = item(owed(party, None), as_at=date(2022, 9, 1))
    assert found.headline == "Your second periodic report has no due date yet"
    assert (found.due, found.due_iso, found.span) == ("to be communicated", "", "")
    assert list(lines(found)) == ["Why this date", "Length"]


def test_a_year_is_not_said_twice(party: StateParty) -> None:
    found = item(owed(party, "2021"), as_at=date(2020, 12, 2))
    assert (found.due, found.due_iso) == ("2021", "")
    assert timing(owed(party, "2021"), as_at=date(2020, 12, 2)).span == "30 days left"


def test_combined_reports_are_said_in_the_plural(party: StateParty) -> None:
    combined = owed(party, first_report=1, places={"report": [1, 2], "reviewed": [1, 1]})
    assert item(combined, as_at=date(2022, 10, 2)).headline == (
        "Your combined reports: initial report and second periodic report"
        " have been overdue for 1 day"
    )


def test_a_mail_says_for_which_day_what_the_state_has_sent_is_on_record(party: StateParty) -> None:
    treaty = party.treaty
    duty = owed(party)

    def said() -> str:
        return lines(item(duty, as_at=date(2021, 1, 1))).get("Data", "")

    assert said() == ""
    treaty.data_as_at, treaty.reports_on_record = date(2015, 3, 14), False
    known = "CMW: data as at 14 March 2015."
    assert said() == f"{known} What Indonesia has sent is not on record here."
    party.on_record_as_at = date(2020, 12, 1)
    assert said() == f"{known} What Indonesia has sent is on record as at 1 December 2020."
    treaty.reports_on_record = True
    assert said() == known
