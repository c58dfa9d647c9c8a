"""The words of notices: requests, dates that move, what became of a report, the worklist."""

from datetime import date

import pytest

from reporting.models import Contact, Obligation, Occasion, Revision, StateParty
from reporting.services.reminder import letters
from reporting.services.reminder.letters import NothingToTellError
from reporting.services.timetable import refresh
from tests.factories import ContactFactory, StatePartyFactory, SubmissionFactory, UserFactory
from tests.services.reminder.mails import DAY, received, row, written

pytestmark = pytest.mark.usefixtures("named_desk")


def test_a_request_is_told_with_its_date(siti: Contact, due: Obligation) -> None:
    mail = written(row(siti, due, occasion=Occasion.REQUESTED, event="requested"))
    assert mail.subject == (
        "Indonesia: new request, second periodic report due in 30 days (1 October 2022)"
    )
    assert (
        "New request of the Committee: Your second periodic report is due in 30 days" in mail.text
    )
    assert mail.calendar


@pytest.mark.parametrize(
    ("places", "subject", "text"),
    [
        (
            {"from": "2021-10-01", "to": "2022-10-01"},
            (
                "Indonesia: second periodic report, due date moved from 1 October 2021"
                " to 1 October 2022"
            ),
            "Until now: 1 October 2021\n",
        ),
        (
            {"from": None, "to": "2022-10-01"},
            "Indonesia: second periodic report now has a due date, 1 October 2022",
            "A due date is set: Your second periodic report is due in 30 days.\n",
        ),
        (
            {"from": "2022-10-01", "to": None},
            "Indonesia: second periodic report, due date taken back",
            "Your second periodic report: it has no due date for now.\n",
        ),
    ],
)
def test_a_date_that_is_set_moved_or_taken_back_is_told(
    siti: Contact, due: Obligation, places: dict[str, str | None], subject: str, text: str
) -> None:
    mail = written(row(siti, due, occasion=Occasion.DATE_SET, event="x", places=places))
    assert mail.subject == subject
    assert text in mail.text


def test_a_person_is_told_of_a_return_and_cannot_unsubscribe_from_it(party: StateParty) -> None:
    person = UserFactory.create(name="Dewi")
    filed = SubmissionFactory.create(
        state_party=party, first_report=2, symbol="CMW/C/IDN/2", sent_on=date(2022, 8, 1)
    )
    places = {"submission": filed.pk, "because": "Annex 2 is missing."}
    message = written(
        row(person, None, occasion=Occasion.RETURNED, state_party=party, places=places)
    )
    assert message.subject == "Returned: second periodic report of Indonesia"
    assert "Dear Dewi," in message.text
    assert "Annex 2 is missing." in message.text
    assert f"https://reports.example/states/IDN/submissions/{filed.pk}/" in message.text
    assert "because you logged the report." in message.text
    mail = received(message, person)
    assert mail["List-Unsubscribe"] is None
    assert list(mail.iter_attachments()) == []


def test_a_confirmation_says_what_came_and_when(siti: Contact, party: StateParty) -> None:
    filed = SubmissionFactory.create(state_party=party, first_report=2)
    places = {"submission": filed.pk, "received_on": "2022-08-03", "symbol": "CMW/C/IDN/2"}
    told = row(siti, None, occasion=Occasion.CONFIRMED, state_party=party, places=places)
    mail = written(told)
    assert mail.subject == "Indonesia: second periodic report received on 3 August 2022"
    assert "Received on: 3 August 2022 (2022-08-03)\nDocument symbol: CMW/C/IDN/2\n" in mail.text
    filed.delete()
    with pytest.raises(NothingToTellError, match="no longer on record"):
        written(told)


def test_the_worklist_is_read_when_it_is_sent(party: StateParty) -> None:
    desk = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    told = row(desk, None, occasion=Occasion.WORKLIST, event="worklist/2022-Q3")
    assert written(told).subject == "Worklist 2022-Q3: 0 due dates to confirm"
    Obligation.objects.filter(due_on="2022-10-01").update(basis="estimate")
    Revision.objects.renew()
    mail = written(told)
    assert mail.subject == "Worklist 2022-Q3: 1 due date to confirm"
    assert (
        "Indonesia, second periodic report\nEstimated: 1 October 2022 (2022-10-01)\n" in mail.text
    )
    assert "https://reports.example/worklist/" in mail.text


def test_a_long_worklist_names_the_first_dates_and_counts_the_rest(
    party: StateParty, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    told = row(desk, None, occasion=Occasion.WORKLIST, event="worklist/2022-Q3")
    other = StatePartyFactory.create(state__iso3="NER", state__name="Niger")
    refresh(party=other, as_at=DAY)
    Obligation.objects.filter(closed_on=None).update(basis="estimate")
    monkeypatch.setattr(letters, "MOST_LISTED", 1)
    mail = written(told)
    assert mail.subject == "Worklist 2022-Q3: 2 due dates to confirm"
    assert "1 more is on the page. https://reports.example/worklist/" in mail.text
    assert "1 more is on the page." in mail.html
