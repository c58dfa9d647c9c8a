"""What a service refused, put on the fields that it is about."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError

from reporting.services.fact import CONTRADICTION


def put_on_fields(
    form: forms.BaseForm, error: ValidationError, *, named: Mapping[str, str] | None = None
) -> None:
    """Add the problems to the form; ``named`` says which field stands for one of another name.

    What contradicts other facts goes to the field that the form names in ``CONTRADICTED``; what is
    about no field of the form is said of the form as a whole.
    """
    for name, problems in error.update_error_dict({}).items():
        field = (named or {}).get(name, name)
        for problem in problems:
            at = getattr(form, "CONTRADICTED", None) if problem.code == CONTRADICTION else field
            form.add_error(at if at in form.fields else None, problem)
