"""Addresses of the reporting application."""

from django.urls import URLPattern, path

from reporting.views.account import SignIn, SignOut
from reporting.views.dashboard import dashboard
from reporting.views.health import healthz
from reporting.views.state import state, states

app_name = "reporting"
urlpatterns: list[URLPattern] = [
    path("", dashboard, name="dashboard"),
    path("states/", states, name="states"),
    path("states/<slug:iso3>/", state, name="state"),
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-out/", SignOut.as_view(), name="sign-out"),
    path("healthz", healthz, name="healthz"),
]
