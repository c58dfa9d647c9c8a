"""Sending e-mail after the commit."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from reporting.emails import Rendered
from reporting.services.mail import send

pytestmark = pytest.mark.django_db
RENDERED = Rendered(subject="A subject", text="Words\n", html="<p>Words</p>")
OnCommit = Callable[..., Any]


def test_an_email_goes_out_after_the_commit_in_two_parts(
    mailoutbox: list[EmailMultiAlternatives], django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(rendered=RENDERED, to="desk@example.org", reply_to=["secretariat@example.org"])
        assert mailoutbox == []
    (sent,) = mailoutbox
    assert (sent.to, sent.reply_to) == (["desk@example.org"], ["secretariat@example.org"])
    assert (sent.subject, sent.body) == ("A subject", "Words\n")
    assert list(map(tuple, sent.alternatives)) == [("<p>Words</p>", "text/html")]
    assert sent.message()["Auto-Submitted"] == "auto-generated"


@pytest.mark.django_db(transaction=True)
def test_nothing_goes_out_when_what_it_tells_of_is_undone(
    mailoutbox: list[EmailMultiAlternatives],
) -> None:
    with transaction.atomic():
        send(rendered=RENDERED, to="desk@example.org")
        transaction.set_rollback(True)
    assert mailoutbox == []


def test_a_mail_server_that_does_not_answer_is_logged_and_breaks_nothing(
    settings: LazySettings,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        send(rendered=RENDERED, to="desk@example.org")
    assert "An e-mail was not sent: A subject" in caplog.text


def test_the_number_of_an_email_ends_in_the_domain_of_the_sender(
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: OnCommit,
    settings: LazySettings,
) -> None:
    settings.MESSAGE_ID_DOMAIN = "reports.example.org"
    with django_capture_on_commit_callbacks(execute=True):
        send(rendered=RENDERED, to="desk@example.org")
        send(rendered=RENDERED, to="desk@example.org")
    numbers = {mail.message()["Message-ID"] for mail in mailoutbox}
    assert len(numbers) == 2
    assert all(number.endswith("@reports.example.org>") for number in numbers)
