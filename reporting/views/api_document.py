"""The page that shows what the API can do."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from reporting.api.schema import operations


@require_safe
def api_document(request: HttpRequest) -> HttpResponse:
    """Show the operations of the API; Swagger UI draws the whole document where it is asked for."""
    return render(request, "api/document.html", {"operations": _in(get_language() or "en")})


@lru_cache(maxsize=16)
def _in(_language: str) -> list[dict[str, Any]]:
    """Return the operations in the language that is active; the document stays while we run."""
    return list(operations())
