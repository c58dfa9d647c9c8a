"""Old invitations go, old mails are emptied; what is needed stays."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from reporting.models import Invitation, Message, Reminder
from reporting.services.retention import GONE, Purged, old_personal_data, purge_personal_data
from reporting.tasks import purge_personal
from tests.factories import NOW, ContactFactory, InvitationFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _days(settings: LazySettings) -> None:
    settings.INVITATION_KEPT_DAYS, settings.MAIL_KEPT_DAYS = 30, 100


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
    assert old_personal_data(now=NOW) == Purged(invitations=3, mails=1)
    assert purge_personal_data(now=NOW) == Purged(invitations=3, mails=1)
    assert purge_personal_data(now=NOW) == Purged(invitations=0, mails=0)
    assert set(Invitation.objects.all()) == {open_one, lately}
    kept = {row.pk: (row.to, row.subject, row.text) for row in Message.objects.all()}
    assert kept[old.pk] == (GONE, "", "")
    assert kept[young.pk] == kept[waiting.pk] == ("siti@example.org", "Due", "Soon")
    assert Reminder.objects.get(message=old).state == "sent"


def test_what_is_kept_for_ever_is_kept(settings: LazySettings) -> None:
    settings.INVITATION_KEPT_DAYS = settings.MAIL_KEPT_DAYS = 0
    InvitationFactory.create(accepted_at=NOW - 9999 * DAY)
    mail("sent", 9999)
    assert purge_personal_data(now=NOW) == Purged(invitations=0, mails=0)


def test_the_command_says_how_much_and_the_task_does_it(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)
    mail("sent", 101)
    out = StringIO()
    call_command("purge_personal", "--dry-run", stdout=out)
    assert out.getvalue() == "Too old are invitations: 0, mails: 1.\n"
    purge_personal()
    call_command("purge_personal", stdout=out)
    assert out.getvalue().endswith("Deleted are invitations: 0; emptied are mails: 0.\n")
    assert Message.objects.get().to == GONE
