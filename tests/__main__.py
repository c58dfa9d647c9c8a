"""`python -m tests`: the date rules, and all else that is quick and needs no browser or server, on SQLite.

`python -m tests all` goes on through every address for everybody, in the browser, with processes that
fail, and on PostgreSQL where one answers. Anything else is for pytest, and chooses from all tests, on both databases.
"""

import os
import subprocess
import sys
from collections.abc import Sequence

import psycopg
import redis

DEFAULT_POSTGRES_URL = "postgres://postgres@127.0.0.1:5432/postgres"
DEFAULT_REDIS_URL = "redis://127.0.0.1:6379/9"
ON_ALL_CORES = ("--numprocesses=auto", "--dist=loadfile")
# Every branch of the date rules, by their own tests; measuring makes all that runs beside it slow.
RULES_ARE_COVERED = (
    "tests/rules",
    "--dist=worksteal",
    "--cov=reporting.rules",
    "--cov-branch",
    "--cov-report=term-missing:skip-covered",
    "--cov-fail-under=100",
)
WITHOUT_RULES = "--ignore=tests/rules"
# What asks no database, or starts processes with one of their own, runs once.
ASKS_THE_DATABASE = "-m database and not embedded and (journey or not browser)"
NONE_CHOSEN = 5
# Without what Python compiles of the tests each process compiles all of it anew.
NOT_FOR_TESTS = {"DATABASE_URL", "TEST_REDIS_URL", "PYTHONDONTWRITEBYTECODE"}
QUICK = "-m not (thorough or browser or embedded or faults)"
THOROUGH = "-m thorough or browser or embedded or faults"


def say(text: str) -> None:
    """Print a heading at once, before what pytest prints below it."""
    sys.stdout.write(f"\n=== {text}\n")
    sys.stdout.flush()


def pytest(*arguments: str, environment: dict[str, str]) -> int:
    """Run pytest on all cores; return its exit code."""
    command = [sys.executable, "-m", "pytest", *ON_ALL_CORES, *arguments]
    clean = {key: value for key, value in os.environ.items() if key not in NOT_FOR_TESTS}
    return subprocess.call(command, env=clean | environment)  # noqa: S603


def why_not(url: str) -> str:
    """Return why this PostgreSQL cannot be used, or nothing if it can."""
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return " ".join(str(error).split())
    return ""


def why_no_redis(url: str) -> str:
    """Return why this Redis cannot be used, or nothing if it can."""
    try:
        redis.Redis.from_url(url, socket_connect_timeout=3).ping()
    except redis.RedisError as error:
        return str(error)
    return ""


def on_postgresql(arguments: Sequence[str]) -> int:
    """Run the suite on PostgreSQL with Redis; where one does not answer, say why and skip, if allowed."""
    url = os.environ.get("TEST_POSTGRES_URL") or DEFAULT_POSTGRES_URL
    cache = os.environ.get("TEST_REDIS_URL") or DEFAULT_REDIS_URL
    if reason := why_not(url) or why_no_redis(cache):
        named = "TEST_POSTGRES_URL and TEST_REDIS_URL"
        say(f"PostgreSQL with Redis: SKIPPED, because not both answer at {named} ({reason})")
        return 1 if os.environ.get("NOTHING_MAY_SKIP", "") not in {"", "0"} else 0
    say("PostgreSQL with Redis")
    both = {"DATABASE_URL": url, "TEST_REDIS_URL": cache}
    code = pytest(ASKS_THE_DATABASE, WITHOUT_RULES, *arguments, environment=both)
    return 0 if arguments and code == NONE_CHOSEN else code


def quick() -> int:
    """Run what everybody waits for before a commit."""
    say("The date rules")
    rules = pytest(*RULES_ARE_COVERED, environment={})
    say("SQLite")
    return max(rules, pytest(QUICK, WITHOUT_RULES, environment={}))


def everything() -> int:
    """Run that, what goes through everything, and what needs a browser, processes of its own, or PostgreSQL."""
    codes = [quick()]
    say("SQLite: every address, in a browser, as `make run` starts it, and with what fails")
    codes.append(pytest(THOROUGH, WITHOUT_RULES, environment={}))
    codes.append(on_postgresql([]))
    return max(codes)


def main(arguments: Sequence[str]) -> int:
    """Run the quick tests, all of them, or what the arguments choose; return 0 when all are good."""
    if not arguments:
        return quick()
    if list(arguments) == ["all"]:
        return everything()
    say("SQLite")
    code = pytest(*arguments, environment={})
    return max(code, on_postgresql(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
