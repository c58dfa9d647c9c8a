"""One reminder with its mail as it was sent."""

import pytest
from django.test import Client

from reporting.models import Reminder, Why
from tests.factories import NOW, ContactFactory
from tests.views.conftest import Page
from tests.views.reminder.world import contact_of, mail, reminder

pytestmark = pytest.mark.usefixtures("recorded")
State = Reminder.State


@pytest.fixture
def sent() -> Reminder:
    """Return an alert to Indonesia that was sent with a script in its HTML."""
    siti = contact_of("IDN")
    html = "<html><head></head><body><script>steal()</script><b>Due</b></body></html>"
    message = mail(siti, html=html, calendar="BEGIN:VCALENDAR", acknowledged_at=NOW)
    return reminder(siti, State.SENT, message=message, handed_at=NOW)


def test_a_mail_is_shown_as_it_was_sent(secretariat: Client, sent: Reminder) -> None:
    other = reminder(sent.contact, State.SENT, days_before=90, message=sent.message)
    page = Page(secretariat.get(f"/reminders/{sent.pk}/"))
    assert sent.message
    assert "Third periodic report due in 30 days" in page.text
    assert "Your report is due on 22 December 2026." in page.text
    assert f"Message-ID {sent.message.message_id}" in page.text
    assert "Acknowledged 22 November 2026, 12:00 UTC" in page.text
    assert page.having("a", href=f"/reminders/{other.pk}/")
    (frame,) = page.having("iframe")
    assert (frame["src"], frame["sandbox"]) == (f"/reminders/{sent.pk}/html/", "")
    assert "<script>steal" not in page.html


def test_the_html_of_a_mail_cannot_run_or_reach_anything(
    secretariat: Client, sent: Reminder
) -> None:
    answer = secretariat.get(f"/reminders/{sent.pk}/html/")
    policy = {part.strip() for part in answer["Content-Security-Policy"].split(";")}
    assert {"sandbox", "default-src 'none'", "frame-ancestors 'self'"} <= policy
    assert not [part for part in policy if part.startswith(("script-src", "connect-src"))]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    page = secretariat.get(f"/reminders/{sent.pk}/")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_its_calendar_file_can_be_saved(secretariat: Client, sent: Reminder) -> None:
    answer = secretariat.get(f"/reminders/{sent.pk}/calendar/")
    assert answer.content == b"BEGIN:VCALENDAR"
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Content-Disposition"].startswith("attachment")
    plain = reminder(sent.contact, State.SENT, days_before=7, message=mail(sent.contact))
    assert secretariat.get(f"/reminders/{plain.pk}/calendar/").status_code == 404


def test_what_was_never_written_says_why(secretariat: Client) -> None:
    row = reminder(contact_of("IDN"), State.SKIPPED, reason=Why.OVERTAKEN)
    page = Page(secretariat.get(f"/reminders/{row.pk}/"))
    assert "Overtaken by a later alert" in page.text
    assert "No e-mail has been written for it." in page.text
    assert secretariat.get(f"/reminders/{row.pk}/html/").status_code == 404


def test_a_ministry_sees_the_mails_to_its_own_people_alone(
    ministry: Client, other_ministry: Client, sent: Reminder
) -> None:
    desk = ContactFactory.create(state=None, role="desk officer")
    to_desk = reminder(desk, State.SENT, message=mail(desk))
    for end in ("", "html/", "calendar/"):
        assert ministry.get(f"/reminders/{sent.pk}/{end}").status_code == 200
        assert other_ministry.get(f"/reminders/{sent.pk}/{end}").status_code == 404
        assert ministry.get(f"/reminders/{to_desk.pk}/{end}").status_code == 404
    assert ministry.get("/reminders/").status_code == 404
