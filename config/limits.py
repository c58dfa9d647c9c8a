"""How often one address, or one person who has signed in, may do what costs others something."""

import re

import environ

from config.environment import refuse_if

DEFAULTS = {
    "sign-in": "30/m",
    "reset": "20/m",
    "invitation": "30/m",
    "search": "120/m",
    "exports": "60/m",
    "feeds": "120/m",
    "api": "300/m",
    "api-filing": "20/m",
    "api-webhooks": "20/m",
}
OFF = "off"
_RATE = re.compile(r"[1-9]\d*/[1-9]?\d*[smhd]", re.ASCII)


def rate_limits(env: environ.Env) -> dict[str, str]:
    """Return the limit of each group, as in "30/m" or "5/10m"; RATE_LIMITS changes or lifts some.

    Raise ImproperlyConfigured where it names no group, or no rate.
    """
    changed: dict[str, str] = env.dict("RATE_LIMITS", default={})
    wrong = [
        f"{group}={rate}"
        for group, rate in changed.items()
        if group not in DEFAULTS or not (rate == OFF or _RATE.fullmatch(rate))
    ]
    refuse_if(
        bool(wrong),
        f"RATE_LIMITS does not know {', '.join(wrong)}; it reads as in search=120/m,exports=off, "
        f"for {', '.join(DEFAULTS)}.",
    )
    return {group: rate for group, rate in (DEFAULTS | changed).items() if rate != OFF}
