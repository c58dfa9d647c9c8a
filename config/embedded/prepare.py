"""Bring the data to where the code expects it: tables, facts, static files, accounts."""

import hashlib
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor

Say = Callable[[str], None]


def prepare(say: Say) -> str:
    """Prepare everything that the processes need; return what to say about signing in."""
    _migrate(say)
    _load_facts(say)
    _collect_static(say)
    accounts = StringIO()
    call_command("demo_accounts", stdout=accounts)
    connection.close()
    return accounts.getvalue().rstrip()


def _migrate(say: Say) -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Preparing the database")
        call_command("migrate", database=DEFAULT_DB_ALIAS, interactive=False, verbosity=0)


def _load_facts(say: Say) -> None:
    state_party = apps.get_model("reporting", "StateParty")
    if not state_party._default_manager.exists():  # noqa: SLF001 - Django's documented name
        say("Loading the facts")
        call_command("load_facts", stdout=StringIO())


def _collect_static(say: Say) -> None:
    stamp, digest = Path(settings.VAR_DIR, "static.digest"), _static_digest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    say("Collecting the static files")
    call_command("collectstatic", clear=True, interactive=False, verbosity=0)
    stamp.write_text(digest)


def _static_digest() -> str:
    return hashlib.sha256("\n".join(_static_files()).encode()).hexdigest()


def _static_files() -> Iterator[str]:
    yield settings.STORAGES["staticfiles"]["BACKEND"]
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            yield f"{name} {storage.path(name)} {state.st_size} {state.st_mtime_ns}"
