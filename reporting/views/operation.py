"""How the application does: for the administrator, on one page."""

import platform
from importlib.metadata import version
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from reporting import permissions
from reporting.models import Heartbeat, Reminder
from reporting.queries import operation as watched
from reporting.queries import readiness, refresh, storage
from reporting.views.health import UP_SINCE

PACKAGES = ("Django", "celery", "psycopg", "redis", "gunicorn", "django-allauth")
NAMES = {
    "database": _("Database"),
    "migrations": _("Tables"),
    "processes": _("Worker and beat"),
    "broker": _("Broker"),
    "mail": _("Mail server"),
}


class Row(NamedTuple):
    """A line of a table: what, and how much or when."""

    name: Any
    value: Any


@require_safe
def operation(request: HttpRequest) -> HttpResponse:
    """Show what works, what waits, what is stored, and which versions run."""
    if not permissions.may_watch(request.user):
        raise Http404
    now = timezone.now()
    signs = watched.seen()
    ledger = watched.ledger(as_at=timezone.localdate(), now=now)
    context: dict[str, Any] = {
        "now": now,
        "parts": [
            (NAMES[part.name], part) for part in readiness.readiness(now=now, up_since=UP_SINCE)
        ],
        "unapplied": readiness.unapplied(),
        "signs": [Row(each.label, signs.get(each)) for each in Heartbeat.Process],
        "backup": signs.get(watched.BACKUP),
        "queue": readiness.queue_length(),
        "ledger": ledger,
        "counts": [Row(each.label, ledger.states[each]) for each in Reminder.State],
        "refresh": refresh.running(),
        "refreshed": refresh.last(),
        "stored": watched.stored(),
        "room": settings.STORAGE_QUOTA_BYTES,
        "room_of_a_state": settings.STATE_QUOTA_BYTES,
        "taking_most": storage.taking_most(),
        "is_bucket": "Bucket" in settings.STORAGES["private"]["BACKEND"],
        "versions": list(_versions()),
    }
    return render(request, "operation/page.html", context)


def _versions() -> list[Row]:
    database = f"{connection.display_name} {'.'.join(map(str, _database_version()))}"
    packages = [Row(name, version(name)) for name in PACKAGES]
    return [Row("Python", platform.python_version()), Row(_("Database"), database), *packages]


def _database_version() -> tuple[int, ...]:
    with connection.cursor():
        return tuple(connection.get_database_version())
