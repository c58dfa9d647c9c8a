"""Logging what a ministry has sent to the Committee."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from reporting.forms.dates import say_date
from reporting.forms.layout import Fieldsets, laid_out
from reporting.forms.refusals import put_on_fields
from reporting.models import CommitteeDecision, Language, Obligation, Procedure
from reporting.queries.owed import Owed
from reporting.rules.wording import report_name
from reporting.services.submission import TOO_LONG, Filing

ROWS = (1, 2, 3)
MORE = "more"
_MOST_WORDS = 10_000_000
PROCEDURES = [
    (Procedure.STANDARD, _("Standard: the report, then a list of issues and the replies to it")),
    (
        Procedure.SIMPLIFIED,
        _("Simplified: these are the replies to the list of issues prior to reporting"),
    ),
]


def _due(obligation: Obligation) -> str:
    if obligation.due is None:
        return _now("no date set")
    return _now("due %(day)s") % {"day": say_date(obligation.due)}


def _offered(owed: Owed) -> Iterator[tuple[str, str]]:
    for ordinal, obligation in owed.reports.items():
        name = report_name(ordinal, ordinal, translate=_now)
        yield f"report-{ordinal}", f"{name[:1].upper()}{name[1:]}, {_due(obligation)}"
    for request in owed.answerable:
        title = request.obligation.title
        symbol = f" ({request.decision.symbol})" if request.decision.symbol else ""
        said = f"{title[:1].upper()}{title[1:]}{symbol}, {_due(request.obligation)}"
        yield f"request-{request.decision.pk}", said


class SubmissionForm(forms.Form):
    """What was sent, when, and the documents themselves."""

    FIELDSETS: Fieldsets = (
        ("", ("draft",)),
        (_("What was sent"), ("covers", "procedure")),
        (_("How it was sent"), ("sent_on", "note_verbale")),
        (
            _("The report"),
            ("symbol", "languages", "other_language", "word_count", "length_confirmed"),
        ),
        (_("Documents"), ("submission/_kept.html",)),
        *((_("Add a document"), (f"file_{row}", f"language_{row}")) for row in ROWS),
        (_("Anything else"), ("note",)),
    )

    draft = forms.UUIDField(widget=forms.HiddenInput)
    covers = forms.MultipleChoiceField(
        label=_("Which report is it?"),
        help_text=_("Choose several that follow each other for one combined report."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose what you sent."),
            "invalid_choice": _("What you chose is not open any more. Choose from this list."),
        },
    )
    procedure = forms.ChoiceField(
        label=_("Procedure"),
        choices=PROCEDURES,
        initial=Procedure.STANDARD,
        widget=forms.RadioSelect,
    )
    sent_on = forms.DateField(
        label=_("Sent on"),
        help_text=_("The day on which the note verbale went out."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Enter the day on which it was sent."),
            "invalid": _("Enter the day as year, month and day: 2026-11-20."),
        },
    )
    note_verbale = forms.CharField(
        label=_("Reference of the note verbale"), required=False, max_length=100
    )
    symbol = forms.CharField(
        label=_("Document symbol, if it is known"),
        help_text=_(
            "As printed on the document: CMW/C/IDN/2, or CMW/C/IDN/2-3 for a combined one."
        ),
        required=False,
        max_length=60,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the report"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the language of the report.")},
    )
    other_language = forms.CharField(
        label=_("Which other language?"), required=False, max_length=60
    )
    word_count = forms.IntegerField(
        label=_("Number of words"),
        help_text=_("At most 31,800 in an initial report and 21,200 in a periodic one."),
        required=False,
        min_value=1,
        max_value=_MOST_WORDS,
        error_messages={"invalid": _("Enter a whole number, as in 21200.")},
    )
    length_confirmed = forms.MultipleChoiceField(
        label=_("The report is longer than it may be"),
        choices=[("yes", _("It was sent like this"))],
        required=False,
        widget=forms.MultipleHiddenInput,
    )
    note = forms.CharField(
        label=_("Note to the secretariat"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, owed: Owed, **kwargs: Any) -> None:
        """Offer what is open, and rows for new files."""
        super().__init__(*args, **kwargs)
        self.owed = owed
        self.fields["covers"].choices = [*_offered(owed)]  # type: ignore[attr-defined]
        for row in ROWS:
            self.fields[f"file_{row}"] = forms.FileField(
                label=_("File"),
                help_text=_("PDF, DOCX or ODT"),
                required=False,
                allow_empty_file=True,  # the service says what is wrong with it
                widget=forms.FileInput({"accept": ".pdf,.docx,.odt"}),
            )
            self.fields[f"language_{row}"] = forms.ChoiceField(
                label=_("Its language"), choices=Language.choices, initial=Language.ENGLISH
            )
        if self.data.get("length_confirmed"):
            self._ask_about_length()
        laid_out(
            self,
            self.FIELDSETS,
            submit=_("Log the report"),
            also=(MORE, _("Upload these, and add more")),
            form_action="",
            form_class="work-form",
        )

    def clean_other_language(self) -> str:
        """Ask for the other language where there is one."""
        given: str = self.cleaned_data["other_language"]
        if Language.OTHER in self.cleaned_data.get("languages", []) and not given:
            raise ValidationError(_now("Say which other language."))
        return given

    @property
    def lacks_files_only(self) -> bool:
        """Whether everything that was typed can be understood, whatever became of the files."""
        return all(name.startswith("file_") for name in self.errors)

    @property
    def filing(self) -> Filing:
        """What the form says."""
        given = self.cleaned_data
        chosen = [value.partition("-") for value in given["covers"]]
        languages = [code for code in given["languages"] if code != Language.OTHER]
        if Language.OTHER in given["languages"]:
            languages.append(given["other_language"])
        return Filing(
            covers=tuple(int(number) for kind, _dash, number in chosen if kind == "report"),
            answers=self._answered({int(pk) for kind, _dash, pk in chosen if kind == "request"}),
            sent_on=given["sent_on"],
            note_verbale=given["note_verbale"],
            symbol=given["symbol"],
            languages=tuple(languages),
            word_count=given["word_count"],
            length_confirmed=bool(given["length_confirmed"]),
            procedure=given["procedure"],
            note=given["note"],
        )

    def _answered(self, chosen: set[int]) -> CommitteeDecision | None:
        asked = (request.decision for request in self.owed.answerable)
        return next((decision for decision in asked if decision.pk in chosen), None)

    def clean_covers(self) -> list[str]:
        """Take one request at a time."""
        chosen: list[str] = self.cleaned_data["covers"]
        if sum(value.startswith("request") for value in chosen) > 1:
            raise ValidationError(_now("Log the answers to two requests one after the other."))
        return chosen

    def refuse(self, error: ValidationError) -> None:
        """Show what the service refused, and ask about what it would let pass."""
        if hasattr(error, "error_dict") and any(name.startswith("file_") for name in self.errors):
            error.error_dict.pop("documents", None)  # none is there because none could be kept
        put_on_fields(self, error, named={"documents": f"file_{ROWS[0]}"})
        if self.has_error("word_count", TOO_LONG):
            self._ask_about_length()

    def keep_errors_of_files_only(self) -> None:
        """Say nothing yet of what has still to be filled in."""
        for name in list(self.errors):
            if not name.startswith("file_"):
                del self.errors[name]

    def _ask_about_length(self) -> None:
        self.fields["length_confirmed"].widget = forms.CheckboxSelectMultiple(
            choices=self.fields["length_confirmed"].choices  # type: ignore[attr-defined]
        )
