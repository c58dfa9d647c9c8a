"""Every page, as each of those who see it, in every language that is offered."""

from collections.abc import Callable, Iterator
from functools import cache as once
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from reporting.models import Role, State, User
from tests.e2e.conftest import Visit
from tests.e2e.faults import assert_no_fault, assert_no_fault_of_texts
from tests.e2e.keyboard import Keyboard
from tests.factories import UserFactory
from tests.snapshot import Rows, put_back
from tests.views.addresses import ADDRESSES, Audience
from tests.views.cast import as_
from tests.views.test_every_address import address

Open = Callable[..., Page]
VISITOR = "visitor"
# What the administrator does not see, or sees otherwise than those whom it is for.
SEEN_BY = {
    VISITOR: {Audience.ANYBODY, Audience.STATUS_READERS},
    "ministry": {Audience.MINISTRIES, Audience.OF_INDONESIA},
    "administrator": set(Audience) - {Audience.MINISTRIES},
}
WIDTHS = (320, 640, 768, 1024, 1280)


@pytest.fixture(autouse=True)
def _facts(recorded_rows: Rows, transactional_db: None) -> None:
    put_back(recorded_rows)


@pytest.fixture
def come(visit: Visit, live_server: Any) -> Open:
    """Return a way to come as somebody, with a language and other habits."""

    def signed_in(person: str, **habits: Any) -> Page:
        page = visit("/livez", reduced_motion="reduce", **habits)
        if person != VISITOR:
            cookie = as_(_made(person)).cookies["sessionid"].value
            page.context.add_cookies(
                [{"name": "sessionid", "value": cookie, "url": live_server.url}]
            )
        return page

    return signed_in


def _made(role: str) -> User:
    person: User = UserFactory.create(role=Role(role))
    person.states.set(State.objects.filter(iso3="IDN"))
    return person


def pages(person: str) -> Iterator[str]:
    """Go through the addresses that answer a person with a page, each with its facts in place."""
    return map(address, _names_of_pages(person))


@once
def _names_of_pages(person: str) -> list[str]:
    """Ask every address, once for all tests of a process: what is a page is one in every language."""
    client = Client() if person == VISITOR else as_(_made(person))
    names = [name for name, audience in ADDRESSES.items() if audience in SEEN_BY[person]]
    return [name for name in names if _is_page(client.get(address(name)))]


def _is_page(answer: Any) -> bool:
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.status_code == 200 and is_html and b"<main" in b"".join(answer)


@pytest.mark.parametrize("person", SEEN_BY)
def test_axe_finds_no_fault_on_any_page_in_any_colours(come: Open, person: str) -> None:
    page = come(person, locale="en")
    for place in pages(person):
        page.goto(place)
        assert_no_fault(page)
        page.emulate_media(forced_colors="active")
        assert page.evaluate(_KEEP_THEIR_COLOURS) == [], place
        page.emulate_media(forced_colors="none")


@pytest.mark.parametrize("language", settings.LANGUAGES_OFFERED)
def test_in_any_language_axe_finds_no_fault_and_no_page_scrolls_sideways_on_any_screen(
    come: Open, language: str
) -> None:
    too_wide = []
    for person in ("ministry", "administrator"):
        page = come(person, locale=language)
        for place in pages(person):
            page.goto(place)
            assert page.locator("html").get_attribute("lang") == language
            assert_no_fault_of_texts(page)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                found = page.evaluate("document.documentElement.scrollWidth")
                too_wide += [(place, width, found)] if found > width else []
    assert not too_wide, too_wide


@pytest.mark.parametrize("person", SEEN_BY)
def test_what_is_clicked_on_is_large_enough(come: Open, person: str) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, but for links in a sentence."""
    page = come(person, locale="en", viewport={"width": 360, "height": 800})
    too_small = []
    for place in pages(person):
        page.goto(place)
        too_small += [(place, *each) for each in page.evaluate(_TOO_SMALL)]
    assert too_small == []


@pytest.mark.parametrize("person", SEEN_BY)
def test_the_focus_is_seen_at_every_stop_and_goes_as_one_reads(come: Open, person: str) -> None:
    page = come(person, locale="en")
    wrong = []
    for place in pages(person):
        page.goto(place)
        for stop in Keyboard(page).stops():
            wrong += [(place, stop["what"], *stop["faults"])] if stop["faults"] else []
    assert wrong == []


# What the reader's own colours do not reach; a picture's colours mean something.
_KEEP_THEIR_COLOURS = """() => [...document.querySelectorAll('body *')]
  .filter((each) => !each.closest('svg, canvas'))
  .filter((each) => getComputedStyle(each).forcedColorAdjust !== 'auto')
  .map((each) => each.outerHTML.slice(0, 90))"""
_TOO_SMALL = """() => [...document.querySelectorAll(
  'button, select, summary, input:not([type=hidden]), [role=button], nav a, .btn')]
  .filter((each) => each.checkVisibility({visibilityProperty: true}) && each.getClientRects().length)
  .map((each) => [each, (each.closest('label') || each).getBoundingClientRect()])
  .filter(([each, box]) => box.width > 1 && box.height > 1 && (box.width < 23.5 || box.height < 23.5))
  .map(([each, box]) => [each.outerHTML.slice(0, 90), Math.round(box.width), Math.round(box.height)])"""
