"""The filters of the lists, read from the address."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from reporting.forms.choices import BAND_CHOICES, STATUS_CHOICES
from reporting.forms.layout import Fieldsets, laid_out
from reporting.models import RegionalGroup
from reporting.models.status import BACKLOG_APART
from reporting.queries.dashboard import KINDS, SORTS, Filters

LONGEST_SEARCH = 100
ANY = ("", _("Any"))
JUNK = {
    "invalid_choice": _(
        "The address asks for something that is no choice here. This filter is ignored."
    )
}
# What a script needs to fetch the results alone; without one the form is sent as ever.
LIVE = {
    "hx-target": "#results",
    "hx-push-url": "true",
    "hx-indicator": "#results",
    "hx-sync": "this:replace",
    "hx-trigger": "submit, change, input changed delay:400ms from:#id_q",
}


def choice(label: Any, choices: Any) -> forms.ChoiceField:
    """Return a select whose first choice is none of them."""
    return forms.ChoiceField(
        label=label, choices=[ANY, *choices], required=False, error_messages=JUNK
    )


def search(label: Any, hint: Any) -> forms.CharField:
    """Return a field for a few words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST_SEARCH,
        error_messages={
            "max_length": ngettext_lazy(
                "Search for at most %(limit_value)d character.",
                "Search for at most %(limit_value)d characters.",
                "limit_value",
            )
        },
    )


class FilterForm(forms.Form):
    """What the dashboard is narrowed to, sorted by and turned to."""

    FIELDSETS: Fieldsets = (("", ("q", "status", "band", "kind", "region")),)

    q = search(_("Search"), _("A State, or the symbol of a document"))
    status = forms.MultipleChoiceField(
        label=_("Status"),
        help_text=BACKLOG_APART,
        choices=STATUS_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=JUNK,
    )
    band = choice(_("Overdue for"), BAND_CHOICES)
    kind = choice(_("Kind"), KINDS)
    region = choice(_("Regional group"), RegionalGroup.choices)
    sort = forms.ChoiceField(
        choices=[(f"{way}{name}", name) for name in SORTS for way in ("", "-")],
        required=False,
        widget=forms.HiddenInput,
        error_messages={
            "invalid_choice": _("The list cannot be sorted by what the address asks for.")
        },
    )
    page = forms.IntegerField(
        required=False,
        min_value=1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("invalid", "min_value"), _("The number of the page is no number from 1 on.")
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the fields out beside the list."""
        super().__init__(*args, **kwargs)
        address = reverse_lazy("reporting:dashboard")
        laid_out(
            self,
            self.FIELDSETS,
            submit=_("Apply filters"),
            form_id="filters",
            form_method="get",
            form_action=address,
            attrs={"novalidate": True, "hx-get": address, **LIVE},
        )

    @property
    def filters(self) -> Filters:
        """What was asked for, without what was not understood."""
        self.is_valid()
        given = self.cleaned_data
        status = given.get("status", [])
        return Filters(
            status=tuple(value for value, _label in STATUS_CHOICES if value in status),
            band=given.get("band", ""),
            kind=given.get("kind", ""),
            region=given.get("region", ""),
            q=given.get("q", ""),
        )


class StateSearchForm(forms.Form):
    """What the list of States parties is narrowed to."""

    FIELDSETS: Fieldsets = (("", ("q", "region")),)

    q = search(_("Search"), _("The name of a State"))
    region = choice(_("Regional group"), RegionalGroup.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the fields out in a line above the list."""
        super().__init__(*args, **kwargs)
        address = reverse_lazy("reporting:states")
        laid_out(
            self,
            self.FIELDSETS,
            submit=_("Search"),
            form_id="filters",
            form_class="filters-in-line",
            form_method="get",
            form_action=address,
            attrs={"novalidate": True, "hx-get": address, **LIVE},
        )
