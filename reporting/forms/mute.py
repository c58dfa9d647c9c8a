"""Holding alerts back for a time."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from reporting.forms.layout import laid_out


def day_field(label: Any, hint: Any = "") -> forms.DateField:
    """Return a field for one day."""
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Enter the day."),
            "invalid": _("Write year, month and day, as in 2027-04-01."),
        },
    )


class MuteForm(forms.Form):
    """From when to when, and why."""

    starts_on = day_field(_("First day"))
    until = day_field(_("Last day"), _("Alerts go out again by themselves on the day after."))
    because = forms.CharField(
        label=_("Why"),
        help_text=_("As in: the report is announced for March, note verbale 118/2026."),
        max_length=500,
        error_messages={
            "required": _("Say why alerts are held back: others will read it."),
            "max_length": ngettext_lazy(
                "Say it in at most %(limit_value)d sign.",
                "Say it in at most %(limit_value)d signs.",
                "limit_value",
            ),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the fields out."""
        super().__init__(*args, **kwargs)
        laid_out(self, (("", tuple(self.fields)),), submit=_("Hold alerts back"), form_action="")
