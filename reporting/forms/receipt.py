"""Confirming that a report was received, sending it back, or mending what is on record about it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms import checks
from reporting.forms.fact import FactForm, SeenForm, lines, number, partial_date
from reporting.forms.layout import Fieldsets, laid_out
from reporting.models import Submission
from reporting.services.symbol import SUBMITTED, reports_named


class ConfirmForm(SeenForm):
    """The day of receipt and the symbol of a report that a ministry has filed."""

    prefix = "confirm"
    CONTRADICTED = "received_on"
    FIELDSETS: Fieldsets = (("", ("seen", "received_on", "symbol", "session")),)

    received_on = partial_date(_("Received on"), required=True)
    symbol = forms.CharField(
        label=_("Symbol"),
        help_text=_("As printed on the document; it can be added later."),
        max_length=60,
        required=False,
    )
    session = number(_("Session"), hint=_("The session for which it is scheduled, if it is."))

    def __init__(self, *args: Any, submission: Submission, as_at: date, **kwargs: Any) -> None:
        """Lay the fields out."""
        super().__init__(*args, **kwargs)
        self.submission, self.as_at = submission, as_at
        laid_out(self, self.FIELDSETS, submit=_("Confirm receipt"), form_action="")

    def clean(self) -> dict[str, Any]:
        """Refuse a receipt that lies ahead, before the treaty, or before the report was sent."""
        party, kind = self.submission.state_party, self.submission.kind
        reports = reports_named(kind, self.submission.first_report, self.submission.last_report)
        checks.not_before_entry_into_force(self, ("received_on",), party=party)
        checks.days(self, as_at=self.as_at, sent_on=self.submission.sent_on)
        checks.symbol_of(
            self, "symbol", party=party, kinds=SUBMITTED.get(kind, ()), reports=reports
        )
        return self.cleaned_data

    @property
    def can_be_tried(self) -> bool:
        """Whether the day of receipt is understood, and something else is not."""
        return bool(self.errors) and "received_on" not in self.errors


class ReturnForm(SeenForm):
    """Why a report goes back to the ministry."""

    prefix = "return"
    FIELDSETS: Fieldsets = (("", ("seen", "because")),)

    because = lines(
        _("Why it is returned"), hint=_("The ministry gets these words by e-mail."), required=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the field out."""
        super().__init__(*args, **kwargs)
        self.fields["because"].error_messages["required"] = _("Say what has to be mended.")
        laid_out(self, self.FIELDSETS, submit=_("Return to the ministry"), form_action="")


class ScheduleForm(SeenForm):
    """For which session a report is scheduled."""

    prefix = "schedule"
    FIELDSETS: Fieldsets = (("", ("seen", "session")),)

    session = number(_("Session"), hint=_("Its number; empty where it is not scheduled."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the field out."""
        super().__init__(*args, **kwargs)
        laid_out(self, self.FIELDSETS, submit=_("Save the session"), form_action="")


class SubmissionForm(FactForm):
    """What is on record about something that a State has sent."""

    CONTRADICTED = "received_on"
    FIELDSETS: Fieldsets = (
        (_("What was received"), ("first_report", "last_report", "symbol", "received_on")),
        (_("When it is considered"), ("session",)),
    )

    first_report = number(_("First report"), hint=_("1 is the initial report."))
    last_report = number(_("Last report"), hint=_("Only for combined reports: the last of them."))
    symbol = forms.CharField(label=_("Symbol"), max_length=60, required=False)
    received_on = partial_date(_("Received on"))
    session = number(_("Session"), hint=_("The session for which it is scheduled, if it is."))

    class Meta:
        model = Submission
        fields = (
            "first_report",
            "last_report",
            "symbol",
            "received_on",
            "session",
            "source",
            "note",
            "accepted_because",
        )

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself or the other facts, at its field."""
        given = super().clean()
        if given.get("last_report") is None and "last_report" not in self.errors:
            given["last_report"] = given.get("first_report")
        checks.reports_forward(self, required=False)
        kind, named = self.instance.kind, (given.get("first_report"), given.get("last_report"))
        # A document may bear another number than it should: that is true, and has its reason.
        reports = None if given.get("accepted_because") else reports_named(kind, *named)
        checks.symbol_of(
            self, "symbol", party=self.party, kinds=SUBMITTED.get(kind, ()), reports=reports
        )
        checks.not_before_entry_into_force(self, ("received_on",), party=self.party)
        checks.days(self, as_at=self.as_at, sent_on=self.instance.sent_on)
        return given
