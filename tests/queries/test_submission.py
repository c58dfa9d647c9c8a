"""What was filed, and its files, are found under their own State only."""

from uuid import uuid4

import pytest

from reporting.models import SubmissionDocument
from reporting.queries.document import document_with_state
from reporting.queries.submission import history, submission_of
from tests.factories import (
    NOW,
    StateFactory,
    StatePartyFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_a_submission_is_found_under_its_own_state_party_alone() -> None:
    report = SubmissionFactory.create()
    syria = StateFactory.create(iso3="SYR", name="Syrian Arab Republic")
    other = StatePartyFactory.create(state=syria)
    assert submission_of(party=report.state_party, pk=report.pk) == report
    assert submission_of(party=other, pk=report.pk) is None
    assert submission_of(party=other, pk=10**30) is None


def test_the_history_says_who_did_what_the_latest_first() -> None:
    report, officer = SubmissionFactory.create(), UserFactory.create()
    report.symbol = "CMW/C/IDN/1/Rev.1"
    report.changed_by(officer)
    report.save()
    said = [
        (each.record.symbol, each.record.history_user, each.changed) for each in history(report)
    ]
    assert said == [("CMW/C/IDN/1/Rev.1", officer, ["symbol"]), ("CMW/C/IDN/1", None, [])]


def test_a_file_is_found_once_it_is_filed() -> None:
    document = SubmissionDocument.objects.create(
        draft=uuid4(), name="a.pdf", media_type="application/pdf", size=1, uploaded_at=NOW
    )
    assert document_with_state(pk=document.pk) is None
    document.submission = SubmissionFactory.create()
    document.save()
    assert document_with_state(pk=document.pk) == document
