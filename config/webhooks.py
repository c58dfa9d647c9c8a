"""To which addresses webhooks may go: what an operator allows beside the public network."""

from ipaddress import IPv4Network, IPv6Network, ip_network

import environ

from config.environment import refuse_if

LAST_PORT = 65535


def networks(env: environ.Env) -> list[IPv4Network | IPv6Network]:
    """Return the networks that are told although they are not public: WEBHOOK_NETWORKS."""
    named: list[str] = env.list("WEBHOOK_NETWORKS", default=[])
    found, wrong = [], []
    for text in named:
        try:
            found.append(ip_network(text))
        except ValueError:
            wrong.append(text)
    refuse_if(
        bool(wrong),
        f"WEBHOOK_NETWORKS names no network with {', '.join(wrong)}; it reads as in 10.1.0.0/16,fd00::/8.",
    )
    return found


def ports(env: environ.Env, *, default: list[str]) -> list[int]:
    """Return the ports that are spoken to, all of them where there are none: WEBHOOK_PORTS."""
    named: list[str] = env.list("WEBHOOK_PORTS", default=default)
    wrong = [text for text in named if not (text.isdecimal() and 0 < int(text) <= LAST_PORT)]
    refuse_if(
        bool(wrong),
        f"WEBHOOK_PORTS names no port with {', '.join(wrong)}; it reads as in 443,8443.",
    )
    return [int(text) for text in named]
