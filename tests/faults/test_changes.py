"""What an alert tells of changes while that alert is being sent."""

from collections import Counter
from datetime import datetime

import pytest

from reporting.models import Reminder
from reporting.rules.partial_date import PartialDate
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.sending import send_due
from reporting.services.timetable import refresh
from tests.factories import SubmissionFactory
from tests.faults.conftest import LATER, MORNING, World, held_at
from tests.faults.mailserver import MailServer
from tests.faults.senders import Sender

pytestmark = pytest.mark.faults
# At which step a sender stands still, and how many mails have been handed over there.
STEPS = pytest.mark.parametrize(("step", "handed"), [("connect", 0), ("RCPT", 1), ("DATA", 1)])


def go_on(server: MailServer, sender: Sender, *, at: datetime) -> None:
    """Let the sender end, and plan and send once more."""
    server.tell()
    assert sender.end() == ""
    plan_alerts(as_at=at.date(), now=at)
    send_due(as_at=at.date(), clock=lambda: at)


def states(due_on: str) -> Counter[str]:
    rows = Reminder.objects.filter(due_on=due_on, days_before__isnull=False)
    return Counter(rows.exclude(state="skipped").values_list("state", flat=True))


@STEPS
def test_once_a_report_is_filed_nothing_more_is_handed_over(
    world: World, server: MailServer, sender: Sender, step: str, handed: int
) -> None:
    held_at(step, server=server, sender=sender)
    SubmissionFactory.create(
        state_party=world.party,
        first_report=2,
        symbol="CMW/C/IDN/2",
        received_on=PartialDate(2022, 9, 1),
    )
    refresh(party=world.party, as_at=MORNING.date())
    go_on(server, sender, at=LATER)
    assert len(server.accepted) == handed
    assert states("2022-10-01") == Counter(sent=handed, cancelled=4 - handed)


@STEPS
def test_a_date_that_moves_is_told_anew_and_the_old_one_is_not_handed_over_any_more(
    world: World, server: MailServer, sender: Sender, step: str, handed: int
) -> None:
    held_at(step, server=server, sender=sender)
    decision = world.party.decisions.get()
    decision.due_on = PartialDate(2022, 11, 1)
    decision.save()
    refresh(party=world.party, as_at=MORNING.date())
    go_on(server, sender, at=LATER)
    assert states("2022-10-01") == Counter(sent=handed, cancelled=4 - handed)
    assert states("2022-11-01") == {"sent": 4}
    assert set(server.message_ids.values()) == {1}
    assert server.message_ids.total() == 4 + handed
