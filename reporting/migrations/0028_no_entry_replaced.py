"""On SQLite, REPLACE takes a row away without asking the triggers of deletion: an entry is not put over another."""

from importlib import import_module

from django.db import migrations

added_only = import_module('reporting.migrations.0012_audit_log')


def guard(apps, schema_editor):
    """Refuse a row whose number is taken; PostgreSQL asks the trigger of changes about it."""
    if schema_editor.connection.vendor != 'sqlite':
        return
    for table in added_only.TABLES:
        schema_editor.execute(
            f'CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table} '  # nosec B608 # names of ours
            f'WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) '
            f"BEGIN SELECT RAISE(ABORT, '{added_only.SAID}'); END"
        )


def leave(apps, schema_editor):
    """Take the triggers off again."""
    if schema_editor.connection.vendor == 'sqlite':
        for table in added_only.TABLES:
            schema_editor.execute(f'DROP TRIGGER IF EXISTS {table}_not_replaced')


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0027_language_of_invitations'),
    ]

    operations = [
        migrations.RunPython(guard, leave),
    ]
