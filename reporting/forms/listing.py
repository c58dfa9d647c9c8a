"""A list of what States sent: the file, and what cannot be seen by looking at it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms.layout import Fieldsets, laid_out
from reporting.services.listing.reading import Encoding
from reporting.services.listing.rows import Strokes


class ListForm(forms.Form):
    """The file and how to read it."""

    FIELDSETS: Fieldsets = (("", ("file", "encoding", "strokes")),)

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, up to 1,000 lines and 1 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={"required": _("Choose a file.")},
    )
    encoding = forms.ChoiceField(
        label=_("Encoding of a CSV file"),
        choices=Encoding.choices,
        help_text=_("Where Excel did not save it as “CSV UTF-8”, it is that of its language."),
    )
    strokes = forms.ChoiceField(
        label=_("Dates with strokes"), choices=Strokes.choices, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the fields out."""
        super().__init__(*args, **kwargs)
        laid_out(self, self.FIELDSETS, submit=_("Look at it"), form_action="")
