"""No e-mail address reaches a log, whoever writes it there; and none stands on a public page."""

import io
import logging
import re
import smtplib
from collections.abc import Iterator
from typing import Any

import environ
import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import get_resolver, reverse

from config.logs import logging_of
from config.public_pages import PUBLIC_PAGES, STATUS_PAGES
from reporting.models import Message
from tests.factories import ContactFactory, InvitationFactory, UserFactory
from tests.views.addresses import PLACES

EMAIL = "siti.rahayu@example.org"


@pytest.fixture(params=["line", "json"])
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Write everything that is logged as the settings have it written, in either form."""
    about = dict(logging_of(environ.Env(), embedded=False)["formatters"][request.param])
    made = about.pop("()")
    about = {
        {"rename_fields": "rename_fields", "format": "fmt"}.get(key, key): value
        for key, value in about.items()
    }
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(made(**about))
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def test_an_error_with_its_traceback_says_no_address(log: io.StringIO) -> None:
    refused = smtplib.SMTPRecipientsRefused({EMAIL: (550, b"<siti.rahayu@example.org> unknown")})
    try:
        raise refused
    except smtplib.SMTPRecipientsRefused:
        logging.getLogger("anything").exception("Not sent to %s", EMAIL)
    assert "SMTPRecipientsRefused" in log.getvalue()
    assert "siti" not in log.getvalue()


@pytest.mark.django_db
def test_refused_sign_ins_and_mails_say_no_address(log: io.StringIO, client: Client) -> None:
    UserFactory.create(email=EMAIL)
    for email in (EMAIL, "stranger@example.org"):
        client.post("/sign-in/", {"login": email, "password": "wrong"})
        client.post("/account/password/reset/", {"email": email})
    client.get(f"/no/such/{EMAIL}/")
    client.get("/no/such/", {"email": EMAIL})
    assert "login failure" in log.getvalue()
    assert "example.org" not in log.getvalue()


@pytest.mark.django_db
def test_a_mail_that_is_refused_says_no_address(
    log: io.StringIO,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def refuse(self: EmailMessage, **_more: object) -> int:
        raise smtplib.SMTPRecipientsRefused({self.to[0]: (550, b"no such " + EMAIL.encode())})

    UserFactory.create(email=EMAIL)
    monkeypatch.setattr(EmailMessage, "send", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/password/reset/", {"email": EMAIL})
    assert "An e-mail was not sent" in log.getvalue()
    assert "SMTPRecipientsRefused" in log.getvalue()
    assert "siti" not in log.getvalue()


def _public() -> list[str]:
    names = {*PUBLIC_PAGES, *STATUS_PAGES}
    known = {key for key in get_resolver("reporting.urls").reverse_dict if isinstance(key, str)}
    return sorted(name for name in names if name.partition(":")[2] in known)


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize("name", _public())
def test_no_address_stands_on_a_page_that_anybody_may_open(name: str) -> None:
    """The world has accounts, contacts, invitations and mails; none of them is for strangers."""
    ContactFactory.create(email=EMAIL, name="Siti Rahayu")
    InvitationFactory.create(email=EMAIL)
    UserFactory.create(email="officer@example.org", name="Officer")
    Message.objects.create(to=EMAIL, language="en", made_at="2026-11-22T12:00:00Z")
    places = PLACES[name]() if name in PLACES else {}
    answer = Client().get(reverse(name, kwargs=places))
    content = b"".join(answer) if answer.streaming else answer.content
    found = re.findall(rb"[\w.+-]+@[\w-]+\.[\w.]+", content)
    # Names of calendar entries are numbers at the host of the application, which is no mailbox.
    assert [each for each in found if not each.endswith(b"@localhost")] == []
    assert b"Siti" not in content
