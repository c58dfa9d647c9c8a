"""Tables and files of 100,000 obligations beside a bare iteration of the same rows written as CSV."""

import sys
from collections.abc import Callable, Iterable
from functools import partial
from time import perf_counter
from typing import IO, Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.test import Client

from benchmarks.clock import least
from benchmarks.jobs import Job, file_of, memory_of, written
from benchmarks.world import RECORDED_ON, multiply, multiply_facts, recorded_world
from reporting.exports.facts import DECISIONS, REVIEWS, SUBMISSIONS
from reporting.exports.records import EXPORTS, Question, export_csv, export_json, export_xlsx
from reporting.exports.tables import TABLES
from reporting.models import Kind, Obligation, StateParty, Treaty
from reporting.models.obligation import ObligationQuerySet
from reporting.queries.dashboard import Filters
from reporting.queries.lines import COLUMNS, as_text
from reporting.queries.tables import (
    RepliesAndFollowUp,
    StatesNeverReviewed,
    SubmissionOfReports,
)
from reporting.views.table import FORMATS, PAGE_SIZE

OBLIGATIONS, ROUNDS, PAGE_ROUNDS = 100_000, 5, 9
# The first of a month in twenty years, as due dates are under this treaty.
MONTHS = 240
WRITERS: dict[str, Callable[..., Iterable[str] | IO[bytes]]] = {
    "csv": export_csv,
    "json": export_json,
    "xlsx": export_xlsx,
}


def run() -> None:
    """Print microseconds a row and ratios for every file and table, and the memory of one file."""
    with recorded_world() as treaty:
        of_each = Obligation.objects.count() / StateParty.objects.count()
        multiply(to=round(OBLIGATIONS / of_each), treaty=treaty, months=MONTHS)
        multiply_facts(treaty=treaty)
        _obligations(treaty)
        _facts(treaty)
        _tables(treaty)
        _pages(treaty)
        _memory(treaty)


def _obligations(treaty: Treaty) -> None:
    found = Obligation.objects.filter(state_party__treaty=treaty).arisen(as_at=RECORDED_ON)
    question = _question(treaty, closed=True)
    jobs = {
        name: file_of(write, EXPORTS["obligations"], question) for name, write in WRITERS.items()
    }
    _report(f"{found.count():,} obligations", found.count(), _bare(found), jobs)


def _facts(treaty: Treaty) -> None:
    for name, facts in (
        ("submissions", SUBMISSIONS),
        ("reviews", REVIEWS),
        ("decisions", DECISIONS),
    ):
        rows: QuerySet[Any] = QuerySet(facts.model)
        found = rows.filter(state_party__treaty=treaty)
        question = _question(treaty)
        jobs = {each: file_of(write, EXPORTS[name], question) for each, write in WRITERS.items()}
        _report(f"{found.count():,} {name}", found.count(), written(found, facts.paths), jobs)


def _tables(treaty: Treaty) -> None:
    """Measure a table by the rows of the database that it is made of."""
    for slug, (bare, count) in _read(treaty).items():
        jobs = {
            form: file_of(write, TABLES[slug], as_at=RECORDED_ON, treaty=treaty)
            for form, write in FORMATS.items()
        }
        rows = len(list(TABLES[slug].rows(as_at=RECORDED_ON, treaty=treaty)))
        _report(f"table {slug}, {rows:,} rows of {count:,} read", count, bare, jobs)


def _read(treaty: Treaty) -> dict[str, tuple[Job, int]]:
    """Return for each table the bare iteration of what it reads, and how many rows that is.

    The indicator is of States, so they are gone through, with all their columns.
    """
    everything = Obligation.objects.filter(state_party__treaty=treaty)
    reports = everything.filter(kind=Kind.REPORT)
    parties = StateParty.objects.filter(treaty=treaty).parties(as_at=RECORDED_ON)
    never = {row.iso3 for row in StatesNeverReviewed(as_at=RECORDED_ON, treaty=treaty)}
    sets: dict[str, ObligationQuerySet] = {
        "submission-of-reports": SubmissionOfReports(as_at=RECORDED_ON, treaty=treaty).found,
        "late-and-non-reporting": reports.overdue(as_at=RECORDED_ON),
        "backlog": everything.backlog(as_at=RECORDED_ON),
        "replies-and-follow-up": RepliesAndFollowUp(as_at=RECORDED_ON, treaty=treaty).found,
        "never-reviewed": reports.filter(state_party__state__iso3__in=never),
    }
    found = {slug: (_bare(each), each.count()) for slug, each in sets.items()}
    return found | {"compliance": (written(parties, ()), parties.count())}


def _pages(treaty: Treaty) -> None:
    """Measure a page of a table by what each row adds to a page without rows, beside a bare row.

    A page is asked for again, so its order is remembered; the first one after a change finds it.
    """
    client = Client(HTTP_HOST="localhost")
    for slug, (bare, count) in _read(treaty).items():
        day = f"?as_at={RECORDED_ON}"
        jobs: dict[str, Callable[[], object]] = {
            "bare": bare,
            "page": partial(client.get, f"/tables/{slug}/{day}"),
            "empty": partial(client.get, f"/tables/{slug}/?as_at=1950-01-01"),
        }
        # The last of a round, which leaves the empty page remembered for the next.
        jobs |= {"first": partial(_first, jobs["page"]), "empty again": jobs["empty"]}
        taken = least(jobs, rounds=PAGE_ROUNDS)
        all_rows = len(TABLES[slug].rows(as_at=RECORDED_ON, treaty=treaty))
        rows = min(PAGE_SIZE, all_rows)
        added = (taken["page"] - taken["empty"]) / rows * 1000
        bare_row = taken["bare"] / max(1, count) * 1000
        sys.stdout.write(
            f"page {slug}: {taken['page']:.0f} ms for {rows} of {all_rows:,} rows, {taken['empty']:.0f} ms "
            f"without any, {added:.0f} us a row shown, a bare row {bare_row:.0f} ({added / bare_row:.2f}); "
            f"the first after a change {taken['first']:.0f} ms, all {count:,} rows bare {taken['bare']:.0f}\n"
        )


def _first(page: Callable[[], object]) -> None:
    cache.clear()
    page()


def _memory(treaty: Treaty) -> None:
    """Print the memory that a CSV file of all obligations takes, and one of a tenth as many."""
    for region in ("eastern-european", ""):
        write = file_of(
            export_csv, EXPORTS["obligations"], _question(treaty, closed=True, region=region)
        )
        sys.stdout.write(f"memory of a CSV file, {region or 'all'}: {memory_of(write):.2f} MiB\n")


def _question(treaty: Treaty, **filters: Any) -> Question:
    return Question(RECORDED_ON, treaty, Filters(**filters), "state", "")


def _bare(found: ObligationQuerySet) -> Job:
    """Return the writing of the same columns by their plain names, as anybody would do it."""
    plain = ("due_on", "places", "received_on")
    texts: dict[Any, str] = {as_text(name): name for name in plain}
    return written(found, [texts.get(each, str(each)) for each in COLUMNS])


def _report(title: str, count: int, bare: Job, jobs: dict[str, Job]) -> None:
    start = perf_counter()
    taken = least({"bare": bare, **jobs}, rounds=ROUNDS)
    each = {name: milliseconds * 1000 / max(1, count) for name, milliseconds in taken.items()}
    ratios = ", ".join(
        f"{name} {each[name]:.1f} ({taken[name] / taken['bare']:.2f})" for name in jobs
    )
    sys.stdout.write(
        f"{title}: bare {each['bare']:.1f} us a row, {ratios} [{perf_counter() - start:.0f} s]\n"
    )
