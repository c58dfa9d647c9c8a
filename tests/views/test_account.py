"""Signing in and out."""

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from reporting.models import Role, User
from reporting.views.lockout import NO_ADDRESS, address
from tests.factories import UserFactory
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
PASSWORD = "correct horse battery"  # noqa: S105


@pytest.fixture
def person() -> User:
    made = UserFactory.create(email="desk@example.org", name="Desk officer")
    made.set_password(PASSWORD)
    made.save()
    return made


def sign_in(client: Client, address: str = "/sign-in/", **given: str) -> Page:
    given = {"login": "desk@example.org", "password": PASSWORD} | given
    return Page(client.post(address, given, follow=True))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_person_signs_in_and_out(visitor: Client, person: User) -> None:
    page = sign_in(visitor)
    assert "Desk officer" in page.text
    assert "Sign out" in page.text
    left = Page(visitor.post("/sign-out/", follow=True))
    assert "You have signed out." in left.text
    assert "Sign in" in left.text


def test_the_address_is_compared_without_case_and_spaces(visitor: Client, person: User) -> None:
    sign_in(visitor, login=" Desk@Example.ORG ")
    assert is_signed_in(visitor)


def test_a_wrong_password_is_said_in_a_summary_without_saying_which(
    visitor: Client, person: User
) -> None:
    for given in ({"password": "wrong"}, {"login": "nobody@example.org"}):
        page = sign_in(visitor, **given)
        assert page.has_problem
        assert "The e-mail address and the password do not match an account." in page.text
        assert page.text.startswith("Error:")


def test_a_missing_value_is_named_at_its_field(visitor: Client) -> None:
    page = sign_in(visitor, login="", password="")
    assert page.having("a", href="#id_login")
    assert page.having("a", href="#id_password")
    assert page.having("p", id="id_login_error")
    assert page.text.count("Enter your password.") == 2


@pytest.mark.parametrize("value", ["a\x00@example.org", "x" * 10_000])
def test_nonsense_as_an_address_is_refused(visitor: Client, value: str) -> None:
    assert sign_in(visitor, login=value).has_problem


@pytest.mark.parametrize(
    "onward", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x", "/\\elsewhere"]
)
def test_signing_in_never_leads_to_another_site(visitor: Client, person: User, onward: str) -> None:
    given = {"login": person.email, "password": PASSWORD, "next": onward}
    onto = visitor.post("/sign-in/", given)["Location"]
    assert onto.startswith("/")
    assert "elsewhere" not in onto


def test_signing_in_leads_on_to_a_page_of_this_site(visitor: Client, person: User) -> None:
    given = {"login": person.email, "password": PASSWORD}
    response = visitor.post("/sign-in/?next=/states/IDN/", given)
    assert response["Location"] == "/states/IDN/"


def test_a_link_cannot_sign_anybody_out(visitor: Client, person: User) -> None:
    visitor.force_login(person)
    assert "Do you want to sign out?" in Page(visitor.get("/sign-out/")).text
    assert "Desk officer" in Page(visitor.get("/")).text


def test_an_account_that_is_switched_off_cannot_sign_in_or_go_on(
    visitor: Client, person: User
) -> None:
    sign_in(visitor)
    person.is_active = False
    person.save()
    assert visitor.get("/people/").status_code == 302
    fresh = Client()
    sign_in(fresh)
    assert not is_signed_in(fresh)


def test_the_cookie_of_a_session_goes_with_the_browser_and_scripts_do_not_see_it(
    visitor: Client, person: User
) -> None:
    visitor.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    cookie = visitor.cookies["sessionid"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("", True, "Lax")


def test_signing_in_gives_the_session_a_new_key(visitor: Client, person: User) -> None:
    visitor.get("/sign-in/?next=/states/")
    session = visitor.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    visitor.cookies["sessionid"] = before or ""
    sign_in(visitor)
    assert visitor.session.session_key != before


def test_after_five_wrong_passwords_even_the_right_one_waits(visitor: Client, person: User) -> None:
    for _attempt in range(5):
        sign_in(visitor, password="wrong")  # noqa: S106
    page = sign_in(visitor)
    assert "There were too many attempts. Wait five minutes." in page.text
    assert not is_signed_in(visitor)


def test_wrong_passwords_from_elsewhere_keep_the_owner_waiting_for_nothing(person: User) -> None:
    stranger, owner = Client(REMOTE_ADDR="203.0.113.9"), Client(REMOTE_ADDR="203.0.113.10")
    for _attempt in range(6):
        sign_in(stranger, password="wrong")  # noqa: S106
    assert "There were too many attempts." in sign_in(stranger).text
    sign_in(owner)
    assert is_signed_in(owner)


def fail_often(client: Client, times: int = 10, **extra: Any) -> Any:
    answer = None
    for _attempt in range(times):
        cache.clear()  # the rate limit of the cache would answer first
        given = {"login": "desk@example.org", "password": "wrong"}
        answer = client.post("/sign-in/", given, **extra)
    return answer


def test_after_ten_wrong_passwords_the_account_is_closed_to_that_place_for_an_hour(
    visitor: Client, person: User
) -> None:
    answer = fail_often(visitor)
    assert answer.status_code == 429
    assert "Too many wrong passwords" in Page(answer).text
    cache.clear()
    sign_in(visitor)
    assert not is_signed_in(visitor)
    assert AccessAttempt.objects.get().username == "desk@example.org"


def test_nobody_locks_somebody_else_out(visitor: Client, person: User) -> None:
    fail_often(visitor, REMOTE_ADDR="203.0.113.9")
    cache.clear()
    owner = Client(REMOTE_ADDR="203.0.113.10")
    sign_in(owner)
    assert is_signed_in(owner)


def test_a_header_that_no_proxy_of_ours_wrote_is_not_believed(
    rf: Any, settings: LazySettings
) -> None:
    request = rf.get("/", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.7")
    assert address(request) == "127.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert address(request) == "203.0.113.7"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert address(rf.get("/", REMOTE_ADDR="")) == NO_ADDRESS


def test_too_many_attempts_from_one_place_get_a_page_in_the_same_dress(visitor: Client) -> None:
    answers = [visitor.post("/sign-in/", {}) for _attempt in range(31)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert "Too many requests" in Page(answers[-1]).text


@pytest.mark.parametrize(
    "address", ["/account/sign-up/", "/account/provider/sign-up/", "/account/provider/connections/"]
)
def test_nobody_registers(visitor: Client, address: str) -> None:
    given = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert visitor.get(address).status_code == 404
    assert visitor.post(address, given).status_code == 404
    assert not User.objects.filter(email="new@example.org").exists()


def test_each_role_is_led_to_its_own_work(visitor: Client, person: User) -> None:
    onto = {}
    for role in Role.values:
        User.objects.filter(pk=person.pk).update(role=role)
        given = {"login": person.email, "password": PASSWORD}
        onto[role] = Client().post("/sign-in/", given)["Location"]
    assert onto["administrator"] == "/"
