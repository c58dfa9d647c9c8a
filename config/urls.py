"""Where every address leads."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

repair = [path(settings.ADMIN_PATH, admin.site.urls)] if settings.ADMIN_PATH else []
urlpatterns = [
    *repair,
    path("", include("config.account_urls")),
    path("", include("reporting.urls")),
    path("api/", include("reporting.api.urls")),  # answers whatever it has not
]
handler500 = "reporting.views.outage.server_error"
