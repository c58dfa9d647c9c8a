"""The accessibility statement."""

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.views.conftest import Page

pytestmark = pytest.mark.django_db


def test_the_statement_says_whom_to_tell(settings: LazySettings, client: Client) -> None:
    settings.DESK_EMAIL = "desk@example.org"
    page = Page(client.get("/accessibility/"))
    assert page.having("a", href="mailto:desk@example.org")
    assert "last held against the pages on 25 November 2026." in page.text
    settings.DESK_EMAIL = ""
    assert "Tell whoever runs this application" in Page(client.get("/accessibility/")).text


def test_every_page_leads_to_it_also_where_the_status_pages_are_closed(
    settings: LazySettings, client: Client
) -> None:
    settings.PUBLIC_STATUS_PAGES = False
    page = Page(client.get("/sign-in/"))
    assert page.having("a", href="/accessibility/")
    assert client.get("/accessibility/").status_code == 200
