"""Requests that nobody means well: each gets an answer with a sentence, and none an error of ours."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import NOW
from tests.views.addresses import ADDRESSES
from tests.views.forms import fields
from tests.views.test_every_address import (
    OURS,
    REPAIR,
    ROUTES,
    SIGNING_IN,
    ComeAs,
    address,
    come_as,
)

__all__ = ["come_as"]  # a fixture
pytestmark = [pytest.mark.usefixtures("recorded"), pytest.mark.faults]
NAMES = [*OURS, *SIGNING_IN, *REPAIR]
LONG = "x" * 100_000
NASTY = [
    LONG,
    "\x00",
    "a\x00b",
    "\r\nSet-Cookie: a=b",
    "0000-01-01",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2026-02-30",
    "-1",
    "0",
    "1e9",
    "99999999999999999999999999",
    "9" * 5000,
    "NaN",
    "١٢٣",
    "\u202e\u200f",
    "\U0001f600" * 50,
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ 7 }}{% debug %}",
    "../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "\ufffe\uffff",
    "",
]
# What pages read from their address, whichever page it is.
PARAMETERS = (
    *("as_at", "page", "q", "status", "band", "sort", "state", "region", "kind", "year", "years"),
    *(
        "from",
        "to",
        "reviews",
        "sessions",
        "next",
        "session",
        "number",
        "iso3",
        "day",
        "who",
        "draft",
    ),
    *(
        "per_page",
        "step",
        "seen",
        "occasion",
        "failed",
        "since",
        "until",
        "query",
        "report",
        "list",
    ),
)
INVALID_UTF_8 = (b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"%", b"\xf0\x9f")
BASE_64 = (
    b'--b\r\nContent-Disposition: form-data; name="a"\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--b--\r\n"
)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def browser(come_as: ComeAs, person: str) -> Client:
    client = come_as(person)
    client.raise_request_exception = False
    return client


def assert_answered(answer: Any, seen: Any) -> None:
    """Say that this is an answer, and where it refuses, a sentence."""
    assert answer.status_code < 500, (seen, answer.status_code)
    if answer.status_code >= 400 and answer.status_code != 405:
        assert answer.content.strip(), (seen, answer.status_code)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_a_query_breaks_a_page(come_as: ComeAs, name: str) -> None:
    client, path = browser(come_as, "administrator"), address(name)
    for value in NASTY:
        if value == LONG:
            continue  # no server takes so long an address
        query = urlencode(dict.fromkeys(PARAMETERS, value))
        assert_answered(client.get(f"{path}?{query}"), (path, value))
    for raw in INVALID_UTF_8:
        query = "&".join(f"{each}={quote_from_bytes(raw)}" for each in PARAMETERS)
        assert_answered(client.get(f"{path}?{query}"), (path, raw))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_a_form_breaks_a_page(come_as: ComeAs, name: str) -> None:
    for person in ("administrator", "ministry"):
        client, path = browser(come_as, person), address(name)
        found = fields(client, path)
        for value in NASTY if found else ("\x00",):
            sent = dict.fromkeys(found, value)
            assert_answered(client.post(path, sent), (person, path, value[:20]))
            if found:  # one at a time gets past what looks at the first field only
                key = sorted(found)[len(value) % len(found)]
                assert_answered(client.post(path, found | {key: value}), (person, path, key))


def bodies() -> Iterator[tuple[str, bytes]]:
    """Yield contents that are not what their type says, or of no type of ours."""
    yield "application/json", b'{"a": '
    yield "text/plain", b"\xff\xfe\x00"
    yield "application/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"
    yield "application/x-www-form-urlencoded", b"name=%FF%FE&\xff=\x00&=&&&"
    yield "application/x-www-form-urlencoded; charset=utf-7", b"name=+ADw-script+AD4-"
    yield "application/x-www-form-urlencoded; charset=no-such", b"name=a"
    yield "application/x-www-form-urlencoded", b"&".join(b"a%d=" % number for number in range(1500))
    yield "application/x-www-form-urlencoded", b"a=" + b"x" * 3_000_000
    yield "multipart/form-data", b"no boundary"
    yield "multipart/form-data; boundary=\xc3\xbc", b"--\xc3\xbc\r\n\r\n"
    yield (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="file_1"; filename="\x00.pdf"\r\n\r\nx\r\n',
    )
    yield (
        "multipart/form-data; boundary=b",
        BASE_64,
    )


@pytest.mark.parametrize("name", [*OURS, *SIGNING_IN])
def test_a_content_of_another_type_breaks_no_page(come_as: ComeAs, name: str) -> None:
    client, path = browser(come_as, "administrator"), address(name)
    for type_of_it, body in bodies():
        for method in ("POST", "PUT"):
            answer = client.generic(method, path, body, content_type=type_of_it)
            assert_answered(answer, (path, method, type_of_it, body[:20]))


PLACED = [name for name in ADDRESSES if ROUTES[name]]


@pytest.mark.parametrize("name", PLACED)
def test_nothing_in_the_place_of_an_address_breaks_a_page(come_as: ComeAs, name: str) -> None:
    client, path = browser(come_as, "administrator"), address(name)
    parts = path.strip("/").split("/")
    for number in range(len(parts)):
        for odd in (
            "0",
            "99999999999999999999999999",
            "%00",
            "%FF%FE",
            "A" * 300,
            "IDN%0a",
            "..%2f",
        ):
            tried = "/".join([*parts[:number], odd, *parts[number + 1 :]])
            for suffix in ("", "/"):
                assert_answered(client.get(f"/{tried}{suffix}"), tried)
                assert_answered(client.post(f"/{tried}{suffix}"), tried)


@settings(max_examples=60, deadline=None, suppress_health_check=QUIET)
@given(
    name=st.sampled_from(OURS),
    query=st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=40), max_size=4),
)
def test_no_query_breaks_a_page(come_as: ComeAs, name: str, query: dict[str, str]) -> None:
    path = address(name)
    for person in ("visitor", "ministry", "secretariat"):
        clean = {key: value.encode("utf-8", "replace") for key, value in query.items()}
        answer = browser(come_as, person).get(f"{path}?{urlencode(clean)}")
        assert_answered(answer, (person, path, query))


# A field by its number among those of the form, and what is put into it: a text, or a nasty one by number.
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 99),
        st.one_of(st.text(max_size=60), st.integers().map(str), st.integers(0, len(NASTY) - 1)),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=QUIET)
@given(name=st.sampled_from([*OURS, *SIGNING_IN]), changes=CHANGES)
def test_no_form_breaks_a_page(
    come_as: ComeAs, name: str, changes: list[tuple[int, str | int]]
) -> None:
    client, path = browser(come_as, "administrator"), address(name)
    sent = fields(client, path)
    names = sorted(sent)
    for number, odd in changes if names else ():
        text = NASTY[odd] if isinstance(odd, int) else odd
        sent[names[number % len(names)]] = text.encode("utf-8", "replace").decode()
    assert_answered(client.post(path, sent), (path, changes))
