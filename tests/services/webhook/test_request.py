"""One request, whatever the other side does."""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import trustme
from django.conf import LazySettings

from reporting.models import Trouble
from reporting.services.webhook import request
from reporting.services.webhook.request import Outcome, deliver
from tests.services.webhook.receiver import Receiver, answering, receiving

BODY = b'{"type":"test"}'
HEADERS = {"Content-Type": "application/json", "webhook-id": "msg_1"}


def told(address: str) -> Outcome:
    return deliver(address=address, body=BODY, headers=HEADERS)


def test_the_body_comes_with_its_headers_and_the_code_is_kept(receiver: Receiver) -> None:
    receiver.codes = [202]
    assert told(receiver.address) == Outcome(code=202)
    (came,) = receiver.came
    assert (came.path, came.body) == ("/changes?of=all", BODY)
    wanted = {"host": f"127.0.0.1:{receiver.port}", "content-type": "application/json"}
    assert wanted.items() <= came.headers.items()


@pytest.mark.parametrize(
    ("code", "trouble"),
    [(400, Trouble.CODE), (503, Trouble.CODE), (410, Trouble.GONE), (302, Trouble.REDIRECT)],
)
def test_another_answer_is_no_delivery_and_no_redirect_is_followed(
    receiver: Receiver, code: int, trouble: Trouble
) -> None:
    receiver.codes, receiver.also = [code], {"Location": receiver.address}
    assert told(receiver.address) == Outcome(trouble, code)
    assert len(receiver.came) == 1


def test_this_machine_is_not_spoken_to_unless_that_is_allowed(
    receiver: Receiver, settings: LazySettings
) -> None:
    settings.WEBHOOK_NETWORKS = []
    assert told(receiver.address) == Outcome(Trouble.REFUSED)
    assert told(f"http://localhost:{receiver.port}/") == Outcome(Trouble.REFUSED)
    assert receiver.came == []


def test_the_name_is_resolved_once_and_the_connection_goes_where_was_looked(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is public when it is looked at, and private a moment later, leads nowhere new."""
    asked = []

    def resolve(host: str, port: int, **_how: Any) -> Any:
        asked.append(host)
        to = "127.0.0.1" if len(asked) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (to, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert told(f"http://rebinding.example.org:{receiver.port}/") == Outcome(code=204)
    assert asked == ["rebinding.example.org"]
    assert receiver.came[0].headers["host"] == f"rebinding.example.org:{receiver.port}"


def silent(connection: socket.socket, ended: threading.Event) -> None:
    """Take the request and say nothing."""
    ended.wait(5)


def dripping(connection: socket.socket, ended: threading.Event) -> None:
    """Send a sign now and then, so that no single wait is long."""
    try:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not ended.wait(0.02):
            connection.sendall(b"a")
    except OSError:
        return


@pytest.mark.parametrize("server", [silent, dripping])
def test_a_server_that_never_answers_holds_nobody(
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
    server: Callable[[socket.socket, threading.Event], None],
) -> None:
    monkeypatch.setattr(request, "ALTOGETHER", 0.3)
    with answering(server) as address:
        started = time.monotonic()
        assert told(address).trouble is Trouble.SILENT
        assert 0.25 < time.monotonic() - started < 2


def junk(connection: socket.socket, _ended: threading.Event) -> None:
    """Answer with what is no HTTP."""
    connection.recv(1000)
    connection.sendall(b"\x00\xff hello\r\n\r\n")


def hang_up(connection: socket.socket, _ended: threading.Event) -> None:
    """Take the request, and go."""
    connection.recv(1000)


def endless(connection: socket.socket, ended: threading.Event) -> None:
    """Answer with headers without end."""
    try:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while not ended.is_set():
            connection.sendall(b"X-More: " + b"a" * 1000 + b"\r\n")
    except OSError:
        return


@pytest.mark.parametrize(
    ("server", "trouble"),
    [(junk, Trouble.BROKEN), (endless, Trouble.BROKEN), (hang_up, Trouble.UNREACHABLE)],
)
def test_what_is_no_answer_is_said(
    receiver: Receiver,
    server: Callable[[socket.socket, threading.Event], None],
    trouble: Trouble,
) -> None:
    with answering(server) as address:
        assert told(address).trouble is trouble


def test_a_port_on_which_nobody_listens_is_said(receiver: Receiver) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    outcome = told(f"http://127.0.0.1:{port}/")
    assert (outcome.trouble, "refused" in outcome.error) == (Trouble.UNREACHABLE, True)


def test_a_name_that_there_is_not_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*_asked: Any, **_how: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert told("https://no-such-host.example.org/").trouble is Trouble.UNKNOWN


def test_tls_is_spoken_where_the_certificate_holds_and_not_where_it_does_not(
    receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(served)
    with receiving(served) as behind_tls:
        assert told(behind_tls.address).trouble is Trouble.UNSAFE
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert told(behind_tls.address) == Outcome(code=204)
        other = behind_tls.address.replace("127.0.0.1", "localhost")
        assert told(other).trouble is Trouble.UNSAFE
    assert len(behind_tls.came) == 1
