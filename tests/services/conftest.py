"""Connections of their own, for what several people do at once."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection


@pytest.fixture
def apart(tmp_path: Path) -> Callable[[], Any]:
    """Return how a thread gets a connection of its own to the data, as processes have them.

    The tests' SQLite lives in memory, which locks otherwise than a file does. The file is in WAL before
    anybody opens it, as it is after `migrate`: two who change the journal at one moment do not wait
    for each other.
    """
    file = tmp_path / "copy.sqlite3"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        with closing(sqlite3.connect(file)) as copy:
            copy.execute("PRAGMA journal_mode=WAL")

    @contextmanager
    def own_connection() -> Iterator[None]:
        if connection.vendor == "sqlite":
            connection.settings_dict = {**connection.settings_dict, "NAME": file}
        try:
            yield
        finally:
            connection.close()

    return own_connection
