"""Files that come with a report: checked, kept once, thrown away where nobody filed them."""

import doctest
from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError

from reporting.models import Role, SubmissionDocument
from reporting.services import document as service
from reporting.services.document import (
    Draft,
    clean_name,
    keep_document,
    opened,
    purge_drafts,
    remove_document,
)
from reporting.services.errors import NotAllowedError
from tests.factories import NOW, StateFactory, StatePartyFactory, SubmissionFactory, UserFactory
from tests.files import PDF, VIRUS, docx, odt, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Draft:
    party, person = StatePartyFactory.create(), UserFactory.create(role=Role.MINISTRY)
    person.states.add(party.state)
    return Draft(uuid4(), party, person)


def keep(
    draft: Draft, name: str = "report.pdf", content: bytes = PDF, language: str = "en"
) -> SubmissionDocument:
    return keep_document(draft=draft, upload=upload(name, content), language=language, now=NOW)


def test_the_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(service).failed == 0


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("report.pdf", PDF, "application/pdf"),
        (
            "Rapport.DOCX",
            docx(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("تقرير.odt", odt(), "application/vnd.oasis.opendocument.text"),
    ],
)
def test_a_document_is_kept_with_its_sum_under_a_name_of_our_own(
    draft: Draft, name: str, content: bytes, media_type: str
) -> None:
    kept = keep(draft, name, content)
    assert (kept.media_type, kept.size, kept.language) == (media_type, len(content), "en")
    assert kept.sha256 == sha256(content).hexdigest()
    stored = str(kept.file.name)
    assert len(UUID(stored.partition(".")[0]).hex) == 32
    assert "report" not in stored.lower()
    assert opened(kept).read() == content
    assert list(draft.waiting) == [kept]


def test_the_same_file_sent_twice_is_kept_once(draft: Draft) -> None:
    first = keep(draft)
    assert keep(draft, "again.pdf") == first
    assert SubmissionDocument.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("report.pdf", b"", "report.pdf: This file is empty."),
        ("report.pdf", b"<html>", "report.pdf: This file is neither PDF nor DOCX nor ODT"),
        ("report.pdf", VIRUS, "report.pdf: This file looks infected"),
        ("report.pdf", docx(), "this is a DOCX file, and its name must end in .docx"),
        ("report.docx", PDF, "this is a PDF file, and its name must end in .pdf"),
        ("report.html", PDF, "report.html: By its content this is a PDF file"),
        ("report", PDF, "this is a PDF file, and its name must end in .pdf"),
        ("\u202efdp.exe", PDF, "fdp.exe: By its content this is a PDF file"),
    ],
)
def test_what_is_no_document_is_refused_by_name_and_nothing_is_kept(
    draft: Draft, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        keep(draft, name, content)
    assert said in caught.value.messages[0]
    assert not SubmissionDocument.objects.exists()


def test_a_file_that_is_too_large_is_refused(draft: Draft, settings: LazySettings) -> None:
    settings.DOCUMENT_MAX_BYTES = len(PDF) - 1
    with pytest.raises(ValidationError, match="This file is larger than"):
        keep(draft)


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\siti\\report.pdf", "report.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "a b Set-Cookie- x.pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        ('<img src=x onerror="alert(1)">.pdf', "-img src=x onerror=-alert(1)--.pdf"),
        (".pdf", "pdf"),
        ("..pdf", "document.pdf"),
        ("", "document"),
        ("/", "document"),
        ("x" * 400 + ".pdf", "x" * 120 + ".pdf"),
        ("Rapport périodique du Sénégal.pdf", "Rapport périodique du Sénégal.pdf"),
        ("第二次定期报告.pdf", "第二次定期报告.pdf"),
    ],
)
def test_a_name_is_made_fit_to_be_shown(sent: str, name: str) -> None:
    assert clean_name(sent) == name


def test_nobody_uploads_for_the_state_of_another(draft: Draft) -> None:
    stranger = UserFactory.create(role=Role.MINISTRY)
    stranger.states.add(StateFactory.create(iso3="SYR", name="Syrian Arab Republic"))
    with pytest.raises(NotAllowedError):
        keep(Draft(uuid4(), draft.state_party, stranger))


def test_a_form_shows_and_removes_only_what_its_own_author_uploaded(draft: Draft) -> None:
    kept = keep(draft)
    colleague = UserFactory.create(role=Role.MINISTRY)
    colleague.states.add(draft.state_party.state)
    theirs = Draft(draft.key, draft.state_party, colleague)
    assert list(theirs.waiting) == []
    remove_document(draft=theirs, pk=kept.pk)
    remove_document(draft=Draft(uuid4(), draft.state_party, draft.by), pk=kept.pk)
    assert list(draft.waiting) == [kept]


def test_a_removed_file_is_gone_and_a_filed_one_stays(
    draft: Draft, django_capture_on_commit_callbacks: object
) -> None:
    removed, filed = keep(draft), keep(draft, "more.docx", docx())
    report = SubmissionFactory.create(state_party=draft.state_party)
    SubmissionDocument.objects.filter(pk=filed.pk).update(submission=report)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        remove_document(draft=draft, pk=removed.pk)
        remove_document(draft=draft, pk=filed.pk)
    assert list(SubmissionDocument.objects.all()) == [filed]
    assert not removed.file.storage.exists(str(removed.file.name))
    assert opened(filed).read() == docx()


def test_only_so_many_files_come_with_one_form(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_DOCUMENTS", 1)
    keep(draft)
    with pytest.raises(ValidationError, match="at most 1 document here"):
        keep(draft, "more.docx", docx())


def test_what_nobody_filed_for_a_week_is_deleted_and_what_was_filed_stays(
    draft: Draft, django_capture_on_commit_callbacks: object
) -> None:
    old, filed, fresh = keep(draft), keep(draft, "a.docx", docx()), keep(draft, "b.odt", odt())
    report = SubmissionFactory.create(state_party=draft.state_party)
    a_week_ago = NOW - timedelta(days=7, seconds=1)
    SubmissionDocument.objects.exclude(pk=fresh.pk).update(uploaded_at=a_week_ago)
    SubmissionDocument.objects.filter(pk=filed.pk).update(submission=report)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert purge_drafts(now=NOW) == 1
    assert list(SubmissionDocument.objects.order_by("pk")) == [filed, fresh]
    assert not old.file.storage.exists(str(old.file.name))
    assert opened(filed).read() == docx()
    assert purge_drafts(now=NOW) == 0


def test_files_are_kept_outside_the_web_root_readable_by_their_owner_only() -> None:
    from config import settings as real

    options = real.STORAGES["private"]["OPTIONS"]
    assert options["location"] == real.VAR_DIR / "documents"
    assert not str(options["location"]).startswith(str(real.STATIC_ROOT))
    assert (options["file_permissions_mode"], options["directory_permissions_mode"]) == (
        0o600,
        0o700,
    )
