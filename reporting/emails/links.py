"""The links in an e-mail: whole addresses, and those that are their own proof.

What a link does is in its signature, so that none does the work of another. A reader's link ends to work
when the address of the contact changes: it was not sent to whoever reads there now.
"""

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from reporting.models import Contact, Message

ACKNOWLEDGE = "reporting:acknowledge"
PREFERENCES = "reporting:preferences"
UNSUBSCRIBE = "reporting:unsubscribe"


class BrokenLinkError(Exception):
    """The link was cut or changed, or what it is about is no longer there."""


def address(route: str, *places: object) -> str:
    """Return the whole address of a page."""
    path: str = reverse(route, args=places)
    return f"{settings.PUBLIC_URL}{path}"


def to_acknowledge(message: Message) -> str:
    """Return the link that acknowledges a mail."""
    return address(ACKNOWLEDGE, _signer(ACKNOWLEDGE).sign(message.pk.hex))


def message_of(token: str) -> Message:
    """Return the mail that the link acknowledges."""
    try:
        return Message.objects.get(pk=UUID(_signer(ACKNOWLEDGE).unsign(token)))
    except (BadSignature, Message.DoesNotExist) as error:
        raise BrokenLinkError from error


def to_reader(route: str, contact: Contact) -> str:
    """Return the link by which a contact reaches PREFERENCES or UNSUBSCRIBE."""
    return address(route, _signer(route, contact.email).sign(str(contact.pk)))


def contact_of(route: str, token: str) -> Contact:
    """Return the contact to whom the link was sent."""
    try:
        contact = Contact.objects.select_related("state").get(pk=int(token.partition(":")[0]))
        _signer(route, contact.email).unsign(token)
    except (ValueError, OverflowError, BadSignature, Contact.DoesNotExist) as error:
        raise BrokenLinkError from error
    return contact


def _signer(route: str, email: str = "") -> Signer:
    return Signer(salt=f"{route} {email}")
