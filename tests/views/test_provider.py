"""Signing in through the organisation's identity provider, with its answers made up."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import LazySettings
from django.test import Client

from reporting.models import User
from tests.factories import UserFactory
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
LOGIN = "/account/oidc/sso/login/"
SERVER = "https://id.example.org"


@pytest.fixture(autouse=True)
def _provider(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": "the Organisation",
                    "client_id": "reporting",
                    "secret": "secret",
                    "settings": {"server_url": SERVER, "oauth_pkce_enabled": True},
                }
            ]
        }
    }
    config = {
        "authorization_endpoint": f"{SERVER}/authorize",
        "token_endpoint": f"{SERVER}/token",
        "userinfo_endpoint": f"{SERVER}/userinfo",
    }
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "openid_config", config)
    monkeypatch.setattr(
        OAuth2Client, "get_access_token", lambda *_args, **_kwargs: {"access_token": "token"}
    )


@pytest.fixture
def person() -> User:
    made = UserFactory.create(email="desk@example.org", name="Desk officer")
    made.set_password("correct horse battery")
    made.save()
    return made


def come_back(client: Client, monkeypatch: pytest.MonkeyPatch, **said: Any) -> Any:
    """Go to the provider and return with what it says about the person."""
    said = {"sub": "42", "email": "desk@example.org", "email_verified": True} | said
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "_fetch_user_info", lambda _self, _token: said)
    leaving = client.post(LOGIN)
    asked = parse_qs(urlsplit(leaving["Location"]).query)
    assert leaving["Location"].startswith(f"{SERVER}/authorize?")
    assert asked["code_challenge_method"] == ["S256"]
    return client.get(f"{LOGIN}callback/", {"code": "x", "state": asked["state"][0]}, follow=True)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_page_to_sign_in_offers_the_provider(visitor: Client) -> None:
    assert "Sign in with the Organisation" in Page(visitor.get("/sign-in/")).text


def test_who_is_invited_signs_in_and_keeps_the_password(
    visitor: Client, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_back(visitor, monkeypatch, email="Desk@Example.org")
    assert visitor.session["_auth_user_id"] == str(person.pk)
    person.refresh_from_db()
    assert person.check_password("correct horse battery")
    assert not SocialAccount.objects.exists()
    assert not EmailAddress.objects.exists()


def test_an_address_that_the_provider_has_not_verified_opens_nothing(
    visitor: Client, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for verified in (False, "false", "true", None):
        page = Page(come_back(visitor, monkeypatch, email_verified=verified))
        assert "The identity provider has not verified your e-mail address" in page.text
        assert "no account" not in page.text
        assert not is_signed_in(visitor)


def test_somebody_who_is_not_invited_gets_no_account(
    visitor: Client, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page(come_back(visitor, monkeypatch, email="nobody@example.org"))
    assert "There is no account for you here yet" in page.text
    assert not is_signed_in(visitor)
    assert User.objects.count() == 1


def test_the_provider_does_not_go_round_the_second_step(
    visitor: Client, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert "The second step" in Page(come_back(visitor, monkeypatch)).text
    assert not is_signed_in(visitor)


def test_an_account_that_is_switched_off_stays_so(
    visitor: Client, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.update(is_active=False)
    assert "This account is switched off" in Page(come_back(visitor, monkeypatch)).text
    assert not is_signed_in(visitor)


def test_an_answer_that_was_not_asked_for_is_refused(visitor: Client, person: User) -> None:
    page = visitor.get(f"{LOGIN}callback/", {"code": "x", "state": "made-up"}, follow=True)
    assert "Signing in did not work" in Page(page).text
    assert not is_signed_in(visitor)


def test_a_link_leads_nobody_to_the_provider_unasked(visitor: Client) -> None:
    assert visitor.get(LOGIN).status_code == 200


def test_a_signed_in_person_cannot_be_bound_to_another_identity(
    visitor: Client, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.force_login(person)
    said = {"sub": "1", "email": "attacker@example.org", "email_verified": True}
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "_fetch_user_info", lambda _self, _token: said)
    leaving = visitor.post(f"{LOGIN}?process=connect")
    state = parse_qs(urlsplit(leaving["Location"]).query)["state"][0]
    visitor.get(f"{LOGIN}callback/", {"code": "x", "state": state}, follow=True)
    assert not SocialAccount.objects.exists()


def test_without_settings_there_is_no_provider(visitor: Client, settings: LazySettings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert visitor.post(LOGIN).status_code == 404
    assert "Organisation" not in Page(visitor.get("/sign-in/")).text
