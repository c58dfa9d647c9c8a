"""E-mails rendered from their templates; nothing is sent from here."""

from reporting.emails.rendering import Rendered, render

__all__ = ["Rendered", "render"]
