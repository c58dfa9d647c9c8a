"""The entries of the forms on which the secretariat records, and the answers to them."""

import re
from typing import Any

from django.test import Client

from reporting.models import Obligation
from tests.factories import TODAY
from tests.views.conftest import Page

NEW_REVIEW = "/states/IDN/reviews/new/"
NEW_DECISION = "/states/IDN/decisions/new/"


def review_given(**more: Any) -> dict[str, Any]:
    usual = {
        "first_report": "1",
        "last_report": "1",
        "in_absence": "False",
        "session": "27",
        "dialogue_from": "2017-09-05",
        "dialogue_to": "2017-09-06",
        "symbol": "cmw/c/idn/co/1",
        "adopted_on": "2017-09-13",
        "next_report": "set",
        "next_report_due": "2027-10-01",
        "follow_up_due": "2019-10-01",
    }
    return usual | more


def decision_given(**more: Any) -> dict[str, Any]:
    usual = {
        "kind": "next report due",
        "first_report": "2",
        "due_on": "2027-04",
        "decided_on": "2026-10-01",
        "source": "letter of 1 October 2026",
    }
    return usual | more


def hidden(page: Page) -> dict[str, str]:
    """Return what the preview sends on."""
    return {each["name"]: each.get("value", "") for each in page.having("input", type="hidden")}


def errors(page: Page) -> list[str]:
    """Return the sentences at the fields."""
    texts = re.findall(r'<p class="field-error"[^>]*>(.*?)</p>', page.html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", text).split()) for text in texts]


def save(client: Client, address: str, page: Page) -> Any:
    return client.post(address, hidden(page) | {"step": "save"}, follow=True)


def owed() -> list[str]:
    rows = Obligation.objects.all().open(as_at=TODAY).order_by("kind", "first_report")
    return [f"{row.title}: {row.due_on} {row.basis}" for row in rows]
