"""What is planned for which session."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.models import Session, StateParty, Submission, SubmissionKind, Treaty

_UNKNOWN = _("This report is not on record. Look at the list again.")
_NO_SESSION = _("There is no such session. Choose one of the list.")


class AssignmentForm(forms.Form):
    """One report, or one State without a report, and its session; an empty session takes it back."""

    item = forms.RegexField(
        r"^(?:report|absence)-\d{1,9}$", error_messages={"required": _UNKNOWN, "invalid": _UNKNOWN}
    )
    session = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=999,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _NO_SESSION),
    )

    def __init__(self, *args: Any, treaty: Treaty, **kwargs: Any) -> None:
        """Say of which treaty the sessions are."""
        super().__init__(*args, **kwargs)
        self.treaty = treaty

    def clean_session(self) -> Session | None:
        """Return the session of that number."""
        number = self.cleaned_data["session"]
        if number is None:
            return None
        found = Session.objects.filter(treaty=self.treaty, number=number).first()
        if found is None:
            raise forms.ValidationError(_NO_SESSION)
        return found

    def clean(self) -> dict[str, Any]:
        """Find the State party, and the report where it is one."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        kind, _dash, number = given.get("item", "").partition("-")
        parties = StateParty.objects.filter(treaty=self.treaty).select_related("state")
        if kind == "report":
            reports = Submission.objects.filter(kind=SubmissionKind.REPORT)
            given["submission"] = reports.filter(pk=number, state_party__treaty=self.treaty).first()
            parties = parties.filter(submissions=given["submission"])
        elif kind:
            given["submission"], parties = None, parties.filter(pk=number)
        given["party"] = parties.first() if kind else None
        if kind and (given["party"] is None or (kind == "report" and not given["submission"])):
            self.add_error("item", _UNKNOWN)
        return given
