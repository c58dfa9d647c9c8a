"""Addresses of the API, version 1."""

from django.urls import URLPattern, path

from reporting.api.filing import Filed, Submissions
from reporting.api.lists import (
    Changes,
    Decisions,
    Obligations,
    Reviews,
    StateParties,
    States,
)
from reporting.api.others import Nothing, Schema
from reporting.api.state_facts import CoreDocuments, UniversalReviews
from reporting.api.webhooks import (
    OneWebhook,
    WebhookDeliveries,
    Webhooks,
    WebhookSecret,
    WebhookTest,
)

app_name = "api"
urlpatterns: list[URLPattern] = [
    path("v1/states", States.as_view(), name="states"),
    path("v1/state-parties", StateParties.as_view(), name="state-parties"),
    path("v1/obligations", Obligations.as_view(), name="obligations"),
    path("v1/submissions", Submissions.as_view(), name="submissions"),
    path("v1/submissions/<int:pk>", Filed.as_view(), name="submission"),
    path("v1/reviews", Reviews.as_view(), name="reviews"),
    path("v1/decisions", Decisions.as_view(), name="decisions"),
    path("v1/core-documents", CoreDocuments.as_view(), name="core-documents"),
    path("v1/universal-reviews", UniversalReviews.as_view(), name="universal-reviews"),
    path("v1/changes", Changes.as_view(), name="changes"),
    path("v1/webhooks", Webhooks.as_view(), name="webhooks"),
    path("v1/webhooks/<int:pk>", OneWebhook.as_view(), name="webhook"),
    path("v1/webhooks/<int:pk>/secret", WebhookSecret.as_view(), name="webhook-secret"),
    path("v1/webhooks/<int:pk>/test", WebhookTest.as_view(), name="webhook-test"),
    path("v1/webhooks/<int:pk>/deliveries", WebhookDeliveries.as_view(), name="webhook-deliveries"),
    path("v1/schema", Schema.as_view(), name="schema"),
    path("", Nothing.as_view(), name="root"),
    path("<path:anything>", Nothing.as_view(), name="nothing"),
]
