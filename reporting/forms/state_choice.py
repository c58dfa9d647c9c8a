"""Choosing one State of all that there are, at a cost that does not grow with them."""

from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from reporting.forms.filters import ANY, JUNK
from reporting.queries.state_choice import Pairs


class StateSelect(forms.Widget):
    """A select of any State, or of one; it looks as Django's, whose options each ask for a template."""

    states: Pairs = ()

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ARG002 - Django hands it over
    ) -> SafeString:
        """Write it; its options are written once for all pages that offer the same States."""
        given = self.build_attrs({"name": name, "class": "form-select"} | self.attrs, attrs)
        pairs = ((ANY[0], str(ANY[1])), *self.states)
        chosen = value or ANY[0]
        options = _options(pairs, chosen if chosen in dict(pairs) else None)
        return format_html("<select{}>{}</select>", flatatt(given), options)


@lru_cache(maxsize=64)
def _options(pairs: Pairs, chosen: str | None) -> SafeString:
    marks = ((code, " selected" if code == chosen else "", name) for code, name in pairs)
    return format_html_join("\n", '<option value="{}"{}>{}</option>', marks)


class StateField(forms.Field):
    """The code of a State that is offered, or nothing."""

    widget = StateSelect

    def __init__(self) -> None:
        """Offer no State yet."""
        super().__init__(label=_("State"), required=False, error_messages=JUNK)

    def offer(self, states: Pairs) -> None:
        """Offer these States."""
        self.states = self.widget.states = states

    def clean(self, value: Any) -> str:
        """Return the code, or raise ValidationError."""
        code = str(value or "")
        if code and code not in {iso3 for iso3, _name in self.states}:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            )
        return code
