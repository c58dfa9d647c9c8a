"""The one Django application of the project."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Reporting obligations under the human rights treaties."""

    name = "reporting"
    default_auto_field = "django.db.models.BigAutoField"
