"""The highest number that a table has given to a row, also to one that is gone.

Histories and links name rows by their numbers: a number that was used is never used again.
"""

from typing import Any

from django.db import connection, models

_SEQUENCE = "pg_get_serial_sequence(%s, %s)::regclass"


def last_number(model: type[models.Model]) -> int | None:
    """Return that number; none where the table gives none, or has not given any."""
    table, column = _place(model)
    if not column:
        return None
    highest = model._base_manager.aggregate(top=models.Max("pk"))["top"]  # noqa: SLF001
    return max(_given(table, column) or 0, highest or 0) or None


def go_on_after(model: type[models.Model], number: int | None) -> None:
    """Let the table give higher numbers than this one, and than those it has given here."""
    table, column = _place(model)
    wanted = max(number or 0, last_number(model) or 0)
    if not column or not wanted:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            statement = "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)"
            cursor.execute(statement, [table, wanted])
        else:
            cursor.execute(f"SELECT setval({_SEQUENCE}, %s)", [f'"{table}"', column, wanted])


def _given(table: str, column: str) -> int | None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        else:
            statement = f"SELECT pg_sequence_last_value({_SEQUENCE})"
            cursor.execute(statement, [f'"{table}"', column])
        row = cursor.fetchone()
    return row[0] if row else None


def _place(model: type[models.Model]) -> tuple[str, str]:
    """Return the table and the column of its numbers; an empty column where there is none."""
    about: Any = model._meta  # noqa: SLF001 - Django's documented name
    given = isinstance(about.pk, models.AutoField | models.BigAutoField | models.SmallAutoField)
    return about.db_table, about.pk.column if given else ""
