"""What is wrong with a form, for the summary at the top of the page."""

from dataclasses import dataclass

from django import forms


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence, and the element of the page that it is about."""

    text: str
    href: str


def problems(form: forms.BaseForm) -> list[Problem]:
    """Return every error of the form, in the order of its fields."""
    places = {name: place for place, name in enumerate(form.fields)}
    found = sorted(form.errors.items(), key=lambda each: places.get(each[0], -1))
    return [
        Problem(_about(form, name) + str(text), _href(form, name))
        for name, texts in found
        for text in texts
    ]


def _about(form: forms.BaseForm, name: str) -> str:
    """Name the field, which many sentences do not do themselves."""
    if name not in form.fields or form[name].is_hidden:
        return ""
    label = str(form[name].label)
    return f"{label} " if label.endswith(("?", ":")) else f"{label}: "


def _href(form: forms.BaseForm, name: str) -> str:
    if name not in form.fields or form[name].is_hidden:
        return "#main"
    first = f"{form[name].auto_id}_0" if form[name].use_fieldset else ""
    return f"#{first or form[name].auto_id}"
