"""Nothing that a page shows escapes the catalogues: a walk over all addresses in a language of brackets."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db.models import CharField, TextField
from django.utils.translation import get_language_info, override

from reporting.models.sentences import source_in_words
from tests.pseudo import CODE, Outside, compiled, offer, plain
from tests.views.addresses import ADDRESSES, Audience
from tests.views.test_every_address import MAY, ComeAs, address, come_as

__all__ = ["come_as"]
pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("recorded")]
# Names of formats, programs and standards, and what is the same in every language.
NAMES = {"CSV", "XLSX", "JSON", "DOCX", "HTML", "ISO", "SHA", "UTC", "PDF", "ODT", "iCalendar"}
# A month at an axis, by Babel, which knows no such language.
MONTH = re.compile(r"\b[A-Z][a-z]{2} \d{4}\b")
WORD = re.compile(r"[^\W\d_]{3,}")
# Documents, dates, addresses of the web and of e-mail, hours.
WRITTEN = re.compile(r"https?://\S+|\S+@\S+|\S*/\S*|\d[\d:.-]*T?\d*")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled(tmp_path_factory.mktemp("pseudo"))


@pytest.fixture(autouse=True)
def _offered(settings: LazySettings, catalogue: Path) -> None:
    offer(settings, catalogue)


def _data() -> list[str]:
    """Return what people and facts have written into the database: it is shown as it is."""
    found: set[str] = set()
    for model in apps.get_app_config("reporting").get_models():
        fields = [
            each.attname
            for each in model._meta.concrete_fields
            if isinstance(each, CharField | TextField) and not each.choices
        ]
        for row in model._base_manager.values_list(*fields) if fields else ():
            found.update(str(each).strip() for each in row if each)
    with override(CODE):
        # What the engine has stored in English is said in the reader's language.
        found = {each for each in found if source_in_words(each) == each}
    names = {get_language_info(code)["name_local"] for code in ("en", CODE)}
    letter = {"Due", "Soon", "due.ics"}  # of the walk, in the outbox
    return sorted({each for each in found | names | letter if len(each) > 2}, key=len, reverse=True)


def _without(text: str, data: list[str]) -> str:
    """Return the text without what is data, where that stands as whole words."""
    for known in data:
        if known in text:
            text = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", " ", text)
    return text


def _words(text: str, data: list[str]) -> set[str]:
    """Return the words of a text that are neither data nor written alike everywhere."""
    if WORD.search(WRITTEN.sub(" ", text)):
        text = _without(text, data)
    return set(WORD.findall(WRITTEN.sub(" ", text))) - NAMES


def _foreign(html: str, data: list[str]) -> set[str]:
    """Return the texts of a page that no catalogue knows; data may hold a month, too."""
    return {
        " ".join(text.split())
        for text in Outside(html).texts
        if _words(text, data) and _words(MONTH.sub(" ", text), data)
    }


def _untold(html: str, data: list[str]) -> set[str]:
    """Return the words that came into a text through a place, and are no data."""
    found = set()
    for text in Outside(html).between:
        if plain(text):
            words = plain(WRITTEN.sub(" ", _without(text, data))).split()
            found |= {word for word in words if len(word) > 2} - NAMES
    return found


def _person(audience: Audience) -> list[str]:
    return [each for each in ("visitor", "ministry", "administrator") if each in MAY[audience]]


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_text_of_a_page_is_in_the_catalogues(come_as: ComeAs, name: str) -> None:
    for person in _person(ADDRESSES[name]):
        client = come_as(person)
        answer: Any = client.get(address(name), {"language": CODE}, follow=True)
        if "html" not in answer.get("Content-Type", ""):
            continue
        assert answer["Content-Language"] == CODE
        html, data = answer.content.decode(), _data()
        assert _foreign(html, data) == set(), person
        assert _untold(html, data) == set(), person
