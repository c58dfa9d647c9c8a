"""An address that is to be told what changes, of which kinds, and of which State and treaty."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms.choices import by_name
from reporting.forms.filters import choice
from reporting.forms.layout import Fieldsets, laid_out
from reporting.models import State, Treaty
from reporting.models.webhook import LONGEST_ADDRESS
from reporting.queries.log import FACTS, KINDS, OBLIGATION

NAMES_OF_EVENTS = {
    "state party": _("States parties"),
    "submission": _("submissions"),
    "review": _("reviews"),
    "decision": _("decisions of the Committee"),
    "core document": _("common core documents"),
    "universal review": _("Universal Periodic Review"),
    OBLIGATION: _("obligations that are set, move, lapse or are met"),
}


class _EventsForm(forms.Form):
    """Of what to tell."""

    events = forms.MultipleChoiceField(
        label=_("What it is told of"),
        choices=[*NAMES_OF_EVENTS.items()],
        initial=[*FACTS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def clean_events(self) -> tuple[str, ...]:
        """Return the kinds, in their order."""
        return tuple(kind for kind in KINDS if kind in self.cleaned_data["events"])


class KindsForm(_EventsForm):
    """Of what to tell an address that is there."""

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        """Lay the field out; ``address`` is where the form is sent."""
        super().__init__(*args, **kwargs)
        self.fields["events"].help_text = _(
            "Of what you add, nothing is told that is older than now. What you take out is told no more, and what of it waits to be sent is forgotten."
        )
        laid_out(self, (("", ("events",)),), submit=_("Save"), form_action=address)


class WebhookForm(_EventsForm):
    """Where to tell what."""

    FIELDSETS: Fieldsets = ((_("A new webhook"), ("address", "events", "state", "treaty")),)

    address = forms.CharField(
        label=_("Address of the program"),
        help_text=_(
            "It gets a signed request for every change, as in https://tracker.example.org/changes."
        ),
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": _("Enter the address that is to be told.")},
    )
    state = choice(_("State"), ())
    treaty = choice(_("Treaty"), ())

    def __init__(
        self, *args: Any, states: Iterable[State], treaties: Iterable[Treaty], **kwargs: Any
    ) -> None:
        """Offer what is on record, and lay the fields out below the webhooks."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self._states = {each.iso3: each for each in states}
        self._treaties = {each.code: each for each in treaties}
        fields["state"].choices += by_name(self._states.values())
        fields["treaty"].choices += [(code, code) for code in self._treaties]
        laid_out(self, self.FIELDSETS, submit=_("Make a webhook"), form_action="")

    def clean_state(self) -> State | None:
        """Return the State; none is all of them."""
        return self._states.get(self.cleaned_data["state"])

    def clean_treaty(self) -> Treaty | None:
        """Return the treaty; none is all of them."""
        return self._treaties.get(self.cleaned_data["treaty"])
