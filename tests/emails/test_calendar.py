"""Due dates as entries of a calendar."""

from datetime import UTC, date, datetime

import icalendar
import pytest

from reporting.emails.calendar import Entry, calendar, entry, uid
from reporting.models import Obligation, StateParty
from reporting.rules.partial_date import PartialDate
from tests.factories import StatePartyFactory

STAMP = datetime(2022, 9, 1, tzinfo=UTC)
DUE = Entry(
    uid="CMW/IDN/report/2/committeedecision-1@reports.example",
    day=date(2022, 10, 1),
    summary="Indonesia: second periodic report due",
    description="Set by the Committee.",
    url="https://reports.example/states/IDN/",
    sequence=2,
)


def read(*entries: Entry) -> icalendar.Calendar:
    text = calendar(entries, stamp=STAMP, method="PUBLISH")
    found = icalendar.Calendar.from_ical(text)
    assert isinstance(found, icalendar.Calendar)
    return found


def test_an_entry_is_one_whole_day_that_leaves_time_free() -> None:
    found = read(DUE)
    assert (found["METHOD"], found["VERSION"]) == ("PUBLISH", "2.0")
    (event,) = found.events
    assert event["UID"] == DUE.uid
    assert event.decoded("DTSTART") == date(2022, 10, 1)
    assert event.decoded("DTSTAMP") == STAMP
    assert (event["SEQUENCE"], event["TRANSP"]) == (2, "TRANSPARENT")
    assert (event["SUMMARY"], event["URL"]) == (DUE.summary, DUE.url)


def test_the_same_entries_written_on_the_same_day_are_the_same_file() -> None:
    assert calendar((DUE,), stamp=STAMP) == calendar((DUE,), stamp=STAMP)
    assert "METHOD" not in calendar((DUE,), stamp=STAMP)


def test_a_broken_line_in_a_text_starts_no_line_of_the_file() -> None:
    bad = DUE._replace(summary="Due\r\nATTENDEE:x", description="One\r\nURL:x\rTwo")
    text = calendar((bad,), stamp=STAMP)
    assert "\r\nATTENDEE" not in text
    assert text.count("\r\nURL") == 1
    assert text.replace("\r\n", "").count("\r") == 0
    (event,) = read(bad).events
    assert event["SUMMARY"] == "Due ATTENDEE:x"
    assert event["DESCRIPTION"] == "One\nURL:x\nTwo"


@pytest.fixture
def party(db: None) -> StateParty:
    made: StateParty = StatePartyFactory.create()
    return made


def made(party: StateParty, due: PartialDate | None) -> Entry:
    report = Obligation(
        state_party=party, key="report/2/x", kind="report", first_report=2, last_report=2
    )
    report.due_on = due
    return entry(report, description="", url="", sequence=0)


@pytest.mark.parametrize(
    ("due", "day", "summary"),
    [
        ("2022-10-01", date(2022, 10, 1), "Indonesia: second periodic report due"),
        (
            "2022-10",
            date(2022, 10, 1),
            "Indonesia: second periodic report due in October 2022, on a day that is not on record",
        ),
        (
            "2022",
            date(2022, 1, 1),
            "Indonesia: second periodic report due in 2022, on a day that is not on record",
        ),
    ],
)
def test_a_date_without_a_day_stands_on_the_first_that_it_can_be_and_says_so(
    party: StateParty, due: str, day: date, summary: str
) -> None:
    found = made(party, PartialDate.parse(due))
    assert (found.day, found.summary) == (day, summary)


def test_the_name_of_an_entry_stays_when_its_date_moves(party: StateParty) -> None:
    before, after = made(party, PartialDate(2022, 10, 1)), made(party, PartialDate(2023, 10, 1))
    assert before.uid == after.uid == "CMW/IDN/report/2@localhost"


def test_the_name_of_a_report_stays_when_the_committee_sets_its_date(party: StateParty) -> None:
    due = PartialDate(2022, 10, 1)
    first = Obligation(
        state_party=party, key="report/2/treaty", kind="report", first_report=2, last_report=2
    )
    then = Obligation(
        state_party=party, key="report/2/review-1", kind="report", first_report=2, last_report=2
    )
    first.due_on = then.due_on = due
    assert uid(first) == uid(then)


def test_what_has_no_date_cannot_stand_in_a_calendar(party: StateParty) -> None:
    with pytest.raises(ValueError, match="has no date"):
        made(party, None)
