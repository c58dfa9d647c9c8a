"""A review with the dates that its concluding observations set."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms import checks
from reporting.forms.fact import FactForm, number, partial_date
from reporting.forms.layout import Fieldsets
from reporting.models import Review
from reporting.models.dates import long_date
from reporting.services.review import DatesSet, considered_already, reviews_of
from reporting.services.symbol import REVIEWED

SET, ANNOUNCED, UNSAID = "set", "announced", "unsaid"


class ReviewForm(FactForm):
    """What the Committee considered, when, and what it asked for next."""

    CONTRADICTED = "adopted_on"
    FIELDSETS: Fieldsets = (
        (_("What was considered"), ("first_report", "last_report", "in_absence")),
        (_("When"), ("session", "dialogue_from", "dialogue_to")),
        (_("Concluding observations"), ("symbol", "adopted_on", "distributed_on")),
        (_("What they ask for"), ("next_report", "next_report_due", "follow_up_due")),
    )

    first_report = number(_("First report"), hint=_("1 is the initial report."), required=True)
    last_report = number(
        _("Last report"), hint=_("The same number, or a later one for combined reports.")
    )
    in_absence = forms.TypedChoiceField(
        label=_("How"),
        choices=(("False", _("with a delegation")), ("True", _("in the absence of a report"))),
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
        initial="False",
        error_messages={"required": _("Say how the Committee considered it.")},
    )
    session = number(_("Session"), hint=_("Its number."))
    dialogue_from = partial_date(_("First day of the dialogue"))
    dialogue_to = partial_date(_("Last day of the dialogue"))
    symbol = forms.CharField(
        label=_("Symbol"), help_text=_("As in CMW/C/IDN/CO/1."), max_length=60, required=False
    )
    adopted_on = partial_date(_("Adopted on"))
    distributed_on = partial_date(_("Distributed on"))
    next_report = forms.ChoiceField(
        label=_("Next report"),
        choices=(
            (SET, _("due on the date below")),
            (ANNOUNCED, _("due on a date that the Committee will communicate")),
            (UNSAID, _("not on record; the date is then estimated")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what is on record about the next report.")},
    )
    next_report_due = partial_date(_("Next report due on"))
    follow_up_due = partial_date(_("Follow-up information due on"))

    class Meta:
        model = Review
        fields = (
            "first_report",
            "last_report",
            "in_absence",
            "session",
            "dialogue_from",
            "dialogue_to",
            "symbol",
            "adopted_on",
            "distributed_on",
            "source",
            "note",
            "accepted_because",
        )

    def __init__(self, *args: Any, dates: DatesSet, **kwargs: Any) -> None:
        """Show the dates that are on record as set by the review."""
        super().__init__(*args, **kwargs)
        self.initial.update(
            next_report=_kind(dates) if self.instance.pk else None,
            next_report_due=dates.next_report_due,
            follow_up_due=dates.follow_up_due,
        )

    @property
    def dates(self) -> DatesSet:
        """The dates that were entered."""
        given = self.cleaned_data
        return DatesSet(
            next_report_due=given["next_report_due"],
            to_be_communicated=given["next_report"] == ANNOUNCED,
            follow_up_due=given["follow_up_due"],
        )

    def clean_seen(self) -> str:
        """Return the version of the review and of the dates that it set."""
        seen: str = self.cleaned_data["seen"]
        return seen

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself or the other facts, at its field."""
        given = super().clean()
        if given.get("last_report") is None and "last_report" not in self.errors:
            given["last_report"] = given.get("first_report")
        checks.reports_forward(self, required=True)
        checks.symbol_of(self, "symbol", party=self.party, kinds=REVIEWED)
        happened = ("dialogue_from", "dialogue_to", "adopted_on")
        checks.not_before_entry_into_force(self, (*happened, "distributed_on"), party=self.party)
        checks.days(self, as_at=self.as_at)
        self._check_next_report()
        self._check_no_second_review()
        return given

    def _check_next_report(self) -> None:
        due, chosen = (
            self.cleaned_data.get("next_report_due"),
            self.cleaned_data.get("next_report"),
        )
        if "next_report_due" in self.errors:
            return
        if chosen == SET and due is None:
            self.add_error("next_report_due", _("Enter the date on which the next report is due."))
        elif chosen in {ANNOUNCED, UNSAID} and due:
            text = _("You entered a date, and chose above that there is none.")
            self.add_error("next_report_due", text)

    def _check_no_second_review(self) -> None:
        """Refuse a second review of one report on one day; on another day, without a reason."""
        given = self.cleaned_data
        first, last = given.get("first_report"), given.get("last_report")
        if first is None or last is None:
            return
        others = reviews_of(party=self.party, reports=(first, last), besides=self.instance.pk)
        name = next((each for each in ("adopted_on", "dialogue_to") if given.get(each)), "")
        if name and any(each.as_fact().concluded_on == given[name] for each in others):
            text = _("A review of this report on %(day)s is on record already.")
            self.add_error(name, text % {"day": long_date(given[name])})
        elif not given.get("accepted_because") and (earlier := considered_already(others)):
            self.add_error("accepted_because", earlier)


def _kind(dates: DatesSet) -> str:
    if dates.to_be_communicated:
        return ANNOUNCED
    return SET if dates.next_report_due else UNSAID
