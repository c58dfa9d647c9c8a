"""`manage.py plan_reminders`, `send_reminders` and `reminders`."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO

import pytest
import time_machine
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import CommandError, call_command

from reporting.models import Basis, Contact, Mute, Obligation, Reminder, StateParty
from reporting.services.timetable import refresh
from reporting.tasks import plan_worklist
from tests.factories import (
    ContactFactory,
    DecisionFactory,
    ReviewFactory,
    StatePartyFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db


class NoServer(BaseEmailBackend):
    """A mail server that is not there."""

    def open(self) -> bool:
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel("2022-09-01 05:00Z", tick=False):
        yield


@pytest.fixture(autouse=True)
def contact() -> Contact:
    """Return a focal point of Indonesia, whose second report is due on 1 October 2022."""
    party: StateParty = StatePartyFactory.create()
    review = ReviewFactory.create(state_party=party)
    SubmissionFactory.create(state_party=party)
    DecisionFactory.create(state_party=party, review=review)
    contact: Contact = ContactFactory.create(state=party.state, email="siti@example.org")
    refresh(party=party, as_at=date(2022, 9, 1))
    return contact


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().splitlines()


def rows(lines: list[str]) -> list[list[str]]:
    return [re.split(r"  +", line) for line in lines]


def test_planning_prints_what_it_planned_and_a_second_one_finds_nothing() -> None:
    lines = run("plan_reminders")
    assert rows(lines)[0] == ["State", "Obligation", "Due", "Alert", "Reader", "What"]
    assert rows(lines)[1:6:4] == [
        [
            *("IDN", "second periodic report", "2022-10-01", "540 days before"),
            *("siti@example.org", "skipped: overtaken by a later alert"),
        ],
        [
            *("IDN", "second periodic report", "2022-10-01", "30 days before"),
            *("siti@example.org", "to send"),
        ],
    ]
    assert lines[6:] == ["Reminders to send: 1, skipped: 4; worklists of the secretariat: 0."]
    assert Reminder.objects.count() == 5
    assert run("plan_reminders") == [
        "Reminders to send: 0, skipped: 0; worklists of the secretariat: 0."
    ]


def test_a_dry_run_shows_what_a_day_ahead_will_bring_and_writes_nothing() -> None:
    lines = run("plan_reminders", "--as-at", "2022-10-02", "--dry-run")
    assert rows(lines)[-3][3:] == ["1 day after", "siti@example.org", "to send"]
    assert lines[-2:] == [
        "Reminders to send: 1, skipped: 8; worklists of the secretariat: 0.",
        "Nothing was written.",
    ]
    assert not Reminder.objects.exists()


def test_the_worklist_of_the_secretariat_is_planned_too() -> None:
    ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER, email="ana@example.org")
    Obligation.objects.filter(due_on="2022-10-01").update(basis=Basis.ESTIMATE)
    summary = "Reminders to send: 0, skipped: 0; worklists of the secretariat: 1."
    assert run("plan_reminders", "--dry-run") == [summary, "Nothing was written."]
    assert run("plan_reminders") == [summary]
    assert Reminder.objects.get().event == "worklist/2022-Q3"
    plan_worklist()
    assert Reminder.objects.count() == 1


def test_the_mails_of_each_run_are_counted(
    contact: Contact, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    ContactFactory.create(state=contact.state)
    run("plan_reminders")
    assert run("send_reminders", "--limit", "1") == [
        "Mails sent: 1, put back to wait: 0, failed: 0; reminders left to send: 1, to be tried again later: 0."
    ]
    assert run("send_reminders") == [
        "Mails sent: 1, put back to wait: 0, failed: 0; reminders left to send: 0, to be tried again later: 0."
    ]
    assert len(mailoutbox) == 2


def test_a_mail_server_that_is_not_there_is_a_failure_of_the_command(
    settings: LazySettings,
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.NoServer"
    run("plan_reminders")
    out = StringIO()
    with pytest.raises(CommandError, match="The mail server could not be reached") as caught:
        call_command("send_reminders", stdout=out)
    assert caught.value.returncode == 1
    assert out.getvalue() == (
        "Mails sent: 0, put back to wait: 1, failed: 0; "
        "reminders left to send: 0, to be tried again later: 1.\n"
    )


def test_the_ledger_of_a_state_and_what_is_to_come_are_printed(contact: Contact) -> None:
    run("plan_reminders")
    run("send_reminders")
    lines = run("reminders", "--state", "idn")
    assert lines[0] == "Indonesia: 5 in the ledger"
    assert rows(lines)[6] == [
        *("2022-09-01", "second periodic report", "2022-10-01", "30 days before"),
        *("siti@example.org", "sent", "2022-09-01 05:00"),
    ]
    assert lines[7] == "Indonesia: 15 to come within a year, as things stand"
    assert rows(lines)[9] == [
        *("2022-09-24", "second periodic report", "2022-10-01", "7 days before"),
        "siti@example.org",
    ]


def test_what_a_mute_will_hold_back_is_said(contact: Contact) -> None:
    Mute.objects.create(
        state=contact.state,
        starts_on=date(2022, 9, 1),
        until=date(2022, 9, 30),
        because="announced",
        made_at=datetime(2022, 9, 1, tzinfo=UTC),
    )
    lines = run("reminders", "--state", "IDN")
    assert rows(lines)[3][4:] == ["siti@example.org (held back until 2022-09-30)"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("plan_reminders", "--as-at", "2022-09-02"),
            "2022-09-02 is not today: add --dry-run to see what would be planned by then.",
        ),
        (
            ("plan_reminders", "--as-at", "2020-01-01"),
            "2020-01-01 is not today: add --dry-run to see what would be planned by then.",
        ),
        (("plan_reminders", "--as-at", "soon"), "“soon” is not a day: write YYYY-MM-DD."),
        (("send_reminders", "--limit", "0"), "“0” is no number of mails: write 1 or more."),
        (("send_reminders", "--limit", "-1"), "“-1” is no number of mails: write 1 or more."),
        (("reminders", "--state", "XXX"), "“XXX” is no State party on record."),
    ],
)
def test_a_bad_argument_is_one_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    assert (str(caught.value), caught.value.returncode) == (sentence, 2)
