"""What the application refuses to start with outside the embedded mode."""

from collections.abc import Iterator, Sequence

from config.environment import refuse_if

SHORTEST_SECRET = 50
FEWEST_SIGNS = 5


def refuse_unsafe(*, secret: str, debug: bool, hosts: Sequence[str], public_url: str) -> None:
    """Raise ImproperlyConfigured with every reason for which this must not run in production."""
    reasons = " ".join(_reasons(secret, debug, hosts, public_url))
    refuse_if(bool(reasons), reasons)


def _reasons(secret: str, debug: bool, hosts: Sequence[str], public_url: str) -> Iterator[str]:  # noqa: FBT001 - inside
    if not secret:
        yield (
            "Outside the embedded mode the application needs a secret: "
            "set SECRET_KEY to a long random text."
        )
    elif len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_SIGNS:
        yield f"SECRET_KEY can be guessed: make it {SHORTEST_SECRET} random signs or more."
    if debug:
        yield "DEBUG shows secrets: set it in the embedded mode only."
    if not hosts or any(host.startswith("*") for host in hosts):
        yield (
            "ALLOWED_HOSTS must name the hosts of the application, without a star, as in "
            "reports.example.org."
        )
    if not public_url.startswith("https://"):
        yield (
            "PUBLIC_URL must be the https:// address of the application, which links in e-mails "
            "begin with."
        )
