"""Processes that plan and send when they are told to, and can be killed or stopped at any moment."""

import logging
import multiprocessing
import os
import signal
from datetime import datetime, timedelta
from ipaddress import ip_network
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.faults.preload"])
PATIENCE = 60


class Sender:
    """A process with a connection of its own to the database, and a clock that it is given."""

    def __init__(self, *, database: dict[str, Any], port: int, log: Path) -> None:
        """Start it; what it warns of goes to the log."""
        self.pipe, theirs = CONTEXT.Pipe()
        self.log = log
        about = (theirs, database, port, log)
        self.process = CONTEXT.Process(target=_work, args=about, daemon=True)
        self.process.start()
        theirs.close()

    def begin(self, *steps: str, at: datetime) -> None:
        """Tell it to "plan" and "send" mails, or to "plan webhooks" and "tell webhooks"."""
        self.pipe.send((steps, at))

    def end(self) -> str:
        """Wait until it is done; return what it ended with: nothing, or an error."""
        assert self.pipe.poll(PATIENCE), "The sender does not end."
        error: str = self.pipe.recv()
        return error

    def has_warned(self, words: str) -> bool:
        """Whether these words are in its log."""
        return self.log.exists() and words in self.log.read_text()

    def kill(self) -> None:
        """End it in the middle of what it does."""
        self.process.kill()
        self.process.join(PATIENCE)

    def stop(self) -> None:
        """Let it stand still."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        assert self.process.pid
        os.kill(self.process.pid, number)


def _work(orders: Connection, database: dict[str, Any], port: int, log: Path) -> None:
    logging.basicConfig(filename=log, force=True)
    connection.settings_dict = database
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    while True:
        try:
            steps, at = orders.recv()
        except EOFError:
            return
        error = ""
        try:
            for step in steps:
                _do(step, at)
        except Exception as problem:  # noqa: BLE001 - the test is told
            error = repr(problem)
        orders.send(error)


def _do(step: str, at: datetime) -> None:
    from reporting.services.reminder.plan import plan_alerts
    from reporting.services.reminder.sending import send_due
    from reporting.services.webhook import ledger
    from reporting.services.webhook.sending import send_due as tell_due

    match step:
        case "plan":
            plan_alerts(as_at=at.date(), now=at)
        case "send":
            send_due(as_at=at.date(), clock=lambda: at)
        case "plan webhooks":
            ledger.plan(now=at)
        case _:
            tell_due(clock=lambda: at, longest=timedelta(seconds=50))
