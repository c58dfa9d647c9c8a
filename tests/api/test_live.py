"""A running server: a client that is generated from the document, and requests that nobody made up."""

import importlib
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import time_machine
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import checks
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as promises

from reporting.models import Scope, State, Submission, User
from reporting.services.api_token import make_api_token
from tests.factories import NOW, UserFactory
from tests.files import PDF
from tests.snapshot import Rows, put_back

pytestmark = pytest.mark.thorough
# So many requests for each address, allowed ones and forbidden ones; more where this says so.
EXAMPLES = int(os.environ.get("API_EXAMPLES", "15"))
NAME = "generated_client"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """Let the clock go, which a server and its clients wait by."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def token(recorded_rows: Rows, transactional_db: None) -> str:
    """Return a token that may file for Indonesia, where all facts are on record."""
    put_back(recorded_rows)
    person = UserFactory.create(role="ministry")
    person.states.set(State.objects.filter(iso3="IDN"))
    return make_api_token(user=person, name="Program", scope=Scope.FILE, at=NOW)


@pytest.fixture
def webhook_token(token: str) -> str:
    """Return a token of the same person that may manage webhooks."""
    person = User.objects.get(api_tokens__isnull=False)
    return make_api_token(user=person, name="Tracker", scope=Scope.WEBHOOKS, at=NOW)


@pytest.fixture
def client_package(live_server: Any, tmp_path: Path) -> Iterator[str]:
    """Generate a client from the document of the running server, and let it be imported."""
    command = [str(Path(sys.executable).parent / "openapi-python-client"), "generate"]
    patient = tmp_path / "client.yaml"  # the first answer of a server on a busy machine takes long
    patient.write_text("http_timeout: 60\n")
    options = ["--url", f"{live_server.url}/api/v1/schema", "--meta", "none"]
    options += ["--config", str(patient)]
    folder = tmp_path / NAME
    done = subprocess.run(  # noqa: S603 - a command of ours
        [*command, *options, "--output-path", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Unable to parse" not in done.stdout + done.stderr
    sys.path.insert(0, str(tmp_path))
    yield NAME
    sys.path.remove(str(tmp_path))
    for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[name]


def test_a_client_generated_from_the_document_reads_and_files(
    live_server: Any, token: str, client_package: str
) -> None:
    def part(name: str) -> Any:
        return importlib.import_module(f"{client_package}.{name}")

    with part("client").AuthenticatedClient(live_server.url, token=token) as client:
        page = part("api.obligations.obligations").sync(client=client, state="IDN")
        (report, *_others) = [each for each in page.results if each.kind.value == "report"]
        assert (report.iso3, report.treaty) == ("IDN", "CMW")
        document = part("types").File(
            payload=PDF, file_name="report.pdf", mime_type="application/pdf"
        )
        body = part("models").FilingRequest(
            state="IDN",
            treaty="CMW",
            covers=[report.first_report],
            sent_on=NOW.date(),
            languages=["en"],
            documents=[document],
        )
        filed = part("api.submissions.file_submission").sync_detailed(client=client, body=body)
        assert filed.status_code == 201, filed.content
        submission = Submission.objects.get(pk=filed.parsed.id)
        assert (submission.first_report, submission.status) == (report.first_report, "filed")
        assert [each.sha256 for each in submission.documents.all()] == [
            filed.parsed.documents[0].sha256
        ]
        events = [part("models").ChangesEventsItem.OBLIGATION]
        told = part("api.changes.changes").sync(client=client, events=events)
        assert told.next_.endswith(".0")
        again = part("api.submissions.submission").sync(client=client, id=submission.pk)
        assert again.status.value == "filed"
        wrong = part("api.submissions.file_submission").sync(client=client, body=body)
        assert (wrong.status, wrong.errors[0].field) == (400, "covers")


CHECKS = [
    checks.not_a_server_error,
    promises.status_code_conformance,
    promises.content_type_conformance,
    promises.response_schema_conformance,
]
Asked = dict[str, Counter[int]]


def name_what_there_is(case: Any) -> None:
    """Let a request reach the rows: a made-up State or treaty is refused before anything is asked."""
    real = {"state": "IDN", "treaty": "CMW"}
    for part in (case.query, case.body):
        if isinstance(part, dict):
            part.update({name: value for name, value in real.items() if name in part})
    if "id" in (case.path_parameters or {}):
        case.path_parameters["id"] %= 100


def forbidding(operation: Any) -> list[GenerationMode]:
    """Return the way to make up forbidden requests, where the document leaves anything to forbid."""
    takes_something = operation.body or any(operation.iter_parameters())
    return [GenerationMode.NEGATIVE] if takes_something else []


def ask_again_and_again(operation: Any, mode: GenerationMode, token: str, asked: Asked) -> None:
    """Make up requests, the same ones in every run, and hold each answer against the document."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            name_what_there_is(case)
        answer = case.call(headers={"Authorization": f"Bearer {token}"})
        asked[operation.label][answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    ask()


def test_no_request_that_the_document_allows_or_forbids_is_a_fault_of_ours(
    live_server: Any, token: str, webhook_token: str
) -> None:
    document = schemathesis.openapi.from_url(f"{live_server.url}/api/v1/schema")
    asked: Asked = defaultdict(Counter)
    operations: list[Any] = list(document.get_all_operations())
    for operation in [found.ok() for found in operations]:
        for mode in (GenerationMode.POSITIVE, *forbidding(operation)):
            shown = webhook_token if "webhooks" in operation.label else token
            ask_again_and_again(operation, mode, shown, asked)
    assert len(asked) == 19
    lists = [label for label in asked if label.startswith("GET") and "{id}" not in label]
    assert [label for label in lists if not asked[label][200]] == []
