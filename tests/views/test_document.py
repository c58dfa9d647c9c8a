"""Files are handed out to those who may act for the State, and run nowhere."""

from uuid import uuid4

import pytest
from django.test import Client

from reporting.models import SubmissionDocument, User
from reporting.services.document import Draft, keep_document
from tests.factories import NOW, StatePartyFactory, SubmissionFactory, UserFactory
from tests.files import PDF, upload
from tests.views.cast import as_, ministry_of, stranger

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return ministry_of(StatePartyFactory.create())


@pytest.fixture
def document(owner: User) -> SubmissionDocument:
    """Return a filed document of Indonesia."""
    report = SubmissionFactory.create(state_party=owner.states.get().parties.get())
    kept = keep_document(
        draft=Draft(uuid4(), report.state_party, owner),
        upload=upload('Laporan "kedua" ✓.pdf'),
        language="en",
        now=NOW,
    )
    SubmissionDocument.objects.filter(pk=kept.pk).update(submission=report)
    return kept


def test_a_file_is_sent_to_be_saved_and_can_run_nothing(
    owner: User, document: SubmissionDocument
) -> None:
    answer = as_(owner).get(f"/documents/{document.pk}/")
    assert b"".join(answer) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''Laporan%20-kedua-%20%E2%9C%93.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    policy = answer["Content-Security-Policy"]
    assert sorted(policy.split("; ")) == [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "sandbox",
    ]


def test_colleagues_and_the_secretariat_may_have_it_and_nobody_else(
    owner: User, document: SubmissionDocument
) -> None:
    address = f"/documents/{document.pk}/"
    colleague = ministry_of(owner.states.get().parties.get())
    for allowed in (colleague, UserFactory.create()):
        assert as_(allowed).get(address).status_code == 200
    assert as_(stranger()).get(address).status_code == 404
    assert Client().get(address)["Location"].startswith("/sign-in/")
    assert as_(owner).post(address).status_code == 405


def test_a_file_of_a_form_that_was_not_sent_is_served_to_nobody(
    owner: User, document: SubmissionDocument
) -> None:
    SubmissionDocument.objects.update(submission=None)
    for person in (owner, UserFactory.create()):
        assert as_(person).get(f"/documents/{document.pk}/").status_code == 404


def test_a_file_that_the_storage_has_lost_is_a_404(
    owner: User, document: SubmissionDocument
) -> None:
    document.file.storage.delete(str(document.file.name))
    assert as_(owner).get(f"/documents/{document.pk}/").status_code == 404
    assert as_(owner).get("/documents/99999999999999999999/").status_code == 404
