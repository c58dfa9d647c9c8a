"""Programs that are told: real servers of HTTP, and of what only looks like it."""

import base64
import hashlib
import hmac
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Request:
    """What came."""

    path: str
    headers: dict[str, str]
    body: bytes

    def is_signed_with(self, secret: str) -> bool:
        """Whether the signature holds, computed as the receiver's documents of Standard Webhooks say."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        named = (self.headers["webhook-id"], self.headers["webhook-timestamp"])
        content = f"{named[0]}.{named[1]}.{self.body.decode()}"
        proof = base64.b64encode(hmac.new(key, content.encode(), hashlib.sha256).digest())
        return self.headers["webhook-signature"] == f"v1,{proof.decode()}"


@dataclass
class Receiver:
    """A program that keeps what it is told; it answers the codes in turn, then 204.

    The request of the number ``hold`` waits for its answer until ``go_on`` is set.
    """

    port: int = 0
    came: list[Request] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    also: dict[str, str] = field(default_factory=dict)
    scheme: str = "http"
    hold: int = 0
    go_on: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        """Where it is."""
        return f"{self.scheme}://127.0.0.1:{self.port}/changes?of=all"


@contextmanager
def receiving(certificate: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Run a receiver, by TLS where it has a certificate."""
    receiver = Receiver(scheme="https" if certificate else "http")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.came.append(Request(self.path, headers, body))
            if len(receiver.came) == receiver.hold:
                receiver.go_on.wait()
            with suppress(ConnectionError):  # whoever asked may have been killed
                self.answer()

        def answer(self) -> None:
            self.send_response(receiver.codes.pop(0) if receiver.codes else 204)
            for name, value in receiver.also.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_said: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate:
        server.socket = certificate.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.go_on.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def answering(with_: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """Run a server that does this with each connection; give its address."""
    ended = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while not ended.is_set():
            try:
                connection, _client = listening.accept()
            except OSError:
                return
            with connection:
                with_(connection, ended)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        ended.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()
