"""Requests in another charset than UTF-8: refused before anything is read by it."""

import io
import json
import logging
from email.message import Message
from typing import Any
from wsgiref.types import WSGIEnvironment

import pytest
from django.test import Client
from django.utils.http import urlencode

from config.wsgi import application
from tests.config.test_logs import written_by
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SAID = "The request names a charset other than UTF-8. Send it in UTF-8.\n"
OTHERS = [
    *("hex", "base64", "rot13", "latin-1", "utf-16", "utf-7", "idna", "undefined", "nonsense"),
    *('""', "\xff"),
]
PATHS = ["/search/?q=a", "/?as_at=2026-11-24", "/metrics?x=1", "/nothing/?x=1", "/sign-in/?next=/"]
SECRET = [
    "/account/password/reset/1-c0ffeec0ffeec0ffee/?x=1",
    "/calendar/c0ffeec0ffeec0ffee.ics?x=1",
]
FORM = "application/x-www-form-urlencoded"
PASSWORD = "correct horse battery"  # noqa: S105
Answer = tuple[int, Message, str]


def ask(
    path: str, content_type: str, *, method: str = "GET", body: bytes = b"a=b", language: str = "en"
) -> Answer:
    """Return what a web server gets; where something is raised, it logs the address."""
    told: list[Any] = []
    path, _mark, query = path.partition("?")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_ACCEPT_LANGUAGE": language,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
    }
    answer = application(environ, lambda *given: told.extend(given))  # type: ignore[arg-type]
    headers = Message()
    for name, value in told[1]:
        headers[name] = value
    return int(told[0].split()[0]), headers, b"".join(answer).decode()


@pytest.mark.parametrize("charset", OTHERS)
@pytest.mark.parametrize("path", PATHS)
def test_another_charset_is_refused_with_a_sentence_by_any_verb(path: str, charset: str) -> None:
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
        status, _headers, text = ask(path, f"text/plain; charset={charset}", method=method)
        assert (status, text) == (400, SAID)


@pytest.mark.parametrize("charset", ["latin-1", "utf-16", "utf-7", "hex"])
@pytest.mark.parametrize("media_type", [FORM, "multipart/form-data; boundary=b"])
def test_a_form_in_another_charset_is_refused(media_type: str, charset: str) -> None:
    status, _headers, text = ask("/sign-in/", f"{media_type}; charset={charset}", method="POST")
    assert (status, text) == (400, SAID)


@pytest.mark.parametrize(
    "charset", ["utf-8", "UTF-8", "utf8", "UTF8", '"utf-8"', "us-ascii", "ASCII"]
)
def test_a_form_that_says_that_it_is_in_utf_8_is_read(charset: str) -> None:
    person = UserFactory.create(email="desk@example.org")
    person.set_password(PASSWORD)
    person.save()
    given = urlencode({"login": "desk@example.org", "password": PASSWORD})
    kind = f"{FORM}; charset={charset}"
    answer = Client().post("/sign-in/?next=/states/", given, content_type=kind)
    assert (answer.status_code, answer["Location"]) == (302, "/states/")


def test_the_refusal_carries_the_headers_of_every_answer_and_speaks_the_readers_language() -> None:
    status, headers, text = ask("/", "a/b; charset=hex", language="fr")
    assert status == 400
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src" in headers["Content-Security-Policy"]
    assert len(headers["X-Request-ID"]) == 32
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Language"] == "fr"
    assert text.startswith("La requête indique un autre jeu de caractères")


def test_a_program_is_told_as_of_every_other_error() -> None:
    status, headers, text = ask("/api/v1/?x=1", "a/b; charset=rot13")
    assert (status, headers["Content-Type"]) == (400, "application/problem+json")
    assert json.loads(text)["detail"] == SAID.strip()


@pytest.mark.parametrize("path", [*SECRET, *PATHS])
@pytest.mark.parametrize(
    "content_type",
    [
        *("a/b; charset=hex", f"{FORM}; charset=latin-1", "a/b; charset*=nonsense''x"),
        *("a/b; charset*=hex''hex", "a/b; charset*0=he; charset*1=x", "a/b; x*=nonsense''x"),
    ],
)
def test_nothing_is_raised_to_the_server_and_no_log_has_the_address(
    path: str, content_type: str
) -> None:
    handler, stream = written_by("line")
    logging.getLogger().addHandler(handler)
    try:
        status, _headers, text = ask(path, content_type, method="POST")
    finally:
        logging.getLogger().removeHandler(handler)
    assert (status, text) == (400, SAID)
    assert "400" in stream.getvalue() or "Bad Request" in stream.getvalue()
    assert "c0ffee" not in stream.getvalue()
