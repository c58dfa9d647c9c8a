"""Choosing what an account may do, and for which States parties."""

import re
from typing import Any

from django import forms
from django.db.models import QuerySet

from reporting import permissions
from reporting.forms.layout import Text
from reporting.models import Role, State, Treaty, User

_NUMBER = re.compile(r"\d{1,18}", re.ASCII)


class LongChoices(forms.CheckboxSelectMultiple):
    """Boxes in a part of the page that scrolls; scripts add a field that narrows them."""

    def __init__(self, find_label: Text) -> None:
        """Keep what the field is called."""
        super().__init__()
        self.find_label = find_label


class StatesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # not subscriptable when it runs
    """Several States. A number that no database can hold is no choice, where Django asks for it."""

    def clean(self, value: Any) -> QuerySet[State]:
        """Return the States, or raise ValidationError."""
        refuse_numbers(self, value)
        found: QuerySet[State] = super().clean(value)
        return found


class TreatiesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # not subscriptable when it runs
    """Several treaties, by their codes; a number that no database can hold is no choice."""

    def clean(self, value: Any) -> QuerySet[Treaty]:
        """Return the treaties, or raise ValidationError."""
        refuse_numbers(self, value)
        found: QuerySet[Treaty] = super().clean(value)
        return found


def refuse_numbers(field: forms.ModelMultipleChoiceField, value: Any) -> None:  # type: ignore[type-arg] # the same
    """Raise ValidationError for what is no number of a row."""
    for each in value or ():
        if not _NUMBER.fullmatch(str(each)):
            said, about = field.error_messages["invalid_pk_value"], {"pk": str(each)[:20]}
            raise forms.ValidationError(said, code="invalid_pk_value", params=about)


def offer_rights(form: forms.Form, *, by: User) -> None:
    """Offer in ``role`` what this person may give, and in ``states`` the States that are party."""
    role, states = form.fields["role"], form.fields["states"]
    assert isinstance(role, forms.ChoiceField)  # noqa: S101 - for the types
    assert isinstance(states, forms.ModelMultipleChoiceField)  # noqa: S101 - for the types
    role.choices = [pair for pair in Role.choices if permissions.may_invite(by, pair[0])]
    states.queryset = State.objects.filter(parties__isnull=False).distinct()
