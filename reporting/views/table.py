"""The tables that the United Nations publishes: as pages, and as files."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reporting.exports.columns import shown as columns_shown
from reporting.exports.published import Published, table_csv, table_docx, table_xlsx
from reporting.exports.tables import TABLES, Table
from reporting.views.as_at import read_as_at
from reporting.views.download import Contents, download, refused
from reporting.views.parameters import misread
from reporting.views.presenters.pages import page_asked, turn
from reporting.views.presenters.table import parts
from reporting.views.treaty import treaty_shown
from reporting.views.unchanged import answer_of_record

# The tables of the Convention fit on one page, so that they print as one.
PAGE_SIZE = 500
FORMATS: dict[str, Callable[..., Contents]] = {
    "csv": table_csv,
    "xlsx": table_xlsx,
    "docx": table_docx,
}


@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    """List the tables, with a sentence on each."""
    treaty = treaty_shown(request)
    context = {
        "as_at": read_as_at(request),
        "treaty": treaty,
        "tables": [each.under(treaty) for each in TABLES.values()],
        "formats": list(FORMATS),
    }
    return render(request, "table/list.html", context)


@require_safe
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a table of a day, a page of it where it is long."""
    shown, as_at, treaty = _table(slug), read_as_at(request), treaty_shown(request)
    found = Published(shown, as_at=as_at.day, treaty=treaty)
    rows: Any = found.rows
    page, errors = page_asked(Paginator(rows, PAGE_SIZE), request)
    context: dict[str, Any] = {
        "as_at": as_at,
        "treaty": treaty,
        "found": found,
        "formats": list(FORMATS),
        "columns": columns_shown(shown.columns),
        "parts": parts(shown, page.object_list),
        "page": page,
        "errors": errors,
        "results": turn(page, request),
    }
    return render(request, "table/page.html", context)


@require_safe
def table_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Send a table of a day as a file; a day that is none gets a sentence and no file."""
    asked, write, as_at = _table(slug), FORMATS.get(form), read_as_at(request)
    if write is None:
        raise Http404(_("There is no such format of this table."))
    unread = misread(request, "as_at")
    if unread or as_at.error:
        return refused(request, as_at=as_at, errors=unread)

    def built() -> HttpResponse:
        contents = write(asked, as_at=as_at.day, treaty=treaty_shown(request))
        return download(contents, name=slug, as_at=as_at, form=form)

    return answer_of_record(request, built)


def _table(slug: str) -> Table:
    if slug not in TABLES:
        raise Http404(_("There is no such table."))
    return TABLES[slug]
