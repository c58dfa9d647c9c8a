"""Texts that are longer by two fifths are not cut, and make no page wider than its screen."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from playwright.sync_api import Page

from reporting.models import Role, State
from tests.e2e.conftest import Visit
from tests.factories import UserFactory
from tests.pseudo import CODE, compiled, offer
from tests.snapshot import Rows, put_back

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PUBLIC = (
    "/",
    "/overview/",
    "/states/",
    "/states/SYR/",
    "/tables/",
    "/tables/compliance/",
    "/timeline/",
    "/compare/?from=2016-12-31&to=2017-12-31",
    "/changes/",
    "/exports/",
    "/forecast/",
    "/search/?q=xyz",
    "/sign-in/",
    "/no/such/page/",
)
OF_MINISTRY = ("/my/", "/states/IDN/", "/states/IDN/submissions/new/", "/states/IDN/contacts/")
OF_SECRETARIAT = (
    "/inbox/",
    "/worklist/",
    "/reminders/",
    "/planner/",
    "/sessions/",
    "/contacts/",
    "/people/",
    "/states/IDN/reviews/new/",
    "/account/language/",
    "/account/security/",
)
# What hides what stands over its edge, and holds more than it shows. Hidden on purpose is what screen
# readers alone get (one pixel), and the name of whoever is signed in, which the menu says in full.
CUT = """() => [...document.querySelectorAll("body *")].filter((each) => {
  const style = getComputedStyle(each);
  const hides = [style.overflowX, style.overflowY].some((way) => way === "hidden" || way === "clip");
  if (!hides || !each.innerText?.trim() || each.clientWidth <= 1 || each.clientHeight <= 1) return false;
  if (each.closest(".visually-hidden, .masthead-user, canvas, svg")) return false;
  return each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1;
}).map((each) => `${each.tagName}.${each.className}: ${each.innerText.slice(0, 60)}`)"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled(tmp_path_factory.mktemp("pseudo"))


@pytest.fixture(autouse=True)
def _offered(
    recorded_rows: Rows, transactional_db: None, settings: LazySettings, catalogue: Path
) -> None:
    put_back(recorded_rows)
    offer(settings, catalogue)


def _signed_in(page: Page, live_server: Any, role: Role) -> None:
    person = UserFactory.create(role=role)
    person.states.set(State.objects.filter(iso3="IDN") if role == Role.MINISTRY else [])
    client = Client()
    client.force_login(person, backend=BACKEND)
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])


def _faults(page: Page, address: str) -> list[str]:
    joint = "&" if "?" in address else "?"
    page.goto(f"{address}{joint}language={CODE}")
    assert page.locator("html").get_attribute("lang") == CODE
    found = []
    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        over = page.evaluate(WIDER)
        found += [f"{address} at {width}: {over} pixels too wide"] if over > 0 else []
        found += [f"{address} at {width}: {cut}" for cut in page.evaluate(CUT)]
    return found


@pytest.mark.parametrize(
    ("role", "addresses"),
    [(None, PUBLIC), (Role.MINISTRY, OF_MINISTRY), (Role.SECRETARIAT, OF_SECRETARIAT)],
)
def test_longer_words_are_not_cut_and_widen_no_page(
    visit: Visit, live_server: Any, role: Role | None, addresses: tuple[str, ...]
) -> None:
    page = visit("/sign-in/", reduced_motion="reduce")
    if role:
        _signed_in(page, live_server, role)
    assert [fault for each in addresses for fault in _faults(page, each)] == []
