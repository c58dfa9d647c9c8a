"""The one Django application of the project."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Reporting obligations under the human rights treaties."""

    name = "reporting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what is asked for before the application runs."""
        from reporting import checks  # noqa: F401, PLC0415 - registers itself, once settings are read
