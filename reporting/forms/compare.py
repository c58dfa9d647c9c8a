"""The two days that are compared."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from reporting.forms.layout import laid_out


class CompareForm(forms.Form):
    """From a day to another; the texts are read where the days are."""

    def __init__(self, *, first: str, last: str) -> None:
        """Show what was asked for."""
        super().__init__()
        for name, label, value in (("from", _("From"), first), ("to", _("To"), last)):
            widget = forms.DateInput({"type": "date"})
            self.fields[name] = forms.CharField(label=label, initial=value, widget=widget)
        options: dict[str, Any] = {
            "form_id": "days",
            "form_class": "filters-in-line",
            "form_method": "get",
            "form_action": reverse_lazy("reporting:compare"),
        }
        laid_out(self, (("", ("from", "to")),), submit=_("Compare"), **options)
