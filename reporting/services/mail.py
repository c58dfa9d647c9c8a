"""E-mail to one reader, after what it tells of has been committed."""

import logging
from collections.abc import Sequence
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from reporting.emails import Rendered

_log = logging.getLogger(__name__)
# Out-of-office programs do not answer this.
_HEADERS = {"Auto-Submitted": "auto-generated"}


def send(*, rendered: Rendered, to: str, reply_to: Sequence[str] | None = None) -> None:
    """Send the e-mail once the transaction commits; nothing is sent where it does not.

    A mail server that refuses is logged and breaks nothing: what was saved stays saved.
    """
    headers = _HEADERS | {"Message-ID": make_msgid(domain=settings.MESSAGE_ID_DOMAIN)}
    message = EmailMultiAlternatives(
        rendered.subject, rendered.text, to=[to], reply_to=reply_to, headers=headers
    )
    message.attach_alternative(rendered.html, "text/html")
    transaction.on_commit(lambda: _deliver(message), robust=True)


def _deliver(message: EmailMultiAlternatives) -> None:
    try:
        message.send()
    except OSError:  # what smtplib raises, too
        _log.exception("An e-mail was not sent: %s", message.subject)
