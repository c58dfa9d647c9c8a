"""The pages that no other benchmark opens: how long each takes, and how that grows with the States."""

import csv
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from tempfile import TemporaryFile

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.bench_dashboard import yardstick
from benchmarks.clock import interleaved
from benchmarks.jobs import file_of
from benchmarks.world import RECORDED_ON, multiply, multiply_facts, recorded_world
from reporting.exports.compare import compare_csv, compare_xlsx
from reporting.models import Session, Treaty, User
from reporting.queries.compare import Comparison, compared

# The forecast takes more than a minute at 6,000.
SMALL, LARGE = 60, 1_200
FIRST = date(2003, 1, 1)
YARDSTICK = "yardstick"
PUBLIC = {
    "compare, the last year": "/compare/",
    "compare, 2003 to today": f"/compare/?from={FIRST}",
    "timeline of all": "/timeline/",
    "changes": "/changes/",
    "changes, feed": "/changes.atom",
    "search by name": "/search/?q=mexi",
    "search by symbol": "/search/?q=CMW/C/MEX",
}
# With the counts of the inbox at their head, which are remembered until something changes.
OF_THE_DESK = {
    "planner": "/planner/",
    "worklist": "/worklist/",
    "worklist, one date": "/worklist/MEX/",
    "forecast": "/forecast/",
}
PAGES = PUBLIC | OF_THE_DESK


def run() -> None:
    """Print medians and queries at so few and so many States, and the files of the comparison."""
    with recorded_world() as treaty:
        clients = _clients(treaty)
        small, asked = _timed(clients, rounds=10), _queries(clients)
        multiply(to=LARGE, treaty=treaty)
        multiply_facts(treaty=treaty)
        large, asked_then = _timed(clients, rounds=3), _queries(clients)
        for name in PAGES:
            growth = large[name] / small[name] / (large[YARDSTICK] / small[YARDSTICK])
            sys.stdout.write(
                f"{name:24} {small[name]:8.1f} ms at {SMALL}, {large[name]:8.1f} ms at {LARGE:,} "
                f"States: {growth:5.1f} times; queries {asked[name]} and {asked_then[name]}\n"
            )
        _files(treaty)


def _clients(treaty: Treaty) -> dict[str, Client]:
    """Return who opens each page: a visitor, or the secretariat, which has a session to plan."""
    Session.objects.create(
        treaty=treaty, number=45, starts_on=date(2027, 4, 5), ends_on=date(2027, 4, 16)
    )
    visitor, desk = Client(HTTP_HOST="localhost"), Client(HTTP_HOST="localhost")
    desk.force_login(User.objects.create_superuser("bench@example.org"))
    return dict.fromkeys(PUBLIC, visitor) | dict.fromkeys(OF_THE_DESK, desk)


def _timed(clients: dict[str, Client], *, rounds: int) -> dict[str, float]:
    """Return the medians; nothing is remembered when a page is asked for."""
    jobs: dict[str, Callable[[], object]] = {
        name: partial(_open, clients[name], page) for name, page in PAGES.items()
    }
    return interleaved({YARDSTICK: yardstick(), **jobs}, rounds=rounds)


def _open(client: Client, page: str) -> None:
    cache.clear()
    answer = client.get(page)
    if answer.status_code != 200:
        message = f"{page} answered {answer.status_code}"
        raise RuntimeError(message)
    assert answer.content


def _queries(clients: dict[str, Client]) -> dict[str, int]:
    counts = {}
    for name, page in PAGES.items():
        with CaptureQueriesContext(connection) as captured:
            _open(clients[name], page)
        counts[name] = len(captured)
    return counts


def _files(treaty: Treaty) -> None:
    """Print the files of a comparison beside its bare rows written as CSV."""
    found = compared(first=FIRST, last=RECORDED_ON, treaty=treaty)
    count = len(found)
    jobs: dict[str, Callable[[], object]] = {
        "bare": partial(_bare, found),
        "csv": file_of(compare_csv, found),
        "xlsx": file_of(compare_xlsx, found),
    }
    taken = interleaved(jobs, rounds=5)
    each = {name: milliseconds * 1000 / count for name, milliseconds in taken.items()}
    ratios = ", ".join(
        f"{name} {each[name]:.1f} ({each[name] / each['bare']:.2f})" for name in ("csv", "xlsx")
    )
    sys.stdout.write(f"{count:,} events: bare {each['bare']:.1f} us a row, {ratios}\n")


def _bare(found: Comparison) -> None:
    with TemporaryFile("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(found)
