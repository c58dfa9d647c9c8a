"""Reports that were returned: why, and how they are logged again."""

import pytest
from django.test import Client

from reporting.models import Submission
from reporting.services.timetable import refresh
from tests.factories import TODAY
from tests.files import upload
from tests.views.conftest import Page
from tests.views.logging_a_report import NEW, given
from tests.views.logging_a_report import client as client  # noqa: PLC0414 - a fixture
from tests.views.logging_a_report import owner as owner  # noqa: PLC0414 - a fixture
from tests.views.logging_a_report import party as party  # noqa: PLC0414 - a fixture

pytestmark = pytest.mark.django_db


def test_a_returned_report_says_why_and_leads_to_logging_it_again(client: Client) -> None:
    client.post(NEW, given(file_1=upload()))
    report = Submission.objects.get()
    report.status, report.returned_because = "returned", "The annex <is> missing."
    report.save()
    page = Page(client.get(f"/states/IDN/submissions/{report.pk}/"))
    assert "The annex &lt;is&gt; missing." in page.html
    again = f"{NEW}?again={report.pk}"
    assert page.having("a", href=again)


def test_a_returned_report_is_logged_again_with_what_it_said(client: Client) -> None:
    said = given(
        languages=["fr", "other"],
        other_language="Indonesian",
        note_verbale="No. 12",
        word_count="25000",
        procedure="simplified",
        file_1=upload(),
    )
    client.post(NEW, said)
    report = Submission.objects.get()
    report.status, report.returned_because = "returned", "The annex is missing."
    report.save()
    refresh(party=report.state_party, as_at=TODAY)
    page = Page(client.get(f"{NEW}?again={report.pk}"))
    assert "What you logged before is filled in." in page.text
    for name, value in (
        ("sent_on", "2026-11-20"),
        ("note_verbale", "No. 12"),
        ("word_count", "25000"),
        ("other_language", "Indonesian"),
    ):
        assert page.having("input", name=name, value=value), name
    for name, value in (
        ("covers", "report-1"),
        ("covers", "report-2"),
        ("languages", "fr"),
        ("languages", "other"),
        ("procedure", "simplified"),
    ):
        assert page.having("input", name=name, value=value, checked=""), (name, value)
    shown = Page(client.get(f"/states/IDN/submissions/{report.pk}/"))
    assert "Number of words 25,000" in shown.text
    assert "Changed" not in shown.text


def test_only_what_was_returned_to_the_own_state_is_taken_over(client: Client) -> None:
    client.post(NEW, given(note_verbale="No. 12", file_1=upload()))
    for pk in (Submission.objects.get().pk, 10**30, "x"):
        assert "is filled in" not in Page(client.get(f"{NEW}?again={pk}")).text
