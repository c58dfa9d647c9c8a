"""Addresses of the reporting application."""

from django.urls import URLPattern, path

from reporting.views.health import healthz

app_name = "reporting"
urlpatterns: list[URLPattern] = [
    path("healthz", healthz, name="healthz"),
]
