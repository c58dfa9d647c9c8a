"""Reading what a program sends."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class BodyParser(JSONParser):
    """JSON, which is refused with a sentence of ours where it is none, or is without end."""

    def parse(self, *stream: Any, **more: Any) -> Any:
        """Return what was sent; raise ParseError where it cannot be read."""
        try:
            return super().parse(*stream, **more)
        except (ParseError, RecursionError):
            raise ParseError(_("The request could not be read.")) from None
