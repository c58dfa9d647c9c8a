"""A list is looked at, and put on record as it was seen or not at all."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from openpyxl import Workbook

from reporting.models import AuditEntry, StateParty, Submission, User
from reporting.services.listing.importing import (
    Became,
    ListFile,
    Preview,
    import_list,
    preview_list,
)
from reporting.services.timetable import refresh
from tests.factories import (
    NOW,
    TODAY,
    StateFactory,
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
    UserFactory,
)
from tests.views.cast import ministry_of

pytestmark = pytest.mark.django_db
OFFICE = "iso3,treaty,first_report,last_report,symbol,received_on,source\n"
MINISTRY = "treaty,first_report,sent_on,symbol\n"


@pytest.fixture
def party() -> StateParty:
    made: StateParty = StatePartyFactory.create()
    refresh(party=made, as_at=TODAY)
    return made


@pytest.fixture
def officer() -> User:
    made: User = UserFactory.create()
    return made


def file_of(text: str, strokes: str = "") -> ListFile:
    return ListFile(content=text.encode(), encoding="utf-8", strokes=strokes)


def looked_at(text: str, by: User, strokes: str = "") -> Preview:
    return preview_list(file=file_of(text, strokes), by=by, as_at=TODAY, now=NOW)


def imported(text: str, by: User, **given: Any) -> tuple[Preview, bool]:
    expected = given.get("expected") or looked_at(text, by).mark
    return import_list(file=file_of(text), expected=expected, by=by, as_at=TODAY, now=NOW)


def said(text: str, by: User, strokes: str = "") -> list[str]:
    return [str(each) for each in looked_at(text, by, strokes).problems]


def test_what_is_new_changed_and_as_before_is_seen_and_nothing_is_saved(
    party: StateParty, officer: User
) -> None:
    SubmissionFactory.create(state_party=party, received_on=None)
    SubmissionFactory.create(
        state_party=party, first_report=2, symbol="CMW/C/IDN/2", received_on="2020-01-01"
    )
    text = OFFICE + (
        "IDN,CMW,1,,CMW/C/IDN/1,2014-09,a letter\n"
        "idn,cmw,2,,CMW/C/IDN/2,,\n"
        "IDN,CMW,3,3,CMW/C/IDN/3,2024-02-29,a letter\n"
    )
    seen = looked_at(text, officer)
    assert [(each.line, each.became) for each in seen.lines] == [
        (2, Became.CHANGED),
        (3, Became.SAME),
        (4, Became.NEW),
    ]
    differs = [(each.field, each.theirs, each.yours) for each in seen.lines[0].differences]
    assert differs == [("source", "a test", "a letter"), ("received on", "", "September 2014")]
    assert seen.problems == []
    assert Submission.objects.count() == 2
    assert Submission.history.count() == 2


def test_what_differs_from_what_a_state_filed_is_seen_in_the_language_of_the_reader(
    party: StateParty, officer: User
) -> None:
    SubmissionFactory.create(
        state_party=party, source="filed by the State party, sent on 2026-11-02"
    )
    with override("fr"):
        seen = looked_at(OFFICE + "IDN,CMW,1,,,,a letter\n", officer)
    (differs,) = (each for each in seen.lines[0].differences if each.yours == "a letter")
    assert differs.theirs == "soumis par l\u2019État partie, envoyé le 2 novembre 2026"


def test_what_was_seen_is_done_once_noted_and_again_it_changes_nothing(
    party: StateParty, officer: User
) -> None:
    text = OFFICE + "IDN,CMW,1,2,CMW/C/IDN/1-2,2014-09-01,a letter\n"
    _seen, is_done = imported(text, officer)
    assert is_done
    made = Submission.objects.get()
    assert (made.first_report, made.last_report, made.status) == (1, 2, "received")
    assert (str(made.received_on), made.source) == ("2014-09-01", "a letter")
    assert made.history.get().history_user == officer
    assert party.obligations.filter(closed_as="met").count() == 2
    entry = AuditEntry.objects.get()
    assert (entry.what, entry.by, entry.about) == ("imported", officer, "list: 1 new, 0 changed")
    again, is_done = imported(text, officer)
    assert (is_done, again.does_something) == (False, False)
    assert [each.became for each in again.lines] == [Became.SAME]
    assert (Submission.history.count(), AuditEntry.objects.count()) == (1, 1)


def test_a_preview_that_has_gone_stale_is_refused(party: StateParty, officer: User) -> None:
    text = OFFICE + "IDN,CMW,2,,CMW/C/IDN/2,2020-09-01,a letter\n"
    mark = looked_at(text, officer).mark
    assert mark == looked_at(text, officer).mark
    SubmissionFactory.create(state_party=party)
    seen, is_done = imported(text, officer, expected=mark)
    assert (is_done, seen.count(Became.NEW), seen.mark == mark) == (False, 1, False)
    assert Submission.objects.count() == 1
    other = UserFactory.create()
    assert not imported(text, other, expected=looked_at(text, officer).mark)[1]


def test_one_line_that_is_wrong_lets_none_through(party: StateParty, officer: User) -> None:
    text = OFFICE + (
        "IDN,CMW,1,,CMW/C/IDN/1,2014-09-01,a letter\n"
        "IDN,XYZ,1,,,2014,a letter\n"
        "IDN,CRC,1,,,2014,a letter\n"
        "XXX,CMW,1,,,2014,a letter\n"
        "IDN,CMW,two,,,2014,a letter\n"
        "IDN,CMW,3,2,,2014,a letter\n"
        "IDN,CMW,1,,,2014,a letter\n"
        "IDN,CMW,4,,,31/12/2014,a letter\n"
        "IDN,CMW,5,,,soon,a letter\n"
        "IDN,CMW,6,,,2012-02-30,a letter\n"
        "IDN,CMW,7,,CMW/C/TGO/7,2014,a letter\n"
        "IDN,CMW,8,,,2014,\n"
        "IDN,CMW,9,,,2027,a letter\n"
    )
    seen, is_done = imported(text, officer)
    assert not is_done
    assert Submission.objects.count() == 0
    problems = {(each.line, each.column): each.reason for each in seen.problems}
    assert "“XYZ” is no reporting regime" in problems[3, "treaty"]
    assert problems[4, "treaty"] == "IDN under CRC is no State party for which you act"
    assert problems[5, "iso3"] == "“XXX” is no State for which you act"
    assert problems[6, "first_report"] == "“two” is no whole number"
    assert problems[7, "last_report"] == "comes before the first report"
    assert problems[8, "first_report"] == "is in line 2 already"
    assert "can be read in two ways" in problems[9, "received_on"]
    assert "is not a date" in problems[10, "received_on"]
    assert "is not on the calendar" in problems[11, "received_on"]
    assert (12, "symbol") in problems
    assert problems[13, "source"] == "is empty"
    assert "lies ahead" in problems[14, "received_on"]
    assert len(seen.problems) == 12


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "2019-13-45 is not on the calendar."),
        ("fr", "2019-13-45 n\u2019existe pas dans le calendrier."),
        ("zh-hans", "日历上没有2019-13-45。"),
    ],
)
@pytest.mark.usefixtures("party")
def test_a_day_that_there_is_not_is_said_in_the_language_of_the_reader(
    officer: User, language: str, sentence: str
) -> None:
    with override(language):
        (problem,) = looked_at(OFFICE + "IDN,CMW,1,,CMW/C/IDN/1,2019-13-45,a\n", officer).problems
    assert problem.reason == sentence


def test_a_heading_that_is_wrong_is_said_and_a_list_of_other_columns_is_none(
    party: StateParty, officer: User
) -> None:
    assert said("state,first_report\nIDN,1\n", officer) == [
        "list:1: state: the column is not known",
        "list:1: treaty: the column is missing",
    ]
    wider = said(" Treaty ,First report,\nCMW,1,x\n", officer)
    assert wider == ["list:2: cells in the line: 3, columns: 2"]


def test_dates_with_dots_are_read_and_strokes_only_where_it_is_said_how(
    party: StateParty, officer: User
) -> None:
    def received(day: str, strokes: str = "") -> str:
        text = f"treaty,first_report,received_on,source\nCMW,1,{day},a letter\n"
        (line,) = looked_at(text, officer, strokes).lines
        assert line.became is Became.NEW
        import_list(
            file=file_of(text, strokes),
            expected=looked_at(text, officer, strokes).mark,
            by=officer,
            as_at=TODAY,
            now=NOW,
        )
        found = Submission.objects.get()
        found.delete()
        return str(found.received_on)

    assert received("31.05.2014") == "2014-05-31"
    assert received("05.2014") == "2014-05"
    assert received("2014") == "2014"
    assert received("05/06/2014", "day") == "2014-06-05"
    assert received("05/06/2014", "month") == "2014-05-06"


def test_a_ministry_logs_what_the_secretariat_is_to_confirm(party: StateParty) -> None:
    person = ministry_of(party)
    text = MINISTRY + "CMW,1,2014-09-01,\nCMW,2,2019-03-01,\n"
    seen, is_done = imported(text, person)
    assert seen.problems == []
    assert is_done
    rows = Submission.objects.order_by("first_report")
    assert [(each.status, str(each.sent_on), each.filed_by) for each in rows] == [
        ("filed", "2014-09-01", person),
        ("filed", "2019-03-01", person),
    ]
    assert not imported(text, person)[1]
    waiting = OFFICE + "IDN,CMW,1,,CMW/C/IDN/1,2014-09-05,a letter\n"
    assert said(waiting, UserFactory.create()) == [
        "list:2: This report waits to be confirmed: do that in the inbox first."
    ]


def test_a_ministry_changes_nothing_that_is_on_record_and_acts_for_no_other_state(
    party: StateParty,
) -> None:
    syria = StatePartyFactory.create(state=StateFactory.create(iso3="SYR", name="Syria"))
    SubmissionFactory.create(state_party=party, symbol="CMW/C/IDN/1")
    person = ministry_of(party)
    text = "iso3," + MINISTRY + "IDN,CMW,1,2014-08-31,\nSYR,CMW,1,2014-09-01,\n"
    seen = looked_at(text, person)
    assert [(each.line, each.became) for each in seen.lines] == [(2, Became.LEFT)]
    assert [str(each) for each in seen.problems] == [
        "list:3: iso3: “SYR” is no State for which you act"
    ]
    assert not syria.submissions.exists()
    assert said(MINISTRY + "CMW,2,,\n", person) == [
        "list:2: sent_on: is empty: say on which day it was sent"
    ]
    assert said(MINISTRY + "CMW,2,2019,\n", person) == ["list:2: sent_on: must be known to the day"]
    assert "is not owed yet" in said(MINISTRY + "CMW,9,2019-01-01,\n", person)[0]


def test_reports_of_several_treaties_come_in_one_list(party: StateParty, officer: User) -> None:
    StatePartyFactory.create(state=party.state, treaty=TreatyFactory.create(code="CRC"))
    text = OFFICE + "IDN,CMW,1,,,2014,a letter\nIDN,CRC,1,,,2014,a letter\n"
    assert imported(text, officer)[1]
    assert {each.state_party.treaty.code for each in Submission.objects.all()} == {"CMW", "CRC"}


def test_an_officer_who_is_bound_to_a_treaty_imports_nothing_of_another_one(
    party: StateParty, officer: User
) -> None:
    crc = TreatyFactory.create(code="CRC")
    StatePartyFactory.create(state=party.state, treaty=crc)
    officer.treaties.add(crc)
    text = OFFICE + "IDN,CRC,1,,,2014,a letter\nIDN,CMW,1,,,2014,a letter\n"
    seen = looked_at(text, officer)
    assert [each.line for each in seen.lines] == [2]
    said_so = [str(each) for each in seen.problems]
    assert said_so == ["list:3: treaty: IDN under CMW is no State party for which you act"]


def test_whoever_acts_for_nobody_imports_nothing() -> None:
    StatePartyFactory.create()
    with pytest.raises(ValidationError, match="You act for no State party"):
        looked_at(MINISTRY + "CMW,1,2014-09-01,\n", UserFactory.create(role="ministry"))


@pytest.mark.usefixtures("party")
def test_a_formula_whose_value_is_not_in_the_file_is_named_as_such(officer: User) -> None:
    book, out = Workbook(), BytesIO()
    book.active.append(["treaty", "first_report", "received_on", "source"])
    book.active.append(["CMW", "=1+0", "2014-09-01", '="a letter"'])
    book.active.append([None, "=2+0"])
    book.save(out)
    file = ListFile(content=out.getvalue(), encoding="utf-8", strokes="")
    seen = preview_list(file=file, by=officer, as_at=TODAY, now=NOW)
    sentence = "holds a formula whose value was not saved: save the file where it is computed"
    assert [(each.line, each.column, each.reason) for each in seen.problems] == [
        (2, "first_report", sentence),
        (2, "source", sentence),
        (3, "first_report", sentence),
    ]
