"""The forms of the pages for repair: they ask the services what they would refuse."""

from collections.abc import Callable
from copy import copy
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reporting.forms.fact import reason_field, version
from reporting.forms.refusals import put_on_fields
from reporting.models import StateParty, User
from reporting.services.deposit import correct_deposit
from reporting.services.errors import ConflictError
from reporting.services.fact import correct, record
from reporting.services.preview import foresee


class RepairForm(forms.ModelForm[Any]):
    """A fact; what a service would refuse is said on the form, before anything is saved.

    ``by`` and ``as_at`` are given by the page that shows the form.
    """

    by: User
    as_at: date

    reason = reason_field(_("Reason"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep which version of the fact is shown."""
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen"].initial = self.instance.version

    def carry_out(self, fact: Any) -> None:
        """Save the fact through the service of its kind."""
        how: dict[str, Any] = {
            "by": self.by,
            "as_at": self.as_at,
            "reason": self.cleaned_data["reason"],
        }
        if fact.pk is None:
            record(fact=fact, **how)
        elif isinstance(fact, StateParty):
            correct_deposit(party=fact, seen=version(self.cleaned_data["seen"]), **how)
        else:
            correct(fact=fact, seen=version(self.cleaned_data["seen"]), **how)

    def _post_clean(self) -> None:
        """Try it on a copy, and take it back."""
        if not self.errors:
            super()._post_clean()  # type: ignore[misc] # Django's documented place for it
        if self.errors:
            return
        fact = self.instance
        party = fact if isinstance(fact, StateParty) else fact.state_party
        try:
            foresee(party=party, as_at=self.as_at, change=self._on_a_copy(fact))
        except ConflictError as error:
            self.add_error(None, [error.message, *_said(error)])
        except ValidationError as error:
            put_on_fields(self, error)

    def _on_a_copy(self, fact: Any) -> Callable[[], None]:
        return lambda: self.carry_out(copy(fact))


def _said(error: ConflictError) -> list[str]:
    text = _("%(field)s: on record is now “%(theirs)s”, you entered “%(yours)s”.")
    return [
        str(text) % {"field": each.field, "theirs": each.theirs, "yours": each.yours}
        for each in error.differences
    ]
