"""What a service refused, put on the fields that it is about."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError


def put_on_fields(
    form: forms.BaseForm, error: ValidationError, *, named: Mapping[str, str] | None = None
) -> None:
    """Add the problems to the form; ``named`` says which field stands for one of another name.

    What is about no field of the form is said of the form as a whole.
    """
    by_field = error.error_dict if hasattr(error, "error_dict") else {"": [error]}
    for name, problems in by_field.items():
        field = (named or {}).get(name, name)
        form.add_error(field if field in form.fields else None, problems)
