"""The log: as lines or as JSON, with the number of the request, without addresses of people."""

import doctest
import json
import logging
import logging.config
from collections.abc import Iterator
from io import StringIO
from typing import Any

import environ
import pytest
from celery.signals import before_task_publish
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory
from django_guid import clear_guid, set_guid

from config import logs
from config.logs import logging_of
from tests.factories import UserFactory

NUMBER = "0123456789abcdef0123456789abcdef"


def written_by(form: str, *, embedded: bool = False) -> tuple[logging.Handler, StringIO]:
    """Return the handler of that format, and where it writes."""
    env = environ.Env()
    env.ENVIRON = {"LOG_FORMAT": form}
    about = logging_of(env, embedded=embedded)
    configurator: Any = logging.config.DictConfigurator(about)
    for part in ("filters", "formatters"):
        for name in list(about[part]):
            configure = getattr(configurator, f"configure_{part[:-1]}")
            configurator.config[part][name] = configure(configurator.config[part][name])
    handler: logging.Handler = configurator.configure_handler(
        configurator.config["handlers"]["stderr"]
    )
    stream = StringIO()
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    return handler, stream


@pytest.fixture
def objects() -> Iterator[StringIO]:
    """Write JSON for the length of a test."""
    handler, stream = written_by("json")
    root, requests = logging.getLogger(), logging.getLogger("reporting.requests")
    root.addHandler(handler)
    before = requests.level
    requests.setLevel(logging.INFO)  # not by the attribute: loggers remember what is enabled
    yield stream
    root.removeHandler(handler)
    requests.setLevel(before)


def lines(stream: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_the_example_in_the_docstring_is_true() -> None:
    assert doctest.testmod(logs).failed == 0


def test_a_record_is_one_object_with_its_request() -> None:
    handler, stream = written_by("json")
    set_guid(NUMBER)
    record = logging.LogRecord("reporting", logging.WARNING, "", 1, "Late: %s", ("a\nb",), None)
    handler.handle(record)
    clear_guid()
    (found,) = lines(stream)
    assert found.pop("time")
    assert found == {
        "level": "WARNING",
        "logger": "reporting",
        "message": "Late: a\nb",
        "request_id": NUMBER,
    }


@pytest.mark.parametrize("form", ["line", "json"])
def test_no_address_of_a_person_and_no_link_that_acts_is_written(form: str) -> None:
    handler, stream = written_by(form)
    about = (ValueError, ValueError("refused siti@example.org"), None)
    said = "Not Found: %s, for %s"
    args = ("/invitation/ohl_QK968SmJ0cP1/", "Ana.Lima+x@kem.example.go.id")
    handler.handle(logging.LogRecord("django", logging.ERROR, "", 1, said, args, about))
    text = stream.getvalue()
    for secret in ("siti", "example.org", "ohl_QK968SmJ0cP1", "Ana", "go.id"):
        assert secret not in text.replace("/config/", ""), secret
    assert "/invitation/***/" in text
    assert "ValueError" in text


@pytest.mark.parametrize("path", ["/calendar/short.ics", "/invitation/ohl_QK968SmJ0cP1", "/x'"])
def test_what_else_was_said_of_a_request_leaves_the_object_whole(
    path: str, rf: RequestFactory
) -> None:
    handler, stream = written_by("json")
    record = logging.LogRecord("django", logging.WARNING, "", 1, "Not Found", (), None)
    record.request = rf.get(path)
    record.people = {"siti@example.org": ["ana@example.org", 3]}
    handler.handle(record)
    (found,) = lines(stream)
    assert found["time"]
    assert found["request"].startswith("<WSGIRequest: GET ")
    assert found["people"] == {"***@***": ["***@***", 3]}
    assert "ohl_" not in stream.getvalue()


@pytest.mark.parametrize("form", ["line", "json"])
@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("refused:\nsiti@example.org", "refused:\n***@***"),
        ("to josé@example.org.", "to ***@***."),
        ("to sítí@exämple.org, and on", "to ***@***, and on"),
        ('to "a b"@example.org', "to ***@***"),
        ("to user@localhost", "to ***@***"),
        ("to user@[192.0.2.1]", "to ***@***"),
        ("to o&c@example.org", "to ***@***"),
        ("to o'neill@example.org", "to ***@***"),
        ("/?q=siti%2540example.org&a=1", "/?q=***@***&a=1"),
        ("a@b.org+c@d.org", "***@******@***"),
        ("nothing @ all, 5 % of it", "nothing @ all, 5 % of it"),
    ],
)
def test_addresses_are_masked_as_they_are_written(form: str, said: str, left: str) -> None:
    handler, stream = written_by(form)
    handler.handle(logging.LogRecord("reporting", logging.WARNING, "", 1, said, (), None))
    written = stream.getvalue()
    assert (lines(stream)[0]["message"] if form == "json" else written) == (
        left if form == "json" else f"WARNING reporting: {left}\n"
    )


@pytest.mark.django_db
def test_a_request_is_written_by_its_route_and_not_by_its_address(objects: StringIO) -> None:
    answer = Client().get("/sign-in/?next=/siti@example.org", headers={"X-Request-ID": NUMBER})
    assert answer["X-Request-ID"] == NUMBER
    (found,) = [line for line in lines(objects) if line["logger"] == "reporting.requests"]
    assert (found["view"], found["method"], found["status"]) == ("account_login", "GET", 200)
    assert found["request_id"] == NUMBER
    assert "siti" not in objects.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["x" * 200, "<script>", "a\tb", ""])
def test_a_number_that_is_none_is_replaced(given: str) -> None:
    answer = Client().get("/livez", headers={"X-Request-ID": given})
    assert len(answer["X-Request-ID"]) == 32
    assert answer["X-Request-ID"] != Client().get("/livez")["X-Request-ID"]


def test_a_task_has_the_number_of_the_request_that_asked_for_it() -> None:
    """Celery carries it in the headers of the message; a real worker reads it in tests/faults."""
    headers: dict[str, Any] = {}
    set_guid(NUMBER)
    before_task_publish.send(sender="a task", headers=headers, body=(), exchange="", routing_key="")
    clear_guid()
    assert headers["X-Request-ID"] == NUMBER


@pytest.mark.django_db
def test_signing_in_writes_no_address(objects: StringIO) -> None:
    UserFactory.create(email="desk@example.org")
    for path, given in (
        ("/sign-in/", {"login": "desk@example.org", "password": "wrong"}),
        ("/account/password/reset/", {"email": "desk@example.org"}),
    ):
        Client().post(path, given)
    assert lines(objects)
    assert "desk@" not in objects.getvalue()


def test_a_format_that_there_is_not_is_refused() -> None:
    env = environ.Env()
    env.ENVIRON = {"LOG_FORMAT": "xml"}
    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT is one of line, json"):
        logging_of(env, embedded=True)
