"""Inviting somebody, and accepting."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reporting.forms.account import password_hint
from reporting.forms.language import named_languages
from reporting.forms.layout import Fieldsets, laid_out
from reporting.forms.states import LongChoices, StatesField, TreatiesField, offer_rights
from reporting.models import Role, State, Treaty, User
from reporting.services.invitation import Invited


def _of_the_page() -> str:
    return get_language() or settings.LANGUAGE_CODE


class InvitationForm(forms.Form):
    """Who is to come in, as what, and for which States."""

    FIELDSETS: Fieldsets = (("", ("email", "language", "role", "states", "treaties")),)

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The link goes there, and the account belongs to this address."),
        error_messages={"required": _("Enter the e-mail address of the person.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the e-mail"),
        required=False,
        help_text=_("The account starts in it too; whoever has it can choose another one."),
        error_messages={"invalid_choice": _("Choose one of the languages that are offered.")},
    )
    role = forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the person is to act as.")},
    )
    states = StatesField(
        label=_("States"),
        queryset=State.objects.none(),
        required=False,
        widget=LongChoices(_("Find a State")),
        help_text=_("For a ministry only: the States that it acts for."),
    )

    treaties = TreatiesField(
        label=_("Treaties"),
        queryset=Treaty.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "For the secretariat only: the treaties that it works on. None is all of them."
        ),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        """Offer the roles to which this person may invite."""
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101 - for the types
        language.choices, language.initial = named_languages(), _of_the_page()
        offer_rights(self, by=by)
        laid_out(self, self.FIELDSETS, submit=_("Send the invitation"), form_action="")

    @property
    def invited(self) -> Invited:
        """Return what was entered, for the service."""
        given = self.cleaned_data
        return Invited(
            email=given["email"],
            role=Role(given["role"]),
            states=list(given["states"]),
            treaties=list(given["treaties"]),
            language=given["language"] or _of_the_page(),
        )


class AcceptanceForm(forms.Form):
    """The name that the others see, and a password."""

    FIELDSETS: Fieldsets = (("", ("name", "password")),)

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        validators=[
            RegexValidator(r"[\r\n]", _("Write the name on one line."), inverse_match=True)
        ],
        error_messages={"required": _("Enter your name.")},
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Enter a password.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the fields out."""
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = password_hint()
        laid_out(self, self.FIELDSETS, submit=_("Make the account and sign in"), form_action="")
