"""The page of pictures: what it weighs on the wire, how long it takes, and how it grows."""

import gzip
import re
import sys
from collections.abc import Callable
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.clock import interleaved
from benchmarks.world import multiply, recorded_world

ROUNDS = 20
LARGE = 6_000
LIMIT = 300_000
PAGE, HISTORY = "/overview/", "/overview/history.json"
_ASKED_FOR = re.compile(r'(?:src|href|data-world)="/static/([^"]+)"')
# What the style sheets ask for where the language is English; fonts are packed already.
_FONTS = ("vendor/fonts/public-sans-latin.woff2", "vendor/fonts/source-serif-4-latin.woff2")


def run() -> None:
    """Print bytes, medians and query counts at 60 and at 6,000 States parties."""
    client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="gzip")
    with recorded_world() as treaty:
        _weigh(client)
        times = _timed(client, "60 States")
        queries = {60: _queries(client)}
        multiply(to=LARGE, treaty=treaty)
        times |= _timed(client, "6,000 States")
        queries[LARGE] = _queries(client)
    lines = [f"{name:44} {taken:9.2f} ms" for name, taken in times.items()]
    lines += [
        f"queries at {states:5} States, nothing remembered {page:5} page, {history} history (at most 10)"
        for states, (page, history) in queries.items()
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def _weigh(client: Client) -> None:
    """Print what the page and all that it loads weigh packed, without the heads of the answers."""
    answer = client.get(PAGE)
    html = gzip.decompress(answer.content).decode()
    files = sorted({*_ASKED_FOR.findall(html), *_FONTS})
    weights = {"the page itself": len(answer.content)} | {name: _packed(name) for name in files}
    for name, weight in sorted(weights.items(), key=lambda each: -each[1]):
        sys.stdout.write(f"{name:44} {weight:9,} bytes\n")
    total = sum(weights.values())
    sys.stdout.write(f"{'all of it, gzip':44} {total:9,} bytes (at most {LIMIT:,})\n")
    history = len(client.get(HISTORY).content)
    sys.stdout.write(f"{'the history, when it is played':44} {history:9,} bytes\n")


def _packed(name: str) -> int:
    found = finders.find(name)
    if found is None:
        message = f"The page asks for {name}, which is no static file."
        raise RuntimeError(message)
    content = Path(found).read_bytes()
    return len(content if name.endswith(".woff2") else gzip.compress(content, 9))


def _timed(client: Client, states: str) -> dict[str, float]:
    rounds = ROUNDS if states.startswith("60 ") else 3
    page = {f"overview, {states}": _get(client, PAGE)}
    first = {
        f"overview, {states}, first after a change": _get(client, PAGE, forget=True),
        f"history, {states}, first after a change": _get(client, HISTORY, forget=True),
    }
    return interleaved(page, rounds=rounds) | interleaved(first, rounds=rounds)


def _get(client: Client, address: str, *, forget: bool = False) -> Callable[[], object]:
    def get() -> None:
        if forget:
            cache.clear()
        if client.get(address).status_code != 200:
            message = f"{address} did not answer"
            raise RuntimeError(message)

    return get


def _queries(client: Client) -> tuple[int, int]:
    counts = []
    for address in (PAGE, HISTORY):
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))
    return counts[0], counts[1]
