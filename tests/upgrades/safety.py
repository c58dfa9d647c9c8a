"""What a migration may not do while processes of the version before it still run."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import migrations, models
from django.db.migrations.state import ProjectState

_TAKES_AWAY = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def problems(operations: Iterable[Any], state: ProjectState, app: str = "reporting") -> list[str]:
    """Return a sentence for each operation that processes of the version before would break on.

    ``state`` is what the migrations before have made; it is moved on.
    """
    found: list[str] = []
    for operation in operations:
        found += _of(operation, state, app)
        operation.state_forwards(app, state)
    return found


def _of(operation: Any, state: ProjectState, app: str) -> Iterator[str]:
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        # What only the code forgets is the first of two steps.
        yield from problems(operation.database_operations, state.clone(), app)
    elif isinstance(operation, _TAKES_AWAY):
        yield f"{operation.describe()}: the version before still asks for it"
    elif isinstance(operation, migrations.RunSQL):
        yield "Raw SQL: nobody can see what it does"
    elif isinstance(operation, migrations.AddField):
        if _must_be_filled(operation.field):
            yield f"{operation.describe()}: the version before does not fill it"
    elif isinstance(operation, migrations.AlterField):
        before = state.models[app, operation.model_name_lower].fields[operation.name]
        yield from _of_change(operation, before, operation.field)


def _must_be_filled(field: Any) -> bool:
    is_column = not isinstance(field, models.ManyToManyField)
    return is_column and not field.null and not field.has_db_default()


def _of_change(operation: Any, before: Any, after: Any) -> Iterator[str]:
    said = operation.describe()
    if before.null and _must_be_filled(after):
        yield f"{said}: the version before leaves it empty"
    if before.get_internal_type() != after.get_internal_type():
        yield f"{said}: its type changes under the version before"
    if (after.max_length or 0) < (before.max_length or 0) and after.max_length:
        yield f"{said}: what the version before writes may be too long"
