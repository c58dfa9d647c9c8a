"""How a reader wants to be told."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from reporting.forms.layout import Fieldsets, laid_out


class LanguageForm(forms.Form):
    """The language of the mails to one reader."""

    FIELDSETS: Fieldsets = (("", ("language",)),)

    language = forms.ChoiceField(label=_("Language of the alerts"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the field out."""
        super().__init__(*args, **kwargs)
        laid_out(self, self.FIELDSETS, submit=_("Save"), form_action="", disable_csrf=True)
