"""A session of the Committee."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms import checks
from reporting.forms.fact import lines, number, reason_field
from reporting.forms.layout import Fieldsets, laid_out
from reporting.models import Session, Treaty
from reporting.models.session import MOST_REVIEWS
from reporting.services.session import held_too_early, session_slips

_WORDS = ("note", "source", "reason", "seen")


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Enter the day."),
            "invalid": _("Write year, month and day, as in 2027-04-01."),
        },
    )


class SessionForm(forms.ModelForm[Session]):
    """Its number, its days, what became of it."""

    FIELDSETS: Fieldsets = (
        ("", ("number", "starts_on", "ends_on", "status", "capacity", *_WORDS)),
    )

    number = number(_("Number"), required=True)
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"))
    status = forms.ChoiceField(
        label=_("Status"), choices=Session.Status.choices, widget=forms.RadioSelect
    )
    capacity = forms.IntegerField(
        label=_("Number of reviews"),
        help_text=_("How many the session has room for. Leave this empty until it is decided."),
        required=False,
        min_value=1,
        max_value=MOST_REVIEWS,
        error_messages={"invalid": _("Write a whole number, or leave this empty.")},
    )
    note = lines(_("Note"))
    source = lines(_("Source"), hint=_("The document or the address where its days were read."))
    reason = reason_field(_("Why is it changed?"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Session
        fields = ("number", "starts_on", "ends_on", "status", "capacity", "note", "source")

    def __init__(
        self, *args: Any, treaty: Treaty, as_at: date, seen: str = "", **kwargs: Any
    ) -> None:
        """Lay the fields out; a session on record keeps its number, by which others know it."""
        super().__init__(*args, **kwargs)
        self.instance.treaty, self.as_at = treaty, as_at
        self.fields["seen"].initial = seen
        self.initial.setdefault("status", Session.Status.PLANNED)
        for name in ("number",) if self.instance.pk else ("reason", "seen"):
            del self.fields[name]
        there = tuple(name for name in self.FIELDSETS[0][1] if name in self.fields)
        laid_out(self, (("", there),), submit=_("Save the session"), form_action="")

    def clean(self) -> dict[str, Any]:
        """Refuse a number on record, days that run backwards, what is held too early: at its field."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        checks.plausible(self, treaty=self.instance.treaty.code, as_at=self.as_at)
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("A session cannot end before it starts."))
        if first and (
            said := held_too_early(
                status=given.get("status", ""), starts_on=first, as_at=self.as_at
            )
        ):
            self.add_error("status", said)
        known = Session.objects.filter(treaty=self.instance.treaty)
        if "number" in given and known.filter(number=given["number"]).exists():
            self.add_error("number", _("This session is on record already."))
        if not self.errors:
            self._refuse_slips(given)
        return given

    def _refuse_slips(self, given: dict[str, Any]) -> None:
        """Say what cannot be of its days beside those of the other sessions."""
        meant = Session(
            pk=self.instance.pk,
            treaty=self.instance.treaty,
            number=self.instance.number or given["number"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            status=given["status"],
        )
        for name, said in session_slips(meant):
            self.add_error(name, said)

    def _post_clean(self) -> None:
        """Ask the model only about what the form has understood."""
        if not self.errors:
            super()._post_clean()  # type: ignore[misc] # Django's documented place for it
