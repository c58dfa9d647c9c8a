"""Sending alerts against a raw smtplib loop, and planning over many open obligations."""

import gc
import sys
import tracemalloc
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from multiprocessing import get_context
from smtplib import SMTP
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection
from django.test import override_settings

from benchmarks.alerts import due_alerts, open_obligations
from benchmarks.sink import mail_sink
from benchmarks.world import RECORDED_ON, recorded_world
from reporting.models import Message, Obligation, Reminder
from reporting.services.reminder import ledger, sending, writing
from reporting.services.reminder.plan import plan_alerts

MAILS, ROUNDS = 2_000, 3
DUE, FEW, MANY = 100, 10_000, 100_000
NOW = datetime.combine(RECORDED_ON, time(5), UTC)
STEPS: dict[str, tuple[Any, str]] = {
    "claim": (ledger, "claim"),
    "write": (writing, "write"),
    "keep the words": (ledger, "keep_words"),
    "record, and hand over": (ledger, "step"),
    "MIME and SMTP": (EmailBackend, "send_messages"),
}


def run() -> None:
    """Print both ratios, and where the time goes."""
    with _on_disk(), recorded_world() as treaty:
        _say(f"database: {connection.vendor}")
        with mail_sink() as port, _sending_to(port):
            due_alerts(MAILS, treaty=treaty, as_at=RECORDED_ON)
            plan_alerts(as_at=RECORDED_ON, now=NOW)
            _bench_sending(port)
        Reminder.objects.all().delete()
        _bench_planning()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@contextmanager
def _on_disk() -> Iterator[None]:
    """Let SQLite write into a file, as it does when the application runs."""
    with TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = f"{folder}/bench.sqlite3"
        yield


@contextmanager
def _sending_to(port: int) -> Iterator[None]:
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        yield


def _bench_sending(port: int) -> None:
    _send()
    mails = _prebuilt()
    size = sum(len(mail) for _to, mail in mails) / len(mails) / 1000
    _say(f"{len(mails)} mails of {size:.0f} kB, to aiosmtpd in its own process")
    for senders in (1, 2, settings.REMINDER_SENDERS):
        ratios, ours, raw = [], [], []
        for _round in range(ROUNDS):
            _plan_again()
            ours.append(_send_together(senders))
            raw.append(_timed(lambda: _send_raw(mails, port)))
            ratios.append(raw[-1] / ours[-1])
        _say(
            f"{senders} sending: ledger {median(ours):.2f} s, raw smtplib loop {median(raw):.2f} s\n"
            f"raw / ledger                       {median(ratios):8.2f}   (at least 0.5)"
        )
    _say_where_the_time_goes()


def _send_together(senders: int) -> float:
    """Send with so many processes, as workers do; return the seconds from the start to the last end."""
    connection.close()
    forked = get_context("fork")
    start = forked.Barrier(senders + 1)

    def work() -> None:
        start.wait()
        sending.send_due(as_at=RECORDED_ON, clock=lambda: NOW)

    workers = [forked.Process(target=work) for _number in range(senders)]
    for worker in workers:
        worker.start()
    start.wait()

    def end() -> None:
        for worker in workers:
            worker.join()

    seconds = _timed(end)
    sent = Reminder.objects.filter(state=Reminder.State.SENT).count()
    if sent != MAILS:
        message = f"Only {sent} of {MAILS} were sent."
        raise RuntimeError(message)
    return seconds


def _timed(job: Callable[[], object]) -> float:
    gc.collect()
    start = perf_counter()
    job()
    return perf_counter() - start


def _send() -> None:
    sent = sending.send_due(as_at=RECORDED_ON, clock=lambda: NOW)
    if sent.sent != MAILS:
        message = f"It sent {sent}."
        raise RuntimeError(message)


def _plan_again() -> None:
    Reminder.objects.update(
        state=Reminder.State.PLANNED, message=None, claim=None, handed_at=None, attempts=0
    )
    Message.objects.all().delete()


def _prebuilt() -> list[tuple[str, bytes]]:
    rows = Reminder.objects.select_related("contact", "message")
    mails = ((row, row.message) for row in rows if row.message)
    return [
        (
            message.to,
            writing.envelope(message, reader=row.reader)
            .message()
            .as_bytes()
            .replace(b"\n", b"\r\n"),
        )
        for row, message in mails
    ]


def _send_raw(mails: list[tuple[str, bytes]], port: int) -> None:
    with SMTP("127.0.0.1", port) as server:
        for to, mail in mails:
            server.sendmail(settings.DEFAULT_FROM_EMAIL, [to], mail)


def _say_where_the_time_goes() -> None:
    spent: dict[str, float] = defaultdict(float)
    _plan_again()
    with ExitStack() as stack:
        for name, (owner, function) in STEPS.items():
            timed = _adding_up(spent, name, getattr(owner, function))
            stack.callback(setattr, owner, function, getattr(owner, function))
            setattr(owner, function, timed)
        whole = _timed(_send)
    spent["the rest"] = whole - sum(spent.values())
    for name, seconds in spent.items():
        _say(f"  {name:32} {seconds / MAILS * 1000:8.2f} ms a mail")


def _adding_up(
    spent: dict[str, float], name: str, function: Callable[..., Any]
) -> Callable[..., Any]:
    def timed(*given: Any, **named: Any) -> Any:
        start = perf_counter()
        try:
            return function(*given, **named)
        finally:
            spent[name] += perf_counter() - start

    return timed


def _bench_planning() -> None:
    """Plan a day on which as many alerts are due in a small world and in a large one."""
    taken = {}
    for size in (FEW, MANY):
        open_obligations(size, due=DUE, as_at=RECORDED_ON)
        first = _timed(lambda: _plan(RECORDED_ON))
        taken[size] = median(_plan_the_same_day_again(RECORDED_ON + timedelta(days=1)))
        _say(
            f"planning over {size:7} open, {DUE} due {taken[size] * 1000:8.1f} ms"
            f"   (the first planning, which looks at all: {first:.1f} s)"
        )
    _say(f"{MANY} / {FEW}                     {taken[MANY] / taken[FEW]:8.2f}   (at most 2)")


def _plan(day: date) -> int:
    return len(plan_alerts(as_at=day, now=NOW).to_send)


def _plan_the_same_day_again(day: date) -> Iterator[float]:
    """Plan it several times as if for the first time; say how much memory it takes."""
    due = list(Obligation.objects.filter(look_on=day).values_list("pk", flat=True))
    for number in range(7):
        Reminder.objects.filter(planned_for=day).delete()
        Obligation.objects.filter(pk__in=due).update(look_on=day)
        if number == 0:
            tracemalloc.start()
            _plan(day)
            _say(f"  memory at its highest {tracemalloc.get_traced_memory()[1] / 1e6:13.1f} MB")
            tracemalloc.stop()
        else:
            yield _timed(lambda: _plan(day))
