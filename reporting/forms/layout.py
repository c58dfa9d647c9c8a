"""Forms laid out from data: which fields stand together under which legend."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.utils.functional import Promise

Text = str | Promise
# A legend (or none) and the names of the fields under it.
Fieldsets = tuple[tuple[Text, tuple[str, ...]], ...]

_CLASSES: dict[type[forms.Widget], str] = {
    forms.Select: "form-select",
    forms.TextInput: "form-control",
    forms.EmailInput: "form-control",
    forms.PasswordInput: "form-control",
    forms.NumberInput: "form-control",
    forms.DateInput: "form-control",
    forms.Textarea: "form-control",
}


def laid_out(form: forms.BaseForm, fieldsets: Fieldsets, *, submit: Text, **options: Any) -> None:
    """Give the form its helper; ``options`` are attributes of crispy's FormHelper."""
    for field in form.fields.values():
        name = _CLASSES.get(type(field.widget))
        if name:
            field.widget.attrs.setdefault("class", name)
    helper = FormHelper()
    helper.field_template = "forms/field.html"
    helper.form_show_errors = False  # the page shows a summary of its own
    helper.attrs = {"novalidate": True}
    for option, value in options.items():
        setattr(helper, option, value)
    helper.layout = Layout(
        *_groups(fieldsets), Submit("", submit, css_id=f"{form.prefix or 'form'}-submit")
    )
    form.helper = helper  # type: ignore[attr-defined]


def _groups(fieldsets: Fieldsets) -> list[Any]:
    return [
        part
        for legend, names in fieldsets
        for part in ([Fieldset(legend, *names)] if legend else names)
    ]
