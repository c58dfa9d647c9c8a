"""Rendering once what is the same each time: rows of plain values, and forms read from an address.

What is remembered is named by everything that it shows, so it cannot be out of date.
"""

from functools import lru_cache
from typing import Any, cast

from crispy_forms.utils import render_crispy_form
from django import forms, template
from django.template.loader import get_template
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language

register = template.Library()

# More than this was typed by a person or a machine that will not ask for the same again.
LONGEST_REMEMBERED = 200
Given = tuple[tuple[str, tuple[str, ...]], ...]


@register.simple_tag
def row(template_name: str, values: Any) -> str:
    """Render a template whose only variable is ``row``, a frozen dataclass of plain values."""
    return _row(template_name, values, get_language() or "en")


@lru_cache(maxsize=4096)
def _row(template_name: str, values: Any, _language: str) -> str:
    return get_template(template_name).render({"row": values})


@register.simple_tag
def form_from_address(form: forms.Form) -> str:
    """Render a form that was made of the parameters of an address and of nothing else."""
    data = cast("MultiValueDict[str, str]", form.data)
    given = tuple(
        (name, tuple(data.getlist(name)))
        for name in form.fields
        if name in data and not form[name].is_hidden
    )
    size = sum(len(value) for _name, values in given for value in values)
    render = _form if size <= LONGEST_REMEMBERED else _form.__wrapped__
    return render(type(form), given, get_language() or "en")


@lru_cache(maxsize=256)
def _form(kind: type[forms.Form], given: Given, _language: str) -> str:
    data = MultiValueDict({name: list(values) for name, values in given})
    html: str = render_crispy_form(kind(data))
    return html
