"""A day of work with every State as tenant, under every treaty with reporting: what breaks first, and when.

What the code costs is measured here, what there is to do comes from the fact files and the rules, and
everything else is an assumption with a name. `docs/scale.md` explains the table.
"""

import csv
import heapq
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import timedelta
from functools import partial
from itertools import takewhile
from random import Random
from statistics import median
from time import process_time
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

from benchmarks.alerts import due_alerts
from benchmarks.world import FIXTURES, NOW, RECORDED_ON, recorded_world
from reporting.models import Obligation, Role, State, StateParty, Submission, User
from reporting.rules.obligation import Kind
from reporting.rules.regimes import REGIMES
from reporting.rules.schedule import DEFAULT_OFFSETS
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.sending import send_due
from reporting.services.timetable import refresh

ON_REQUEST = True
TIMES = (1, 10, 100)
ROUNDS, MAILS = 15, 400
HOUR, YEAR = 3600, 365
GIB = 2**30
# As with facts of a filing: its reviews and decisions too; a page of a ministry in ten saves something.
FACTS_OF_A_FILING, PAGES_OF_A_WRITE = 10, 10
CONNECTIONS_OF_A_PROCESS = 8


@dataclass(frozen=True, slots=True)
class Assumed:
    """What nobody has measured: how people and programs behave, and what an operator has."""

    States: int = 198
    ministry_users_a_state: int = 8
    people_told_a_state: int = 4
    pages_a_user_and_day: int = 15
    visitors_a_state_and_day: int = 50
    pages_a_visitor: int = 8
    calendars_a_state: int = 28
    polls_of_a_calendar_a_day: int = 24
    per_cent_of_polls_at_the_full_hour: int = 50
    programs_at_the_api_a_state: int = 1
    polls_of_a_program_a_day: int = 96
    files_a_state_and_day: int = 2
    years_of_a_cycle_without_interval: int = 6
    months_that_a_report_is_late: int = 12
    megabytes_of_a_filing: int = 6
    per_cent_of_a_day_in_its_busiest_hour: int = 16
    per_cent_of_a_year_of_alerts_on_one_day: int = 5
    years_kept: int = 60
    processors_of_the_web: int = 2
    web_processes: int = 2
    gigabytes_of_the_database_host: int = 8
    gigabytes_of_the_disk: int = 500
    minutes_for_refresh_and_mails: int = 60


@dataclass(frozen=True, slots=True)
class Year:
    """What a year brings, by the fact files and the rules."""

    parties: int
    reports: float
    filings: float
    alerts: float


@dataclass(slots=True)
class Rates:
    """What the code costs: milliseconds of each piece of work, and bytes of each row."""

    milliseconds: dict[str, float] = field(default_factory=dict)
    bytes_of_an_obligation: float = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the installation: its load with one world of tenants, its limit, and what answers it."""

    name: str
    load: float
    limit: float
    unit: str
    answer: str

    @property
    def breaks_at(self) -> float:
        """At how many times as many tenants its limit is reached."""
        return self.limit / self.load if self.load else float("inf")


def run() -> None:
    """Print what is assumed, the rates, a day of all tenants, and what breaks first."""
    assumed = Assumed()
    _say(
        "assumed: "
        + "; ".join(f"{_words(f.name)} {getattr(assumed, f.name)}" for f in fields(assumed))
    )
    year = _year(assumed)
    _say(
        f"from facts and rules: {year.parties:,} States parties, {year.reports:,.0f} reports a year, "
        f"{year.filings:,.0f} filings a year, {year.alerts:,.0f} alerts a year for each reader of all"
    )
    rates = _measured()
    _say(
        f"measured on {connection.display_name}: "
        + ", ".join(f"{name} {taken:.1f} ms" for name, taken in rates.milliseconds.items())
        + f"; {rates.bytes_of_an_obligation:,.0f} bytes of database an obligation, its facts included"
    )
    day = _day(assumed)
    for name, count in day.items():
        _say(f"a day: {name} {count:,.0f}")
    for times in TIMES:
        _say(f"{times:4} times: {_waiting(assumed, day, rates, times)}")
    for part in sorted(_parts(assumed, year, day, rates), key=lambda each: each.breaks_at):
        _say(
            f"{part.name:34} {part.load:10.3f} of {part.limit:8.1f} {part.unit:16} "
            f"breaks at {part.breaks_at:8.1f} times: {part.answer}"
        )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _words(name: str) -> str:
    return name.replace("_", " ")


def _year(assumed: Assumed) -> Year:
    """Count from the fact files who is bound, and from the rules what that brings in a year."""
    with (FIXTURES / "other_treaty_parties.csv").open(encoding="utf-8", newline="") as file:
        bound = Counter(row["treaty"] for row in csv.DictReader(file))
    with (FIXTURES / "state_parties.csv").open(encoding="utf-8", newline="") as file:
        bound["CMW"] += sum(1 for _row in csv.DictReader(file))
    reports = sum(
        count
        * 12
        / (REGIMES[code].periodic_months or 12 * assumed.years_of_a_cycle_without_interval)
        for code, count in bound.items()
        if not REGIMES[code].folded_into
    )
    late = assumed.months_that_a_report_is_late * 30
    cycle = (Kind.REPORT, Kind.REPLIES, Kind.FOLLOW_UP)
    of_a_cycle = sum(_alerts(kind, late if kind is Kind.REPORT else 0) for kind in cycle)
    return Year(bound.total(), reports, reports * len(cycle), reports * of_a_cycle)


def _alerts(kind: Kind, late: int) -> int:
    offsets = DEFAULT_OFFSETS[kind]
    return len(offsets.before) + sum(
        1 for _day in takewhile(lambda day: day <= late, offsets.days_after())
    )


def _measured() -> Rates:
    rates = Rates()
    with recorded_world() as treaty:
        rates.bytes_of_an_obligation = _size() / Obligation.objects.count()
        ministry = User.objects.create(email="ministry@example.org", role=Role.MINISTRY)
        ministry.states.add(State.objects.get(iso3="IDN"))
        visitor, signed_in = Client(HTTP_HOST="localhost"), Client(HTTP_HOST="localhost")
        signed_in.force_login(ministry)
        calendar, listed = "/states/IDN/calendar.ics", "/api/v1/obligations?state=IDN"
        _get(signed_in, "/my/")
        rates.milliseconds = _processor_time(
            {
                "page of a visitor": partial(_get, visitor, "/states/IDN/"),
                "page of a ministry": partial(_get, signed_in, "/my/"),
                "calendar that is as before": _unchanged(visitor, calendar),
                "calendar that is new": partial(_get, visitor, calendar),
                "API list that is as before": _unchanged(visitor, listed),
                "file of all obligations": partial(
                    _get, visitor, "/exports/obligations.csv?closed=yes"
                ),
            }
        ) | _processor_time({"fact recorded": _recording(), "State party refreshed": _refreshing()})
        due_alerts(MAILS, treaty=treaty, as_at=RECORDED_ON)
        plan_alerts(as_at=RECORDED_ON, now=NOW)
        start = process_time()
        with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
            sent = send_due(as_at=RECORDED_ON, clock=lambda: NOW + timedelta(hours=6))
        rates.milliseconds["mail sent"] = (process_time() - start) * 1000 / max(1, sent.sent)
    return rates


def _processor_time(jobs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the median milliseconds of this process for each job, whatever else the machine does."""
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for name, job in [*jobs.items()] * (ROUNDS + 1):
        start = process_time()
        job()
        taken[name].append((process_time() - start) * 1000)
    return {name: median(times[1:]) for name, times in taken.items()}


def _size() -> int:
    """Return how many bytes the database takes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        size: int = cursor.fetchone()[0]
    return size


def _get(client: Client, address: str, **headers: Any) -> Any:
    answer = client.get(address, headers=headers)
    if answer.status_code not in {200, 304}:
        message = f"{address} answered {answer.status_code}"
        raise RuntimeError(message)
    assert b"".join(answer) if answer.streaming else answer.content is not None
    return answer


def _unchanged(client: Client, address: str) -> Callable[[], object]:
    known = _get(client, address)["ETag"]

    def get() -> None:
        if _get(client, address, if_none_match=known).status_code != 304:
            message = f"{address} was sent again, though it is as before"
            raise RuntimeError(message)

    return get


def _recording() -> Callable[[], object]:
    fact = Submission.objects.filter(received_on__isnull=False).order_by("-pk")[0]

    def record() -> None:
        fact.note += "."
        fact.save()
        refresh(party=fact.state_party, as_at=RECORDED_ON)

    return record


def _refreshing() -> Callable[[], object]:
    parties = StateParty.objects.order_by("pk")
    turn: Iterator[StateParty] = (party for _again in iter(int, 1) for party in parties)
    return lambda: refresh(party=next(turn), as_at=RECORDED_ON)


def _day(assumed: Assumed) -> dict[str, float]:
    """Return how often each piece of work of the web is asked for in a day."""
    states = assumed.States
    polls = states * assumed.calendars_a_state * assumed.polls_of_a_calendar_a_day
    return {
        "page of a visitor": states * assumed.visitors_a_state_and_day * assumed.pages_a_visitor,
        "page of a ministry": states
        * assumed.ministry_users_a_state
        * assumed.pages_a_user_and_day,
        "calendar that is as before": polls * 23 / 24,
        "calendar that is new": polls / 24,  # once a day the day itself is another one
        "API list that is as before": states
        * assumed.programs_at_the_api_a_state
        * assumed.polls_of_a_program_a_day,
        "file of all obligations": states * assumed.files_a_state_and_day,
    }


def _waiting(assumed: Assumed, day: dict[str, float], rates: Rates, times: int) -> str:
    """Let the busiest hour come, request by request, to so many processors; say who waits how long."""
    dice = Random(times)  # noqa: S311 - the same day every time
    arrivals = sorted(_arrivals(assumed, day, rates, times, dice))
    free = [0.0] * assumed.processors_of_the_web
    waits = []
    for at, work in arrivals:
        begun = max(at, heapq.heappop(free))
        heapq.heappush(free, begun + work)
        waits.append(begun - at)
    waits.sort()
    busy = sum(work for _at, work in arrivals) / HOUR / assumed.processors_of_the_web
    return (
        f"{len(arrivals):,} requests in the busiest hour, processors busy {busy:.0%}, wait: half "
        f"{waits[len(waits) // 2]:.2f} s, one in a hundred {waits[len(waits) * 99 // 100]:.2f} s, most {waits[-1]:.1f} s"
    )


def _arrivals(
    assumed: Assumed, day: dict[str, float], rates: Rates, times: int, dice: Random
) -> Iterator[tuple[float, float]]:
    for name, count in day.items():
        work = rates.milliseconds[name] / 1000
        for _number in range(round(_in_the_busiest_hour(assumed, name, count) * times)):
            at_the_hour = (
                "calendar" in name
                and dice.random() * 100 < assumed.per_cent_of_polls_at_the_full_hour
            )
            yield dice.uniform(0, 60 if at_the_hour else HOUR), work


def _in_the_busiest_hour(assumed: Assumed, name: str, count: float) -> float:
    """People come in office hours, programs at any hour."""
    is_program = "as before" in name or "calendar" in name
    return count / 24 if is_program else count * assumed.per_cent_of_a_day_in_its_busiest_hour / 100


def _parts(assumed: Assumed, year: Year, day: dict[str, float], rates: Rates) -> Iterator[Part]:
    yield from _web(assumed, day, rates.milliseconds)
    yield from _workers(assumed, year, rates.milliseconds)
    yield from _database(assumed, year, day, rates)


def _web(assumed: Assumed, day: dict[str, float], cost: dict[str, float]) -> Iterator[Part]:
    hour = sum(
        _in_the_busiest_hour(assumed, name, count) * cost[name] for name, count in day.items()
    )
    polls = sum(day[name] for name in day if "calendar" in name) / 24
    at_once = polls * assumed.per_cent_of_polls_at_the_full_hour / 100
    processors = float(assumed.processors_of_the_web)
    answer = "WEB_CONCURRENCY and web hosts: they share nothing but the database and Redis"
    used = hour / 1000 / HOUR
    yield Part("web, busiest hour", used, 0.7 * processors, "processors", answer)
    used = at_once * cost["calendar that is as before"] / 1000 / 60
    yield Part("web, calendars at the full hour", used, processors, "processors then", answer)


def _workers(assumed: Assumed, year: Year, cost: dict[str, float]) -> Iterator[Part]:
    limit = float(assumed.minutes_for_refresh_and_mails)
    answer = f"REFRESH_WORKERS ({settings.REFRESH_WORKERS} by default) and worker hosts"
    taken = year.parties * cost["State party refreshed"] / 60_000
    yield Part("refresh of the day, one worker", taken, limit, "minutes", answer)
    mails = year.alerts * assumed.people_told_a_state
    mails *= assumed.per_cent_of_a_year_of_alerts_on_one_day / 100
    answer = f"REMINDER_SENDERS ({settings.REMINDER_SENDERS} by default), then the mail server"
    taken = mails * cost["mail sent"] / 60_000
    yield Part("mails of the fullest day, one sender", taken, limit, "minutes", answer)


def _database(assumed: Assumed, year: Year, day: dict[str, float], rates: Rates) -> Iterator[Part]:
    facts = year.filings / YEAR * FACTS_OF_A_FILING + day["page of a ministry"] / PAGES_OF_A_WRITE
    busiest = facts * assumed.per_cent_of_a_day_in_its_busiest_hour / 100
    share = busiest * rates.milliseconds["fact recorded"] / 1000 / HOUR
    answer = "DATABASE_URL: PostgreSQL has many"
    yield Part("one writer (SQLite)", share, 0.3, "of its time", answer)
    size = year.filings * assumed.years_kept * rates.bytes_of_an_obligation / GIB
    limit = assumed.gigabytes_of_the_database_host / 2
    yield Part("database after the years kept", size, limit, "GiB in memory", "a larger host")
    documents = year.filings * 10 * assumed.megabytes_of_a_filing / 1024
    answer = "DOCUMENTS_URL (S3), STATE_QUOTA_MB, STORAGE_QUOTA_MB"
    limit = float(assumed.gigabytes_of_the_disk)
    yield Part("documents, ten years", documents, limit, "GB", answer)
    used = float(assumed.web_processes * CONNECTIONS_OF_A_PROCESS)
    answer = "max_connections, or a pool in front"
    yield Part("connections to PostgreSQL", used, 97.0, "connections", answer)
