"""Where every address leads."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("config.account_urls")),
    path("", include("reporting.urls")),
]
handler500 = "reporting.views.outage.server_error"
