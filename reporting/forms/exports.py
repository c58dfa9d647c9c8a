"""What a file is narrowed to: as the dashboard, and to one State."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from reporting.forms.filters import JUNK, FilterForm
from reporting.forms.layout import Fieldsets, laid_out
from reporting.forms.state_choice import StateField
from reporting.models import State
from reporting.queries.dashboard import Filters
from reporting.queries.state_choice import Pairs


class ExportForm(FilterForm):
    """The filters of a file; where one makes no sense there is no file."""

    no_choice = _("The address asks for something that is no choice here.")
    state = forms.CharField(label=_("State"), required=False, max_length=3)
    closed = forms.ChoiceField(
        label=_("Closed obligations too"),
        choices=[("", _("no")), ("yes", _("yes"))],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say of a choice that is none what comes of it: at the address of a file there is no file then."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and not field.widget.is_hidden:
                field.error_messages["invalid_choice"] = self.no_choice

    def clean_state(self) -> str:
        """Refuse a code that names no State on record."""
        code: str = self.cleaned_data["state"].upper()
        if code and not State.objects.filter(iso3=code, parties__isnull=False).exists():
            raise forms.ValidationError(
                _("“%(code)s” is the code of no State party on record."), params={"code": code}
            )
        return code

    @property
    def asked(self) -> Filters:
        """What was asked for, of a form that is valid."""
        given: dict[str, Any] = self.cleaned_data
        return Filters(
            status=tuple(given["status"]),
            band=given["band"],
            kind=given["kind"],
            region=given["region"],
            q=given["q"],
            state=given["state"],
            closed=bool(given["closed"]),
        )

    @property
    def chosen(self) -> list[str]:
        """What was asked for in words, each with the name of its field; of what makes sense."""
        self.is_valid()
        return [
            f"{self[name].label}: {_in_words(self.fields[name], value)}"
            for name, value in self.cleaned_data.items()
            if value and not self[name].is_hidden
        ]


class ExportChoiceForm(ExportForm):
    """The same as a form to fill in; what it is narrowed to stands in the addresses of the files.

    It offers the States parties to the treaty, and ignores what makes no sense.
    """

    no_choice = JUNK["invalid_choice"]

    FIELDSETS: Fieldsets = (
        ("", ("q", "state", "region", "kind", "status", "band", "closed", "sort")),
    )

    def __init__(self, data: QueryDict, *, states: Pairs) -> None:
        """Lay the fields out above the files; show a State by its code as it is offered."""
        given = data.copy()
        if "state" in given:
            given["state"] = str(given["state"]).strip().upper()
        super().__init__(given)
        self.given = given
        self.fields["state"] = state = StateField()
        state.offer(states)
        del self.fields["page"]
        laid_out(
            self,
            self.FIELDSETS,
            submit=_("Narrow the files"),
            form_id="filters",
            form_class="filters-of-files",
            form_method="get",
            form_action=reverse_lazy("reporting:exports"),
        )


def _in_words(field: forms.Field, value: Any) -> str:
    choices = dict(getattr(field, "choices", ()))
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(each, each)) for each in values)
