"""The paragraph from which a date is read, and the form of the decision that is proposed from it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms.decision import DecisionForm
from reporting.forms.layout import Fieldsets, laid_out
from reporting.rules.paragraph import LONGEST


class ParagraphForm(forms.Form):
    """One paragraph, or as much of the document as somebody likes to paste."""

    FIELDSETS: Fieldsets = (("", ("text",)),)

    text = forms.CharField(
        label=_("Paragraph of the concluding observations"),
        help_text=_(
            "In English, French or Spanish. The date, the reports and the symbol are proposed from "
            "it; you confirm them below."
        ),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Paste the paragraph that says when the report is due.")},
    )

    def __init__(self, data: Any = None) -> None:
        """Take the text without the signs that a database cannot hold."""
        given = None if data is None else {"paste-text": data.get("paste-text", "")}
        if given:
            given["paste-text"] = given["paste-text"].replace("\0", " ")
        super().__init__(given, prefix="paste")
        laid_out(self, self.FIELDSETS, submit=_("Read it"), form_action="", form_class="narrow")


def proposed_form(
    *, initial: Mapping[str, Any], notes: Mapping[str, str], action: str, **about: Any
) -> DecisionForm:
    """Return the form of a decision with what is proposed, and beside each field where it is from."""
    form = DecisionForm(initial=dict(initial), **about)
    for name, note in notes.items():
        form.fields[name].help_text = note
    form.helper.form_action = action  # type: ignore[attr-defined]
    return form
