"""What every test relies on."""

import os
from collections.abc import Generator
from typing import Any

import pytest

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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that asks the database, before markers are selected by."""
    for item in filter(_asks_the_database, items):
        item.add_marker("database")


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
