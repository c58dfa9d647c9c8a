"""The one Django application of the project."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Reporting obligations under the human rights treaties."""

    name = "reporting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what is asked for before the application runs, and what is noted while it does."""
        # They register themselves, once settings are read.
        from reporting import checks  # noqa: F401, PLC0415
        from reporting.views import audited  # noqa: F401, PLC0415
