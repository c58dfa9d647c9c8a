"""A decision or a request of the Committee."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms import checks
from reporting.forms.dates import say_date
from reporting.forms.fact import FactForm, SeenForm, lines, number, partial_date, reason_field
from reporting.forms.layout import Fieldsets, laid_out
from reporting.models import CommitteeDecision, DecisionKind
from reporting.rules.partial_date import PartialDate
from reporting.rules.symbols import DocumentKind

_DOCUMENTS = {
    DecisionKind.LIST_OF_ISSUES: (DocumentKind.LIST_OF_ISSUES,),
    # Mali's was published as CMW/C/MLI/Q/2.
    DecisionKind.LIST_OF_ISSUES_PRIOR: (
        DocumentKind.LIST_OF_ISSUES_PRIOR,
        DocumentKind.LIST_OF_ISSUES,
    ),
}
_LISTS = {DecisionKind.LIST_OF_ISSUES, DecisionKind.LIST_OF_ISSUES_PRIOR}


class DecisionForm(FactForm):
    """What the Committee decided or asked for, by when, and in which document."""

    FIELDSETS: Fieldsets = (
        (_("What"), ("kind", "first_report", "last_report")),
        (_("By when"), ("due_on", "to_be_communicated", "session")),
        (_("In which document"), ("symbol", "paragraph", "decided_on", "text")),
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

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself or the other facts, at its field."""
        given = super().clean()
        if given.get("last_report") is None and "last_report" not in self.errors:
            given["last_report"] = given.get("first_report")
        checks.reports_forward(self, required=given.get("kind") in _LISTS)
        kinds = _DOCUMENTS.get(given.get("kind", ""), ())
        checks.symbol_of(self, "symbol", party=self.party, kinds=kinds)
        checks.not_in_future(self, ("decided_on",), as_at=self.as_at)
        checks.not_before_deposit(self, ("decided_on", "due_on"), party=self.party)
        checks.in_order(self, "decided_on", "due_on")
        self._check_date()
        return given

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
        checks.not_in_future(self, ("withdrawn_on",), as_at=self.as_at)
        given: PartialDate | None = self.cleaned_data.get("withdrawn_on")
        decided: PartialDate | None = self.decision.decided_on
        if given and decided and given.last_day < decided.first_day:
            text = _("%(day)s lies before the decision of %(start)s.")
            places = {"day": say_date(given), "start": say_date(decided)}
            self.add_error("withdrawn_on", text % places)
        return self.cleaned_data
