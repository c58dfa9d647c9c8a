"""Logging what a ministry has sent to the Committee."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from reporting.forms.layout import Fieldsets, laid_out
from reporting.forms.refusals import put_on_fields
from reporting.models import (
    CommitteeDecision,
    Language,
    Obligation,
    Procedure,
    StateParty,
    Submission,
)
from reporting.models.dates import long_date
from reporting.queries.owed import Owed
from reporting.rules.wording import report_name
from reporting.services.submission import SAME, TOO_LONG, Filing

ROWS = (1, 2, 3)
MORE = "more"
# What the service lets pass once it is confirmed: at which field it says so, and under which code.
_QUESTIONS = {
    "length_confirmed": ("word_count", TOO_LONG),
    "same_confirmed": (f"file_{ROWS[0]}", SAME),
}
_LANGUAGES = [(code, capfirst(name)) for code, name in Language.choices]
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
        return gettext("no date set")
    return gettext("due %(day)s") % {"day": long_date(obligation.due)}


def _with_due(said: str, obligation: Obligation) -> str:
    places = {"report": said, "due": _due(obligation)}
    return pgettext("a report and its date", "%(report)s, %(due)s") % places


def _offered(owed: Owed) -> Iterator[tuple[str, str]]:
    for ordinal, obligation in owed.reports.items():
        name = report_name(ordinal, ordinal, translate=gettext)
        yield f"report-{ordinal}", _with_due(capfirst(name), obligation)
    for request in owed.answerable:
        symbol = f" ({request.decision.symbol})" if request.decision.symbol else ""
        said = f"{capfirst(request.obligation.title)}{symbol}"
        yield f"request-{request.decision.pk}", _with_due(said, request.obligation)


def _hint(party: StateParty, report: int) -> str:
    """Show the symbols that the next report of this State would have."""
    root = f"{party.treaty.code}/C/{party.state.iso3}"
    hint = gettext("As printed on the document: %(one)s, or %(both)s for a combined one.")
    return hint % {"one": f"{root}/{report}", "both": f"{root}/{report}-{report + 1}"}


class SubmissionForm(forms.Form):
    """What was sent, when, and the documents themselves."""

    CONTRADICTED = "sent_on"
    FIELDSETS: Fieldsets = (
        ("", ("draft",)),
        (_("What was sent"), ("covers", "procedure")),
        (_("How it was sent"), ("sent_on", "note_verbale")),
        (
            _("The report"),
            ("symbol", "languages", "other_language", "word_count", "length_confirmed"),
        ),
        (_("Documents"), ("submission/_kept.html", "same_confirmed")),
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
        required=False,
        max_length=60,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the report"),
        choices=_LANGUAGES,
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
    same_confirmed = forms.MultipleChoiceField(
        label=_("The document was logged already"),
        choices=[("yes", _("It was sent for this too"))],
        required=False,
        widget=forms.MultipleHiddenInput,
    )
    note = forms.CharField(
        label=_("Note to the secretariat"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, party: StateParty, owed: Owed, **kwargs: Any) -> None:
        """Offer what is open, and rows for new files."""
        super().__init__(*args, **kwargs)
        self.owed = owed
        self.fields["symbol"].help_text = _hint(party, next(iter(owed.reports), 1))
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
                label=_("Its language"), choices=_LANGUAGES, initial=Language.ENGLISH
            )
        for question in _QUESTIONS:
            if self.data.get(question):
                self._ask(question)
        laid_out(
            self,
            self.FIELDSETS,
            submit=_("Log the report"),
            also=(MORE, _("Upload these, and add more")),
            form_action="",
            form_class="work-form",
            # Going back, a browser would tick again what stands at the same places of a new list.
            attrs={"novalidate": True, "autocomplete": "off"},
        )

    def take_over(self, returned: Submission) -> None:
        """Fill in what a report that was returned had said."""
        first, last = returned.first_report or 0, returned.last_report or -1
        covers = [f"report-{ordinal}" for ordinal in range(first, last + 1)]
        if returned.answers_id:
            covers = [f"request-{returned.answers_id}"]
        named = [code for code in returned.languages if code in Language.values]
        other = ", ".join(code for code in returned.languages if code not in Language.values)
        self.initial.update(
            covers=covers,
            procedure=returned.procedure,
            sent_on=returned.sent_on,
            note_verbale=returned.note_verbale,
            symbol=returned.symbol,
            languages=[*named, Language.OTHER] if other else named,
            other_language=other,
            word_count=returned.word_count,
            note=returned.note,
        )

    def clean_other_language(self) -> str:
        """Ask for the other language where there is one."""
        given: str = self.cleaned_data["other_language"]
        if Language.OTHER in self.cleaned_data.get("languages", []) and not given:
            raise ValidationError(gettext("Say which other language."))
        return given

    def filing(self, today: date) -> Filing:
        """Return what the form says; of what it has not understood, something that is not wrong."""
        given = self.cleaned_data
        chosen = [value.partition("-") for value in given.get("covers", [])]
        languages = [code for code in given.get("languages", []) if code != Language.OTHER]
        if Language.OTHER in given.get("languages", []):
            languages.append(given.get("other_language", ""))
        return Filing(
            covers=tuple(int(number) for kind, _dash, number in chosen if kind == "report"),
            answers=self._answered({int(pk) for kind, _dash, pk in chosen if kind == "request"}),
            sent_on=given.get("sent_on", today),
            note_verbale=given.get("note_verbale", ""),
            symbol=given.get("symbol", ""),
            languages=tuple(languages),
            word_count=given.get("word_count"),
            length_confirmed=bool(given.get("length_confirmed")),
            same_confirmed=bool(given.get("same_confirmed")),
            procedure=given.get("procedure", Procedure.STANDARD),
            note=given.get("note", ""),
        )

    def _answered(self, chosen: set[int]) -> CommitteeDecision | None:
        asked = (request.decision for request in self.owed.answerable)
        return next((decision for decision in asked if decision.pk in chosen), None)

    def clean_covers(self) -> list[str]:
        """Take one request at a time."""
        chosen: list[str] = self.cleaned_data["covers"]
        if sum(value.startswith("request") for value in chosen) > 1:
            raise ValidationError(gettext("Log the answers to two requests one after the other."))
        return chosen

    def refuse(self, error: ValidationError) -> None:
        """Show what the service refused, and ask about what it would let pass.

        Of a field that the form did not understand, the form has said what is wrong.
        """
        said = {*self.errors}
        if any(name.startswith("file_") for name in said):
            said.add("documents")  # none is there because none could be kept
        by_field = error.update_error_dict({})
        new = ValidationError({name: by_field[name] for name in by_field if name not in said})
        put_on_fields(self, new, named={"documents": f"file_{ROWS[0]}"})
        for question, (field, code) in _QUESTIONS.items():
            if self.has_error(field, code):
                self._ask(question)

    def keep_errors_of_files_only(self) -> None:
        """Say nothing yet of what has still to be filled in."""
        for name in list(self.errors):
            if not name.startswith("file_"):
                del self.errors[name]

    def _ask(self, question: str) -> None:
        field = self.fields[question]
        field.widget = forms.CheckboxSelectMultiple(choices=field.choices)  # type: ignore[attr-defined] # a field of choices
