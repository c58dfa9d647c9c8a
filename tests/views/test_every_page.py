"""What holds for every page: the policy, the landmarks, the errors in the same dress."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.template import Context, Engine
from django.test import Client, RequestFactory
from django.views.defaults import bad_request, permission_denied, server_error

from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
ADDRESSES = [
    "/",
    "/?as_at=2017-12-31&status=overdue&band=junk",
    "/overview/",
    "/overview/?as_at=0001-01-01&year=1",
    "/states/",
    "/states/SYR/",
    "/states/IDN/?as_at=2012-01-01",
    "/tables/",
    "/tables/late-and-non-reporting/",
    "/exports/?status=overdue",
    "/timeline/?as_at=2017-12-31",
    "/compare/?from=2018-12-31&to=2017-12-31",
    "/compare/?from=junk",
    "/changes/?state=IDN",
    "/search/?q=session+27",
    "/sign-in/",
    "/account/password/reset/",
    "/invitation/no-such-link/",
    "/states/XXX/",
    "/no/such/page/",
]
STATES = ("/", "/overview/", "/states/", "/states/SYR/", "/states/IDN/")
TABLES = ("/tables/", "/tables/late-and-non-reporting/", "/exports/")
STATUS = (*STATES, *TABLES, "/timeline/", "/changes/", "/search/")
SCRIPTED = re.compile(r"^on[a-z]+$")


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_in_a_page_needs_a_laxer_policy(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    page = Page(response)
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert not page.having("style")
    for tag, attrs in page.elements:
        assert "style" not in attrs, tag
        assert not [name for name in attrs if SCRIPTED.match(name)], tag
        is_data = attrs.get("type") == "application/json"
        assert tag != "script" or is_data or attrs.get("src", "").startswith("/static/")
        for name in ("src", "href"):
            assert not attrs.get(name, "").startswith(("http:", "https:", "//", "javascript:"))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_has_its_landmarks_one_heading_and_no_id_twice(
    visitor: Client, address: str
) -> None:
    page = Page(visitor.get(address))
    for tag in ("header", "main", "footer", "title", "h1"):
        assert page.having(tag), tag
    assert len(page.having("main")) == len(page.having("h1")) == 1
    assert page.having("a", class_="skip-link", href="#main")
    ids = [attrs["id"] for _tag, attrs in page.elements if "id" in attrs]
    assert sorted(ids) == sorted(set(ids))


def test_the_foot_leads_to_the_changes_and_the_api_where_the_status_is_public(
    visitor: Client, settings: LazySettings
) -> None:
    ways = ("/changes/", "/api/v1/")
    assert all(Page(visitor.get("/accessibility/")).having("a", href=way) for way in ways)
    settings.PUBLIC_STATUS_PAGES = False
    closed = Page(visitor.get("/accessibility/"))
    assert not any(closed.having("a", href=way) for way in ways)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asks_for_a_day_where_it_depends_on_one(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    depends = response.status_code == 200 and urlsplit(address).path in STATUS
    assert bool(Page(response).having("input", id="as_at", type="date")) is depends


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_within_a_page_has_its_target(visitor: Client, address: str) -> None:
    page = Page(visitor.get(address))
    ids = {attrs["id"] for _tag, attrs in page.elements if "id" in attrs}
    targets = {attrs["href"][1:] for attrs in page.having("a") if attrs["href"].startswith("#")}
    assert targets <= ids


def test_a_form_without_its_token_gets_a_page_in_the_same_dress() -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {})
    assert response.status_code == 403
    assert "This form could not be sent" in Page(response).text
    assert "Treaty Reporting Timetable" in Page(response).text


def test_a_page_that_may_not_be_seen_says_so(rf: RequestFactory) -> None:
    response = permission_denied(rf.get("/"), Exception())
    assert "You may not see this page" in Page(response).text


@pytest.mark.parametrize(
    ("answer", "status", "title"),
    [
        (lambda request: bad_request(request, Exception()), 400, "could not be read"),
        (server_error, 500, "Something went wrong here"),
    ],
)
def test_an_error_needs_nothing_but_its_template(
    rf: RequestFactory, answer: Any, status: int, title: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = answer(rf.get("/"))
    assert response.status_code == status
    assert title in Page(response).text
    assert Page(response).having("main")


def test_the_page_of_an_error_renders_with_an_empty_context() -> None:
    template = Engine.get_default().get_template("500.html")
    assert "Something went wrong here" in template.render(Context())
