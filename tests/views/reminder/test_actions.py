"""What the secretariat does by hand with reminders."""

from typing import Any

import pytest
from django.test import Client

from reporting.models import Obligation, Reminder, Why
from reporting.rules.partial_date import PartialDate
from tests.views.conftest import Page
from tests.views.reminder.world import contact_of, days_from_now, mute, party_of, reminder

pytestmark = pytest.mark.usefixtures("recorded")
State = Reminder.State


def firm() -> Any:
    """Return a duty of Indonesia with a firm date ahead."""
    due = PartialDate.parse(days_from_now(37).isoformat())
    rows = party_of("IDN").obligations.filter(closed_on__isnull=True)
    rows.update(due_on=due, due_from=due.first_day, due_by=due.last_day, basis="committee")
    return rows[0]


def test_one_that_failed_is_sent_again(secretariat: Client) -> None:
    row = reminder(contact_of("IDN"), State.FAILED, reason=Why.REJECTED, error="554 no")
    assert "Send it again" in Page(secretariat.get(f"/reminders/{row.pk}/")).text
    answer = secretariat.post(f"/reminders/{row.pk}/retry/", follow=True)
    assert "It goes out again within a minute." in Page(answer).text
    row.refresh_from_db()
    assert row.state == State.PLANNED


def test_why_one_cannot_be_sent_again_is_said(secretariat: Client) -> None:
    row = reminder(contact_of("IDN", name="Siti", active=False), State.FAILED)
    page = Page(secretariat.post(f"/reminders/{row.pk}/retry/", follow=True))
    assert "is not told any more: mend that first." in page.text
    assert page.having("p", class_="notice notice-wrong", role="alert")


def test_all_that_failed_are_sent_again(secretariat: Client) -> None:
    for days in (30, 90):
        reminder(contact_of("IDN"), State.FAILED, days_before=days)
    assert "Send all that failed again" in Page(secretariat.get("/reminders/?show=failed")).text
    page = Page(secretariat.post("/reminders/retry/", follow=True))
    assert "2 reminders go out again within a minute." in page.text
    again = Page(secretariat.post("/reminders/retry/", follow=True))
    assert "Nothing can be sent again" in again.text


def test_an_alert_is_sent_by_hand_to_the_reader_who_is_chosen(secretariat: Client) -> None:
    duty, siti = firm(), contact_of("IDN", name="Siti Rahayu")
    page = f"/reminders/send/{duty.pk}/"
    assert "Siti Rahayu" in Page(secretariat.get(page)).text
    assert Page(secretariat.get("/states/IDN/")).having("a", href=page)
    answer = secretariat.post(page, {"contact": siti.pk}, follow=True)
    assert "The alert to Siti Rahayu goes out within a minute." in Page(answer).text
    row = Reminder.objects.get()
    assert (row.contact, row.state, row.obligation) == (siti, State.PLANNED, duty)
    assert "Sent by hand" in Page(secretariat.get("/reminders/")).text


def test_an_alert_that_would_not_go_out_is_refused_with_the_reason(secretariat: Client) -> None:
    duty, siti = firm(), contact_of("IDN", name="Siti Rahayu")
    mute(contact=siti)
    page = f"/reminders/send/{duty.pk}/"
    answer = secretariat.post(page, {"contact": siti.pk}, follow=True)
    assert "are held back until 21 January 2027: end that first." in Page(answer).text
    other = contact_of("NER")
    for number in (other.pk, "", "x", 99999):
        answer = secretariat.post(page, {"contact": number}, follow=True)
        assert "This contact is not told any more: choose another one." in Page(answer).text
    assert not Reminder.objects.exists()


def test_of_a_duty_without_a_firm_date_nobody_is_offered_an_alert(secretariat: Client) -> None:
    duty = firm()
    contact_of("IDN", name="Siti Rahayu")
    Obligation.objects.filter(pk=duty.pk).update(basis="estimate")
    page = Page(secretariat.get(f"/reminders/send/{duty.pk}/"))
    assert "There is no firm date to tell of" in page.text
    assert "Send now" not in page.text


def test_a_test_is_sent_to_whoever_asks(secretariat: Client, mailoutbox: list[Any]) -> None:
    firm()
    page = Page(secretariat.post("/reminders/test/", follow=True))
    (mail,) = mailoutbox
    assert mail.to == ["desk@example.org"]
    assert mail.subject.startswith("[Test] ")
    assert "was sent to desk@example.org." in page.text
    assert not Reminder.objects.exists()


def test_a_ministry_acts_on_nothing(ministry: Client) -> None:
    row = reminder(contact_of("IDN"), State.FAILED)
    for address in (
        f"/reminders/{row.pk}/retry/",
        "/reminders/retry/",
        "/reminders/test/",
        f"/reminders/send/{firm().pk}/",
    ):
        assert ministry.post(address).status_code == 404
    assert "Send it again" not in Page(ministry.get(f"/reminders/{row.pk}/")).text
