"""Names of hosts that tests make up: no test asks a name server."""

import socket
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

import pytest


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return the addresses of hosts by their names, for tests to add to; no other name is found."""
    known: dict[str, str] = {}
    really: Callable[..., Any] = socket.getaddrinfo

    def find(host: str, *asked: Any, **how: Any) -> Any:
        if host in known or _is_number(host):
            return really(known.get(host, host), *asked, **how)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", find)
    return known


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost"
    return True
