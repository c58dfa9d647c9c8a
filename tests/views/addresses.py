"""Who may open which address: one row for every route of ours, and what stands in its places.

A new route needs a row in ADDRESSES; a route with places (``<int:pk>``) needs one in PLACES too.
The walk in test_every_address.py fails until they are there.
"""

from collections.abc import Callable
from enum import Enum, auto
from typing import Any

from tests.factories import InvitationFactory


class Audience(Enum):
    """Those who may open an address. For everybody else it is not there."""

    ANYBODY = auto()
    STATUS_READERS = auto()  # anybody, unless PUBLIC_STATUS_PAGES is off
    SIGNED_IN = auto()
    MINISTRIES = auto()  # any ministry, for its own State
    OF_INDONESIA = auto()  # the ministry of Indonesia, and the secretariat
    SECRETARIAT = auto()  # and administrators
    ADMINISTRATORS = auto()


ADDRESSES = {
    "reporting:dashboard": Audience.STATUS_READERS,
    "reporting:states": Audience.STATUS_READERS,
    "reporting:state": Audience.STATUS_READERS,
    "reporting:people": Audience.SECRETARIAT,
    "reporting:invite": Audience.SECRETARIAT,
    "reporting:invitation-withdraw": Audience.SECRETARIAT,
    "reporting:invitation": Audience.ANYBODY,
    "reporting:healthz": Audience.ANYBODY,
}

# What stands in the places of an address; asked for anew for each request.
PLACES: dict[str, Callable[[], dict[str, Any]]] = {
    "reporting:state": lambda: {"iso3": "IDN"},
    "reporting:invitation-withdraw": lambda: {"pk": InvitationFactory.create().pk},
    "reporting:invitation": lambda: {"token": "no-such-link"},
}
