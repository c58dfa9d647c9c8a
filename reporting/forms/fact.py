"""What the forms of all facts share: the version that was seen, the source, the reason."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms import checks
from reporting.forms.layout import Fieldsets, laid_out
from reporting.models import StateParty
from reporting.models.fact import REASON_LENGTH
from reporting.models.fields import PartialDateFormField

DATE_HINT = _("As precise as it is known: 2027-04-01, 2027-04 or 2027.")

# No date rests on these.
_WORDS = {"symbol", "paragraph", "text", "source", "note", "reason", "distributed_on"}


def partial_date(label: Any, *, hint: Any = DATE_HINT, required: bool = False) -> Any:
    """Return a field for a date known to the day, the month or the year."""
    return PartialDateFormField(
        label=label,
        help_text=hint,
        required=required,
        max_length=40,
        error_messages={"required": _("Enter the date.")},
    )


def reason_field(label: Any) -> forms.CharField:
    """Return the field for why something is changed."""
    return forms.CharField(
        label=label,
        help_text=_("One line for the history, so that others understand."),
        max_length=REASON_LENGTH,
        error_messages={"required": _("Say why, in a few words.")},
    )


def lines(label: Any, *, hint: Any = "", required: bool = False) -> forms.CharField:
    """Return a field for a few lines."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )


def number(label: Any, *, hint: Any = "", required: bool = False) -> forms.IntegerField:
    """Return a field for an ordinal or a session."""
    return forms.IntegerField(
        label=label, help_text=hint, required=required, min_value=1, max_value=999
    )


def version(given: str) -> int:
    """Read the version that was seen; nonsense is the version of nothing."""
    return int(given) if given.isdecimal() and len(given) < 19 else 0


class SeenForm(forms.Form):
    """A form for something that somebody else may change meanwhile."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_seen(self) -> int:
        """Return the version."""
        return version(self.cleaned_data["seen"])


class ReasonForm(SeenForm):
    """Why a fact is taken off the record."""

    FIELDSETS: Fieldsets = (("", ("seen", "reason")),)

    reason = reason_field(_("Why is it taken off the record?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the field out."""
        super().__init__(*args, **kwargs)
        laid_out(self, self.FIELDSETS, submit=_("See what changes"), form_action="")


class FactForm(forms.ModelForm[Any]):
    """A fact of a State party; correcting one asks for the reason.

    The fields named in ``ONCE`` are given with a new fact and never changed here.
    """

    FIELDSETS: Fieldsets = ()
    ONCE: tuple[str, ...] = ()
    SOURCE: Fieldsets = (
        (_("Where it was read"), ("source", "note", "accepted_because")),
        ("", ("reason", "seen")),
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    source = lines(_("Source"), hint=_("The document. Left empty, the symbol above is the source."))
    note = lines(_("Note"))
    accepted_because = lines(
        _("Why it stands although it contradicts another fact"),
        hint=_("Leave this empty, unless the fact is refused and is true all the same."),
    )
    reason = reason_field(_("Why is it changed?"))

    def __init__(
        self, *args: Any, party: StateParty, as_at: date, seen: str = "", **kwargs: Any
    ) -> None:
        """Lay the fields out; the reason is for what is on record already."""
        super().__init__(*args, **kwargs)
        self.party, self.as_at = party, as_at
        self.instance.state_party = party
        self.fields["seen"].initial = seen
        self._name_the_state()
        for name in ("reason", "seen") if self.instance.pk is None else self.ONCE:
            del self.fields[name]
        laid_out(
            self,
            _present(self.FIELDSETS + self.SOURCE, self.fields),
            submit=_("See what changes"),
            form_action="",
            form_class="fact-form",
        )

    def _name_the_state(self) -> None:
        """Write the symbols in the hints as they are for this State."""
        hint = self.fields["symbol"].help_text
        root = f"{self.party.treaty.code}/C/{self.party.state.iso3}/"
        self.fields["symbol"].help_text = str(hint).replace("CMW/C/IDN/", root)

    def clean_seen(self) -> Any:
        """Return the version."""
        return version(self.cleaned_data["seen"])

    def clean(self) -> dict[str, Any]:
        """Return what was given, for the checks of the single forms."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        checks.plausible(self, treaty=self.party.treaty.code, as_at=self.as_at)
        checks.at_session(self, party=self.party)
        return given

    def _name_the_source(self) -> None:
        """Let the symbol be the source where none is named."""
        given = self.cleaned_data
        if not given.get("source") and "symbol" not in self.errors:
            given["source"] = given.get("symbol") or ""
            if not given["source"]:
                self.add_error("source", _("Name the document in which this was read."))

    @property
    def can_be_tried(self) -> bool:
        """Whether all is understood on which a date, and so what a service refuses, can rest."""
        return self.errors.keys() <= _WORDS

    def _post_clean(self) -> None:
        """Ask the model only about what the form has understood, or it says everything twice."""
        self._name_the_source()
        if self.can_be_tried:
            super()._post_clean()  # type: ignore[misc] # Django's documented place for it


def _present(fieldsets: Fieldsets, fields: Iterable[str]) -> Fieldsets:
    there = set(fields)
    return tuple(
        (legend, tuple(name for name in names if name in there)) for legend, names in fieldsets
    )
