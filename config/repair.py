"""Django's admin as the pages for repair."""

from django.contrib.admin.apps import AdminConfig


class RepairConfig(AdminConfig):
    """The admin with our own site: one way to sign in, and 404 for whoever may not see it."""

    default_site = "reporting.views.repair.RepairSite"
