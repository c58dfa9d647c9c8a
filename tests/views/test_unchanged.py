"""Sending a form as it was opened changes no date: tried with recorded facts of all sorts."""

from typing import Any

import pytest
from django.test import Client

from reporting.models import CommitteeDecision, Review, Submission
from tests.factories import UserFactory
from tests.views.cast import as_
from tests.views.conftest import Page

# Each takes a look at the State's whole timetable; all of them pass, and take a minute.
SAMPLE = 12
pytestmark = pytest.mark.usefixtures("recorded")


def as_opened(client: Client, address: str) -> dict[str, str]:
    """Return what a browser sends where nobody has typed anything but the reason."""
    response = client.get(address)
    form = response.context["form"]
    given: dict[str, Any] = {name: form[name].value() for name in form.fields}
    sent = {
        name: value for name, value in given.items() if value is not None and value is not False
    }
    if "in_absence" in given:
        sent["in_absence"] = str(given["in_absence"])
    return {name: str(value) for name, value in sent.items()} | {"reason": "looked at it"}


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("model", "address"),
    [
        (Review, "/reviews/{}/"),
        (CommitteeDecision, "/decisions/{}/"),
        (Submission, "/facts/submission/{}/"),
    ],
)
def test_a_fact_that_is_sent_as_it_was_opened_moves_nothing(model: Any, address: str) -> None:
    client = as_(UserFactory.create())
    wrong = []
    facts = model.objects.select_related("state_party__state").order_by("pk")
    for fact in facts[:: max(1, facts.count() // SAMPLE)]:
        where = address.format(fact.pk)
        page = Page(client.post(where, as_opened(client, where)))
        if "No due date changes." not in page.text:
            wrong.append((where, str(fact), page.text[:400]))
    assert wrong == []
