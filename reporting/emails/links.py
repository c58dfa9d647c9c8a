"""The links in an e-mail: whole addresses, and those that are their own proof.

What a link does is in its signature, so that none does the work of another. A reader's link ends to work
when the address of the contact changes: it was not sent to whoever reads there now.
"""

from functools import cache
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import get_language

from reporting.models import Contact, Message, Treaty

ACKNOWLEDGE = "reporting:acknowledge"
PREFERENCES = "reporting:preferences"
UNSUBSCRIBE = "reporting:unsubscribe"
_TOKEN = "TOKEN"  # noqa: S105 - it stands for one


class BrokenLinkError(Exception):
    """The link was cut or changed, or what it is about is no longer there."""


def address(route: str, *places: object, treaty: Treaty | None = None) -> str:
    """Return the whole address of a page, in the language of the text that it stands in.

    ``treaty`` is that under which the page is shown; without it, it is shown as it is to who asks for none.
    """
    path: str = reverse(route, args=places)
    return in_language(f"{settings.PUBLIC_URL}{path}{treaty.query if treaty else ''}")


def in_language(url: str, language: str | None = None) -> str:
    """Return the address of a page in that language, by default the active one.

    Whoever reads a mail or a calendar in French gets the page in French, too, in any browser.
    """
    code = language or get_language()
    if code not in settings.LANGUAGES_OFFERED or len(settings.LANGUAGES_OFFERED) == 1:
        return url
    return f"{url}{'&' if '?' in url else '?'}language={code}"


def to_acknowledge(message: Message) -> str:
    """Return the link that acknowledges a mail."""
    return _with_proof(ACKNOWLEDGE, _signer(ACKNOWLEDGE).sign(message.pk.hex))


def message_of(token: str) -> Message:
    """Return the mail that the link acknowledges."""
    try:
        return Message.objects.get(pk=UUID(_signer(ACKNOWLEDGE).unsign(token)))
    except (BadSignature, Message.DoesNotExist) as error:
        raise BrokenLinkError from error


def to_reader(route: str, contact: Contact) -> str:
    """Return the link by which a contact reaches PREFERENCES or UNSUBSCRIBE."""
    return _with_proof(route, _signer(route, contact.email).sign(str(contact.pk)))


def contact_of(route: str, token: str) -> Contact:
    """Return the contact to whom the link was sent."""
    try:
        contact = Contact.objects.select_related("state").get(pk=int(token.partition(":")[0]))
        _signer(route, contact.email).unsign(token)
    except (ValueError, OverflowError, BadSignature, Contact.DoesNotExist) as error:
        raise BrokenLinkError from error
    return contact


def _with_proof(route: str, token: str) -> str:
    """Return the address with a signature in it, which is made of letters that an address may have."""
    return f"{settings.PUBLIC_URL}{_path(route).replace(_TOKEN, token)}"


@cache
def _path(route: str) -> str:
    """Return the path of a page for any proof: finding it for every link takes longer than signing."""
    path: str = reverse(route, args=[_TOKEN])
    return path


def _signer(route: str, email: str = "") -> Signer:
    return Signer(salt=f"{route} {email}")
