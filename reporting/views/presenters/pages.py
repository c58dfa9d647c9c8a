"""The ways from one page of a list to the next."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest


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
