"""The two marks of a mail, as SQL: Django writes a statement anew each time that it is made.

For each mail that was a quarter of the time of its sender; and it came between the beginning of a
transaction and its end, while other senders waited for SQLite.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from reporting.models import Message, Reminder

_HANDED = (
    "UPDATE reporting_reminder SET handed_at = %s, message_id = %s"
    " WHERE id = %s AND claim = %s AND state = 'sending' AND handed_at IS NULL"
)
_SENT = (
    "UPDATE reporting_reminder SET state = 'sent', state_since = %s, reason = '', error = '',"
    " claim = NULL, not_before = NULL WHERE id = %s AND claim = %s AND state = 'sending'"
)


def handed(rows: Iterable[Reminder], *, claim: UUID, message: Message, now: datetime) -> int:
    """Say that the mail server may have them from now on; return of how many that can be said.

    It cannot where somebody else has cancelled or released one.
    """
    return _mark(_HANDED, rows, claim, _value("handed_at", now), _value("message", message.pk))


def sent(rows: Iterable[Reminder], *, claim: UUID, now: datetime) -> int:
    """Say that the mail server has taken them; return how many this claim still held."""
    return _mark(_SENT, rows, claim, _value("state_since", now))


def _mark(statement: str, rows: Iterable[Reminder], claim: UUID, *values: Any) -> int:
    held_by = _value("claim", claim)
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(*values, row.pk, held_by) for row in rows])
        changed: int = cursor.rowcount
    return changed


def _value(name: str, value: object) -> Any:
    """Return the value as this database keeps it."""
    field: Any = Reminder._meta.get_field(name)  # noqa: SLF001 - Django's documented way in
    return field.get_db_prep_value(value, connection)
