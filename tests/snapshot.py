"""Rows taken out of the database once and put back where a test needs them again.

Reading the fact files takes seconds; putting back the rows that came of it takes a moment.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

Rows = list[tuple[type[models.Model], list[models.Model]]]
KEPT_APPS = ("reporting",)


def _kept_models() -> Iterator[type[models.Model]]:
    for label in KEPT_APPS:
        yield from apps.get_app_config(label).get_models(include_auto_created=True)


def take_rows() -> Rows:
    """Return all rows of the application, their history with them."""
    return [(model, list(model._base_manager.all())) for model in _kept_models()]


def put_back(rows: Rows) -> None:
    """Write the rows with the keys they had; what is written next gets new keys."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model, objects in rows:
            model._base_manager.bulk_create(objects, batch_size=200)
        written: list[Any] = [model for model, objects in rows if objects]
        for statement in connection.ops.sequence_reset_sql(no_style(), written):
            cursor.execute(statement)
