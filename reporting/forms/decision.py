"""A decision or a request of the Committee."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reporting.forms import checks
from reporting.forms.fact import FactForm, SeenForm, lines, number, partial_date, reason_field
from reporting.forms.layout import Fieldsets, laid_out
from reporting.forms.refusals import put_on_fields
from reporting.models import CommitteeDecision, DecisionKind, Review
from reporting.rules.discharge import OPEN_FOR_A_TIME
from reporting.services.discharge import refuse_discharged
from reporting.services.symbol import DECIDED

_LISTS = {DecisionKind.LIST_OF_ISSUES, DecisionKind.LIST_OF_ISSUES_PRIOR}


class DecisionForm(FactForm):
    """What the Committee decided or asked for, by when, and in which document."""

    CONTRADICTED = "decided_on"
    ONCE = ("review",)
    FIELDSETS: Fieldsets = (
        ("", ("review",)),
        (_("What"), ("kind", "first_report", "last_report")),
        (_("By when"), ("due_on", "to_be_communicated", "session")),
        (_("In which document"), ("symbol", "paragraph", "decided_on", "text")),
    )

    review = forms.ModelChoiceField(
        Review.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("The review that it came from is not on record.")},
    )
    kind = forms.ChoiceField(
        label=_("What the Committee decided"),
        choices=DecisionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what the Committee decided.")},
    )
    first_report = number(
        _("First report"),
        hint=_(
            "1 is the initial report. A list of issues needs it; a due date without it is "
            "that of the next report."
        ),
    )
    last_report = number(_("Last report"), hint=_("Only for combined reports: the last of them."))
    due_on = partial_date(
        _("Due on"), hint=_("The date for the report or the replies: 2027-04-01, 2027-04 or 2027.")
    )
    to_be_communicated = forms.BooleanField(
        label=_("The Committee will communicate the date"), required=False
    )
    session = number(
        _("Session"), hint=_("Its number, where the date hangs on it: the replies to a list.")
    )
    symbol = forms.CharField(
        label=_("Symbol"),
        help_text=_("As in CMW/C/IDN/QPR/2; empty for a letter."),
        max_length=60,
        required=False,
    )
    paragraph = forms.CharField(label=_("Paragraph"), max_length=20, required=False)
    decided_on = partial_date(_("Decided or issued on"))
    text = lines(_("Words of the document"))

    class Meta:
        model = CommitteeDecision
        fields = (
            "review",
            "kind",
            "first_report",
            "last_report",
            "due_on",
            "to_be_communicated",
            "session",
            "symbol",
            "paragraph",
            "decided_on",
            "text",
            "source",
            "note",
            "accepted_because",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the reviews of the State."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        if "review" in fields:
            fields["review"].queryset = self.party.reviews.all()

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself or the other facts, at its field."""
        given = super().clean()
        if given.get("last_report") is None and "last_report" not in self.errors:
            given["last_report"] = given.get("first_report")
        checks.reports_forward(self, required=given.get("kind") in _LISTS)
        kinds = DECIDED.get(given.get("kind", ""), ())
        checks.symbol_of(self, "symbol", party=self.party, kinds=kinds)
        checks.days(self, as_at=self.as_at)
        checks.not_before_deposit(self, ("decided_on", "due_on"), party=self.party)
        self._check_date()
        self._check_still_owed()
        return given

    def _check_still_owed(self) -> None:
        """Refuse what comes too late for its report, even while the due date itself is wrong."""
        given = self.cleaned_data
        names = ("kind", "first_report", "last_report", "decided_on")
        if self.errors.keys() & {*names} or given["kind"] not in OPEN_FOR_A_TIME:
            return
        needs_date = given["kind"] == DecisionKind.NEXT_REPORT_DUE
        meant = CommitteeDecision(
            pk=self.instance.pk,
            state_party=self.party,
            **{name: given[name] for name in names},
            due_on=given.get("due_on"),
            to_be_communicated=needs_date and not given.get("due_on"),
            withdrawn_on=self.instance.withdrawn_on,
            accepted_because=given.get("accepted_because", ""),
            recorded_on=self.instance.recorded_on or self.as_at,
        )
        try:
            meant.clean()
            refuse_discharged(meant)
        except ValidationError as error:
            put_on_fields(self, error)

    def _check_date(self) -> None:
        if "due_on" in self.errors:
            return
        kind, due, announced = (
            self.cleaned_data.get(name) for name in ("kind", "due_on", "to_be_communicated")
        )
        if due and announced:
            text = _("You entered a date, and ticked that the Committee will communicate it.")
            self.add_error("due_on", text)
        elif kind == DecisionKind.NEXT_REPORT_DUE and not (due or announced):
            text = _("Enter the date, or tick that the Committee will communicate it.")
            self.add_error("due_on", text)
        elif announced and kind and kind != DecisionKind.NEXT_REPORT_DUE:
            text = _("Only the date of a report of the cycle can be still to be communicated.")
            self.add_error("to_be_communicated", text)


class WithdrawalForm(SeenForm):
    """On which day the Committee took a decision back, and why."""

    FIELDSETS: Fieldsets = (("", ("seen", "withdrawn_on", "reason")),)

    withdrawn_on = partial_date(_("Withdrawn on"), required=True)
    reason = reason_field(_("Why was it withdrawn?"))

    def __init__(self, *args: Any, decision: CommitteeDecision, as_at: Any, **kwargs: Any) -> None:
        """Lay the fields out."""
        super().__init__(*args, **kwargs)
        self.decision, self.as_at = decision, as_at
        laid_out(self, self.FIELDSETS, submit=_("See what changes"), form_action="")

    def clean(self) -> dict[str, Any]:
        """Refuse a day that lies ahead, or before the decision."""
        checks.days(self, as_at=self.as_at, decided_on=self.decision.decided_on)
        return self.cleaned_data
