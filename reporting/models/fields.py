"""A model field for dates that are known to the day, the month or the year."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.rules.partial_date import PartialDate, PartialDateError

_LENGTH = len("YYYY-MM-DD")


def clean_partial_date(value: object) -> PartialDate | None:
    """Return the date, or ``None`` for nothing; raise ValidationError with a sentence."""
    if value is None or value == "":
        return None
    if isinstance(value, PartialDate):
        return value
    try:
        return PartialDate.parse(str(value))
    except PartialDateError:
        message = _("“%(value)s” is not a date: write YYYY-MM-DD, YYYY-MM or YYYY.")
        raise ValidationError(message, code="invalid", params={"value": value}) from None


class PartialDateFormField(forms.CharField):
    """A text field that reads ``2011``, ``2024-11`` or ``2012-05-31``."""

    def to_python(self, value: Any) -> Any:
        """Return a PartialDate or ``None``."""
        return clean_partial_date(super().to_python(value))

    def run_validators(self, value: Any) -> None:
        """Check the length of the text, not of the value."""
        super().run_validators("" if value is None else str(value))

    def prepare_value(self, value: Any) -> Any:
        """Show the ISO form."""
        return str(value) if isinstance(value, PartialDate) else value


class PartialDateField(models.CharField[Any, Any]):
    """A date with its precision, kept as its ISO text; ``None`` is a date that is not on record."""

    description = _("Date known to the day, month or year")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fix the length; an empty text is never stored."""
        kwargs.setdefault("max_length", _LENGTH)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_args: object) -> PartialDate | None:
        """Read the column."""
        return PartialDate.parse(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        """Read text, or let a PartialDate pass."""
        return clean_partial_date(value)

    def get_prep_value(self, value: Any) -> str | None:
        """Write the column."""
        cleaned = clean_partial_date(value)
        return None if cleaned is None else cleaned.isoformat()

    def value_to_string(self, obj: models.Model) -> str:
        """Write the value for a serializer."""
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def run_validators(self, value: Any) -> None:
        """Check the length of the text, not of the value."""
        super().run_validators("" if value is None else str(value))

    def formfield(self, **kwargs: Any) -> Any:
        """Use the text field that reads partial dates."""
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})
