"""What the ledger of reminders is narrowed to."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from reporting.forms.filters import LIVE, choice
from reporting.forms.layout import laid_out
from reporting.forms.state_choice import StateField
from reporting.models import Occasion, Reminder, Why
from reporting.queries.state_choice import Pairs

GOING, SENT, FAILED, HELD = "going", "sent", "failed", "held"
SHELVES = {
    GOING: _("Going out"),
    SENT: _("Sent"),
    FAILED: _("Failed"),
    HELD: _("Held back"),
}
# In which states of the ledger the reminders of a shelf are; what goes out is foreseen, too.
STATUSES: dict[str, tuple[str, ...]] = {
    SENT: (Reminder.State.SENT,),
    FAILED: (Reminder.State.FAILED,),
    HELD: (Reminder.State.SKIPPED, Reminder.State.CANCELLED),
}
REASONS = {
    FAILED: (Why.ADDRESS, Why.REJECTED, Why.GIVEN_UP, Why.BROKEN, Why.LOST, Why.RESTORED),
    HELD: (Why.OVERTAKEN, Why.MUTED, Why.ENDED, Why.MOVED, Why.REVERSED, Why.NOT_TOLD),
}
SPANS = [("7", _("a week")), ("30", _("30 days")), ("90", _("90 days")), ("365", _("a year"))]


class ReminderFilterForm(forms.Form):
    """A shelf of the ledger, and what it is narrowed to there."""

    show = forms.ChoiceField(
        choices=SHELVES.items(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("There is no such part of the list.")},
    )
    state = StateField()
    occasion = choice(_("Occasion"), Occasion.choices)
    days = choice(_("Within"), SPANS)
    reason = choice(_("Why"), ())

    def __init__(self, *args: Any, states: Pairs, **kwargs: Any) -> None:
        """Lay the fields out in a line above the list; only what ended has a reason."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["state"].offer(states)
        reasons = REASONS.get(self.shelf, ())
        fields["reason"].choices += [(why.value, why.label.capitalize()) for why in reasons]
        fields["occasion"].choices = [
            (value, str(label).capitalize()) for value, label in fields["occasion"].choices
        ]
        if not reasons:
            del fields["reason"]
        address = reverse_lazy("reporting:reminders")
        laid_out(
            self,
            (("", tuple(fields)),),
            submit=_("Show"),
            form_id="filters",
            form_class="filters-in-line reminder-filters",
            form_method="get",
            form_action=address,
            attrs={
                "novalidate": True,
                "hx-get": address,
                **LIVE,
                "hx-trigger": "submit, change",
            },
        )

    @property
    def shelf(self) -> str:
        """What is shown: what goes out, unless another part is asked for."""
        asked = self.data.get("show", "")
        return asked if asked in SHELVES else GOING
