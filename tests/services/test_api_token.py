"""The tokens with which programs act for a person."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from reporting.models import ApiToken, AuditEntry, Scope, User
from reporting.services.api_token import MOST_TOKENS, end_api_token, make_api_token, shown_token
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def made(user: User, name: str = "Tracker", scope: str = Scope.READ) -> str:
    return make_api_token(user=user, name=name, scope=scope, at=NOW)


def test_whoever_shows_the_token_acts_for_its_person_and_the_database_has_it_not() -> None:
    person = UserFactory.create()
    token = made(person, scope=Scope.FILE)
    shown = shown_token(token=token, at=NOW)
    assert shown is not None
    assert (shown.user, shown.may_file, token[:4]) == (person, True, "rtt_")
    assert shown_token(token=token[:-1], at=NOW) is None
    assert token not in str(ApiToken.objects.values().get())


def test_one_token_is_ended_and_the_others_work_on() -> None:
    person, other = UserFactory.create(), UserFactory.create()
    first, second = made(person), made(person)
    pk = ApiToken.objects.earliest("pk").pk
    assert end_api_token(user=other, pk=pk, at=NOW) is False
    assert end_api_token(user=person, pk=pk, at=NOW) is True
    assert shown_token(token=first, at=NOW) is None
    assert shown_token(token=second, at=NOW) is not None
    assert list(AuditEntry.objects.values_list("what", "by").order_by("pk")) == [
        ("token made", person.pk),
        ("token made", person.pk),
        ("token ended", person.pk),
    ]


def test_whoever_may_not_sign_in_has_no_program() -> None:
    person = UserFactory.create()
    token = made(person)
    person.is_active = False
    person.save()
    assert shown_token(token=token, at=NOW) is None


def test_when_it_was_used_last_is_noted_now_and_then() -> None:
    token = made(UserFactory.create())
    noted = []
    for at in (NOW, NOW + HOUR / 10, NOW + HOUR):
        shown_token(token=token, at=at)
        noted.append(ApiToken.objects.get().last_used_at)
    assert noted == [NOW, NOW, NOW + HOUR]


def test_nobody_has_more_than_so_many() -> None:
    person = UserFactory.create()
    for number in range(MOST_TOKENS):
        made(person, f"{number}")
    with pytest.raises(ValidationError, match=f"You have {MOST_TOKENS} tokens"):
        made(person)
    made(UserFactory.create())


def test_a_scope_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValidationError):
        made(UserFactory.create(), scope="everything")
