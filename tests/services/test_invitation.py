"""Inviting, accepting, withdrawing."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import OperationalError, connection

from reporting.models import Invitation, Role, State, User
from reporting.services.errors import NotAllowedError
from reporting.services.invitation import (
    ClosedInvitationError,
    Invited,
    accept,
    find,
    invite,
    withdraw,
)
from tests.factories import InvitationFactory, StateFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PASSWORD = "vier gelbe Kamele"  # noqa: S105


class Sent:
    """Invites, and keeps the token that only the e-mail knows."""

    def __init__(self, by: User, **invited: Any) -> None:
        """Invite."""
        self.token = ""
        self.row = invite(
            invited=Invited(**{"email": "new@example.org", "role": Role.SECRETARIAT} | invited),
            by=by,
            at=NOW,
            address=self.address,
        )

    def address(self, token: str) -> str:
        self.token = token
        return f"https://reports.example/invitation/{token}/"


def taken_up(sent: Sent, *, at: datetime = NOW, **given: str) -> User:
    return accept(token=sent.token, at=at, **{"name": "Noor", "password": PASSWORD} | given)


def ministry(*states: State, **given: Any) -> dict[str, Any]:
    chosen: Sequence[State] = states
    return {"role": Role.MINISTRY, "states": chosen} | given


def test_who_is_invited_gets_a_link_and_becomes_what_the_invitation_says(
    mailoutbox: list[EmailMultiAlternatives], django_capture_on_commit_callbacks: Any
) -> None:
    state = StateFactory.create()
    desk = UserFactory.create(name="Desk officer")
    with django_capture_on_commit_callbacks(execute=True):
        sent = Sent(desk, **ministry(state, email=" Noor@Example.ORG "))
    (mail,) = mailoutbox
    assert mail.to == ["noor@example.org"]
    assert f"https://reports.example/invitation/{sent.token}/" in str(mail.body)
    assert "Desk officer invites you" in str(mail.body)
    assert "29 November 2026, 12:00 UTC" in str(mail.body)
    user = taken_up(sent)
    assert (user.email, user.name, user.role) == ("noor@example.org", "Noor", Role.MINISTRY)
    assert list(user.states.all()) == [state]
    assert user.check_password(PASSWORD)
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_the_link_is_kept_as_a_hash_of_32_random_bytes() -> None:
    sent = Sent(UserFactory.create())
    assert len(sent.token) == 43
    stored = str(list(Invitation.objects.values()))
    assert sent.token not in stored
    assert len(sent.row.token_hash) == 64


def test_a_link_works_once() -> None:
    sent = Sent(UserFactory.create())
    taken_up(sent)
    with pytest.raises(ClosedInvitationError, match="has been used"):
        taken_up(sent, name="Somebody else")
    assert User.objects.filter(email="new@example.org").count() == 1


def test_a_link_works_for_seven_days_and_not_a_moment_longer() -> None:
    sent = Sent(UserFactory.create())
    last = NOW + timedelta(days=7)
    assert find(token=sent.token, at=last - timedelta(seconds=1)) == sent.row
    with pytest.raises(ClosedInvitationError, match="has expired"):
        taken_up(sent, at=last)


def test_a_withdrawn_link_does_not_work() -> None:
    desk = UserFactory.create()
    sent = Sent(desk)
    withdraw(invitation=sent.row, by=desk, at=NOW)
    with pytest.raises(ClosedInvitationError, match="was withdrawn"):
        taken_up(sent)


def test_inviting_again_withdraws_the_link_before() -> None:
    desk = UserFactory.create()
    first, second = Sent(desk), Sent(desk, email="NEW@example.org")
    with pytest.raises(ClosedInvitationError, match="was withdrawn"):
        taken_up(first)
    assert taken_up(second).email == "new@example.org"


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.MINISTRY}])
def test_a_link_dies_with_the_right_of_its_inviter(change: dict[str, Any]) -> None:
    desk = UserFactory.create()
    sent = Sent(desk)
    User.objects.filter(pk=desk.pk).update(**change)
    with pytest.raises(ClosedInvitationError, match="was withdrawn"):
        taken_up(sent)


@pytest.mark.parametrize("token", ["", "x", "é" * 40, "a" * 100_000])
def test_a_link_that_was_never_sent_does_not_work(token: str) -> None:
    with pytest.raises(ClosedInvitationError, match="not complete or not ours"):
        find(token=token, at=NOW)


def test_only_administrators_invite_administrators() -> None:
    with pytest.raises(NotAllowedError):
        Sent(UserFactory.create(), role=Role.ADMINISTRATOR)
    user = taken_up(Sent(UserFactory.create(role=Role.ADMINISTRATOR), role=Role.ADMINISTRATOR))
    assert (user.is_staff, user.is_superuser) == (True, True)


@pytest.mark.parametrize("role", Role.values)
def test_a_ministry_invites_and_withdraws_nothing(role: str) -> None:
    stranger = UserFactory.create(role=Role.MINISTRY)
    with pytest.raises(NotAllowedError):
        Sent(stranger, role=role)
    with pytest.raises(NotAllowedError):
        withdraw(invitation=InvitationFactory.create(), by=stranger, at=NOW)
    assert Invitation.objects.filter(withdrawn_at=None).count() == 1


def test_the_secretariat_does_not_withdraw_an_invitation_of_an_administrator() -> None:
    invitation = InvitationFactory.create(role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        withdraw(invitation=invitation, by=UserFactory.create(), at=NOW)


def test_an_address_with_an_account_is_not_invited() -> None:
    UserFactory.create(email="new@example.org")
    with pytest.raises(ValidationError) as caught:
        Sent(UserFactory.create(), email="New@Example.org")
    assert caught.value.message_dict == {
        "email": ["There is an account with this address already."]
    }


def test_an_account_that_was_made_meanwhile_is_not_made_again() -> None:
    sent = Sent(UserFactory.create())
    UserFactory.create(email="new@example.org")
    with pytest.raises(ClosedInvitationError, match="an account with this address already"):
        taken_up(sent)


def test_a_ministry_acts_for_a_state_and_nobody_else_does() -> None:
    desk = UserFactory.create()
    with pytest.raises(ValidationError, match="Choose the State"):
        Sent(desk, **ministry())
    with pytest.raises(ValidationError, match="Only a ministry"):
        Sent(desk, states=[StateFactory.create()])


def test_a_weak_password_leaves_the_invitation_open() -> None:
    sent = Sent(UserFactory.create())
    with pytest.raises(ValidationError) as caught:
        taken_up(sent, password="new@example.org")  # noqa: S106
    assert list(caught.value.message_dict) == ["password"]
    assert taken_up(sent).email == "new@example.org"


@pytest.mark.django_db(transaction=True)
def test_of_several_at_the_same_moment_one_gets_the_account() -> None:
    sent = Sent(UserFactory.create())
    start = Barrier(4)

    def attempt(name: str) -> str:
        start.wait()
        try:
            while True:
                try:
                    return taken_up(sent, name=name).name
                except OperationalError:  # SQLite in memory does not wait, as a file does
                    continue
        except ClosedInvitationError:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        names = [name for name in pool.map(attempt, "ABCD") if name]
    assert [user.name for user in User.objects.filter(email="new@example.org")] == names
