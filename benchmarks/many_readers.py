"""`python -m benchmarks.many_readers ADDRESS`: many readers and writers at once, against a running server.

Asks 127.0.0.1 only, and ends after SECONDS. First one reader alone, then READERS readers beside WRITERS
writers, each of whom writes a session, then reads back that it is there. It prints how many answers of which
status came, what was lost, and the 99th percentile as a ratio to that of one reader.
"""

import argparse
import http.client
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlencode

HOST = "127.0.0.1"
READ = ("/", "/states/", "/states/IDN/", "/overview/", "/tables/late-and-non-reporting/")
PATIENCE = 120


@dataclass
class Seen:
    """What the readers and writers saw, all together."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    writes: int = 0
    lost: int = 0

    @property
    def p99(self) -> float:
        """The 99th percentile of the seconds that reading a page took."""
        return quantiles(self.seconds, n=100)[-1] if len(self.seconds) > 1 else float("nan")


def ask(port: int, method: str, path: str, **more: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, cookies and contents of one answer, on a connection of its own."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    headers = {"Host": "localhost", "Connection": "close"}
    if cookie := more.get("cookie"):
        headers |= {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request(method, path, body=more.get("body"), headers=headers)
        answer = connection.getresponse()
        pairs = (
            value.partition(";")[0].partition("=")
            for value in answer.headers.get_all("Set-Cookie", [])
        )
        return answer.status, {name: value for name, _sign, value in pairs}, answer.read()
    finally:
        connection.close()


def read(port: int, seen: Seen, number: int, until: float) -> None:
    """Read pages one after the other until that moment."""
    while time.monotonic() < until:
        number += 1
        begun = time.monotonic()
        try:
            status, _cookies, _contents = ask(port, "GET", READ[number % len(READ)])
        except OSError as error:
            seen.faults[type(error).__name__] += 1
            continue
        seen.seconds.append(time.monotonic() - begun)
        seen.statuses[status] += 1


def write(port: int, seen: Seen, number: int, until: float) -> None:
    """Send a form whose words are kept in the session, and look whether they are there."""
    token = "a" * 32
    while time.monotonic() < until:
        number += 1
        words = f"{number}-{time.monotonic_ns()}"
        body = urlencode({"csrfmiddlewaretoken": token, "symbol": words})
        try:
            status, cookies, _contents = ask(
                port, "POST", "/states/IDN/submissions/new/", body=body, cookie=f"csrftoken={token}"
            )
            seen.statuses[status] += 1
            seen.writes += 1
            kept = "; ".join(f"{name}={value}" for name, value in cookies.items())
            _status, _cookies, page = ask(port, "GET", "/sign-in/", cookie=kept or "none=none")
            seen.lost += b"what you typed is kept" not in page
        except OSError as error:
            seen.faults[type(error).__name__] += 1


def run(port: int, *, readers: int, writers: int, seconds: float) -> Seen:
    """Let so many come for so long; return what they saw."""
    seen, until = Seen(), time.monotonic() + seconds
    threads = [
        threading.Thread(target=do, args=(port, seen, number * 1000, until))
        for do, count in ((read, readers), (write, writers))
        for number in range(count)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def main(arguments: list[str]) -> int:
    """Print what one reader sees, and what many see; return 1 where something was wrong."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("port", type=int)
    asked.add_argument("--readers", type=int, default=200)
    asked.add_argument("--writers", type=int, default=20)
    asked.add_argument("--seconds", type=float, default=120)
    told = asked.parse_args(arguments)
    run(told.port, readers=2, writers=0, seconds=3)  # what is read at the first request only
    alone = run(told.port, readers=1, writers=0, seconds=min(told.seconds, 10))
    many = run(told.port, readers=told.readers, writers=told.writers, seconds=told.seconds)
    wrong = sum(count for status, count in many.statuses.items() if status >= 500)
    rate = (len(many.seconds) + many.writes) / told.seconds
    sys.stdout.write(
        f"one reader: p99 {alone.p99 * 1000:.0f} ms, {len(alone.seconds)} pages\n"
        f"{told.readers} readers, {told.writers} writers, {told.seconds:.0f} s: "
        f"{len(many.seconds)} pages, {many.writes} writes, {rate:.0f} answers/s, "
        f"p99 {many.p99 * 1000:.0f} ms = {many.p99 / alone.p99:.0f} times one reader\n"
        f"statuses {dict(many.statuses)}, lost writes {many.lost}, faults {dict(many.faults)}\n"
    )
    return int(bool(wrong or many.lost or many.faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
