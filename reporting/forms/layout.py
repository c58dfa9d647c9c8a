"""Forms laid out from data: which fields stand together under which legend."""

from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout, Submit
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

Text = str | Promise
# A legend (or none) and what stands under it: names of fields, and of templates to include.
Fieldsets = tuple[tuple[Text, tuple[str, ...]], ...]

_CLASSES: dict[type[forms.Widget], str] = {
    forms.Select: "form-select",
    forms.TextInput: "form-control",
    forms.EmailInput: "form-control",
    forms.PasswordInput: "form-control",
    forms.NumberInput: "form-control",
    forms.DateInput: "form-control",
    forms.Textarea: "form-control",
    forms.FileInput: "form-control",
}

# What Django says in its own way, unless a field has a sentence of its own.
_SENTENCES = {
    "min_value": _("Enter a number from %(limit_value)s on."),
    "max_value": _("Enter a number up to %(limit_value)s."),
    "max_length": ngettext_lazy(
        "Write at most %(limit_value)d character; these are %(show_value)d.",
        "Write at most %(limit_value)d characters; these are %(show_value)d.",
        "limit_value",
    ),
    "invalid_choice": _("Choose one of the options that are offered."),
}
_STRANGE = (
    forms.ChoiceField.default_error_messages["invalid_choice"],
    forms.MultipleChoiceField.default_error_messages["invalid_choice"],
    forms.ModelChoiceField.default_error_messages["invalid_choice"],
    forms.ModelMultipleChoiceField.default_error_messages["invalid_choice"],
)


def laid_out(
    form: forms.BaseForm,
    fieldsets: Fieldsets,
    *,
    submit: Text,
    also: tuple[str, Text] | None = None,
    **options: Any,
) -> None:
    """Give the form its helper; ``options`` are attributes of crispy's FormHelper.

    ``also`` is the name and the text of a second button.
    """
    for field in form.fields.values():
        name = _CLASSES.get(type(field.widget))
        if name:
            field.widget.attrs.setdefault("class", name)
        for code, sentence in _SENTENCES.items():
            if field.error_messages.get(code) in (None, *_STRANGE):
                field.error_messages[code] = sentence
    helper = FormHelper()
    helper.field_template = "forms/field.html"
    helper.form_show_errors = False  # the page shows a summary of its own
    helper.attrs = {"novalidate": True}
    for option, value in options.items():
        setattr(helper, option, value)
    button = Submit("", submit, css_id=f"{form.prefix or 'form'}-submit")
    if also:
        name, text = also
        more = StrictButton(
            text, type="submit", name=name, value="1", css_class="btn-outline-primary"
        )
        button = Div(button, more, css_class="form-buttons")
    helper.layout = Layout(*_groups(fieldsets), button)
    form.helper = helper  # type: ignore[attr-defined]


def _groups(fieldsets: Fieldsets) -> list[Any]:
    return [
        part
        for legend, names in fieldsets
        for part in ([Fieldset(legend, *_parts(names))] if legend else _parts(names))
    ]


def _parts(names: tuple[str, ...]) -> list[Any]:
    return [HTML(f'{{% include "{name}" %}}') if name.endswith(".html") else name for name in names]
