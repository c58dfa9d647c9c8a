"""Documents in a folder and in storage that speaks S3: the same promises."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import boto3
import environ
import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.test import Client
from django.utils.module_loading import import_string

from config.storage import documents
from reporting.models import Role, SubmissionDocument
from reporting.services.document import Draft, keep_document, opened, purge_strays, remove_document
from tests.factories import NOW, StatePartyFactory, SubmissionFactory, UserFactory
from tests.faults.waiting import wait_until
from tests.files import PDF, upload
from tests.views.cast import as_

pytestmark = pytest.mark.django_db
KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}


def storage_of(url: str, folder: Path) -> Storage:
    env = environ.Env()
    env.ENVIRON = {"DOCUMENTS_URL": url}
    about = documents(env, folder)
    storage: Storage = import_string(about["BACKEND"])(**about["OPTIONS"])
    return storage


def _answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """Start a server that speaks S3, with one bucket; return how DOCUMENTS_URL names that."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    before = {name: os.environ.get(name) for name in KEYS}
    os.environ.update(KEYS)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:  # noqa: S603 - our own command
        wait_until(lambda: _answers(port))
        endpoint = f"http://127.0.0.1:{port}"
        boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(
            Bucket="reports"
        )
        yield f"s3://reports/documents?endpoint={endpoint}&region=us-east-1"
        server.terminate()
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


@pytest.fixture(params=["folder", "s3"])
def storage(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Storage:
    """Give documents that storage for this test."""
    url = request.getfixturevalue("s3") if request.param == "s3" else ""
    made = storage_of(url, tmp_path)
    monkeypatch.setattr(SubmissionDocument.file.field, "storage", made)
    return made


@pytest.fixture
def draft() -> Draft:
    party, person = StatePartyFactory.create(), UserFactory.create(role=Role.MINISTRY)
    person.states.add(party.state)
    return Draft(uuid4(), party, person)


def keep(draft: Draft) -> SubmissionDocument:
    return keep_document(draft=draft, upload=upload("report.pdf", PDF), language="en", now=NOW)


def test_a_document_comes_back_as_it_was_sent_and_goes_when_it_is_removed(
    storage: Storage, draft: Draft, django_capture_on_commit_callbacks: object
) -> None:
    kept = keep(draft)
    with opened(kept) as file:
        assert file.read() == PDF
    name = str(kept.file.name)
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        remove_document(draft=draft, pk=kept.pk)
    assert not storage.exists(name)


def test_a_filed_document_is_downloaded_through_the_application(
    storage: Storage, draft: Draft
) -> None:
    kept = keep(draft)
    kept.submission = SubmissionFactory.create(state_party=draft.state_party)
    kept.save()
    browser: Client = as_(draft.by)
    answer = browser.get(f"/documents/{kept.pk}/")
    assert (answer.status_code, b"".join(answer)) == (200, PDF)
    assert answer["Content-Disposition"] == 'attachment; filename="report.pdf"'
    storage.delete(str(kept.file.name))
    assert browser.get(f"/documents/{kept.pk}/").status_code == 404


def test_a_file_that_no_row_names_is_deleted_after_a_week(storage: Storage, draft: Draft) -> None:
    kept = keep(draft)
    stray = storage.save("stray.pdf", ContentFile(PDF))
    written = storage.get_modified_time(stray)
    assert purge_strays(now=written + timedelta(days=6)) == 0
    assert purge_strays(now=written + timedelta(days=8)) == 1
    assert not storage.exists(stray)
    assert storage.exists(str(kept.file.name))


def test_where_nothing_was_ever_stored_nothing_is_stray(storage: Storage) -> None:
    assert purge_strays(now=NOW) >= 0


def test_a_storage_that_does_not_answer_is_said_at_the_file(
    draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (KEYS | {"AWS_MAX_ATTEMPTS": "1"}).items():
        monkeypatch.setenv(name, value)
    away = storage_of("s3://reports?endpoint=http://127.0.0.1:9&region=us-east-1", tmp_path)
    monkeypatch.setattr(SubmissionDocument.file.field, "storage", away)
    with pytest.raises(ValidationError, match=r"report\.pdf: This file could not be stored"):
        keep(draft)
    assert not SubmissionDocument.objects.exists()


def test_documents_in_a_folder_are_for_its_owner_alone(draft: Draft, tmp_path: Path) -> None:
    storage = storage_of("", tmp_path)
    name = storage.save("a.pdf", ContentFile(PDF))
    assert (tmp_path / "documents").stat().st_mode & 0o777 == 0o700
    assert Path(storage.path(name)).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "url", ["s3://", "https://storage.example.org/reports", "s3://reports?endpiont=x"]
)
def test_an_address_that_names_no_bucket_is_refused_in_one_sentence(
    url: str, tmp_path: Path
) -> None:
    with pytest.raises(ImproperlyConfigured, match="DOCUMENTS_URL is no address of S3 storage"):
        storage_of(url, tmp_path)
