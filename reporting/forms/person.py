"""Looking for a person, and erasing one."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.forms.layout import Fieldsets, laid_out


class PersonForm(forms.Form):
    """The e-mail address under which something may be stored."""

    FIELDSETS: Fieldsets = (("", ("email",)),)

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Of an account, a contact, or somebody who was invited."),
        error_messages={"required": _("Enter the e-mail address of the person.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the field out; the address is sent, and stands in no address of a page."""
        super().__init__(*args, **kwargs)
        laid_out(
            self,
            self.FIELDSETS,
            submit=pgettext_lazy("for what is stored", "Look"),
            form_action=reverse_lazy("reporting:person"),
        )


class EraseForm(forms.Form):
    """The address once more, so that nobody is erased by a slip."""

    FIELDSETS: Fieldsets = (("", ("email", "again")),)

    email = forms.EmailField(widget=forms.HiddenInput)
    again = forms.EmailField(
        label=_("The address once more"),
        help_text=_("What is erased does not come back."),
        error_messages={"required": _("Enter the address once more.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the field out under the button that erases."""
        super().__init__(*args, **kwargs)
        laid_out(
            self,
            self.FIELDSETS,
            submit=_("Erase this person"),
            form_action=reverse_lazy("reporting:person-erase"),
        )

    def clean_again(self) -> str:
        """Refuse another address."""
        again: str = self.cleaned_data["again"]
        if again.strip().lower() != self.cleaned_data.get("email", "").strip().lower():
            raise forms.ValidationError(_("This is another address."), code="other")
        return again
