"""The ways from one page of a list to the next."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
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


def turn(page: "Page[Any]", request: HttpRequest) -> Turn:
    """Return the ways on from a page; they keep what the address asks for."""

    def address(number: int) -> str:
        asked = request.GET.copy()
        asked["page"] = str(number)
        return f"{request.path}?{asked.urlencode()}"

    return Turn(
        page=page.number,
        pages=page.paginator.num_pages,
        previous_url=address(page.previous_page_number()) if page.has_previous() else "",
        next_url=address(page.next_page_number()) if page.has_next() else "",
    )


def page_asked(
    paginator: "Paginator[Any]", request: HttpRequest
) -> tuple["Page[Any]", list[Problem]]:
    """Return the page that the address asks for; where there is none, another one and a sentence.

    Beyond the last page that is the last one; for what is no number from 1 on, the first.
    """
    asked = request.GET.get("page", "") or "1"
    if not (asked.isascii() and asked.isdecimal() and asked.strip("0")):
        said = _("The number of the page is no number from 1 on. This is the first page.")
        return paginator.page(1), [Problem(said, "#main")]
    try:
        return paginator.page(asked[:_DIGITS]), []
    except EmptyPage:
        last = paginator.num_pages
        said = _("There is no page %(asked)s: this is the last one, page %(last)s.")
        return paginator.page(last), [
            Problem(said % {"asked": asked[:_DIGITS], "last": last}, "#main")
        ]


def page_number(request: HttpRequest) -> int:
    """Return the number that the address asks for; 1 for what is none."""
    asked = request.GET.get("page", "")
    return int(asked[:_DIGITS]) if asked.isascii() and asked.isdecimal() else 1
