"""What is wrong with a form, where a view of another package gives the form alone."""

from django import forms, template

from reporting.forms.errors import Problem
from reporting.forms.errors import problems as problems_of

register = template.Library()


@register.filter
def problems(form: forms.BaseForm | None) -> list[Problem]:
    """Return every error of the form for the summary; none where there is no form."""
    return problems_of(form) if form else []
