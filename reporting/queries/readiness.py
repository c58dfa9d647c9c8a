"""Whether the parts that the application relies on do their work: asked one by one, each for itself."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.core import mail
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.queries.heartbeat import silent

PATIENCE = 3  # seconds for a broker or a mail server to answer


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the application, and what is wrong with it; nothing where it is well."""

    name: str
    problem: str = ""

    @property
    def is_well(self) -> bool:
        """Whether it does its work."""
        return not self.problem


def readiness(*, now: datetime, up_since: datetime) -> list[Part]:
    """Return every part, in one order. No sentence names a host, an address or a person."""
    return [*database_parts(now=now, up_since=up_since), broker(), mail_server()]


def database_parts(*, now: datetime, up_since: datetime) -> Iterator[Part]:
    """Yield what the database says: of itself, its tables, and the signs of life."""
    try:
        waiting = unapplied()
        quiet = [str(each) for each in silent(now=now, up_since=up_since)] if not waiting else []
    except Error:
        unknown = _("The database cannot be asked.")
        yield from (Part(name, unknown) for name in ("database", "migrations", "processes"))
        return
    yield Part("database")
    count = {"count": len(waiting)}
    behind = ngettext(
        "The database lacks %(count)s change; run “manage.py migrate”.",
        "The database lacks %(count)s changes; run “manage.py migrate”.",
        len(waiting),
    )
    yield Part("migrations", behind % count if waiting else "")
    yield Part("processes", " ".join(quiet))


def unapplied() -> list[str]:
    """Return the migrations that the code has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def broker() -> Part:
    """Return whether tasks can be handed over."""
    try:
        with current_app.connection_for_write(connect_timeout=PATIENCE) as asked:
            asked.ensure_connection(max_retries=1, interval_start=0, timeout=PATIENCE)
    except Exception:  # noqa: BLE001 - each transport has errors of its own
        return Part("broker", _("The broker does not answer; tasks wait."))
    return Part("broker")


def mail_server() -> Part:
    """Return whether mail can be handed over; what is sent is nothing."""
    return Part("mail", "" if _takes_mail() else _("The mail server does not answer; alerts wait."))


def _takes_mail() -> bool:
    if settings.EMAIL_OUTBOX is not None:
        return _can_be_written(settings.EMAIL_OUTBOX)
    server: Any = mail.get_connection(timeout=PATIENCE)
    try:
        server.open()
    except OSError:  # so are the errors of smtplib
        return False
    with suppress(OSError):
        server.close()
    return True


def _can_be_written(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return True


QUEUE = "celery"  # the one to which Celery sends what names no other


def queue_length() -> int | None:
    """Return how many tasks wait at the broker; none where it does not say."""
    try:
        with current_app.connection_for_read(connect_timeout=PATIENCE) as asked:
            channel: Any = asked.default_channel
            return int(channel._size(QUEUE))  # noqa: SLF001 - kombu's word for it in every transport here
    except Exception:  # noqa: BLE001 - each transport has errors of its own
        return None
