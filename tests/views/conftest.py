"""A fixed today, and what pages are looked at with."""

from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
import time_machine
from django.test import Client

IN_A_LINE = {"a", "small", "span", "strong", "time", "wbr"}


class Page(HTMLParser):
    """The text of a page, its elements with their attributes, and the texts of its error summary."""

    def __init__(self, response: Any) -> None:
        """Read the answer."""
        super().__init__()
        self.html = response.content.decode()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(self.html)
        self.text = " ".join("".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.words.append("" if tag in IN_A_LINE else " ")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def having(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """Return the attributes of the elements of that name that have these attributes."""
        wanted = {name.rstrip("_"): value for name, value in wanted.items()}
        return [
            attrs
            for name, attrs in self.elements
            if name == tag and wanted.items() <= attrs.items()
        ]

    @property
    def has_problem(self) -> bool:
        """Whether an error summary is shown."""
        return bool(self.having("section", class_="error-summary"))


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def visitor() -> Client:
    """Return a visitor who has not signed in."""
    return Client()
