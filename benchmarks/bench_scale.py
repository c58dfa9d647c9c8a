"""Eleven regimes x 200 States, and ten times that: what grows with the world, and what does not.

Both worlds stand side by side, and every job is done in the one and in the other by turns, so that their ratio
holds on a noisy machine. Not among those that run unasked: it takes some minutes on each engine.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import islice
from time import perf_counter

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.big_world import APART, Worlds, worlds
from benchmarks.clock import interleaved, own_clock
from benchmarks.jobs import file_of, memory_of
from benchmarks.world import NOW, RECORDED_ON
from reporting.exports.records import EXPORTS, Question, export_csv
from reporting.models import (
    CommitteeDecision,
    Contact,
    DecisionKind,
    Obligation,
    Role,
    Session,
    State,
    StateParty,
    Submission,
    Treaty,
    User,
)
from reporting.queries.dashboard import Filters
from reporting.services import refresh as in_parts
from reporting.services.timetable import refresh

ON_REQUEST = True
ROUNDS, LIMIT = 5, 1.3
# Seconds from which on a page is asked for three times only.
SLOW = 1
# Of the chunks of a full refresh, so many that lie evenly in it are measured.
CHUNKS = 3
TREATY = "CERD"
DAY = f"as_at={RECORDED_ON}"
SIZES = ("small", "large")
DESK, MINISTRY = "desk@example.org", "ministry@example.org"
WRITES = ("INSERT", "UPDATE", "DELETE")
PAGES: dict[str, tuple[str, ...]] = {
    "": (
        "/",
        f"/?treaty={TREATY}",
        f"/overview/?treaty={TREATY}",
        "/compliance/",
        f"/compare/?treaty={TREATY}",
        f"/compare/?treaty={TREATY}&from=2003-01-01",
        "/states/",
        "/states/IDN/",
        f"/states/IDN/?treaty={TREATY}",
        "/states/IDN/calendar.ics",
        "/search/?q=mexi",
        "/search/?q=state",
        "/search/?q=CO/5",
        f"/search/?q={TREATY}/C/MEX",
        "/changes/",
        "/changes.atom",
        "/tables/",
        f"/tables/submission-of-reports/?treaty={TREATY}",
        f"/tables/late-and-non-reporting/?treaty={TREATY}",
        f"/tables/backlog/?treaty={TREATY}",
        f"/tables/replies-and-follow-up/?treaty={TREATY}",
        f"/tables/never-reviewed/?treaty={TREATY}",
        f"/tables/compliance/?treaty={TREATY}",
        "/exports/",
        "/api/v1/states",
        "/api/v1/state-parties",
        f"/api/v1/obligations?{DAY}",
        f"/api/v1/obligations?{DAY}&status=overdue",
        f"/api/v1/obligations?{DAY}&treaty={TREATY}",
        f"/api/v1/obligations?{DAY}&state=IDN",
        "/api/v1/submissions",
        "/api/v1/reviews",
        "/api/v1/decisions",
        "/api/v1/changes",
        f"/timeline/?treaty={TREATY}",
        f"/overview/history.json?treaty={TREATY}",
    ),
    DESK: (
        "/inbox/",
        "/worklist/",
        f"/planner/?treaty={TREATY}",
        f"/forecast/?treaty={TREATY}",
        "/sessions/",
        "/reminders/",
        "/contacts/",
        "/people/",
        "/import/",
    ),
    MINISTRY: ("/my/",),
}


def run() -> None:
    """Print medians at both sizes, their ratio, and the queries; refresh, one fact and memory first."""
    start = perf_counter()
    with worlds() as both:
        for size in SIZES:
            both.use(size)
            _people()
            _say(
                f"{size}: {State.objects.count():,} States, {StateParty.objects.count():,} States parties, "
                f"{Obligation.objects.count():,} obligations, {Submission.objects.count():,} submissions"
            )
        _say(f"made in {perf_counter() - start:.0f} s on {connection.display_name}")
        _refresh(both)
        _one_fact(both)
        _memory(both)
        for email, addresses in PAGES.items():
            for address in addresses:
                _page(both, email, address)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _people() -> None:
    days = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 18)}
    treaty = Treaty.objects.get(code=TREATY)
    Session.objects.get_or_create(treaty=treaty, number=120, defaults=days)
    User.objects.create_superuser(DESK)
    Contact.objects.create(role=Contact.Role.DESK_OFFICER, name="Desk", email=DESK)
    ministry = User.objects.create(email=MINISTRY, role=Role.MINISTRY)
    ministry.states.add(State.objects.get(iso3="IDN"))


def _turns(both: Worlds, job: Callable[[str], object], *, rounds: int = ROUNDS) -> dict[str, float]:
    """Return the median milliseconds of the job in each world, by turns; on SQLite of the processor."""

    def there(size: str) -> None:
        both.use(size)
        job(size)

    jobs = {size: partial(there, size) for size in SIZES}
    return interleaved(jobs, rounds=rounds, clock=own_clock())


def _ratio(name: str, taken: dict[str, float]) -> str:
    small, large = taken["small"], taken["large"]
    return f"{name} {small:.1f} ms, {large:.1f} ms: {large / small:.2f}"


def _page(both: Worlds, email: str, address: str) -> None:
    """Measure a page that is asked for again, and one that is asked for just after a change."""
    clients = {size: _client(both, size, email) for size in SIZES}
    start = perf_counter()
    both.use("large")
    _open(clients["large"], address, forget=True)
    rounds = ROUNDS if perf_counter() - start < SLOW else 3
    again = _turns(both, lambda size: _open(clients[size], address), rounds=rounds)
    first = _turns(both, lambda size: _open(clients[size], address, forget=True), rounds=rounds)
    asked = {size: _queries(both, size, clients[size], address) for size in SIZES}
    over = again["large"] > LIMIT * again["small"]
    _say(
        f"{'over ' if over else '     '}{_ratio(address, again)}; {_ratio('first after a change', first)}; "
        f"queries {asked['small']}, {asked['large']}"
    )


def _client(both: Worlds, size: str, email: str) -> Client:
    both.use(size)
    client = Client(HTTP_HOST="localhost")
    if email:
        client.force_login(User.objects.get(email=email))
    return client


def _open(client: Client, address: str, *, forget: bool = False) -> None:
    if forget:
        cache.clear()
    answer = client.get(address)
    if answer.status_code != 200:
        message = f"{address} answered {answer.status_code}"
        raise RuntimeError(message)
    assert b"".join(answer) if answer.streaming else answer.content


def _queries(both: Worlds, size: str, client: Client, address: str) -> int:
    both.use(size)
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        _open(client, address)
    return len(captured)


def _refresh(both: Worlds) -> None:
    """Measure parts that lie evenly in a full refresh, a State party at a time."""
    runs, parts = {}, {}
    for size in SIZES:
        both.use(size)
        runs[size] = in_parts.start(as_at=RECORDED_ON, now=NOW)
        chunks = list(runs[size].chunks.order_by("pk"))
        parts[size] = chunks[:: max(1, len(chunks) // CHUNKS)][:CHUNKS]

    def job(size: str) -> None:
        for chunk in parts[size]:
            chunk.refresh_from_db()
            in_parts.work(chunk, RECORDED_ON)

    taken = _turns(both, job, rounds=3)
    for size in SIZES:
        count = sum(chunk.parties for chunk in parts[size])
        _say(
            f"refresh, {size}: {taken[size] / count:.2f} ms a State party ({count} of "
            f"{runs[size].parties:,} in parts that lie evenly), all in one process "
            f"{taken[size] / count * runs[size].parties / 1000:.0f} s"
        )
    _say(_ratio("refresh of as many States parties", taken))
    start = _turns(both, lambda _size: list(in_parts.parts()), rounds=3)
    _say(_ratio("finding the parts", start))


def _one_fact(both: Worlds) -> None:
    """Change the date that a Committee set, there and back; count what is asked and written."""
    facts = {}
    for size in SIZES:
        both.use(size)
        of_it = CommitteeDecision.objects.filter(
            state_party__treaty__code=TREATY, kind=DecisionKind.NEXT_REPORT_DUE, pk__lt=APART
        )
        facts[size] = of_it.order_by("pk").select_related("state_party").last()

    def job(size: str) -> None:
        fact = facts[size]
        assert fact
        assert fact.due_on
        fact.due_on = fact.due_on.plus_months(1)
        fact.save()
        refresh(party=fact.state_party, as_at=RECORDED_ON)

    taken = _turns(both, job)
    for size in SIZES:
        both.use(size)
        before = set(_obligations())
        with CaptureQueriesContext(connection) as captured:
            job(size)
        written = before ^ set(_obligations())
        parties = Obligation.objects.filter(pk__in={row[0] for row in written}).values(
            "state_party"
        )
        writes = sum(each["sql"].startswith(WRITES) for each in captured)
        _say(
            f"one fact changed, {size}: {len(captured)} queries, {writes} of them write; obligations of "
            f"{parties.distinct().count()} State party, {len({row[0] for row in written})} rows"
        )
    _say(_ratio("one fact changed", taken))


def _obligations() -> Iterator[tuple[int, int]]:
    """Go through the obligations: the number of each, and what stands for its columns."""
    rows = Obligation.objects.values_list("pk", "key", "due_on", "basis", "arises_on", "closed_on")
    return ((row[0], hash(row)) for row in rows.iterator())


def _memory(both: Worlds) -> None:
    """Print the memory that a file of obligations takes, and a refresh of as many States parties."""

    def export(_size: str) -> None:
        question = Question(
            RECORDED_ON, Treaty.objects.get(code=TREATY), Filters(closed=True), "state", ""
        )
        file_of(export_csv, EXPORTS["obligations"], question)()

    def refreshed(_size: str) -> None:
        run = in_parts.start(as_at=RECORDED_ON, now=NOW)
        list(islice(in_parts.go_on(run, clock=lambda: NOW), 2))

    for name, job in (("CSV file of all obligations of a treaty", export), ("refresh", refreshed)):
        peaks = {}
        for size in SIZES:
            both.use(size)
            peaks[size] = memory_of(partial(job, size))
        ratio = peaks["large"] / peaks["small"]
        _say(f"memory, {name}: {peaks['small']:.2f} MiB, {peaks['large']:.2f} MiB: {ratio:.2f}")
