"""Addresses of the reporting application."""

from django.urls import URLPattern, path

from reporting.views.dashboard import dashboard
from reporting.views.health import healthz
from reporting.views.invitation import (
    invitation,
    invitation_new,
    invitation_withdraw,
    people,
)
from reporting.views.state import state, states

app_name = "reporting"
urlpatterns: list[URLPattern] = [
    path("", dashboard, name="dashboard"),
    path("states/", states, name="states"),
    path("states/<slug:iso3>/", state, name="state"),
    path("people/", people, name="people"),
    path("people/invite/", invitation_new, name="invite"),
    path("people/invitations/<int:pk>/withdraw/", invitation_withdraw, name="invitation-withdraw"),
    path("invitation/<str:token>/", invitation, name="invitation"),
    path("healthz", healthz, name="healthz"),
]
