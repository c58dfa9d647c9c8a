"""A page that there is not is answered by another one and a sentence, on whatever list."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.factories import UserFactory
from tests.views.cast import as_
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
LISTS = (
    "/compare/?from=2003-01-01&to=2026-11-22&",
    "/changes/?",
    "/tables/compliance/?",
    "/timeline/?",
    "/states/?",
    "/reminders/?",
    "/reminders/?show=sent&",
    "/audit/?",
    "/outbox/?",
)


@pytest.fixture
def desk(tmp_path: Path, settings: LazySettings) -> Client:
    settings.EMAIL_OUTBOX = tmp_path
    return as_(UserFactory.create())


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("abc", "The number of the page is no number from 1 on. This is the first page."),
        ("-1", "The number of the page is no number from 1 on. This is the first page."),
        ("٣", "The number of the page is no number from 1 on. This is the first page."),
        ("77777777777", "There is no page 777777777: this is the last one, page"),
    ],
)
def test_a_page_that_is_none_is_said_to_be_none(
    desk: Client, path: str, asked: str, said: str
) -> None:
    page = Page(desk.get(f"{path}page={asked}"))
    assert said in page.text
    assert page.has_problem


@pytest.mark.parametrize("path", LISTS)
def test_the_first_page_has_no_problem(desk: Client, path: str) -> None:
    assert not Page(desk.get(f"{path}page=1")).has_problem
