"""The virus scanner: a server in a process of its own, which speaks clamd's protocol."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError

from reporting.models import Role, State, SubmissionDocument
from reporting.queries.storage import taken_by
from reporting.services.document import Draft, keep_document
from reporting.services.scanner import refuse_infected
from tests.factories import NOW, StateFactory, StatePartyFactory, SubmissionFactory, UserFactory
from tests.files import PDF, upload
from tests.services.clamd import VIRUS

ROOT = Path(__file__).parents[2]
NO_VERDICT = "The virus scanner gives no answer, so this file cannot be taken now."
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def clamd(settings: LazySettings) -> Iterator[Start]:
    """Return how to start a scanner, which the settings then name."""
    started: list[subprocess.Popen[str]] = []

    def start(how: str, where: str = "tcp") -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.services.clamd", how, where]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603
        started.append(process)
        assert process.stdout
        settings.SCANNER_URL = process.stdout.readline().strip()
        settings.SCANNER_TIMEOUT = 1
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


@pytest.fixture
def socket_path() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:  # the path of a socket is short
        yield f"{folder}/clamd"


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        refuse_infected([content])
    return str(caught.value.messages[0])


def test_a_clean_file_is_let_through_and_all_of_it_was_looked_at(clamd: Start) -> None:
    process = clamd("scan")
    refuse_infected([b"x" * 1_000_000, b"y"])
    assert process.stdout
    assert process.stdout.readline() == "1000001\n"


def test_it_is_asked_over_a_unix_socket_too(clamd: Start, socket_path: str) -> None:
    clamd("scan", socket_path)
    refuse_infected([PDF])
    assert "found Win.Test.EICAR_HDB-1 in it" in refusal(PDF + VIRUS)


def test_what_is_found_is_named(clamd: Start) -> None:
    clamd("scan")
    said = "This file looks infected: the virus scanner found Win.Test.EICAR_HDB-1 in it."
    assert refusal(b"before " + VIRUS) == said


@pytest.mark.parametrize("how", ["error", "limit", "hangup"])
def test_a_scanner_that_gives_no_verdict_lets_nothing_through(clamd: Start, how: str) -> None:
    clamd(how)
    assert refusal(b"x" * 3_000_000).startswith(NO_VERDICT)


@pytest.mark.parametrize("how", ["silent", "drip"])
def test_a_scanner_that_never_comes_to_an_end_is_waited_for_so_long(clamd: Start, how: str) -> None:
    clamd(how)
    start = time.monotonic()
    assert refusal(PDF).startswith(NO_VERDICT)
    assert 0.9 < time.monotonic() - start < 5


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:9", "unix:///nowhere/clamd.ctl"])
def test_a_scanner_that_is_not_there_lets_nothing_through(
    settings: LazySettings, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SCANNER_URL = url
    assert refusal(PDF).startswith(NO_VERDICT)
    assert "The virus scanner gave no verdict" in caplog.text


def test_where_none_is_named_none_is_asked(settings: LazySettings) -> None:
    settings.SCANNER_URL = ""
    refuse_infected([VIRUS])


@pytest.fixture
def draft(db: None) -> Draft:
    party, person = StatePartyFactory.create(), UserFactory.create(role=Role.MINISTRY)
    person.states.add(party.state)
    return Draft(uuid4(), party, person)


def keep(draft: Draft, content: bytes) -> SubmissionDocument:
    return keep_document(draft=draft, upload=upload("report.pdf", content), language="en", now=NOW)


def another(number: int) -> bytes:
    return PDF.replace(b"595", b"%03d" % number)


def test_an_upload_is_scanned_before_it_is_kept(clamd: Start, draft: Draft) -> None:
    clamd("error")
    with pytest.raises(ValidationError, match=r"^\['report.pdf: The virus scanner gives no answer"):
        keep(draft, PDF)
    assert not SubmissionDocument.objects.exists()
    clamd("scan")
    assert keep(draft, PDF).size == len(PDF)


def test_a_state_has_so_much_room_with_what_waits_and_what_was_filed(
    draft: Draft, settings: LazySettings
) -> None:
    settings.STATE_QUOTA_BYTES = 2 * len(PDF)
    first = keep(draft, PDF)
    first.submission = SubmissionFactory.create(state_party=draft.state_party)
    first.save()
    keep(draft, another(596))
    assert taken_by(state=draft.state_party.state, by=draft.by) == 2 * len(PDF)
    with pytest.raises(ValidationError, match="the documents of Indonesia may take"):
        keep(draft, another(597))
    assert keep(draft, PDF) == first  # the same file again takes no room
    other: State = StateFactory.create(iso3="TGO", name="Togo")
    theirs = Draft(uuid4(), StatePartyFactory.create(state=other), UserFactory.create())
    assert keep(theirs, another(598)).size == len(PDF)


def test_all_documents_together_have_so_much_room(draft: Draft, settings: LazySettings) -> None:
    settings.STORAGE_QUOTA_BYTES = len(PDF)
    keep(draft, PDF)
    with pytest.raises(ValidationError, match="all documents together may take"):
        keep(draft, another(596))
    assert SubmissionDocument.objects.count() == 1
