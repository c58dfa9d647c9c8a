"""A walk over every address, as a visitor and as each of those who sign in."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config.public_pages import PUBLIC_PAGES, STATUS_PAGES
from reporting.models import Role, State, User
from tests.factories import NOW, UserFactory
from tests.views.addresses import ADDRESSES, PLACES, Audience
from tests.views.cast import as_

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("recorded")]
ComeAs = Callable[[str], Client]
VISITOR = "visitor"
PERSONS = (VISITOR, "stranger", "ministry", "secretariat", "administrator")
MAY: dict[Audience, set[str]] = {
    Audience.ANYBODY: {*PERSONS},
    Audience.STATUS_READERS: {*PERSONS},
    Audience.SIGNED_IN: {*PERSONS} - {VISITOR},
    Audience.MINISTRIES: {"stranger", "ministry"},
    Audience.OF_INDONESIA: {"ministry", "secretariat", "administrator"},
    Audience.SECRETARIAT: {"secretariat", "administrator"},
    Audience.ADMINISTRATORS: {"administrator"},
}
# Places in the addresses of django-allauth and of the admin.
OTHERS = {
    "uidb36": "1",
    "key": "no-such-key",
    "pk": 1,
    "provider_id": "sso",
    "object_id": "1",
    "id": "1",
    "app_label": "reporting",
    "content_type_id": 1,
    "url": "no/such/page",
    "anything": "no/such/page",
}


def routes(
    patterns: Any = None, prefix: str = "", around: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name of every route, and its places; one without a name is empty."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        named = tuple(each.pattern.regex.groupindex)
        places = around + (named or ("",) * each.pattern.regex.groups)
        if isinstance(each, URLResolver):
            inner = f"{prefix}{each.namespace}:" if each.namespace else prefix
            yield from routes(each.url_patterns, inner, places)
        elif isinstance(each, URLPattern):
            yield f"{prefix}{each.name or ''}", places


ROUTES = dict(routes())
OURS = [name for name in ROUTES if name.startswith("reporting:")]
# The one without a name catches what no page of the admin answers to.
REPAIR = [name for name in ROUTES if name.startswith("admin:") and name != "admin:"]
# Those of the API have a walk of their own, in tests/api.
PROGRAMS = [name for name in ROUTES if name.startswith("api:")]
SIGNING_IN = [name for name in ROUTES if name not in {*OURS, *REPAIR, *PROGRAMS, "admin:"}]


def address(name: str) -> str:
    if name in PLACES:
        return reverse(name, kwargs=PLACES[name]())
    named = {place: OTHERS[place] for place in ROUTES[name] if place}
    return reverse(name, args=["1"] * ROUTES[name].count(""), kwargs=named)


@pytest.fixture(scope="module")
def come_as(_recorded: None) -> ComeAs:
    """Return a way to come as one of the persons, who sign in once and stay with the facts."""
    roles = dict(zip(PERSONS[1:], (Role.MINISTRY, *Role.values), strict=True))
    made = {name: UserFactory.create(role=role) for name, role in roles.items()}
    made["stranger"].states.set(State.objects.filter(iso3="SYR"))
    made["ministry"].states.set(State.objects.filter(iso3="IDN"))
    User.objects.filter(role=Role.ADMINISTRATOR).update(is_staff=True, is_superuser=True)
    with time_machine.travel(NOW):
        sessions = {name: as_(person).cookies for name, person in made.items()}

    def client(person: str) -> Client:
        new = Client()
        new.cookies.update(sessions.get(person, {}))
        return new

    return client


def answers(come_as: ComeAs, name: str) -> Iterator[tuple[str, str, Any]]:
    """Yield each person, the method and the answer."""
    for person in PERSONS:
        client = come_as(person)
        for method in ("GET", "POST"):
            yield person, method, client.generic(method, address(name))


def is_led_to_sign_in(answer: Any) -> bool:
    return answer.status_code == 302 and str(answer["Location"]).startswith("/sign-in/?next=")


def test_every_route_of_ours_says_whom_it_is_for() -> None:
    assert set(OURS) == set(ADDRESSES)
    assert {name for name in OURS if ROUTES[name]} <= set(PLACES)


def test_every_public_page_is_a_route_and_has_its_reason() -> None:
    public = PUBLIC_PAGES | STATUS_PAGES
    assert set(public) <= set(ROUTES)
    assert [name for name, reason in public.items() if not reason.endswith(".")] == []
    ours = {name for name, audience in ADDRESSES.items() if audience is Audience.ANYBODY}
    assert ours == {name for name in PUBLIC_PAGES if name.startswith("reporting:")}
    status = {name for name, to in ADDRESSES.items() if to is Audience.STATUS_READERS}
    assert status == set(STATUS_PAGES)


@pytest.mark.parametrize("name", OURS)
def test_an_address_is_there_for_those_whom_it_is_for_and_for_nobody_else(
    come_as: ComeAs, name: str
) -> None:
    for person, method, answer in answers(come_as, name):
        seen = (person, method, answer.status_code)
        assert answer.status_code < 500, seen
        if person in MAY[ADDRESSES[name]]:
            assert answer.status_code not in {403, 404}, seen
            assert not is_led_to_sign_in(answer), seen
        elif person == VISITOR:
            assert is_led_to_sign_in(answer), seen
        else:
            assert answer.status_code in {404, 405}, seen


@pytest.mark.parametrize("name", REPAIR)
def test_the_pages_for_repair_are_there_for_administrators_alone(
    come_as: ComeAs, name: str
) -> None:
    for person, method, answer in answers(come_as, name):
        seen = (person, method, answer.status_code)
        if person == VISITOR:
            assert is_led_to_sign_in(answer), seen
        elif person == "administrator":
            assert answer.status_code < 500, seen
        else:
            assert answer.status_code == 404, seen


@pytest.mark.parametrize("name", SIGNING_IN)
def test_what_belongs_to_an_account_needs_one_unless_it_leads_to_it(
    come_as: ComeAs, name: str
) -> None:
    for person, method, answer in answers(come_as, name):
        seen = (person, method, answer.status_code)
        assert answer.status_code < 500, seen
        if person == VISITOR and name not in PUBLIC_PAGES:
            assert is_led_to_sign_in(answer), seen


def test_an_operator_can_close_the_status_pages_too(
    come_as: ComeAs, settings: LazySettings
) -> None:
    settings.PUBLIC_STATUS_PAGES = False
    for name in STATUS_PAGES:
        browser = Client(headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        assert is_led_to_sign_in(browser.get(address(name))), name
        assert come_as("stranger").get(address(name)).status_code == 200
    page = Client().get("/sign-in/").content.decode()
    assert "States parties</a>" not in page
    assert not is_led_to_sign_in(Client().get("/healthz"))


@pytest.mark.parametrize("name", sorted(STATUS_PAGES))
@pytest.mark.parametrize("accept", ["*/*", "text/calendar", ""])
def test_a_program_is_told_that_a_closed_file_needs_a_sign_in(
    settings: LazySettings, name: str, accept: str
) -> None:
    settings.PUBLIC_STATUS_PAGES = False
    answer = Client(headers={"Accept": accept}).get(address(name))
    if "." not in address(name):
        assert is_led_to_sign_in(answer)
        return
    assert answer.status_code == 401
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["WWW-Authenticate"] == "Session"
    said = "This file needs a sign-in. Sign in with a browser, and download it there.\n"
    assert answer.content.decode() == said


def test_a_script_of_somebody_signed_out_leaves_for_the_sign_in_page(
    settings: LazySettings,
) -> None:
    settings.PUBLIC_STATUS_PAGES = False
    script = {"HX-Request": "true", "HX-Current-URL": "http://testserver/?status=overdue"}
    answer = Client().get("/?status=overdue&q=x", headers=script)
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/sign-in/?next=/%3Fstatus%3Doverdue"
    elsewhere = script | {"HX-Current-URL": "https://elsewhere.example/x"}
    assert Client().get("/", headers=elsewhere)["HX-Redirect"] == "/sign-in/?next=/"


def test_what_is_no_address_is_not_there_for_anybody(come_as: ComeAs) -> None:
    for person in PERSONS:
        assert come_as(person).get("/no/such/page/").status_code == 404


def test_a_static_file_needs_nobody() -> None:
    found = Client().get("/static/reporting/page.css")
    assert found.status_code == 200
    assert found["Content-Type"].startswith("text/css")
    found.close()
