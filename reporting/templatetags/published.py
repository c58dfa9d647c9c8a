"""The rows of a published table, which can be many: written at once, not cell by cell."""

import html
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from reporting.exports.columns import Column, Kind, known_date
from reporting.models.sentences import Quoted
from reporting.templatetags.dates import quoted, timestamp

register = template.Library()
_DASH = '<span class="absent" aria-hidden="true">&ndash;</span>'
Cell = Callable[[Any], str]


@register.simple_tag
def rows_of(columns: Sequence[Column[Any]], rows: Iterable[Any], query: str) -> SafeString:
    """Return the rows as HTML; the names of States lead to their pages, with the query."""
    plan = [_cell(column, query) for column in columns]
    lines = (f'<tr role="row">{"".join([cell(row) for cell in plan])}</tr>' for row in rows)
    return mark_safe("".join(lines))  # noqa: S308 # nosec B308, B703 # every cell escapes what it shows


def _cell(column: Column[Any], query: str) -> Cell:
    if column.kind is Kind.STATE:
        return _state(column, query)
    name = "col-number" if column.kind is Kind.NUMBER else f"col-{column.name}"
    opening = format_html('<td role="cell" class="{}" data-label="{}">', name, column.label)
    value, absent, not_there = column.reader(), column.absent, _not_there()
    said = cache(_SAID[column.kind]) if column.kind in _SAID else _escaped

    def cell(row: Any) -> str:
        found = value(row)
        if found is None or found == "":
            shown = not_there(absent(row)) if absent else _DASH
        else:
            shown = said(found)
        return f"{opening}{shown}</td>"

    return cell


def _not_there() -> Callable[[Any], str]:
    """Return what says that nothing is there, each words once: they are told apart as they come, unread."""
    known: dict[int, tuple[Any, str]] = {}

    def said(words: Any) -> str:
        if id(words) not in known:
            text = escape(words)
            # With the words themselves, so that no others get their number.
            known[id(words)] = words, f'<span class="absent">{text}</span>' if text else _DASH
        return known[id(words)][1]

    return said


def _escaped(text: Any) -> str:
    """Escape without looking for what Django marks as lazy or as safe, of which no cell is."""
    return str(quoted(text)) if isinstance(text, Quoted) else html.escape(str(text))


def _state(column: Column[Any], query: str) -> Cell:
    address = reverse("reporting:state", args=["---"]).replace("---", "{}") + escape(query)

    value = column.reader()

    def cell(row: Any) -> str:
        name = _escaped(value(row))
        if row.iso3:
            name = f'<a href="{address.format(_escaped(row.iso3))}">{name}</a>'
        return f'<th role="rowheader" scope="row">{name}</th>'

    return cell


def _date(value: Any) -> str:
    day = known_date(value)
    return timestamp(day) if day else _DASH


def _number(value: int) -> str:
    return _escaped(number_format(value))


_SAID: dict[Kind, Callable[[Any], str]] = {Kind.DATE: _date, Kind.DAY: _date, Kind.NUMBER: _number}
