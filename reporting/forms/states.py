"""Choosing what an account may do, and for which States parties."""

from django import forms

from reporting import permissions
from reporting.forms.layout import Text
from reporting.models import Role, State, User


class LongChoices(forms.CheckboxSelectMultiple):
    """Boxes in a part of the page that scrolls; scripts add a field that narrows them."""

    def __init__(self, find_label: Text) -> None:
        """Keep what the field is called."""
        super().__init__()
        self.find_label = find_label


def offer_rights(form: forms.Form, *, by: User) -> None:
    """Offer in ``role`` what this person may give, and in ``states`` the States that are party."""
    role, states = form.fields["role"], form.fields["states"]
    assert isinstance(role, forms.ChoiceField)  # noqa: S101 - for the types
    assert isinstance(states, forms.ModelMultipleChoiceField)  # noqa: S101 - for the types
    role.choices = [pair for pair in Role.choices if permissions.may_invite(by, pair[0])]
    states.queryset = State.objects.filter(parties__isnull=False).distinct()
