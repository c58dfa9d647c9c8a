"""A contact, as the secretariat keeps it: of itself, or of a State."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms.layout import Fieldsets, laid_out
from reporting.forms.states import TreatiesField
from reporting.models import Contact, State, Treaty, User

_OF_A_STATE = [choice for choice in Contact.Role.choices if choice[0] != Contact.Role.DESK_OFFICER]
_OF_THE_SECRETARIAT = [(Contact.Role.DESK_OFFICER.value, Contact.Role.DESK_OFFICER.label)]


class DirectoryForm(forms.ModelForm[Contact]):
    """Who it is, where to write, in which language."""

    FIELDSETS: Fieldsets = (
        ("", ("state", "role", "name", "email", "language", "treaties", "active", "seen")),
    )

    state = forms.ModelChoiceField(
        label=_("State"),
        queryset=State.objects.none(),
        required=False,
        empty_label=_("none: a contact of the secretariat"),
    )
    role = forms.ChoiceField(label=_("Role"), choices=[*_OF_THE_SECRETARIAT, *_OF_A_STATE])
    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Enter the name.")}
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Enter the e-mail address."),
            "invalid": _("Write an e-mail address, as in name@ministry.example."),
        },
    )
    treaties = TreatiesField(
        label=_("Treaties"),
        queryset=Treaty.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For a desk officer only: of which treaties to tell. None is all of them."),
    )
    active = forms.BooleanField(label=_("Is told"), required=False, initial=True)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Contact
        fields = ("state", "role", "name", "email", "language", "active")

    def __init__(self, *args: Any, treaty: Treaty, by: User, seen: str = "", **kwargs: Any) -> None:
        """Offer the States parties, and the person's treaties; a contact stays with its own State."""
        super().__init__(*args, **kwargs)
        treaties: Any = self.fields["treaties"]
        if by.bound_to:
            treaties.queryset = Treaty.objects.filter(pk__in=by.bound_to)
            treaties.help_text = _("For a desk officer only: of which of your treaties to tell.")
        if self.instance.pk:
            treaties.initial = self.instance.treaties.all()
        self.fields["seen"].initial = seen
        if self.instance.pk:
            del self.fields["state"]
            of_state = self.instance.state_id is not None
            roles: Any = self.fields["role"]
            roles.choices = _OF_A_STATE if of_state else _OF_THE_SECRETARIAT
            if of_state:
                del self.fields["treaties"]
        else:
            states: Any = self.fields["state"]
            states.queryset = State.objects.filter(parties__treaty=treaty).distinct()
        there = tuple(name for name in self.FIELDSETS[0][1] if name in self.fields)
        laid_out(self, (("", there),), submit=_("Save the contact"), form_action="")

    def clean(self) -> dict[str, Any]:
        """Refuse a desk officer of a State, and another role in the secretariat, at the role."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        state = given.get("state", self.instance.state if self.instance.pk else None)
        is_officer = given.get("role") == Contact.Role.DESK_OFFICER
        known = Contact.objects.exclude(pk=self.instance.pk).filter(state=state)
        if known.filter(email=given.get("email", "").lower()).exists():
            self.add_error("email", _("This address is a contact already."))
        if given.get("role") and is_officer != (state is None):
            text = _("A desk officer belongs to the secretariat; every other contact to a State.")
            self.add_error("role", text)
        return given

    def _post_clean(self) -> None:
        """Ask the model only about what the form has understood."""
        if not self.errors:
            super()._post_clean()  # type: ignore[misc] # Django's documented place for it
