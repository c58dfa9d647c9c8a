"""What must be set before the application runs outside the embedded mode."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register
def public_url(**_options: Any) -> list[CheckMessage]:
    """Ask for the address that the links in e-mails begin with."""
    parts = urlsplit(settings.PUBLIC_URL)
    if parts.scheme in {"http", "https"} and parts.hostname:
        return []
    given = f"“{settings.PUBLIC_URL}”, which is no address" if settings.PUBLIC_URL else "not set"
    return [
        Error(
            f"PUBLIC_URL is {given}: the links in e-mails would lead nowhere.",
            hint="Set it to the address of the application, as in https://reports.example.org.",
            id="reporting.E001",
        )
    ]
