"""Due dates as entries of a calendar."""

from datetime import UTC, date, datetime

import icalendar
import pytest

from reporting.emails.calendar import Entry, calendar, entry, uid
from reporting.models import Obligation, StateParty
from reporting.rules.partial_date import PartialDate
from reporting.rules.written import Written
from tests.factories import StatePartyFactory

STAMP = datetime(2022, 9, 1, tzinfo=UTC)
AS_AT = date(2022, 9, 3)
DUE = Entry(
    uid="CMW/IDN/report/2/committeedecision-1@reports.example",
    day=date(2022, 10, 1),
    summary="Indonesia: second periodic report due",
    description="Set by the Committee.",
    url="https://reports.example/states/IDN/",
    sequence=2,
    stamp=STAMP,
)


def read(*entries: Entry) -> icalendar.Calendar:
    text = calendar(entries, method="PUBLISH")
    found = icalendar.Calendar.from_ical(text)
    assert isinstance(found, icalendar.Calendar)
    return found


def test_an_entry_is_one_whole_day_that_leaves_time_free() -> None:
    found = read(DUE)
    assert (found["METHOD"], found["VERSION"]) == ("PUBLISH", "2.0")
    (event,) = found.events
    assert event["UID"] == DUE.uid
    assert event.decoded("DTSTART") == date(2022, 10, 1)
    assert "DTEND" not in event
    assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED") == STAMP
    assert (event["SEQUENCE"], event["STATUS"], event["TRANSP"]) == (2, "CONFIRMED", "TRANSPARENT")
    assert (event["SUMMARY"], event["URL"]) == (DUE.summary, DUE.url)


def test_several_days_end_with_the_last_of_them() -> None:
    (event,) = read(DUE._replace(last_day=date(2022, 10, 14), location="Geneva")).events
    assert event.decoded("DTEND") == date(2022, 10, 15)  # the first day after it, says RFC 5545
    assert event["LOCATION"] == "Geneva"


def test_an_alarm_rings_in_the_morning_that_many_days_before() -> None:
    (event,) = read(DUE._replace(alarms=(30, 1))).events
    triggers = [alarm.decoded("TRIGGER") for alarm in event.subcomponents]
    rings_at = [datetime(2022, 10, 1) + each for each in triggers]  # noqa: DTZ001 - it floats
    assert rings_at == [datetime(2022, 9, 1, 9), datetime(2022, 9, 30, 9)]  # noqa: DTZ001


def test_only_a_calendar_that_is_read_again_has_a_name_and_asks_when() -> None:
    found = icalendar.Calendar.from_ical(calendar([DUE], name="CMW:\r\nIndonesia"))
    assert (found["NAME"], found["X-WR-CALNAME"]) == ("CMW: Indonesia", "CMW: Indonesia")
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in calendar([DUE], name="CMW")
    assert "METHOD" not in found
    assert "NAME" not in read(DUE)


def test_a_broken_line_in_a_text_starts_no_line_of_the_file() -> None:
    bad = DUE._replace(summary="Due\r\nATTENDEE:x", description="One\r\nURL:x\rTwo")
    text = calendar((bad,))
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


def report(party: StateParty, due: PartialDate | None, **fields: object) -> Obligation:
    made = Obligation(
        state_party=party,
        key="report/2/treaty",
        kind="report",
        first_report=2,
        last_report=2,
        basis="treaty",
        source="CMW, article 73(1)(b)",
        reason="follow-up",
        arises_on=date(2017, 9, 13),
    )
    made.due_on = due
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def made(obligation: Obligation, times: int = 3) -> Entry:
    return entry(obligation, written=Written(times, STAMP), as_at=AS_AT, alarms=(30,))


@pytest.mark.parametrize(
    ("due", "day", "summary"),
    [
        ("2022-10-01", date(2022, 10, 1), "CMW · Indonesia: second periodic report due"),
        (
            "2022-10",
            date(2022, 10, 1),
            "CMW · Indonesia: second periodic report due in October 2022, on a day that is not on record",
        ),
        (
            "2022",
            date(2022, 1, 1),
            "CMW · Indonesia: second periodic report due in 2022, on a day that is not on record",
        ),
    ],
)
def test_a_date_without_a_day_stands_on_the_first_that_it_can_be_and_says_so(
    party: StateParty, due: str, day: date, summary: str
) -> None:
    found = made(report(party, PartialDate.parse(due)))
    assert (found.day, found.summary) == (day, summary)


def test_an_estimate_is_tentative_and_says_so(party: StateParty) -> None:
    found = made(report(party, PartialDate(2022, 10, 1), basis="estimate"))
    assert found.status == "TENTATIVE"
    assert (
        found.summary == "CMW · Indonesia: second periodic report due (estimate, to be confirmed)"
    )


def test_what_is_met_is_cancelled_with_a_higher_number_and_its_day_rings_no_more(
    party: StateParty,
) -> None:
    due = PartialDate(2022, 10, 1)
    ended = {"closed_on": date(2022, 9, 2), "closed_as": "met"}
    before, after = made(report(party, due)), made(report(party, due, **ended))
    assert (before.status, before.sequence, before.alarms) == ("CONFIRMED", 6, (30,))
    assert (after.status, after.sequence, after.alarms) == ("CANCELLED", 7, ())
    assert (before.stamp, after.stamp) == (STAMP, datetime(2022, 9, 2, tzinfo=UTC))


def test_nothing_rings_for_a_day_that_has_passed(party: StateParty) -> None:
    assert made(report(party, PartialDate(2022, 9, 2))).alarms == ()


def test_the_name_of_an_entry_stays_when_its_date_moves(party: StateParty) -> None:
    before = made(report(party, PartialDate(2022, 10, 1)))
    after = made(report(party, PartialDate(2023, 10, 1)), times=4)
    assert before.uid == after.uid == "CMW/IDN/report/2@localhost"
    assert (before.sequence, after.sequence) == (6, 8)


def test_the_name_of_a_report_stays_when_the_committee_sets_its_date(party: StateParty) -> None:
    due = PartialDate(2022, 10, 1)
    assert uid(report(party, due)) == uid(report(party, due, key="report/2/review-1"))


def test_what_has_no_date_cannot_stand_in_a_calendar(party: StateParty) -> None:
    with pytest.raises(ValueError, match="has no date"):
        made(report(party, None))
