"""What the audit log is narrowed to."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from reporting.forms.filters import choice, search
from reporting.forms.layout import Fieldsets, laid_out
from reporting.models import AuditEntry, User
from reporting.queries.audit import ACCOUNTS, FACTS, AuditAsked

_WRONG_DAY = {"invalid": _("This is no day: write YYYY-MM-DD. It is ignored.")}
WHAT = [(FACTS, _("fact or contact changed")), (ACCOUNTS, _("rights of an account changed"))]


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label,
        required=False,
        widget=widget,
        error_messages=_WRONG_DAY,
        input_formats=["%Y-%m-%d"],
    )


class AuditForm(forms.Form):
    """Days, what was done, a person, and words."""

    FIELDSETS: Fieldsets = (("", ("q", "what", "person", "start", "end")),)

    q = search(_("Search"), _("A name, a State, a symbol, an address of a page or of a network"))
    what = choice(_("What"), ())
    person = choice(_("Person"), ())
    start = _day(_("From"))
    end = _day(_("Until and including"))

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        """Lay the fields out in a line above the list."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        noted = [(value, str(label)) for value, label in AuditEntry.What.choices]
        fields["what"].choices += sorted([*noted, *WHAT], key=lambda each: str(each[1]))
        self._people = {str(each.pk): each for each in people}
        named = sorted((str(each), pk) for pk, each in self._people.items())
        fields["person"].choices += [(pk, name) for name, pk in named]
        laid_out(
            self,
            self.FIELDSETS,
            submit=_("Show"),
            form_id="filters",
            form_class="filters-in-line",
            form_method="get",
            form_action=reverse_lazy("reporting:audit"),
            attrs={"novalidate": True},
        )

    def clean_end(self) -> Any:
        """Refuse a last day that no calendar goes on after."""
        end = self.cleaned_data["end"]
        if end and end.year >= 9999:
            raise ValidationError(_WRONG_DAY["invalid"], code="invalid")
        return end

    @property
    def asked(self) -> AuditAsked:
        """What was asked for, without what was not understood."""
        self.is_valid()
        given = self.cleaned_data
        start, end = given.get("start"), given.get("end")
        return AuditAsked(
            start=_midnight(start) if start else None,
            end=_midnight(end + timedelta(days=1)) if end else None,
            what=given.get("what", ""),
            person=self._people.get(given.get("person", "")),
            q=given.get("q", "").replace("\x00", ""),
        )


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(), UTC)
