"""What a service says when it does not do what it was asked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _


class NotAllowedError(PermissionDenied):
    """The person may not do this; a view answers 404."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else has changed meanwhile."""

    field: str
    theirs: str
    yours: str


class ConflictError(ValidationError):
    """Somebody else has changed the same row since it was read; nothing was overwritten."""

    def __init__(self, differences: Iterable[Difference], *, message: str = "") -> None:
        """Keep what differs; ``message`` is for where saving again would be refused."""
        self.differences = tuple(differences)
        message = message or _(
            "Somebody else has changed this since you opened it. Nothing was saved; "
            "look at what differs, and save again if you still want to."
        )
        super().__init__(message, code="conflict")


def refused(reason: str) -> ValidationError:
    """Return the error that says what is wrong with a file."""
    return ValidationError(reason, code="document")
