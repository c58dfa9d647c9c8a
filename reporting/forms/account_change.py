"""Changing what an account may do."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms.layout import Fieldsets, laid_out
from reporting.forms.states import LongChoices, StatesField, TreatiesField, offer_rights
from reporting.models import Role, State, Treaty, User
from reporting.services.account_change import Standing


class AccountForm(forms.Form):
    """The role of an account, its States, and whether it may sign in."""

    FIELDSETS: Fieldsets = (("", ("role", "states", "treaties", "is_active")),)

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
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
    is_active = forms.BooleanField(
        label=_("May sign in"),
        required=False,
        help_text=_("Without this the account is switched off, and signed out everywhere at once."),
    )

    def __init__(self, *args: Any, account: User, by: User, **kwargs: Any) -> None:
        """Show the account as it is, and offer the roles that this person may give."""
        kwargs["initial"] = {
            "role": account.role,
            "states": account.states.all(),
            "treaties": account.treaties.all(),
            "is_active": account.is_active,
        }
        super().__init__(*args, **kwargs)
        offer_rights(self, by=by)
        laid_out(self, self.FIELDSETS, submit=_("Save the account"), form_action="")

    @property
    def standing(self) -> Standing:
        """Return what was entered, for the service."""
        given = self.cleaned_data
        return Standing(
            role=Role(given["role"]),
            states=list(given["states"]),
            treaties=list(given["treaties"]),
            is_active=given["is_active"],
        )
