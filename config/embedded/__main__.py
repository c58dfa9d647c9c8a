"""`python -m config.embedded`: prepare the data, start everything, stay in the foreground."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

import django
from django.conf import settings
from django.shortcuts import resolve_url

from config.embedded import commands
from config.embedded.preflight import check_port, check_space, chosen_port, only_one
from config.embedded.problem import EXPECTED, Problem, sentence
from config.embedded.supervisor import Stopped, Supervisor, say
from config.embedded.terminal import foreground_group


def check_mode() -> None:
    """Raise Problem outside the embedded mode: nothing may prepare a production database so."""
    if not settings.EMBEDDED:
        message = (
            "SECRET_KEY is set, so this is not the embedded mode; unset it, or set EMBEDDED=true."
        )
        raise Problem(message)


def serve(*, port: int, accounts: str) -> NoReturn:
    """Run the processes until somebody stops them (Stopped) or one dies (Problem)."""
    supervisor = Supervisor()
    with supervisor.running():
        if settings.EMBEDDED_BROKER:
            _start_broker(supervisor, Path(settings.BROKER_SOCKET))
        supervisor.start("web", commands.web(port=port))
        supervisor.start("worker", commands.worker())
        supervisor.start("beat", commands.beat())
        supervisor.wait_for("web process", lambda: commands.web_answers(port), seconds=60)
        _announce(port, accounts)
        supervisor.go_on()
    raise AssertionError


def _start_broker(supervisor: Supervisor, listens_on: Path) -> None:
    commands.wait_until_gone(listens_on, answers=commands.broker_answers, seconds=10)
    data = Path(settings.VAR_DIR, "broker")
    supervisor.start("broker", commands.broker(data=data, listens_on=listens_on))
    supervisor.wait_for("broker", lambda: commands.broker_answers(listens_on), seconds=30)


def _announce(port: int, accounts: str) -> None:
    say(f"\nThe application answers at http://localhost:{port}/")
    say(f"Sign in at http://localhost:{port}{resolve_url(settings.LOGIN_URL)} as\n{accounts}")
    say("Ctrl-C stops it.\n")


def start() -> NoReturn:
    """Look before starting, prepare, serve."""
    port = chosen_port(os.environ.get("PORT") or "8000")
    check_mode()
    with only_one(settings.VAR_DIR, port=port):
        check_port(port)
        check_space(settings.VAR_DIR)
        django.setup()
        from config.embedded.prepare import prepare  # noqa: PLC0415 - needs the applications

        serve(port=port, accounts=prepare(say))


def _stop_early(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise Stopped


def main() -> int:
    """Run until stopped; return 0, or 1 after one sentence on what went wrong."""
    os.umask(0o077)  # the database and the outgoing mail are for their owner alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop_early)
    try:
        with foreground_group():
            start()
    except Stopped:
        say("Stopped.")
        return 0
    except (Problem, *EXPECTED) as error:
        text = str(error) if isinstance(error, Problem) else sentence(error)
        sys.stderr.write(f"{text}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
