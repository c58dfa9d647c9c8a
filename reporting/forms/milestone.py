"""When a step of the preparation is to be done, and by whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms.layout import Fieldsets, laid_out


class MilestoneForm(forms.Form):
    """The day and the owner of a step."""

    FIELDSETS: Fieldsets = (("", ("planned_on", "owner")),)

    planned_on = forms.DateField(
        label=_("To be done by"),
        help_text=_("Left empty, it is the day of the usual plan."),
        required=False,
        widget=forms.DateInput({"type": "date", "autofocus": True}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter the day as year, month and day: 2026-11-20.")},
    )
    owner = forms.CharField(label=_("Who does it"), required=False, max_length=200)

    def __init__(self, *args: Any, address: str, leads_to: str, **kwargs: Any) -> None:
        """Lay the form out so that a script can send it in its place, and the focus goes on."""
        super().__init__(*args, **kwargs)
        laid_out(
            self,
            self.FIELDSETS,
            submit=_("Save"),
            form_action=address,
            form_class="step-form",
            attrs={
                "novalidate": True,
                "hx-post": address,
                "hx-target": "closest .step",
                "hx-swap": "outerHTML",
                "data-focus": leads_to,
            },
        )
