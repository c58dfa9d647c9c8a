"""A mail of the ledger: its words, its headers, what is attached."""

from collections.abc import Sequence
from datetime import date
from email.policy import Compat32
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext as _

from reporting.emails import links, render_for
from reporting.models import Contact, Message, Reminder, User
from reporting.services.reminder.letters import Background, background, letter

__all__ = ["background", "envelope", "write"]

CALENDAR_NAME = "due-dates.ics"
_CALENDAR_TYPE = "text/calendar; method=PUBLISH"
# Out-of-office programs do not answer this.
_HEADERS = {"Auto-Submitted": "auto-generated"}


class _AsItStands(Compat32):
    """Headers as Django has encoded them, one line each but for the subject.

    Programs that unsubscribe do not all unfold a long one; and encoding them again would be half the
    cost of a mail.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return the header as a line of the mail."""
        lines = self.linesep.join(str(value).splitlines())
        return f"{name}: {lines}{self.linesep}".encode("ascii", "surrogateescape")


class _Mail(EmailMultiAlternatives):
    """A mail whose bytes are the same each time they are asked for, but for the date."""

    def message(self, **options: Any) -> Any:
        """Return it as it is sent."""
        made = super().message(**options)
        made.policy = _AsItStands()
        name = self.extra_headers["Message-ID"].strip("<>").partition("@")[0]
        parts = (part for part in made.walk() if part.is_multipart())
        for number, part in enumerate(parts):
            part.set_boundary(f"part-{name}-{number}")
        return made


def write(
    message: Message, rows: Sequence[Reminder], *, as_at: date, known: Background | None = None
) -> None:
    """Put the words of the mail on the message, in the reader's language, as they are on that day.

    ``known`` is what was read for a batch of mails. Raise NothingToTellError where what it is about
    is no longer there.
    """
    known = known or background(rows, as_at=as_at)
    reader = rows[0].reader
    message.to = reader.email
    message.language = _language(reader)
    with translation.override(message.language):
        made = letter(rows, known=known)
        rendered = render_for(
            _own(message, reader), made.name, context=made.context, language=message.language
        )
        message.subject = _named(rendered.subject, made.under)
        message.calendar = made.calendar
    message.text, message.html = rendered.text, rendered.html


def envelope(message: Message, *, reader: Contact | User | None = None) -> EmailMultiAlternatives:
    """Return the mail as it is handed to the mail server: the same each time it is asked for.

    ``reader`` is the one who can stop such mails with one click, if that is a contact.
    """
    mail = _Mail(
        message.subject,
        message.text,
        to=[message.to],
        reply_to=[settings.DESK_EMAIL] if settings.DESK_EMAIL else None,
        headers={**_HEADERS, "Message-ID": message.message_id, **_one_click(reader)},
    )
    mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        mail.attach(CALENDAR_NAME, message.calendar, _CALENDAR_TYPE)
    return mail


def _named(subject: str, under: str) -> str:
    """Put the codes of the treaties before a subject, so that one is told from another in a mailbox."""
    places = {"treaty": under, "summary": subject}
    return _("%(treaty)s · %(summary)s") % places if under else subject


def _language(reader: Contact | User) -> str:
    """Return the language of a reader; English where none is chosen, or there is no catalogue."""
    language = reader.language
    return language if language in settings.LANGUAGES_OFFERED else settings.LANGUAGE_CODE


def _own(message: Message, reader: Contact | User) -> dict[str, str]:
    """Return what only this reader gets."""
    if not isinstance(reader, Contact):
        return {"name": str(reader)}
    return {
        "name": reader.name,
        "acknowledge": links.in_language(links.to_acknowledge(message)),
        "preferences": links.in_language(links.to_reader(links.PREFERENCES, reader)),
        "unsubscribe": links.in_language(links.to_reader(links.UNSUBSCRIBE, reader)),
    }


def _one_click(reader: Contact | User | None) -> dict[str, str]:
    """Return the headers by which a mail program unsubscribes without opening a page (RFC 8058)."""
    if not isinstance(reader, Contact):
        return {}
    return {
        "List-Unsubscribe": f"<{links.to_reader(links.UNSUBSCRIBE, reader)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
