"""In which language a person reads."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from reporting.forms.layout import Fieldsets, laid_out


def named_languages() -> list[tuple[str, str]]:
    """Return the languages that are offered, each by its own name."""
    return [
        (code, capfirst(get_language_info(code)["name_local"]))
        for code in settings.LANGUAGES_OFFERED
    ]


class LanguageForm(forms.Form):
    """The languages that are offered, each by its own name; the first choice is the browser's."""

    FIELDSETS: Fieldsets = (("", ("language",)),)

    language = forms.ChoiceField(
        label=_("Language of the pages, and of messages to you"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the languages that are offered.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what there is."""
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types
        field.choices = [("", _("What the browser asks for")), *named_languages()]
        laid_out(self, self.FIELDSETS, submit=_("Save"), form_action="")
