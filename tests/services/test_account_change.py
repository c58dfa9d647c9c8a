"""Changing what an account may do, switching it off, and what is refused."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from reporting.models import AccountChange, Role, User
from reporting.services.account_change import Standing, change_account
from reporting.services.errors import NotAllowedError
from tests.factories import StateFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ON, OFF = True, False


def person(role: Role, **given: Any) -> User:
    made: User = UserFactory.create(role=role, **given)
    return made


def change(account: User, role: Role, *, by: User, **given: Any) -> User:
    change_account(account=account, to=Standing(role, **given), by=by, at=NOW)
    account.refresh_from_db()
    return account


def test_an_account_gets_another_role_and_its_history_says_from_what_to_what() -> None:
    administrator, account = person(Role.ADMINISTRATOR), person(Role.SECRETARIAT)
    fiji = StateFactory.create(iso3="FJI")
    change(account, Role.MINISTRY, by=administrator, states=[fiji])
    assert (account.role, [*account.states.all()]) == ("ministry", [fiji])
    kept = AccountChange.objects.filter(account=account, by=administrator, at=NOW)
    assert {(each.field, each.before, each.after) for each in kept} == {
        ("role", "secretariat", "ministry"),
        ("states", "", "FJI"),
    }


def test_what_stays_as_it_is_leaves_no_trace() -> None:
    account = person(Role.SECRETARIAT)
    change(account, Role.SECRETARIAT, by=person(Role.ADMINISTRATOR))
    assert not AccountChange.objects.exists()


def test_the_rights_of_the_repair_pages_come_and_go_with_the_role() -> None:
    administrator, account = person(Role.ADMINISTRATOR), person(Role.SECRETARIAT)
    change(account, Role.ADMINISTRATOR, by=administrator)
    assert (account.is_staff, account.is_superuser) == (True, True)
    change(account, Role.SECRETARIAT, by=administrator)
    assert (account.is_staff, account.is_superuser) == (False, False)


def test_an_account_that_is_switched_off_is_signed_out_for_good() -> None:
    account, administrator = person(Role.SECRETARIAT), person(Role.ADMINISTRATOR)
    theirs, other = Client(), Client()
    theirs.force_login(account)
    other.force_login(administrator)
    change(account, Role.SECRETARIAT, by=administrator, is_active=OFF)
    assert theirs.get("/people/").status_code == 302
    change(account, Role.SECRETARIAT, by=administrator, is_active=ON)
    assert theirs.get("/people/").status_code == 302
    assert other.get("/people/").status_code == 200


@pytest.mark.parametrize(
    ("by", "of", "to"),
    [
        (Role.MINISTRY, Role.MINISTRY, Role.MINISTRY),
        (Role.MINISTRY, Role.SECRETARIAT, Role.SECRETARIAT),
        (Role.SECRETARIAT, Role.ADMINISTRATOR, Role.SECRETARIAT),
        (Role.SECRETARIAT, Role.SECRETARIAT, Role.ADMINISTRATOR),
    ],
)
def test_nobody_changes_those_above_or_lifts_anybody_there(by: Role, of: Role, to: Role) -> None:
    account = person(of)
    person(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        change(account, to, by=person(by), is_active=OFF)
    assert User.objects.get(pk=account.pk).is_active


@pytest.mark.parametrize("role", Role)
def test_nobody_changes_the_own_account(role: Role) -> None:
    account = person(role)
    with pytest.raises(NotAllowedError):
        change(account, Role.SECRETARIAT, by=account)


@pytest.mark.parametrize(
    ("given", "field"), [((Role.ADMINISTRATOR, OFF), "is_active"), ((Role.SECRETARIAT, ON), "role")]
)
def test_the_last_administrator_stays(given: tuple[Role, bool], field: str) -> None:
    """Of two who switch each other off at once, the second is the last one by then."""
    last, gone = person(Role.ADMINISTRATOR), person(Role.ADMINISTRATOR)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    role, active = given
    with pytest.raises(ValidationError) as caught:
        change(last, role, by=gone, is_active=active)
    sentence = "This is the last administrator. Make somebody else one first."
    assert caught.value.message_dict == {field: [sentence]}


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (Role.MINISTRY, "Choose the State that the ministry acts for."),
        (Role.SECRETARIAT, "Only a ministry acts for a State. Choose none."),
    ],
)
def test_a_ministry_has_a_state_and_nobody_else_has_one(role: Role, sentence: str) -> None:
    states = [] if role == Role.MINISTRY else [StateFactory.create()]
    with pytest.raises(ValidationError) as caught:
        change(person(Role.SECRETARIAT), role, by=person(Role.ADMINISTRATOR), states=states)
    assert caught.value.message_dict == {"states": [sentence]}
