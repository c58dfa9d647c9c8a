"""What a file is narrowed to: as the dashboard, and to one State."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms.filters import FilterForm
from reporting.models import State
from reporting.queries.dashboard import Filters


class ExportForm(FilterForm):
    """The filters of a file; where one makes no sense there is no file."""

    state = forms.CharField(label=_("State"), required=False, max_length=3)
    closed = forms.ChoiceField(
        label=_("Closed obligations too"), choices=[("yes", _("yes"))], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say of no filter that it is ignored: there is no file then."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and not field.widget.is_hidden:
                field.error_messages["invalid_choice"] = _(
                    "The address asks for something that is no choice here."
                )

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


def _in_words(field: forms.Field, value: Any) -> str:
    choices = dict(getattr(field, "choices", ()))
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(each, each)) for each in values)
