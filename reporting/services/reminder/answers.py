"""What a mail server means by its answer."""

import smtplib
from typing import NamedTuple

from reporting.models import Why

# Transient (RFC 5321, 4.2.1): asked again later. Greylisting answers 450 or 451.
ASK_AGAIN = range(400, 500)


class Answer(NamedTuple):
    """What became of a mail that was not taken, in our word and in the mail server's."""

    why: Why
    text: str
    ends_connection: bool = False

    @property
    def permanent(self) -> bool:
        """Whether asking again is of no use."""
        return self.why in {Why.ADDRESS, Why.REJECTED, Why.BROKEN}


def understood(error: Exception) -> Answer:
    """Return what an error of ``smtplib`` or of the connection means for the mail that it met."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return _by_code(code, words, permanent=Why.ADDRESS)
    if isinstance(error, smtplib.SMTPDataError):
        return _by_code(error.smtp_code, error.smtp_error, permanent=Why.REJECTED)
    if isinstance(error, smtplib.SMTPResponseException):
        # Of us, not of the mail: a password that has expired, a sender that it does not know. Every
        # other mail would meet the same, and none is to be lost by it.
        answer = _by_code(error.smtp_code, error.smtp_error, permanent=Why.UNREACHABLE)
        return answer._replace(ends_connection=True)
    if isinstance(error, OSError):  # SMTPServerDisconnected is one, too
        return Answer(Why.UNREACHABLE, str(error), ends_connection=True)
    return Answer(Why.BROKEN, f"{type(error).__name__}: {error}")


def _by_code(code: int, words: bytes | str, *, permanent: Why) -> Answer:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    text = f"{code} {said}".strip()
    if code in ASK_AGAIN:
        return Answer(Why.WAITING, text, ends_connection=code == 421)
    return Answer(permanent, text)
