"""Fixtures of the whole suite."""

import shutil
from collections.abc import Iterator
from datetime import date
from functools import cache as once
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

from reporting.queries import forecast
from reporting.services.loading import load_facts
from tests.snapshot import Rows, put_back, take_rows

FIXTURES = Path(__file__).parent.parent / "fixtures"
RECORDED_ON = date(2026, 11, 22)

# What is drawn follows from the question alone: each is drawn once for all tests of a process.
for _drawn in ("forecast", "by_spread"):
    setattr(forecast, _drawn, once(getattr(forecast, _drawn)))

_tear_down = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined] # not in the stubs


def _tear_down_with_the_log(self: TransactionTestCase) -> None:
    """Let the log go too, which nobody else can delete, where a test has really written."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO reporting_auditopening (before) VALUES ('9999-12-31')")
        for table in ("reporting_auditentry", "reporting_accountchange"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
    _tear_down(self)


TransactionTestCase._fixture_teardown = _tear_down_with_the_log  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def recorded_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Rows:
    """Return the rows of all recorded facts, read from their files once for each worker."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_facts(folder=FIXTURES, as_at=RECORDED_ON, treaty="CMW")
        rows = take_rows()
        transaction.set_rollback(True)
    return rows


@pytest.fixture(scope="module")
def _recorded(recorded_rows: Rows, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        put_back(recorded_rows)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def recorded(_recorded: None, db: None) -> None:
    """Give the test all recorded facts; what it changes is undone, the facts stay for the module."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with all treaties, and the deposits of Indonesia and the United States."""
    shutil.copy(FIXTURES / "treaties.csv", tmp_path)
    for file in ("state_parties", "submissions", "reviews", "lists_of_issues"):
        heading = (FIXTURES / f"{file}.csv").read_text(encoding="utf-8").splitlines()[0]
        (tmp_path / f"{file}.csv").write_text(heading + "\n", encoding="utf-8")
    lines = (FIXTURES / "other_treaty_parties.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if ",IDN," in line or ",USA," in line]
    (tmp_path / "other_treaty_parties.csv").write_text(
        "\n".join(["treaty,iso3,action,deposited_on", *kept]) + "\n", encoding="utf-8"
    )
    return tmp_path


@pytest.fixture(autouse=True)
def _forget() -> None:
    """Remember nothing from test to test."""
    cache.clear()
