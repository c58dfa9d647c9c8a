"""The words that a reader looks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from reporting.forms.filters import LONGEST_SEARCH
from reporting.services.text import plain


class SearchForm(forms.Form):
    """One field, which stands in the head of every page."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=LONGEST_SEARCH,
        error_messages={
            "max_length": ngettext_lazy(
                "Search for at most %(limit_value)d character; these are %(show_value)d.",
                "Search for at most %(limit_value)d characters; these are %(show_value)d.",
                "limit_value",
            )
        },
    )

    def __init__(self, given: Any) -> None:
        """Take the words from the address, without signs that show another text than it is."""
        super().__init__({"q": plain(given.get("q", ""))})

    @property
    def shown(self) -> str:
        """What stands in the field again."""
        return str(self.data["q"])[:LONGEST_SEARCH]
