"""What must be set before the application runs outside the embedded mode.

Some always run, those for production under ``check --deploy``. What asks other machines (the database, the
broker, the mail server) is tagged as Django tags what asks the database, and runs with ``--database default``
besides: a web process that starts again must not wait for a mail server.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register  # noqa: A004 - Django's word
from django.http.request import validate_host
from django.utils import timezone

from reporting.queries import heartbeat, readiness

ZONES = ("UTC", "Europe/Zurich")
DEFAULT_MAIL_HOSTS = {"", "localhost"}


@register
def public_url(**_options: Any) -> list[CheckMessage]:
    """Ask for the address that the links in e-mails begin with."""
    parts = urlsplit(settings.PUBLIC_URL)
    if parts.scheme in {"http", "https"} and parts.hostname:
        return []
    given = f"“{settings.PUBLIC_URL}”, which is no address" if settings.PUBLIC_URL else "not set"
    return [
        Error(
            f"PUBLIC_URL is {given}: the links in e-mails would lead nowhere.",
            hint="Set it to the address of the application, as in https://reports.example.org.",
            id="reporting.E001",
        )
    ]


@register
def time_zones(**_options: Any) -> list[CheckMessage]:
    """Ask for the rules of the time zones: sessions are in Geneva time."""
    return [
        Error(
            f"This machine does not know the time zone {name}.",
            hint="Install the time zones (on Debian: apt install tzdata).",
            id="reporting.E002",
        )
        for name in (settings.TIME_ZONE, *ZONES)
        if not _is_known(name)
    ]


def _is_known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


@register(Tags.database, deploy=True)
def broker(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    """Ask the broker whether it is there."""
    if not databases or readiness.broker().is_well:
        return []
    return [
        Error(
            "The broker does not answer: no task runs, and no alert goes out.",
            hint="Look at REDIS_URL or CELERY_BROKER_URL, and whether Redis runs.",
            id="reporting.E003",
        )
    ]


@register(Tags.database, deploy=True)
def mail_server(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    """Ask whether the mail server takes alerts; where none is set, another check says so."""
    is_set = settings.EMAIL_OUTBOX is not None or settings.EMAIL_IS_SET
    if not databases or not is_set or readiness.mail_server().is_well:
        return []
    return [
        Error(
            "The mail server does not answer or does not take the password: no alert goes out.",
            hint="Look at EMAIL_URL.",
            id="reporting.E005",
        )
    ]


@register(Tags.security, deploy=True)
def mail(**_options: Any) -> list[CheckMessage]:
    """Ask where alerts are sent, and whom they come from."""
    return list(_mail())


def _mail() -> Iterator[CheckMessage]:
    is_sent = settings.EMAIL_OUTBOX is None
    if is_sent and not settings.EMAIL_IS_SET:
        yield Error(
            "EMAIL_URL is not set: alerts would be sent to a mail server on this machine.",
            hint="Set it to the mail server, as in smtp+tls://user:password@mail.example.org:587.",
            id="reporting.E004",
        )
    if is_sent and settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield Error(
            "DEFAULT_FROM_EMAIL is not set: mail programs throw away what comes from localhost.",
            hint="Set it to an address of your house, as in reporting@example.org.",
            id="reporting.E006",
        )


LEAST_SIGNS = 15  # of a secret of 50: of random ones hardly ever less
SHORTEST_TOKEN = 16


@register(Tags.security, deploy=True)
def secrets(**_options: Any) -> list[CheckMessage]:
    """Ask for secrets that nobody guesses."""
    return list(_secrets())


def _secrets() -> Iterator[CheckMessage]:
    if len(set(settings.SECRET_KEY)) < LEAST_SIGNS:
        yield Error(
            f"SECRET_KEY is made of fewer than {LEAST_SIGNS} different signs: it can be guessed.",
            hint='Make one: python3 -c "import secrets; print(secrets.token_urlsafe(50))"',
            id="reporting.E010",
        )
    if settings.METRICS_TOKEN and len(settings.METRICS_TOKEN) < SHORTEST_TOKEN:
        yield Error(
            f"METRICS_TOKEN is shorter than {SHORTEST_TOKEN} signs: it can be guessed.",
            hint='Make one: python3 -c "import secrets; print(secrets.token_urlsafe(30))"',
            id="reporting.E011",
        )


@register(Tags.security, deploy=True)
def production(**_options: Any) -> list[CheckMessage]:
    """Ask for what several processes share, and for settings that agree."""
    return list(_production()) if not settings.EMBEDDED else []


def _production() -> Iterator[CheckMessage]:
    if not settings.REDIS_URL:
        yield Warning(
            "REDIS_URL is not set: each host counts attempts to sign in for itself.",
            hint="Set it, as in redis://localhost:6379/0.",
            id="reporting.W012",
        )
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    if not validate_host(host, settings.ALLOWED_HOSTS):
        yield Error(
            f"The host of PUBLIC_URL, {host}, is not in ALLOWED_HOSTS: links in e-mails answer 400.",
            hint="Name it in ALLOWED_HOSTS.",
            id="reporting.E013",
        )


@register
def numbers(**_options: Any) -> list[CheckMessage]:
    """Ask for numbers within their bounds.

    The embedded mode goes on with the default: there a number that is wrong harms nobody but who set it.
    """
    kind, number = (Warning, "W014") if settings.EMBEDDED else (Error, "E014")
    return [
        kind(
            sentence,
            hint=f"Set {name} to such a number, or take it out; README.md says what it means.",
            id=f"reporting.{number}",
        )
        for name, sentence in settings.WRONG_NUMBERS.items()
    ]


@register(Tags.database, deploy=True)
def tables(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    """Ask whether the database has what the code relies on, and who has been seen."""
    return list(_tables()) if databases else []


def _tables() -> Iterator[CheckMessage]:
    if waiting := readiness.unapplied():
        yield Error(
            f"The database lacks {len(waiting)} migrations: {', '.join(waiting[:3])} ...",
            hint="Run manage.py migrate.",
            id="reporting.E007",
        )
        return
    now = timezone.now()
    for each in heartbeat.silent(now=now, up_since=now):
        yield Warning(
            str(each),
            hint="Start it: celery -A config worker, celery -A config beat.",
            id="reporting.W008",
        )
    for process in heartbeat.never_seen():
        yield Info(
            f"The {process.label} has not been seen yet.",
            hint="Nothing to do before the first start: celery -A config worker, celery -A config beat.",
            id="reporting.I009",
        )
