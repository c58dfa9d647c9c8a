"""Reading a backup back: all of it or nothing, on either engine, also one of an earlier version."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext, gettext_noop

from reporting.services.backup.archive import BackupError, Manifest, Reader
from reporting.services.backup.files import Files
from reporting.services.backup.numbers import go_on_after
from reporting.services.backup.tables import (
    Columns,
    Node,
    Row,
    Schema,
    columns_of,
    file_fields,
    insert,
    parsed,
)

_FOR_EVER = datetime(9999, 12, 31, tzinfo=UTC)
_NOT_EMPTY = gettext_noop(
    "There is something in this database already; nothing was restored. To put the backup in its "
    "place, say --replace."
)
_NEWER = gettext_noop(
    "This backup was made by a newer version of the application: restore it with that one."
)
_OLDER = gettext_noop(
    "This backup is of an earlier version than the tables of this database. Restore it into a new "
    "database without tables; it is brought up to date there."
)
_BEHIND = gettext_noop(
    "The tables of this database are of an earlier version than the backup. Run `manage.py migrate` "
    "first, or restore into a new database."
)


def restore(*, path: Path, replace: bool = False) -> Manifest:
    """Put what an archive holds into the database and the storage, and return what it was.

    Raise BackupError, and leave everything as it was, where the archive is damaged, of a newer
    version or none of ours, or where there is something already and ``replace`` is not said.
    """
    reader = Reader(path)
    try:
        reader.check()
        archived = {
            (app, name) for app, names in reader.manifest.migrations.items() for name in names
        }
        _prepare(archived, replace=replace)
        _Restoring(reader, archived).carry_out()
    finally:
        reader.close()
    call_command("migrate", interactive=False, verbosity=0)
    return reader.manifest


def _prepare(archived: set[Node], *, replace: bool) -> None:
    """Bring the tables to where the backup has them; refuse where data would be in the way."""
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations)
    if archived - known:
        raise BackupError(gettext(_NEWER))
    applied = set(loader.applied_migrations) & known
    if not Schema(loader, applied).is_empty():
        if not replace:
            raise BackupError(gettext(_NOT_EMPTY))
        if archived - applied:
            raise BackupError(gettext(_BEHIND))
    if applied - archived:
        raise BackupError(gettext(_OLDER))
    for app, name in _ends(loader, archived) if archived - applied else ():
        call_command("migrate", app, name, interactive=False, verbosity=0)


def _ends(loader: MigrationLoader, nodes: set[Node]) -> list[Node]:
    """Return the last migrations of each application."""
    inside = {node for node in nodes if node in loader.graph.nodes}
    before = {
        parent.key
        for node in inside
        for parent in loader.graph.node_map[node].parents
        if parent.key[0] == node[0]
    }
    return sorted(inside - before)


@dataclass
class _Restoring:
    """One transaction, and the files that go with it."""

    reader: Reader
    archived: set[Node]
    files: Files = field(init=False)

    def __post_init__(self) -> None:
        self.schema = Schema(MigrationLoader(connection), self.archived)
        self.files = Files(self.reader)

    def carry_out(self) -> None:
        """Replace what is there; where anything fails, nothing has happened."""
        unknown = self.reader.manifest.tables.keys() - self.schema.tables.keys()
        if unknown:
            sentence = gettext(
                "This backup has a table that this version does not know: %(table)s."
            )
            raise BackupError(sentence % {"table": min(unknown)})
        try:
            with transaction.atomic():
                self._empty()
                for label in self.reader.manifest.tables:
                    self._fill(label)
                connection.check_constraints()
                for label, table in self.reader.manifest.tables.items():
                    go_on_after(self.schema.tables[label], table.last)
        except BaseException:
            self.files.take_back()
            raise
        self.files.drop_what_was_replaced()

    def _empty(self) -> None:
        models = self.schema.tables.values()
        if connection.vendor == "postgresql":
            names = ", ".join(connection.ops.quote_name(each._meta.db_table) for each in models)  # noqa: SLF001
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
        for model in models:
            self.files.remember(columns_of(model, self.schema))
        with self._open_log():
            for model in models:
                rows: Any = model._base_manager.all()  # noqa: SLF001
                rows._raw_delete(rows.db)  # noqa: SLF001 - every table is emptied: nothing to follow

    @contextmanager
    def _open_log(self) -> Iterator[None]:
        """Let the audit log go with the rest; tables of an early version know no such log."""
        try:
            openings: Any = self.schema.apps.get_model("reporting", "auditopening")._base_manager  # noqa: SLF001
        except LookupError:
            yield
            return
        opening = openings.create(before=_FOR_EVER)
        yield
        opening.delete()

    def _fill(self, label: str) -> None:
        columns, table = columns_of(self.schema.tables[label], self.schema), None
        table = self.reader.manifest.tables[label]
        if table.columns != columns.names:
            sentence = gettext(
                "The columns of %(table)s are others in this backup; nothing was restored."
            )
            raise BackupError(sentence % {"table": label})
        try:
            written = insert(columns, self._rows(label, columns))
        except (DatabaseError, ValueError, LookupError) as error:
            places = {"table": label, "reason": error}
            sentence = (
                gettext(
                    "A row of %(table)s cannot be kept in this database (%(reason)s); nothing was "
                    "restored."
                )
                % places
            )
            raise BackupError(" ".join(sentence.split())) from error
        except OSError as error:
            sentence = gettext("A file cannot be written: %(reason)s; nothing was restored.")
            raise BackupError(sentence % {"reason": error.strerror or error}) from error
        if written != table.rows:
            sentence = gettext(
                "Rows of %(table)s: %(found)s, where %(written)s were written; nothing was restored."
            )
            numbers = {"table": label, "found": written, "written": table.rows}
            raise BackupError(sentence % numbers)

    def _rows(self, label: str, columns: Columns) -> Iterator[Row]:
        named = file_fields(columns)
        with self.reader.open(f"tables/{label}.jsonl") as lines:
            for line in lines:
                row = parsed(columns, line)
                for place, field_ in named:
                    row[place] = self.files.put(str(row[place]), field_.storage)
                yield row
