"""The days of alerts for one kind of obligation."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reporting.forms.layout import laid_out
from reporting.models import AlertOffsets
from reporting.rules.schedule import LONGEST_DAYS

_APART = re.compile(r"[,;\s]+")


class DaysField(forms.CharField):
    """A list of days in a line of text: "540, 365, 180"."""

    def prepare_value(self, value: Any) -> Any:
        """Write the list as people do."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Read the numbers; what they may be, the model knows."""
        parts = [part for part in _APART.split(super().to_python(value) or "") if part]
        if not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
            raise ValidationError(
                _("Write whole numbers of days with commas between, as in 90, 30, 7, 1, 0."),
                code="invalid",
            )
        return [int(part) for part in parts]


def _number(label: Any, hint: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=0,
        max_value=LONGEST_DAYS,
        error_messages={
            "required": _("Write a number of days; 0 is never."),
            "invalid": _("Write a whole number of days; 0 is never."),
        },
    )


class OffsetsForm(forms.Form):
    """When alerts go out, before and after a due date."""

    before = DaysField(
        label=_("Days before the due date"),
        help_text=_("0 is the day itself."),
        required=False,
        max_length=400,
    )
    after = DaysField(label=_("Days after the due date"), required=False, max_length=400)
    every = _number(_("Then every so many days"), _("0 is never."))
    until = _number(_("Up to so many days after the date"), "")
    later = _number(_("And from there every so many days"), _("0 is never."))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, offsets: AlertOffsets, seen: str) -> None:
        """Show the days in force; ``seen`` is their version."""
        names = ("before", "after", "every", "until", "later")
        initial = {name: getattr(offsets, name) for name in names} | {"seen": seen}
        super().__init__(data, initial=initial)
        laid_out(self, (("", tuple(self.fields)),), submit=_("See what changes"), form_action="")
