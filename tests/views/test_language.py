"""The language of a page: the address, what the browser kept, the setting, what the browser asks."""

import pytest
from django.conf import LazySettings
from django.test import Client

from reporting.models import StateParty, User
from reporting.services.timetable import refresh
from tests.factories import TODAY, StatePartyFactory
from tests.views.cast import as_, ministry_of
from tests.views.conftest import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def party() -> StateParty:
    made: StateParty = StatePartyFactory.create()
    refresh(party=made, as_at=TODAY)
    return made


@pytest.fixture
def indonesia_user(party: StateParty) -> User:
    return ministry_of(party)


@pytest.fixture
def ministry(indonesia_user: User) -> Client:
    return as_(indonesia_user)


@pytest.fixture(autouse=True)
def offered(settings: LazySettings) -> None:
    settings.LANGUAGES_OFFERED = ["en", "fr", "ar", "zh-hans"]


def language(client: Client, address: str = "/", **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response["Content-Language"]


def test_the_address_counts_before_everything_and_the_visit_keeps_it(visitor: Client) -> None:
    assert language(visitor, "/?language=fr", accept_language="ar") == "fr"
    assert visitor.cookies["language"].value == "fr"
    assert language(visitor, accept_language="ar") == "fr"
    assert language(visitor, "/states/?language=ar") == "ar"
    assert language(visitor) == "ar"


def test_the_language_of_a_link_is_forgotten_with_the_visit(
    ministry: Client, indonesia_user: User
) -> None:
    indonesia_user.language = "ar"
    indonesia_user.save()
    assert language(ministry, "/my/?language=fr") == "fr"
    kept = ministry.cookies["language"]
    assert (kept.value, kept["max-age"], kept["expires"]) == ("fr", "", "")
    indonesia_user.refresh_from_db()
    assert indonesia_user.language == "ar"
    del ministry.cookies["language"]  # as a browser does that is closed
    assert language(ministry, "/my/") == "ar"


def test_without_a_choice_the_first_language_of_the_browser_that_is_offered_counts(
    visitor: Client,
) -> None:
    assert language(visitor, accept_language="pt, ru;q=0.9, fr-CA;q=0.8, ar;q=0.7") == "fr"
    assert language(visitor, accept_language="zh-CN") == "zh-hans"
    assert "language" not in visitor.cookies


def test_the_setting_counts_before_the_browser_and_after_the_address(
    ministry: Client, indonesia_user: User
) -> None:
    page = Page(ministry.post("/account/language/", {"language": "ar"}, follow=True))
    assert page.having("html", lang="ar", dir="rtl")
    indonesia_user.refresh_from_db()
    assert indonesia_user.language == "ar"
    assert language(ministry, "/my/", accept_language="fr") == "ar"
    assert language(ministry, "/my/?language=fr") == "fr"
    assert language(ministry, "/my/") == "fr"


def test_saving_the_setting_makes_this_browser_forget_its_own_choice(
    ministry: Client, indonesia_user: User
) -> None:
    language(ministry, "/my/?language=fr")
    ministry.post("/account/language/", {"language": ""})
    assert ministry.cookies["language"].value == ""
    indonesia_user.refresh_from_db()
    assert indonesia_user.language == ""
    assert language(ministry, "/my/", accept_language="ar") == "ar"


def test_signing_in_brings_the_setting_back(visitor: Client, indonesia_user: User) -> None:
    indonesia_user.set_password("long enough 1")
    indonesia_user.language = "ar"
    indonesia_user.save()
    language(visitor, "/?language=fr")
    given = {"login": indonesia_user.email, "password": "long enough 1"}
    assert visitor.post("/sign-in/", given).status_code == 302
    assert language(visitor, "/account/language/") == "ar"


@pytest.mark.parametrize("typed", ["FR", "Fr-fr", "fr"])
def test_a_language_is_read_in_letters_of_any_size(visitor: Client, typed: str) -> None:
    assert language(visitor, f"/?language={typed}") == "fr"


def test_a_language_that_is_not_offered_is_refused_by_name(visitor: Client) -> None:
    page = Page(visitor.get("/?language=tlh&status=overdue"))
    assert page.having("html", lang="en")
    assert "“tlh” is no language of these pages. This one is in English." in page.text
    assert "language" not in visitor.cookies
    ru = Page(visitor.get("/?language=ru", headers={"accept-language": "fr"}))
    assert ru.having("html", lang="fr")
    assert "ru" in ru.text


@pytest.mark.parametrize(
    "text", ["%00", "a" * 600, "../../etc", "%F0%9F%98%80", "fr%0A", "%3Cb%3E"]
)
def test_nonsense_is_no_language_and_no_fault(visitor: Client, text: str) -> None:
    page = Page(visitor.get(f"/?language={text}"))
    assert page.having("html", lang="en")
    assert "<b>”" not in page.html


def test_the_switch_keeps_the_page_and_its_query(visitor: Client) -> None:
    page = Page(visitor.get("/?as_at=2017-12-31&status=overdue&status=no+date&language=fr"))
    kept = "?as_at=2017-12-31&amp;status=overdue&amp;status=no+date&amp;language=ar"
    assert f'href="{kept}"' in page.html
    assert page.having("a", lang="ar", hreflang="ar")


def test_there_is_no_switch_where_there_is_one_language(
    visitor: Client, settings: LazySettings
) -> None:
    settings.LANGUAGES_OFFERED = ["en"]
    assert "language-menu" not in Page(visitor.get("/")).html


def test_a_setting_that_is_not_offered_is_refused(ministry: Client, indonesia_user: User) -> None:
    page = Page(ministry.post("/account/language/", {"language": "tlh"}))
    assert "Choose one of the languages that are offered." in page.text
    indonesia_user.refresh_from_db()
    assert indonesia_user.language == ""


def test_a_shared_cache_tells_readers_apart(visitor: Client) -> None:
    vary = visitor.get("/")["Vary"]
    assert "Accept-Language" in vary
    assert "Cookie" in vary


@pytest.mark.parametrize(("typed", "said"), [("%E2%80%AE", "U+202E"), ("%00", "U+0000")])
def test_signs_that_nobody_sees_are_no_language_and_are_named(
    visitor: Client, typed: str, said: str
) -> None:
    page = Page(visitor.get(f"/?language={typed}"))
    assert f"“{said}” is no language of these pages. This one is in English." in page.text
    assert "language" not in visitor.cookies
