"""Old invitations go, old mails are emptied; what is needed stays."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client

from reporting.models import Invitation, Message, Reminder
from reporting.services.retention import GONE, Purged, old_personal_data, purge_personal_data
from reporting.tasks import purge_personal
from tests.factories import NOW, ContactFactory, InvitationFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _days(settings: LazySettings) -> None:
    settings.INVITATION_KEPT_DAYS, settings.MAIL_KEPT_DAYS = 30, 100


def purged(**counts: int) -> Purged:
    """Return what was purged; nothing else was."""
    nothing = {"invitations": 0, "mails": 0, "sessions": 0, "attempts": 0}
    return Purged(**{**nothing, **counts})


def mail(state: str, days: int) -> Message:
    """Return a mail so many days old, of a reminder in that state."""
    message = Message.objects.create(
        to="siti@example.org", language="en", subject="Due", text="Soon", made_at=NOW - days * DAY
    )
    Reminder.objects.create(
        occasion="requested",
        contact=ContactFactory.create(),
        event=str(message.pk),
        planned_for=date(2026, 11, 22),
        planned_at=NOW,
        state=state,
        state_since=NOW,
        message=message,
    )
    return message


def test_only_what_is_over_and_old_goes() -> None:
    open_one = InvitationFactory.create(expires_at=NOW + DAY)
    lately = InvitationFactory.create(accepted_at=NOW - 29 * DAY, expires_at=NOW - 25 * DAY)
    for field in ("accepted_at", "withdrawn_at", "expires_at"):
        InvitationFactory.create(**{field: NOW - 31 * DAY})
    old, young, waiting = mail("sent", 101), mail("sent", 99), mail("planned", 101)
    assert old_personal_data(now=NOW) == purged(invitations=3, mails=1)
    assert purge_personal_data(now=NOW) == purged(invitations=3, mails=1)
    assert purge_personal_data(now=NOW) == purged()
    assert set(Invitation.objects.all()) == {open_one, lately}
    kept = {row.pk: (row.to, row.subject, row.text) for row in Message.objects.all()}
    assert kept[old.pk] == (GONE, "", "")
    assert kept[young.pk] == kept[waiting.pk] == ("siti@example.org", "Due", "Soon")
    assert Reminder.objects.get(message=old).state == "sent"


def test_sessions_that_ended_go_with_their_traces_and_wrong_passwords_of_yesterday(
    client: Client, time_machine: Any
) -> None:
    time_machine.move_to(NOW, tick=False)
    person = UserFactory.create(email="siti@example.org")
    person.set_password("a long and secret phrase")
    person.save()
    client.post("/sign-in/", {"login": "nobody@example.org", "password": "wrong"})
    sent = {"login": "siti@example.org", "password": "a long and secret phrase"}
    client.post("/sign-in/", sent)
    assert purge_personal_data(now=NOW + DAY / 30) == purged()
    assert UserSession.objects.count() == 1
    assert purge_personal_data(now=NOW + DAY) == purged(sessions=1, attempts=1)
    assert not UserSession.objects.exists()


def test_what_is_kept_for_ever_is_kept(settings: LazySettings) -> None:
    settings.INVITATION_KEPT_DAYS = settings.MAIL_KEPT_DAYS = 0
    InvitationFactory.create(accepted_at=NOW - 9999 * DAY)
    mail("sent", 9999)
    assert purge_personal_data(now=NOW) == purged()


def test_the_command_says_how_much_and_the_task_does_it(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)
    mail("sent", 101)
    out = StringIO()
    call_command("purge_personal", "--dry-run", stdout=out)
    assert out.getvalue() == (
        "Over are invitations: 0, sessions: 0, refused sign-ins: 0, mails: 1.\n"
    )
    purge_personal()
    call_command("purge_personal", stdout=out)
    assert out.getvalue().endswith(
        "Deleted are invitations: 0, sessions: 0, refused sign-ins: 0; emptied are mails: 0.\n"
    )
    assert Message.objects.get().to == GONE
