"""From now on a migration leaves the version before it running; removing takes two releases."""

from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests.upgrades.safety import problems

# Before the first installation that is upgraded while it runs, nobody was in the way.
LAST_OF_THE_FOUNDATION = 12
# Second steps: what no version that may still run asks for any more, and since which release.
SECOND_STEPS: dict[str, str] = {}


def test_every_migration_leaves_the_version_before_it_running() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    unsafe = {}
    for app, name in sorted(loader.graph.nodes):
        if app != "reporting" or int(name[:4]) <= LAST_OF_THE_FOUNDATION or name in SECOND_STEPS:
            continue
        migration = loader.graph.nodes[app, name]
        state = loader.project_state([(app, name)], at_end=False)
        if found := problems(migration.operations, state):
            unsafe[name] = found
    assert unsafe == {}


def state() -> ProjectState:
    """Return a State with a code, a name that may be empty, and a number."""
    made = ProjectState()
    fields: list[tuple[str, Any]] = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", text(100, null=True)),
        ("number", number(default=1)),
    ]
    made.add_model(ModelState("reporting", "State", fields))
    return made


def text(length: int, **options: Any) -> Any:
    """Return a field for a short text."""
    return models.CharField(max_length=length, **options)


def number(**options: Any) -> Any:
    """Return a field for a number."""
    return models.IntegerField(**options)


def add(field: Any) -> migrations.AddField:
    return migrations.AddField("state", "more", field)


def alter(name: str, field: Any) -> migrations.AlterField:
    return migrations.AlterField("state", name, field)


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        (migrations.RemoveField("state", "name"), "still asks for it"),
        (migrations.DeleteModel("State"), "still asks for it"),
        (migrations.RenameField("state", "name", "title"), "still asks for it"),
        (migrations.RenameModel("State", "Country"), "still asks for it"),
        (migrations.AlterModelTable("state", "country"), "still asks for it"),
        (migrations.RunSQL("SELECT 1"), "nobody can see what it does"),
        (add(number(default=1)), "does not fill it"),
        (add(text(5, default="")), "does not fill it"),
        (alter("name", text(100, default="")), "leaves it empty"),
        (alter("name", text(99, null=True)), "may be too long"),
        (alter("number", text(9)), "its type changes"),
    ],
    ids=lambda value: getattr(value, "describe", lambda: "")() or None,
)
def test_what_would_break_the_version_before_is_found(
    operation: migrations.operations.base.Operation, said: str
) -> None:
    (problem,) = problems([operation], state())
    assert said in problem
    in_two_parts = migrations.SeparateDatabaseAndState(database_operations=[operation])
    assert problems([in_two_parts], state()) == [problem]


def test_what_the_version_before_does_not_notice_is_let_through() -> None:
    harmless = [
        add(number(null=True)),
        migrations.AddField("state", "one", number(db_default=1)),
        migrations.AddField("state", "many", models.ManyToManyField("reporting.state")),
        alter("name", text(200, null=True)),
        migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddIndex("state", models.Index("name", name="by_name")),
        migrations.RunPython(migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField("state", "number")],
            database_operations=[alter("number", number(db_default=1))],
        ),
    ]
    assert problems(harmless, state()) == []


@pytest.mark.django_db
def test_no_migration_is_missing_in_the_database_of_the_tests() -> None:
    loader = MigrationLoader(connection)
    assert set(loader.disk_migrations) - set(loader.applied_migrations) == set()
