"""Which addresses are spoken to: nothing but what is on the public network, whatever its name says.

A name is resolved when a request is made, and the connection goes to an address that was looked at
here: a name that leads elsewhere a moment later leads nowhere.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reporting.models.webhook import LONGEST_ADDRESS

_PORTS = {"https": 443, "http": 80}
# The networks in which an IPv6 address stands for an IPv4 one (RFC 6052; RFC 4291, section 2.5.5.1).
_CARRIES_IPV4 = (ip_network("64:ff9b::/96"), ip_network("::/96"))
Address = IPv4Address | IPv6Address
# Family, type, protocol and address, as a socket wants them.
Place = tuple[socket.AddressFamily, socket.SocketKind, int, tuple[str | int, ...]]


class ForbiddenError(Exception):
    """The address is not one that is spoken to."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: to which host and port, for which path."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host as it stands in the request."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(address: str) -> Target:
    """Read an address; raise ValidationError with a sentence where it is none that may be told."""
    parts, port, host = _parts(address)
    if parts.scheme not in ({"https", "http"} if settings.WEBHOOK_HTTP else {"https"}):
        raise _wrong(_("The address must begin with https://."))
    if parts.username is not None or parts.password is not None:
        raise _wrong(_("Leave the name and the password out of the address."))
    if parts.fragment:
        raise _wrong(_("Leave out what follows the # sign."))
    port = port or _PORTS[parts.scheme]
    if settings.WEBHOOK_PORTS and port not in settings.WEBHOOK_PORTS:
        allowed = ", ".join(map(str, settings.WEBHOOK_PORTS))
        sentence = _("Port %(port)s is not spoken to. Allowed: %(allowed)s.")
        raise _wrong(sentence % {"port": port, "allowed": allowed})
    if (literal := _literal(host)) and not may_be_told(literal):
        raise _wrong(_("This address is not on the public network."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path)


def places_of(target: Target) -> list[Place]:
    """Return where the host is now; raise ForbiddenError where even one of these may not be told.

    Raise OSError where the name is not found.
    """
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    places: list[Place] = [(family, kind, number, to) for family, kind, number, _name, to in found]  # type: ignore[misc] # what has bytes is no host
    for _family, _kind, _number, to in places:
        if not may_be_told(ip_address(str(to[0]).partition("%")[0])):
            raise ForbiddenError
    return places


def may_be_told(address: Address) -> bool:
    """Whether the address is on the public network, or in one that the operator allows."""
    meant = _meant(address)
    if any(meant in network for network in settings.WEBHOOK_NETWORKS):
        return True
    special = meant.is_multicast or meant.is_reserved or getattr(meant, "is_site_local", False)
    return meant.is_global and not special


def _meant(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one carries; else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if inner := address.ipv4_mapped or address.sixtofour:
        return inner
    if address.teredo:
        return address.teredo[1]
    if any(address in network for network in _CARRIES_IPV4) and int(address) > 1:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _parts(address: str) -> tuple[SplitResult, int | None, str]:
    """Take an address apart; raise ValidationError where it cannot be one."""
    plain = address.isascii() and address.isprintable() and not {*' \\"<>'} & {*address}
    if not plain or len(address) > LONGEST_ADDRESS:
        raise _wrong(_no_address())
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise _wrong(_no_address()) from None
    if not host or "%" in host or port == 0:
        raise _wrong(_no_address())
    return parts, port, host


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _no_address() -> str:
    return _("This is no address, as in https://tracker.example.org/changes.")


def _wrong(sentence: str) -> ValidationError:
    return ValidationError({"address": ValidationError(sentence, code="address")})
