"""What every test relies on."""

import gc
import os
from collections.abc import Generator
from typing import Any

import pytest
from django.conf import settings

pytest_plugins = ["tests.plugins"]

NOTHING_MAY_SKIP = os.environ.get("NOTHING_MAY_SKIP", "") not in {"", "0"}


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Under NOTHING_MAY_SKIP, make a skipped test or module a failure that gives the reason."""
    expected_to_fail = hasattr(report, "wasxfail")
    if NOTHING_MAY_SKIP and report.skipped and not expected_to_fail:
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"Nothing may skip in this run, but: {reason}"


def _asks_the_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


def _is_of_another_database(item: pytest.Item) -> bool:
    """Whether it is about what only PostgreSQL has, and runs on something else."""
    engine = settings.DATABASES["default"]["ENGINE"]
    return item.get_closest_marker("postgresql") is not None and not engine.endswith("postgresql")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is of another database; mark every test that asks it, before markers are selected by."""
    config.hook.pytest_deselected(items=[item for item in items if _is_of_another_database(item)])
    items[:] = [item for item in items if not _is_of_another_database(item)]
    for item in filter(_asks_the_database, items):
        item.add_marker("database")


def pytest_collection_finish() -> None:
    """Look for cycles seldom, and not in what stays to the end: it was a tenth of all that the tests take."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, Any, Any]:
    """Look at each report of a test."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """Look at each report of a module, which can skip as a whole."""
    report = yield
    _refuse_skip(report)
    return report
