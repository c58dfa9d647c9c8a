"""What a ministry and the secretariat record about a State beside its treaties."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms.fact import SeenForm, lines, number, partial_date, reason_field, version
from reporting.forms.layout import Fieldsets, laid_out
from reporting.models import CoreDocument, State, UniversalReview
from reporting.rules.universal_review import MOST_CYCLES, MOST_SESSIONS
from reporting.services.state_fact import as_printed, state_fact_slips


class StateFactForm(forms.ModelForm[Any]):
    """A fact about a State; correcting one asks for the reason."""

    FIELDSETS: Fieldsets = ()

    note = lines(_("Note"), hint=_("Whoever reads the page of the State reads this too."))
    reason = reason_field(_("Why is it changed?"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, state: State, as_at: date, **kwargs: Any) -> None:
        """Lay the fields out; the reason is for what is on record already."""
        super().__init__(*args, **kwargs)
        self.instance.state, self.as_at = state, as_at
        if self.instance.pk:
            self.fields["seen"].initial = str(self.instance.version)
        else:
            del self.fields["reason"], self.fields["seen"]
        last = tuple(name for name in ("source", "note", "reason", "seen") if name in self.fields)
        laid_out(self, (*self.FIELDSETS, ("", last)), submit=_("Save"), form_action="")

    def clean_seen(self) -> int:
        """Return the version."""
        return version(self.cleaned_data["seen"])

    def _post_clean(self) -> None:
        """Ask the model only about what the form has understood; say what cannot be at its field."""
        if self.errors:
            return
        super()._post_clean()  # type: ignore[misc] # Django's documented place for it
        if not self.errors:
            as_printed(self.instance)
            for name, text in state_fact_slips(self.instance, as_at=self.as_at):
                self.add_error(name, text)

    def validate_constraints(self) -> None:
        """Leave what is on record already to the sentence that names it."""


class CoreDocumentForm(StateFactForm):
    """A common core document."""

    FIELDSETS: Fieldsets = (("", ("symbol", "dated_on")),)

    symbol = forms.CharField(
        label=_("Symbol"), max_length=60, error_messages={"required": _("Enter the symbol.")}
    )
    dated_on = partial_date(_("Date of the document"), required=True)
    source = lines(
        _("Source"),
        hint=_("The address where it was read. Left empty, the symbol is the source."),
    )

    class Meta:
        model = CoreDocument
        fields = ("symbol", "dated_on", "source", "note")

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        """Write the hint as the symbols of this State are."""
        super().__init__(*args, state=state, **kwargs)
        hint = _("As printed on the document, as in %(symbol)s.")
        self.fields["symbol"].help_text = hint % {"symbol": f"HRI/CORE/{state.iso3}/2010"}


class UniversalReviewForm(StateFactForm):
    """One cycle of the Universal Periodic Review."""

    FIELDSETS: Fieldsets = (
        ("", ("cycle", "session")),
        (_("What is known of its dates"), ("report_due_on", "reviewed_on", "adopted_on")),
    )

    cycle = number(_("Cycle"), required=True)
    session = number(_("Session of the working group"))
    report_due_on = partial_date(_("National report due"))
    reviewed_on = partial_date(_("Review by the working group"))
    adopted_on = partial_date(_("Adoption of the outcome by the Council"))
    source = lines(
        _("Source"),
        hint=_("The document or the address where these dates were read."),
        required=True,
    )

    class Meta:
        model = UniversalReview
        fields = ("cycle", "session", *UniversalReview.DAYS.values(), "source", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Bound the numbers; say what each field wants."""
        super().__init__(*args, **kwargs)
        self.fields["cycle"].error_messages["required"] = _("Enter the number of the cycle.")
        self.fields["source"].error_messages["required"] = _(
            "Name the document or the address where this was read."
        )

    def clean(self) -> dict[str, Any]:
        """Refuse numbers that no cycle and no session has yet."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name, most in (("cycle", MOST_CYCLES), ("session", MOST_SESSIONS)):
            if (given.get(name) or 0) > most:
                self.add_error(
                    name, _("Enter a number up to %(limit_value)s.") % {"limit_value": most}
                )
        return given


class TakeOffForm(SeenForm):
    """Why a fact about a State is taken off the record."""

    reason = reason_field(_("Why is it taken off the record?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the field out."""
        super().__init__(*args, **kwargs)
        submit = _("Take it off the record")
        laid_out(self, (("", ("seen", "reason")),), submit=submit, form_action="")


# By the names that they have in addresses.
FORMS: Mapping[str, type[StateFactForm]] = {
    "core-document": CoreDocumentForm,
    "universal-review": UniversalReviewForm,
}
