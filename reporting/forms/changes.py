"""What the list of changes is narrowed to."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from reporting.forms.layout import Fieldsets, laid_out
from reporting.forms.state_choice import StateField
from reporting.queries.state_choice import Pairs


class ChangesForm(forms.Form):
    """One State, or all."""

    FIELDSETS: Fieldsets = (("", ("state",)),)

    state = StateField()

    def __init__(self, *args: Any, states: Pairs, **kwargs: Any) -> None:
        """Lay the field out in a line above the list."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["state"].offer(states)
        laid_out(
            self,
            self.FIELDSETS,
            submit=_("Show"),
            form_id="filters",
            form_class="filters-in-line",
            form_method="get",
            form_action=reverse_lazy("reporting:changes"),
        )
