"""The secretariat's inbox: confirming, returning, scheduling, sessions."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from reporting.models import Obligation, Reminder, Session, StateParty, Submission, User
from reporting.rules.partial_date import PartialDate
from reporting.services.fact import save
from reporting.services.timetable import refresh
from tests.factories import (
    NOW,
    TODAY,
    ReviewFactory,
    SessionFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.parties import refreshed_party
from tests.views.cast import as_, ministry_of, stranger
from tests.views.conftest import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def party() -> StateParty:
    return refreshed_party()


@pytest.fixture
def owner(party: StateParty) -> User:
    return ministry_of(party, name="Siti Rahayu", email="siti@example.org")


@pytest.fixture
def client(party: StateParty) -> Client:
    return as_(UserFactory.create(name="Ana"))


@pytest.fixture
def filed(party: StateParty, owner: User) -> Submission:
    report = SubmissionFactory.build(
        state_party=party,
        status="filed",
        sent_on=date(2026, 11, 2),
        received_on=None,
        symbol="",
        filed_by=owner,
        filed_at=NOW,
        note_verbale="NV 214",
    )
    kept: Submission = save(fact=report, by=owner, as_at=TODAY)
    return kept


def is_open() -> bool:
    return Obligation.objects.all().open(as_at=TODAY).filter(first_report=1).exists()


def test_a_filed_report_stands_in_the_inbox_and_in_its_count(
    client: Client, filed: Submission
) -> None:
    page = Page(client.get("/inbox/"))
    assert "Indonesia Initial report 2 November 2026 NV 214 Siti Rahayu" in page.text
    assert page.having("a", href=f"/inbox/{filed.pk}/")
    assert "1 filed report 0 to look at after a session changed" in page.text
    assert "Inbox 1" in page.text


def test_a_report_is_confirmed_with_its_day_and_symbol(client: Client, filed: Submission) -> None:
    given = {
        "confirm-seen": str(filed.version),
        "confirm-received_on": "2026-11-03",
        "confirm-symbol": "cmw/c/idn/1",
        "confirm-session": "45",
    }
    answer = client.post(f"/inbox/{filed.pk}/", given, follow=True)
    assert "Receipt confirmed." in Page(answer).text
    kept = Submission.objects.get()
    assert (kept.status, str(kept.received_on), kept.symbol, kept.session) == (
        "received",
        "2026-11-03",
        "CMW/C/IDN/1",
        45,
    )
    assert "No report waits to be confirmed." in Page(answer).text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"received_on": ""}, "Enter the date."),
        ({"received_on": "2026-11-23"}, "23 November 2026 lies ahead"),
        (
            {"received_on": "2026-11-01"},
            "lies before the day on which it was sent, 2 November 2026",
        ),
        ({"received_on": "2012-08-31"}, "lies before the treaty entered into force"),
        ({"symbol": "CMW/C/SYR/1"}, "CMW/C/SYR/1 is about another State"),
        ({"symbol": "CMW/C/IDN/CO/1"}, "CMW/C/IDN/CO/1 is another kind of document"),
        ({"symbol": "CMW/C/IDN/2"}, "CMW/C/IDN/2 is about report 2, but this is report 1."),
        ({"symbol": "CMW/C/IDN/1-2"}, "CMW/C/IDN/1-2 is about report 1-2, but this is report 1."),
    ],
)
def test_a_receipt_that_cannot_be_is_refused_at_its_field(
    client: Client, filed: Submission, given: dict[str, str], sentence: str
) -> None:
    usual = {"seen": str(filed.version), "received_on": "2026-11-03", "symbol": ""}
    sent = {f"confirm-{name}": value for name, value in (usual | given).items()}
    page = Page(client.post(f"/inbox/{filed.pk}/", sent))
    assert sentence in page.text
    assert page.has_problem
    assert Submission.objects.get().status == "filed"


def test_a_returned_report_opens_the_obligation_again_and_the_ministry_is_told(
    client: Client, filed: Submission
) -> None:
    assert not is_open()
    given = {"return-seen": str(filed.version), "return-because": "The annex is missing."}
    client.post(f"/inbox/{filed.pk}/", given)
    assert is_open()
    (told,) = Reminder.objects.all()
    assert (told.person and told.person.email, told.occasion) == ("siti@example.org", "returned")


def test_a_report_is_not_returned_without_a_word(client: Client, filed: Submission) -> None:
    given = {"return-seen": str(filed.version), "return-because": " "}
    page = Page(client.post(f"/inbox/{filed.pk}/", given))
    assert "Say what has to be mended." in page.text
    assert not is_open()


def test_the_second_of_two_officers_is_told_what_the_first_has_decided(
    client: Client, filed: Submission
) -> None:
    seen = str(filed.version)
    address = f"/inbox/{filed.pk}/"
    client.post(address, {"return-seen": seen, "return-because": "The annex is missing."})
    given = {"confirm-seen": seen, "confirm-received_on": "2026-11-03"}
    page = Page(client.post(address, given))
    assert "This report has been returned already. Nothing was saved." in page.text
    assert "Status returned received" in page.text
    assert page.having("input", name="confirm-received_on", value="2026-11-03")
    again = given | {"confirm-seen": str(Submission.objects.get().version)}
    assert "This report has been returned already." in Page(client.post(address, again)).text
    assert Submission.objects.get().status == "returned"


def test_a_second_click_changes_nothing_and_tells_nobody_twice(
    client: Client, filed: Submission
) -> None:
    given = {"return-seen": str(filed.version), "return-because": "The annex is missing."}
    for _click in range(2):
        answer = client.post(f"/inbox/{filed.pk}/", given)
        assert (answer.status_code, answer["Location"]) == (302, "/inbox/")
    assert filed.history.count() == 2
    assert Reminder.objects.count() == 1


def test_a_ministry_and_a_visitor_see_no_inbox(
    visitor: Client, filed: Submission, owner: User
) -> None:
    for address in ("/inbox/", f"/inbox/{filed.pk}/", "/sessions/", "/contacts/"):
        for person in (owner, stranger()):
            assert as_(person).get(address).status_code == 404
        assert visitor.get(address)["Location"].startswith("/sign-in/")
    given = {"confirm-seen": str(filed.version), "confirm-received_on": "2026-11-03"}
    assert as_(owner).post(f"/inbox/{filed.pk}/", given).status_code == 404
    assert Submission.objects.get().status == "filed"


def test_a_ministry_sees_the_history_of_its_own_state_and_corrects_nothing(
    visitor: Client, filed: Submission, owner: User
) -> None:
    address = f"/facts/submission/{filed.pk}/history/"
    page = Page(as_(owner).get(address))
    assert "History of submission" in page.text
    assert "Correct it" not in page.text
    assert as_(stranger()).get(address).status_code == 404
    assert visitor.get(address).status_code == 302


def test_the_note_of_a_ministry_is_not_shown_to_visitors(
    visitor: Client, client: Client, filed: Submission, owner: User
) -> None:
    filed.note = "Our minister changes in May."
    save(fact=filed, by=owner, as_at=TODAY)
    assert filed.note not in Page(visitor.get("/states/IDN/")).text
    assert "History" not in Page(visitor.get("/states/IDN/")).text
    assert filed.note in Page(client.get("/states/IDN/")).text
    assert filed.note in Page(as_(owner).get("/states/IDN/")).text


def test_a_date_to_confirm_leads_to_the_form_that_enters_it(
    client: Client, party: StateParty
) -> None:
    ReviewFactory.create(state_party=party)
    refresh(party=party, as_at=TODAY)
    page = Page(client.get("/inbox/"))
    assert "Second periodic report 13 September 2022 Unconfirmed CMW/C/IDN/CO/1" in page.text
    (link,) = [each for each in page.having("a") if each["href"] == "/worklist/IDN/"]
    assert client.get(link["href"]).status_code == 200


def test_a_session_is_recorded_moved_and_what_hangs_on_it_is_looked_at_again(
    client: Client, party: StateParty
) -> None:
    new = {"number": "45", "starts_on": "2027-04-05", "ends_on": "2027-04-16", "status": "planned"}
    client.post("/sessions/new/", new)
    report = SubmissionFactory.create(state_party=party, session=45)
    session = Session.objects.get()
    moved = new | {
        "starts_on": "2027-06-07",
        "ends_on": "2027-06-18",
        "reason": "no interpreters",
        "seen": str(session.version),
    }
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        answer = client.post("/sessions/45/", moved, follow=True)
    assert "Session 45 is saved. Look again at what hangs on it: 1." in Page(answer).text
    assert "Indonesia Report scheduled CMW/C/IDN/1 45 was moved" in Page(client.get("/inbox/")).text
    seen = {"seen": str(report.version)}
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        keep = client.post(f"/facts/submission/{report.pk}/keep/", seen, follow=True)
    assert "Kept as it is." in Page(keep).text
    assert "Nothing hangs on a session that was moved or cancelled." in Page(keep).text
    because = report.history.latest().history_change_reason
    assert because == "Still right after session 45 was moved"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"ends_on": "2027-04-01"}, "A session cannot end before it starts."),
        ({"starts_on": "5 April"}, "Write year, month and day, as in 2027-04-01."),
        ({"number": "45"}, "This session is on record already."),
        ({"number": "0"}, "Enter a number from 1 on."),
        ({"number": "1000"}, "Enter a number up to 999."),
        ({"status": "dreamt"}, "Choose one of the options that are offered."),
        ({"status": "held"}, "This session begins on 5 April 2027. Leave it planned until then"),
    ],
)
def test_bad_input_about_a_session_gets_a_sentence_at_its_field(
    client: Client, given: dict[str, str], sentence: str
) -> None:
    SessionFactory.create()
    new = {"number": "46", "starts_on": "2027-04-05", "ends_on": "2027-04-16", "status": "planned"}
    assert sentence in Page(client.post("/sessions/new/", new | given)).text
    assert Session.objects.count() == 1


def test_the_second_editor_of_a_session_sees_what_differs(client: Client) -> None:
    session = SessionFactory.create()
    new = {"starts_on": "2027-04-05", "ends_on": "2027-04-16", "reason": "x"}
    seen = {"seen": str(session.version)}
    client.post("/sessions/45/", new | seen | {"status": "cancelled"})
    page = Page(client.post("/sessions/45/", new | seen | {"status": "planned", "note": "x"}))
    assert "Status cancelled planned" in page.text
    assert Session.objects.get().status == "cancelled"


def test_a_correction_asks_for_the_symbol_of_its_own_reports_or_for_the_reason(
    client: Client, party: StateParty
) -> None:
    report = SubmissionFactory.create(state_party=party)
    address = f"/facts/submission/{report.pk}/"
    given = {
        "first_report": "1",
        "last_report": "2",
        "symbol": "cmw/c/idn/2",
        "received_on": "2018-12-01",
        "reason": "as printed",
        "seen": str(report.version),
    }
    page = Page(client.post(address, given))
    assert page.having("a", href="#id_symbol")
    assert "CMW/C/IDN/2 is about report 2, but this is report 1-2." in page.text
    told = given | {"accepted_because": "The cover says 2, and the text is about both."}
    assert "CMW/C/IDN/2 is about" not in Page(client.post(address, told)).text


def test_all_that_is_wrong_with_a_receipt_is_said_at_once(
    client: Client, party: StateParty, filed: Submission
) -> None:
    day = PartialDate(2026, 11, 2)
    SubmissionFactory.create(state_party=party, first_report=2, received_on=day, symbol="")
    given = {"seen": str(filed.version), "received_on": "2026-11-03", "symbol": "CMW/C/IDN/2"}
    address = f"/inbox/{filed.pk}/"
    page = Page(client.post(address, {f"confirm-{name}": each for name, each in given.items()}))
    assert page.having("a", href="#id_confirm-symbol")
    assert page.having("a", href="#id_confirm-received_on")
    assert "the later report came on 2 November 2026" in page.text
    assert Submission.objects.get(pk=filed.pk).status == "filed"
