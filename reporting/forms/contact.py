"""Who is told for a State."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from reporting.forms.layout import Fieldsets, laid_out
from reporting.models import Contact


class ContactForm(forms.Form):
    """A person of a State, and how to reach them; ``seen`` is the version that is changed."""

    FIELDSETS: Fieldsets = (("", ("seen", "role", "name", "email", "language")),)

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[each for each in Contact.Role.choices if each[0] != Contact.Role.DESK_OFFICER],
    )
    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Enter the name.")}
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        error_messages={
            "required": _("Enter the e-mail address."),
            "invalid": _("Enter an e-mail address as in name@example.org."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language of the alerts"), choices=settings.LANGUAGES, initial="en"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the fields out."""
        super().__init__(*args, **kwargs)
        laid_out(self, self.FIELDSETS, submit=_("Save"), form_action="", form_class="contact-form")
