"""Signing in through the organisation's own identity provider, by settings alone."""

from typing import Any
from urllib.parse import urlsplit

import environ

from config.environment import refuse_if

PROVIDER = "sso"
NAMES = ("OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")


def providers(env: environ.Env) -> dict[str, Any]:
    """Return allauth's SOCIALACCOUNT_PROVIDERS: one provider where the variables name it, or none.

    Raise ImproperlyConfigured where some of them are set and others are not.
    """
    server, client, secret = (env.str(name, default="") for name in NAMES)
    if not any((server, client, secret)):
        return {}
    refuse_if(
        not all((server, client, secret)),
        f"OpenID Connect needs all of {', '.join(NAMES)}, or none of them.",
    )
    app = {
        "provider_id": PROVIDER,
        "name": env.str("OIDC_NAME", default=urlsplit(server).hostname or server),
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": server, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}


def origins(env: environ.Env) -> list[str]:
    """Return where the provider asks who it is: a form of ours may lead there."""
    server = env.str("OIDC_SERVER_URL", default="")
    named: list[str] = env.list("OIDC_ORIGINS", default=[])
    parts = urlsplit(server)
    return named or ([f"{parts.scheme}://{parts.netloc}"] if server else [])
