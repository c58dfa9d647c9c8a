"""The second step of signing in: an app, keys, recovery codes, and who must have one."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from reporting.models import Role, User
from tests.factories import UserFactory
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
PASSWORD = "correct horse battery"  # noqa: S105
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105
SECURITY = "/account/security/"


@pytest.fixture
def person() -> User:
    made = UserFactory.create(email="desk@example.org", name="Desk officer")
    made.set_password(PASSWORD)
    made.save()
    return made


def code(secret: str = SECRET, steps: int = 0) -> str:
    counter = int(timezone.now().timestamp()) // 30 + steps  # noqa: TID251 # the app has a clock
    return str(format_hotp_value(hotp_value(secret, counter)))


def give_app(person: User) -> None:
    from allauth.mfa.adapter import get_adapter

    Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.TOTP,
        data={"secret": get_adapter().encrypt(SECRET)},
    )


def sign_in(client: Client) -> Any:
    return client.post("/sign-in/", {"login": "desk@example.org", "password": PASSWORD})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def confirm_password(client: Client, onto: str) -> Any:
    """Open an address that asks for the password once more, and give it."""
    asked = client.get(onto)["Location"]
    assert asked.startswith("/account/reauthenticate/?next=")
    return client.post(asked, {"password": PASSWORD}, follow=True)


def test_an_app_is_added_and_signing_in_asks_for_its_code(visitor: Client, person: User) -> None:
    sign_in(visitor)
    page = Page(visitor.get(f"{SECURITY}totp/activate/"))
    (secret,) = re.findall(r'<code class="secret">(\w+)</code>', page.html)
    first = code(secret)
    answer = visitor.post(f"{SECURITY}totp/activate/", {"code": first}, follow=True)
    assert "10 of 10 are left." in Page(answer).text
    assert secret not in str(list(Authenticator.objects.values_list("data")))
    fresh = Client()
    assert sign_in(fresh)["Location"] == f"{SECURITY}authenticate/"
    assert not is_signed_in(fresh)
    assert fresh.get("/people/").status_code == 302
    for spent in ("000000", first):
        wrong = Page(fresh.post(f"{SECURITY}authenticate/", {"code": spent}))
        assert "This code is not right" in wrong.text
    fresh.post(f"{SECURITY}authenticate/", {"code": code(secret, 1)})
    assert is_signed_in(fresh)


def test_a_code_works_once(visitor: Client, person: User) -> None:
    give_app(person)
    for client, works in ((visitor, True), (Client(), False)):
        sign_in(client)
        client.post(f"{SECURITY}authenticate/", {"code": code()})
        assert is_signed_in(client) is works


def test_codes_cannot_be_guessed_without_end(visitor: Client, person: User) -> None:
    give_app(person)
    sign_in(visitor)
    guesses = [{"code": f"{guess:06}"} for guess in range(6)]
    said = [Page(visitor.post(f"{SECURITY}authenticate/", guess)).text for guess in guesses]
    assert "There were too many attempts." in said[-1]
    visitor.post(f"{SECURITY}authenticate/", {"code": code()})
    assert not is_signed_in(visitor)


def test_a_recovery_code_signs_in_once(visitor: Client, person: User) -> None:
    give_app(person)
    codes = RecoveryCodes.activate(person).get_unused_codes()
    for client, works in ((visitor, True), (Client(), False)):
        sign_in(client)
        client.post(f"{SECURITY}authenticate/", {"code": codes[0]})
        assert is_signed_in(client) is works


def test_the_second_step_cannot_be_opened_without_the_first(visitor: Client, person: User) -> None:
    give_app(person)
    assert visitor.get(f"{SECURITY}authenticate/")["Location"] == "/sign-in/"
    visitor.post(f"{SECURITY}authenticate/", {"code": code()})
    assert not is_signed_in(visitor)


def test_a_new_password_by_email_does_not_go_round_the_second_step(
    visitor: Client, person: User
) -> None:
    give_app(person)
    person.set_password("vier gelbe Kamele")
    person.save()
    visitor.post("/sign-in/", {"login": person.email, "password": "vier gelbe Kamele"})
    assert not is_signed_in(visitor)


def test_security_is_changed_only_with_the_password_once_more(
    visitor: Client, person: User
) -> None:
    give_app(person)
    visitor.force_login(person)
    for step in ("totp/deactivate/", "webauthn/add/", "recovery-codes/generate/"):
        for answer in (visitor.get(SECURITY + step), visitor.post(SECURITY + step)):
            assert answer["Location"].startswith("/account/reauthenticate/?next="), step
    assert Authenticator.objects.count() == 1


def test_the_password_is_asked_for_again_five_minutes_after_the_sign_in(
    visitor: Client, person: User
) -> None:
    sign_in(visitor)
    assert visitor.get(f"{SECURITY}totp/activate/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(seconds=301)):  # noqa: TID251
        page = confirm_password(visitor, f"{SECURITY}totp/activate/")
    assert "Add an authenticator app" in Page(page).text


def test_nobody_sees_or_removes_the_key_of_somebody_else(visitor: Client, person: User) -> None:
    key = Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "Key 1", "credential": {}}
    )
    stranger = UserFactory.create()
    stranger.set_password(PASSWORD)
    stranger.save()
    visitor.post("/sign-in/", {"login": stranger.email, "password": PASSWORD})
    remove = f"{SECURITY}webauthn/keys/{key.pk}/remove/"
    assert visitor.get(remove).status_code == 404
    assert visitor.post(remove).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_a_key_that_is_nested_without_end_is_refused_everywhere(visitor: Client) -> None:
    sign_in(visitor)
    for step in ("webauthn/add/", "webauthn/reauthenticate/"):
        answer = visitor.post(f"{SECURITY}{step}", {"credential": "[" * 100_000}, follow=True)
        assert answer.status_code == 200, step


def test_a_passkey_that_is_nonsense_is_refused_with_a_sentence(visitor: Client) -> None:
    told = ("", "nonsense", "{}", '{"response": {"userHandle": "AA"}}', "[]", "[" * 100_000)
    for credential in told:
        answer = visitor.post(f"{SECURITY}webauthn/login/", {"credential": credential}, follow=True)
        assert answer.status_code == 200, credential
        assert not is_signed_in(visitor)


@pytest.fixture
def needed(settings: LazySettings) -> None:
    """SECOND_FACTOR_FOR=secretariat."""
    settings.SECOND_FACTOR_FOR = [Role.SECRETARIAT]


@pytest.mark.usefixtures("needed")
def test_a_person_without_one_is_led_to_it_before_anything_else(
    visitor: Client, person: User
) -> None:
    sign_in(visitor)
    for address in ("/", "/people/", "/states/IDN/", "/account/password/"):
        for answer in (visitor.get(address), visitor.post(address)):
            assert answer["Location"] == SECURITY, address
    page = Page(visitor.get("/people/", follow=True))
    assert "Your role needs a second step to sign in." in page.text
    assert "Location" not in visitor.get("/healthz")
    script = visitor.get("/?q=x", headers={"HX-Request": "true"})
    assert script["HX-Redirect"] == SECURITY


@pytest.mark.usefixtures("needed")
def test_it_can_be_set_up_and_opens_the_rest(visitor: Client, person: User) -> None:
    sign_in(visitor)
    assert "Add an authenticator app" in Page(visitor.get(f"{SECURITY}totp/activate/")).text
    give_app(person)
    assert visitor.get("/people/").status_code == 200


@pytest.mark.usefixtures("needed")
def test_recovery_codes_alone_are_none(visitor: Client, person: User) -> None:
    RecoveryCodes.activate(person)
    visitor.force_login(person)
    assert visitor.get("/people/")["Location"] == SECURITY


@pytest.mark.usefixtures("needed")
def test_the_last_one_cannot_be_removed(visitor: Client, person: User) -> None:
    give_app(person)
    visitor.force_login(person)
    remove = f"{SECURITY}totp/deactivate/"
    confirm_password(visitor, remove)
    page = Page(visitor.post(remove, follow=True))
    assert "Your role needs a second step to sign in. Add another one" in page.text
    assert Authenticator.objects.count() == 1


@pytest.mark.usefixtures("needed")
def test_other_roles_are_left_alone_and_everybody_can_sign_out(
    visitor: Client, person: User
) -> None:
    ministry = Client()
    ministry.force_login(UserFactory.create(role=Role.MINISTRY))
    assert ministry.get("/").status_code == 200
    sign_in(visitor)
    visitor.post("/sign-out/")
    assert not is_signed_in(visitor)


def test_a_secret_is_still_read_after_the_secret_key_was_changed(
    person: User, settings: LazySettings
) -> None:
    give_app(person)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one"  # noqa: S105
    kept = Authenticator.objects.get().wrap()
    assert isinstance(kept, TOTP)
    assert kept.validate_code(code())
