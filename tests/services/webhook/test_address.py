"""Which addresses are spoken to."""

import socket
from ipaddress import ip_address, ip_network

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError

from reporting.services.webhook.address import (
    ForbiddenError,
    Target,
    may_be_told,
    places_of,
    target_of,
)


@pytest.fixture(autouse=True)
def _in_production(settings: LazySettings) -> None:
    settings.WEBHOOK_HTTP, settings.WEBHOOK_PORTS = False, [443]


def test_an_address_is_read_with_its_port_and_its_query() -> None:
    assert target_of("https://tracker.example.org") == Target(
        "https", "tracker.example.org", 443, "/"
    )
    read = target_of("https://Tracker.example.org:443/changes?of=all")
    assert (read.authority, read.path) == ("tracker.example.org", "/changes?of=all")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://tracker.example.org/", "must begin with https://"),
        ("ftp://tracker.example.org/", "must begin with https://"),
        ("//tracker.example.org/", "must begin with https://"),
        ("https://user:word@tracker.example.org/", "Leave the name and the password out"),
        ("https://@tracker.example.org/", "Leave the name and the password out"),
        ("https://tracker.example.org/#top", "Leave out what follows the # sign"),
        ("https://tracker.example.org:8443/", "Port 8443 is not spoken to. Allowed: 443."),
        ("https://127.0.0.1/", "not on the public network"),
        ("https://[::1]/", "not on the public network"),
        ("https://", "This is no address"),
        ("https://tracker.example.org:port/", "This is no address"),
        ("https://tracker.example.org:0/", "This is no address"),
        ("https://tracker.example.org/a b", "This is no address"),
        ("https://tracker.example.org\\@127.0.0.1/", "This is no address"),
        ("https://tracker.example.org/\r\nHost: other", "This is no address"),
        ("https://[fe80::1%25eth0]/", "This is no address"),
        ("https://трекер.example.org/", "This is no address"),
        ("https://[::1/", "This is no address"),
        ("https://" + "a" * 500, "This is no address"),
    ],
)
def test_what_is_no_address_to_be_told_is_refused_with_a_sentence(address: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        target_of(address)
    assert said in refused.value.message_dict["address"][0]


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),  # noqa: S104 - nobody listens
        *("100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::7f00:1"),
        "2001:0:7f00:1:0:0:f5ff:fffe",
    ],
)
def test_what_is_not_public_is_not_told(address: str) -> None:
    assert not may_be_told(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_what_is_public_is_told(address: str) -> None:
    assert may_be_told(ip_address(address))


def test_an_operator_allows_a_network_of_the_house(settings: LazySettings) -> None:
    settings.WEBHOOK_NETWORKS = [ip_network("10.1.0.0/16"), ip_network("fd00::/8")]
    assert may_be_told(ip_address("10.1.2.3"))
    assert may_be_told(ip_address("fd00::5"))
    assert not may_be_told(ip_address("10.2.2.3"))
    settings.WEBHOOK_PORTS = []
    assert target_of("https://10.1.2.3:9443/").authority == "10.1.2.3:9443"


def test_a_name_of_which_even_one_address_is_private_is_not_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def resolved(*addresses: str) -> None:
        found = [
            (
                socket.AF_INET6 if ":" in each else socket.AF_INET,
                socket.SOCK_STREAM,
                6,
                "",
                (each, 443),
            )
            for each in addresses
        ]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_how: found)

    target = target_of("https://tracker.example.org/")
    resolved("1.1.1.1", "2606:4700::1111")
    assert [place[3][0] for place in places_of(target)] == ["1.1.1.1", "2606:4700::1111"]
    for bad in ("10.0.0.1", "::1", "fe80::1%eth0"):
        resolved("1.1.1.1", bad)
        with pytest.raises(ForbiddenError):
            places_of(target)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "localhost"])
def test_other_ways_to_write_this_machine_lead_nowhere(host: str) -> None:
    with pytest.raises((ForbiddenError, OSError)):
        places_of(target_of(f"https://{host}/"))
