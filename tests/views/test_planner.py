"""The planner's pages: what they show, what they refuse, and in which words."""

from datetime import date

import pytest
from django.conf import LazySettings
from django.test import Client

from config.numbers import NUMBERS
from reporting.models import Assignment, Session, StateParty, Submission, Treaty
from reporting.rules.preparation import WEEKS_FOR_LIST_OF_ISSUES, WEEKS_FOR_REPLIES
from reporting.services.timetable import refresh
from tests.factories import (
    TODAY,
    SessionFactory,
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
    UserFactory,
)
from tests.views.cast import as_
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")


@pytest.fixture
def officer() -> Client:
    return as_(UserFactory.create())


@pytest.fixture
def session(recorded: None) -> Session:
    return SessionFactory.create(treaty=Treaty.objects.get(code="CMW"), capacity=1)


@pytest.fixture
def lesotho(recorded: None) -> Submission:
    return Submission.objects.get(state_party__state__iso3="LSO", first_report=2)


def send(officer: Client, **given: object) -> Page:
    return Page(officer.post("/planner/assign/", given, follow=True))


def test_a_report_is_planned_and_taken_back_by_a_form(
    officer: Client, session: Session, lesotho: Submission
) -> None:
    page = send(officer, item=f"report-{lesotho.pk}", session=45, years=5)
    assert "Lesotho is planned for session 45." in page.text
    assert "Planned: 1. Room for 1." in page.text
    assert [value["value"] for value in page.having("option", selected="")] == ["45"]
    page = send(officer, item=f"report-{lesotho.pk}", session="", years=5)
    assert "Lesotho is planned for no session." in page.text
    assert not Assignment.objects.exists()


def test_what_waits_leads_to_its_state_under_the_treaty_of_the_planner(
    officer: Client, lesotho: Submission
) -> None:
    assert Page(officer.get("/planner/")).having("a", href="/states/LSO/")
    treaty = TreatyFactory.create(code="CRC")
    children = StatePartyFactory.create(state=lesotho.state_party.state, treaty=treaty)
    SubmissionFactory.create(state_party=children)
    refresh(party=children, as_at=TODAY)
    page = Page(officer.get("/planner/?treaty=CRC"))
    assert page.having("a", href="/states/LSO/?treaty=CRC")


def test_more_than_there_is_room_for_is_said_and_not_refused(
    officer: Client, session: Session, lesotho: Submission
) -> None:
    fiji = StateParty.objects.get(state__iso3="FJI", treaty__code="CMW")
    send(officer, item=f"report-{lesotho.pk}", session=45)
    page = send(officer, item=f"absence-{fiji.pk}", session=45)
    assert "Planned: 2. Room for 1. 1 more than there is room for" in page.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"item": "report-999999", "session": "45"}, "This report is not on record."),
        ({"item": "absence-999999", "session": "45"}, "This report is not on record."),
        ({"item": "<script>", "session": "45"}, "This report is not on record."),
        ({}, "This report is not on record."),
        ({"item": "LSO", "session": "77"}, "There is no such session."),
        ({"item": "LSO", "session": "abc"}, "There is no such session."),
        ({"item": "LSO", "session": "-1"}, "There is no such session."),
        ({"item": "LSO", "session": "9" * 50}, "There is no such session."),
    ],
)
def test_nonsense_gets_a_sentence_and_changes_nothing(
    officer: Client, session: Session, lesotho: Submission, given: dict[str, str], said: str
) -> None:
    item = given.get("item", "").replace("LSO", f"report-{lesotho.pk}")
    assert said in send(officer, **(given | {"item": item, "years": "abc"})).text
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("years", ["abc", "-1", "0", "51", "9" * 30, "٣", "1.5", "7\x00"])
def test_a_number_of_years_that_is_none_gets_a_sentence(officer: Client, years: str) -> None:
    page = Page(officer.get("/planner/", {"years": years}))
    assert "\x00" not in page.html
    assert "is no number of years from 1 to 50. The page shows 5." in page.text
    assert "Fiji" in page.text


@pytest.mark.parametrize(
    ("capacity", "said"),
    [
        ("-1", "Enter a number from 1 on."),
        ("100000", "Enter a number up to 50."),
        ("two", "Write a whole number, or leave this empty."),
    ],
)
def test_a_capacity_that_is_none_gets_a_sentence_at_its_field(
    officer: Client, session: Session, capacity: str, said: str
) -> None:
    days = {"starts_on": "2027-04-05", "ends_on": "2027-04-16", "status": "planned"}
    given = days | {"capacity": capacity, "reason": "room", "seen": str(session.version)}
    page = Page(officer.post("/sessions/45/", given))
    assert page.has_problem
    assert said in page.text
    assert page.having("input", name="capacity", value=capacity)
    assert Session.objects.get().capacity == 1


def test_a_capacity_is_kept_and_may_be_left_open(officer: Client, session: Session) -> None:
    days = {"starts_on": "2027-04-05", "ends_on": "2027-04-16", "status": "planned"}
    given = days | {"capacity": "7", "reason": "room", "seen": str(session.version)}
    officer.post("/sessions/45/", given)
    assert Session.objects.get().capacity == 7
    given |= {"capacity": "", "seen": str(session.version)}
    officer.post("/sessions/45/", given)
    assert Session.objects.get().capacity is None
    assert "is not decided" in Page(officer.get("/planner/")).text


def test_without_a_session_the_planner_leads_to_recording_one(officer: Client) -> None:
    page = Page(officer.get("/planner/"))
    assert "No session is planned." in page.text
    assert page.having("a", href="/sessions/new/")
    assert (
        "The last one of which a review is on record is session 41, which sat on 11 December 2025."
        in page.text
    )


def test_the_sessions_known_from_reviews_stand_with_their_days_on_record(officer: Client) -> None:
    page = Page(officer.get("/sessions/"))
    assert "27 4 September 2017 \u2013 13 September 2017" in page.text
    assert "so it can have begun before and ended later" in page.text
    assert page.having("a", href="/sessions/new/?number=27")
    assert page.having("a", href="/sessions/new/")
    form = Page(officer.get("/sessions/new/?number=27"))
    assert form.having("input", name="number", value="27")
    assert not form.having("input", name="starts_on", value="2017-09-04")
    assert not Page(officer.get("/sessions/new/?number=x")).having(
        "input", name="number", value="x"
    )


def test_the_list_before_a_session_counts_back_and_shows_what_is_on_record(
    officer: Client, session: Session, lesotho: Submission
) -> None:
    send(officer, item=f"report-{lesotho.pk}", session=45)
    page = Page(officer.get("/planner/45/"))
    assert "25 January 2027 10 weeks before the first day (practice)" in page.text
    assert "21 May 2027 about 5 weeks after adoption (practice)" in page.text
    assert "Lesotho Second periodic report 19 February 2025" in page.text


def test_a_session_that_is_not_on_record_is_not_there(officer: Client) -> None:
    assert officer.get("/planner/999/").status_code == 404


def test_what_is_not_planned_cannot_be_taken_back(
    officer: Client, session: Session, lesotho: Submission
) -> None:
    page = send(officer, item=f"report-{lesotho.pk}", session="")
    assert "It was planned for no session, so nothing was changed." in page.text
    assert "Lesotho is planned for no session." not in page.text
    Submission.objects.filter(pk=lesotho.pk).update(session=45)
    page = send(officer, item=f"report-{lesotho.pk}", session="")
    assert "The record of this report names session 45. Correct it there" in page.text


def test_the_card_and_the_list_before_a_session_warn_of_the_same(officer: Client) -> None:
    near = {"starts_on": date(2026, 12, 6), "ends_on": date(2026, 12, 15)}
    SessionFactory.create(treaty=Treaty.objects.get(code="CMW"), number=43, **near)
    fiji = StateParty.objects.get(state__iso3="FJI", treaty__code="CMW")
    page = send(officer, item=f"absence-{fiji.pk}", session=43)
    said = "less than ten weeks left: a report that comes now may not be translated in time"
    assert page.text.count(said) == 2
    assert Page(officer.get("/planner/43/")).text.count(said) == 1


@pytest.mark.parametrize(
    ("days", "field", "said"),
    [
        ("2027-06-07 2029-06-18", "ends_on", "A session lasts at most 4 weeks."),
        ("2027-04-05 2027-04-16", "starts_on", "no two are held at once"),
        ("2026-12-01 2026-12-10", "starts_on", "in the order of their numbers"),
    ],
)
def test_a_session_that_cannot_be_gets_a_sentence_at_its_field(
    officer: Client, session: Session, days: str, field: str, said: str
) -> None:
    starts_on, ends_on = days.split()
    given = {"number": "46", "starts_on": starts_on, "ends_on": ends_on, "status": "planned"}
    page = Page(officer.post("/sessions/new/", given))
    assert said in page.text
    assert page.having("input", **{"name": field, "aria-invalid": "true"})
    assert page.having("a", href=f"#id_{field}")
    assert page.having("input", name="starts_on", value=starts_on)
    assert Session.objects.count() == 1


def test_the_days_before_a_session_say_that_a_default_is_no_rule(
    officer: Client, session: Session, settings: LazySettings
) -> None:
    page = Page(officer.get("/planner/45/"))
    assert (
        "Weeks before the first day: 26 (planning default, no rule: the session before" in page.text
    )
    assert "Weeks before the first day: 10 (planning default, no rule: replies are" in page.text
    assert "sets the weeks with LIST_OF_ISSUES_WEEKS and REPLIES_WEEKS; 0 leaves" in page.text
    settings.LIST_OF_ISSUES_WEEKS, settings.REPLIES_WEEKS = 20, 0
    page = Page(officer.get("/planner/45/"))
    assert "20 weeks before the first day (set for this house)" in page.text
    assert "No rule says how long before the session." in page.text


def test_the_defaults_are_those_of_the_settings() -> None:
    defaults = [NUMBERS[name].default for name in ("LIST_OF_ISSUES_WEEKS", "REPLIES_WEEKS")]
    assert defaults == [WEEKS_FOR_LIST_OF_ISSUES, WEEKS_FOR_REPLIES]


def test_what_waits_is_turned_page_by_page_each_list_by_itself(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reporting.views.planner.PAGE_SIZE", 5)
    first = Page(officer.get("/planner/?years=1"))
    (following,) = first.having("a", rel="next")
    assert following["href"] == "/planner/?years=1&absences=2"
    second = Page(officer.get(following["href"]))
    forms = [
        {attrs["id"] for attrs in page.having("form", class_="planner-form")}
        for page in (first, second)
    ]
    (reports,) = forms[0] & forms[1]
    assert (reports.startswith("plan-report-"), len(forms[0]), len(forms[1])) == (True, 6, 3)
