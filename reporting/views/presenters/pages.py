"""The ways from one page of a list to the next."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from reporting.forms.errors import Problem

_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Turn:
    """Where in the list a page is, and the addresses of its neighbours."""

    page: int
    pages: int
    previous_url: str
    next_url: str


def address_of(number: int, request: HttpRequest, *, name: str = "page") -> str:
    """Return the address of that page; it keeps what is asked for."""
    asked = request.GET.copy()
    asked[name] = str(number)
    return f"{request.path}?{asked.urlencode()}"


def turn(page: "Page[Any]", request: HttpRequest, *, name: str = "page") -> Turn:
    """Return the ways on from a page; they keep what the address asks for, pages of other lists too."""
    return Turn(
        page=page.number,
        pages=page.paginator.num_pages,
        previous_url=address_of(page.previous_page_number(), request, name=name)
        if page.has_previous()
        else "",
        next_url=address_of(page.next_page_number(), request, name=name) if page.has_next() else "",
    )


def neighbours(page: "Page[Any]", request: HttpRequest) -> dict[str, str]:
    """Return the ways to the first page, the one before, the next and the last one, as far as they are others."""
    ways, last = turn(page, request), page.paginator.num_pages
    found = {
        "first": address_of(1, request) if page.number > 1 else "",
        "previous": ways.previous_url,
        "next": ways.next_url,
        "last": address_of(last, request) if page.number < last else "",
    }
    return {name: place for name, place in found.items() if place}


def page_asked(
    paginator: "Paginator[Any]", request: HttpRequest, *, name: str = "page"
) -> tuple["Page[Any]", list[Problem]]:
    """Return the page that the address asks for; where there is none, another one and a sentence.

    Beyond the last page that is the last one; for what is no number from 1 on, the first.
    """
    page = paginator.get_page(page_number(request, name=name))
    return page, misnumbered(page, request, name=name)


def page_number(request: HttpRequest, *, name: str = "page") -> int:
    """Return the number that the address asks for; 1 for what is none."""
    asked = _asked(request, name)
    return int(asked[:_DIGITS]) if _is_number(asked) else 1


def misnumbered(page: "Page[Any]", request: HttpRequest, *, name: str = "page") -> list[Problem]:
    """Say why another page is shown than the address asks for, where one is."""
    asked, last = _asked(request, name), page.paginator.num_pages
    if not _is_number(asked):
        said = _("The number of the page is no number from 1 on. This is the first page.")
        return [Problem(said, "#main")]
    if int(asked[:_DIGITS]) <= last:
        return []
    said = _("There is no page %(asked)s: this is the last one, page %(last)s.")
    return [Problem(said % {"asked": asked[:_DIGITS], "last": last}, "#main")]


def _asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "") or "1"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and bool(text.strip("0"))
