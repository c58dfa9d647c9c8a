"""Writing a backup: one moment of the database, every file, and no half archive under its name."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext

from reporting.services.backup.archive import BackupError, Manifest, Table, Writer
from reporting.services.backup.numbers import last_number
from reporting.services.backup.tables import Columns, Schema, columns_of, file_fields, lines

_CHUNK = 1024 * 1024


def back_up(*, path: Path, now: datetime) -> Manifest:
    """Write everything on record into a new archive and return what is in it.

    The application may run meanwhile: the archive shows the moment at which it was begun. Raise
    BackupError, and leave nothing, where it cannot be written.
    """
    if path.exists():
        sentence = gettext("“%(path)s” exists already; nothing was written. Choose another name.")
        raise BackupError(sentence % {"path": path})
    try:
        with _new_file(path) as file:
            return _write(file, now)
    except OSError as error:
        sentence = gettext("“%(path)s” cannot be written: %(reason)s.")
        raise BackupError(sentence % {"path": path, "reason": error.strerror or error}) from error


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a file that gets its name when it is whole; only its owner can read it (mkstemp)."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _write(file: IO[bytes], now: datetime) -> Manifest:
    with _one_moment(), ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        loader = MigrationLoader(connection)
        applied = set(loader.applied_migrations) & set(loader.disk_migrations)
        schema = Schema(loader, applied)
        writer = Writer(archive, Manifest(now.isoformat(), _by_application(applied)))
        for label, model in schema.tables.items():
            columns = columns_of(model, schema)
            _write_table(writer, label, columns)
            _write_files(writer, columns)
        writer.finish()
    return writer.manifest


def _by_application(nodes: set[tuple[str, str]]) -> dict[str, list[str]]:
    labels = sorted({label for label, _name in nodes})
    return {label: sorted(name for app, name in nodes if app == label) for label in labels}


@contextmanager
def _one_moment() -> Iterator[None]:
    """Show the database as it is at one moment, and keep nobody from writing meanwhile."""
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    own: Any = connection
    kept = getattr(own, "transaction_mode", None)
    if connection.vendor == "sqlite":
        own.transaction_mode = "DEFERRED"  # a reader, which in WAL waits for nobody
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            own.transaction_mode = kept


def _write_table(writer: Writer, label: str, columns: Columns) -> None:
    count = 0

    def counted() -> Iterator[bytes]:
        nonlocal count
        for line in lines(columns):
            count += 1
            yield line

    writer.add(f"tables/{label}.jsonl", counted(), packed=True)
    last = last_number(columns.model)
    writer.manifest.tables[label] = Table(columns.names, count, last)


def _write_files(writer: Writer, columns: Columns) -> None:
    for _place, field in file_fields(columns):
        rows = columns.model._base_manager.order_by("pk").exclude(**{field.attname: ""})  # noqa: SLF001
        for name in rows.values_list(field.attname, flat=True).distinct().iterator():
            try:
                with field.storage.open(name) as stored:
                    writer.add(f"files/{name}", _chunks(stored), packed=False)
                writer.manifest.files += 1
            except FileNotFoundError:
                writer.manifest.missing.append(name)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
