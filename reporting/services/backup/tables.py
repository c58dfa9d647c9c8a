"""Which tables are backed up, and how a row is written as a line of text and read again.

The tables are those of the migrations, not of the code: so a database can be backed up before it is
migrated, and an earlier backup can be read by a later version.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps.registry import Apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.models import sql

Node = tuple[str, str]
Row = list[Any]
# Tables whose rows belong to one running installation, each with the reason.
LEFT_OUT = {
    "contenttypes.contenttype": "made by migrate, with numbers of its own; written by name below",
    "auth.permission": "made by migrate, with numbers of its own; written by name below",
    "sessions.session": "a copy of a key to somebody's session; people sign in again",
    "usersessions.usersession": "the same, by browser",
    "axes.accessattempt": "counts wrong passwords for an hour",
    "axes.accessattemptexpiration": "the same",
    "axes.accessfailurelog": "the same",
    "axes.accesslog": "the same",
    "reporting.auditopening": "there only while the audit log is purged",
    "reporting.heartbeat": "says whether the processes of that installation lived",
}
# What identifies a row of a table whose numbers differ from database to database.
_NAMES = {
    "contenttypes.contenttype": ("app_label", "model"),
    "auth.permission": ("content_type__app_label", "content_type__model", "codename"),
}
_AT_ONCE = 500


class Schema:
    """The tables as some set of migrations has made them."""

    def __init__(self, loader: MigrationLoader, nodes: set[Node]) -> None:
        """Take the migrations; those that are not known any more count for nothing."""
        known = nodes & loader.graph.nodes.keys()
        self.apps: Apps = loader.project_state(sorted(known)).apps

    @cached_property
    def tables(self) -> dict[str, type[models.Model]]:
        """The tables that are backed up, by name."""
        found = sorted(self.apps.get_models(include_auto_created=True), key=_label)
        return {
            _label(model): model
            for model in found
            if _label(model) not in LEFT_OUT
            and model._meta.managed  # noqa: SLF001 - Django's documented name
            and not model._meta.proxy  # noqa: SLF001
        }

    def names(self, label: str) -> dict[int, list[str]]:
        """Return what identifies each row of one of the tables that are written by name."""
        rows = self.apps.get_model(label)._base_manager.values_list("pk", *_NAMES[label])  # noqa: SLF001
        return {pk: list(name) for pk, *name in rows}

    def is_empty(self) -> bool:
        """Whether nothing is in any of the tables that are backed up."""
        return not any(model._base_manager.exists() for model in self.tables.values())  # noqa: SLF001


def _label(model: type[models.Model]) -> str:
    return model._meta.label_lower  # noqa: SLF001 - Django's documented name


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table in one order, with what turns a value into JSON and back."""

    model: type[models.Model]
    fields: list[Any]
    write: list[Callable[[Any], Any]]
    read: list[Callable[[Any], Any]]

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [each.attname for each in self.fields]


def columns_of(model: type[models.Model], schema: Schema) -> Columns:
    """Return how the rows of a table are written and read."""
    fields = list(model._meta.concrete_fields)  # noqa: SLF001
    write, read = zip(*(_ways(each, schema) for each in fields), strict=True)
    return Columns(model, fields, list(write), list(read))


def _ways(field: Any, schema: Schema) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    target = _label(field.remote_field.model) if field.remote_field else ""
    if target not in _NAMES:
        return _same, field.to_python
    names = schema.names(target)
    numbers = {tuple(name): pk for pk, name in names.items()}
    return names.get, lambda name: None if name is None else numbers[tuple(name)]


def _same(value: Any) -> Any:
    return value


def lines(columns: Columns) -> Iterator[bytes]:
    """Go through the rows of a table, each as a line of JSON."""
    rows = columns.model._base_manager.order_by("pk").values_list(*columns.names)  # noqa: SLF001
    for row in rows.iterator(chunk_size=2000):
        values = [write(value) for write, value in zip(columns.write, row, strict=True)]
        yield json.dumps(values, ensure_ascii=False, sort_keys=True, default=_text).encode() + b"\n"


def _text(value: Any) -> str:
    """Write a day, a moment or a partial date in ISO form, anything else as it calls itself."""
    return str(value.isoformat() if hasattr(value, "isoformat") else value)


def file_fields(columns: Columns) -> list[tuple[int, Any]]:
    """Return the columns that name files, with their places."""
    return [
        (place, each)
        for place, each in enumerate(columns.fields)
        if isinstance(each, models.FileField)
    ]


def insert(columns: Columns, rows: Iterator[Row]) -> int:
    """Write the rows as they are, what fields would fill in by themselves too; return how many."""
    written, waiting = 0, []
    for row in rows:
        waiting.append(columns.model(**dict(zip(columns.names, row, strict=True))))
        if len(waiting) == _AT_ONCE:
            written += _insert(columns, waiting)
            waiting = []
    return written + _insert(columns, waiting)


def _insert(columns: Columns, rows: list[models.Model]) -> int:
    most = max(1, connection.ops.bulk_batch_size(columns.fields, rows))
    for start in range(0, len(rows), most):
        query = sql.InsertQuery(columns.model)
        # `raw` is what loaddata uses: the times at which rows were changed stay what they were.
        query.insert_values(columns.fields, rows[start : start + most], raw=True)
        query.get_compiler(connection=connection).execute_sql(None)
    return len(rows)


def parsed(columns: Columns, line: bytes) -> Row:
    """Return the values of a line; raise ValueError or LookupError where it is none of this table."""
    values = json.loads(line)
    return [read(value) for read, value in zip(columns.read, values, strict=True)]
