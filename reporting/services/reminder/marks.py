"""The two marks of a mail, whose SQL Django writes once: it would write it anew each time.

For each mail that was a quarter of the time of its sender; and it came between the beginning of a
transaction and its end, while other senders waited for SQLite.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.sql import UpdateQuery

from reporting.models import Message, Reminder

# What stands in a statement for what each mail has of its own.
_PLACES: dict[str, Any] = {
    "id": -1,
    "claim": UUID(int=1),
    "message": UUID(int=2),
    "handed_at": datetime(1970, 1, 1, tzinfo=UTC),
    "state_since": datetime(1970, 1, 2, tzinfo=UTC),
}
_SENDING = {"id": _PLACES["id"], "claim": _PLACES["claim"], "state": Reminder.State.SENDING}


def handed(rows: Iterable[Reminder], *, claim: UUID, message: Message, now: datetime) -> int:
    """Say that the mail server may have them from now on; return of how many that can be said.

    It cannot where somebody else has cancelled or released one.
    """
    return _mark("handed", rows, claim=claim, handed_at=now, message=message.pk)


def sent(rows: Iterable[Reminder], *, claim: UUID, now: datetime) -> int:
    """Say that the mail server has taken them; return how many this claim still held."""
    return _mark("sent", rows, claim=claim, state_since=now)


def _mark(mark: str, rows: Iterable[Reminder], **given: Any) -> int:
    statement, holds = _statement(mark, connection.vendor)
    kept = {name: _value(name, value) for name, value in given.items()}
    values = [kept.get(name, fixed) for name, fixed in holds]
    place = [name for name, _fixed in holds].index("id")
    with connection.cursor() as cursor:
        cursor.executemany(
            statement, [(*values[:place], row.pk, *values[place + 1 :]) for row in rows]
        )
        changed: int = cursor.rowcount
    return changed


@cache
def _statement(mark: str, _vendor: str) -> tuple[str, list[tuple[str, Any]]]:
    """Return the SQL of the mark, and of each of its values the name, or none and the value itself."""
    if mark == "handed":
        rows = Reminder.objects.filter(**_SENDING, handed_at=None)
        changes = {name: _PLACES[name] for name in ("handed_at", "message")}
    else:
        rows = Reminder.objects.filter(**_SENDING)
        changes = {"state": Reminder.State.SENT, "state_since": _PLACES["state_since"]}
        changes |= {"reason": "", "error": "", "claim": None, "not_before": None}
    query: Any = rows.query.chain(UpdateQuery)
    query.add_update_values(changes)
    statement, values = query.get_compiler(connection=connection).as_sql()
    names = {_value(name, value): name for name, value in _PLACES.items()}
    return statement, [(names.get(value, ""), value) for value in values]


def _value(name: str, value: object) -> Any:
    """Return the value as this database keeps it."""
    field: Any = Reminder._meta.get_field(name)  # noqa: SLF001 - Django's documented way in
    return field.get_db_prep_value(value, connection)
