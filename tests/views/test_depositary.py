"""The page on which deposits are imported."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from reporting.models import StateParty
from tests.factories import StatePartyFactory, TreatyFactory, UserFactory
from tests.views.cast import as_, ministry_of
from tests.views.conftest import Page

pytestmark = pytest.mark.django_db
HERE = "/import/deposits/"
FILE = Path(__file__).parents[1] / "services" / "depositary" / "status.xml"


@pytest.fixture
def office() -> Client:
    StatePartyFactory.create()
    return as_(UserFactory.create())


def sent(client: Client, content: bytes, **given: Any) -> Page:
    file = BytesIO(content)
    file.name = "IV-13.en.xml"
    return Page(client.post(HERE, {"file": file, "treaty": ""} | given))


def test_deposits_are_looked_at_and_then_put_on_record(office: Client) -> None:
    page = sent(office, FILE.read_bytes())
    for text in (
        "New 3 Changed 1 As on record 0 Signed only 1 Left out 2",
        "Türkiye TUR 27 September 2004 ratification New",
        "in the file 22 September 2004",
        "no State of this name is known",
    ):
        assert text in page.text
    assert StateParty.objects.count() == 1
    (field,) = page.having("input", name="deposits")
    done = Page(office.post(HERE, {"deposits": field["value"]}, follow=True))
    assert "4 deposits were put on record." in done.text
    again = Page(office.post(HERE, {"deposits": field["value"]}))
    assert "What is on record has changed meanwhile." in again.text
    assert "All of this is on record already." in again.text
    forged = Page(office.post(HERE, {"deposits": field["value"] + "x"}, follow=True))
    assert "This preview is too old." in forged.text
    assert StateParty.objects.count() == 4


def test_what_is_wrong_is_said_and_cannot_be_confirmed(office: Client) -> None:
    assert "File: The file is no XML that can be read." in sent(office, b"").text
    page = sent(office, FILE.read_bytes().replace(b"26 Sep\t 2023 a", b"soon"))
    assert "“soon” is no date of an action" in page.text
    assert "Nothing can be saved before this is mended" in page.text
    assert not page.having("input", name="deposits")


def test_a_ministry_does_not_see_it(office: Client) -> None:
    person = ministry_of(StateParty.objects.get())
    assert as_(person).get(HERE).status_code == 404
    assert "Import deposits" not in Page(as_(person).get("/import/")).text
    assert "Import deposits" in Page(office.get("/import/")).text


def test_an_officer_of_another_treaty_is_told_which_the_file_is_about(office: Client) -> None:
    page = sent(office, FILE.read_bytes())
    officer = UserFactory.create()
    officer.treaties.add(TreatyFactory.create(code="CRC"))
    client = as_(officer)
    said = "The file is about CMW. Your account records under CRC alone."
    refused = sent(client, FILE.read_bytes())
    assert refused.having("p", id="id_file_error")
    assert said in refused.text
    (field,) = page.having("input", name="deposits")
    assert said in Page(client.post(HERE, {"deposits": field["value"]}, follow=True)).text
    assert StateParty.objects.count() == 1
