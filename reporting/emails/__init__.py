"""E-mails rendered from their templates, and the folder that stands for a mail server."""

from reporting.emails.rendering import Rendered, render, render_for

__all__ = ["Rendered", "render", "render_for"]
