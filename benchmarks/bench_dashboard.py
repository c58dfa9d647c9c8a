"""The dashboard beside Django's own admin list and a bare template table, and how it grows."""

import sys
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.clock import interleaved
from benchmarks.world import RECORDED_ON, multiply, recorded_world
from reporting.models import Obligation, User

ROUNDS = 40
LARGE = 6_000
# The same work in both halves, so that a machine that has become slower meanwhile is seen.
YARDSTICK = "yardstick at 60 States"
YARDSTICK_AGAIN = "yardstick at 6,000 States"
COLD_SMALL = "60 States, first after a change"
COLD_LARGE = "6,000 States, first after a change"


def run() -> None:
    """Print medians, ratios and query counts at 60 and at 6,000 States parties."""
    with recorded_world() as treaty:
        client = _signed_in()
        bare = yardstick()
        small = interleaved(
            {
                YARDSTICK: bare,
                "bare template table, 60 rows": _bare_table,
                "dashboard, 60 States": _page(client, "/"),
                "admin list, 60 rows": _page(client, "/admin/reporting/obligation/"),
            },
            rounds=ROUNDS,
        )
        cold = interleaved({COLD_SMALL: _first_page(client)}, rounds=5)
        queries = {60: _queries(client)}
        multiply(to=LARGE, treaty=treaty)
        large = interleaved(
            {YARDSTICK_AGAIN: bare, "dashboard, 6,000 States": _page(client, "/")},
            rounds=ROUNDS,
        )
        cold |= interleaved({COLD_LARGE: _first_page(client)}, rounds=5)
        queries[LARGE] = _queries(client)
    _report(small | large | cold, queries)


def _signed_in() -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.create_superuser("bench@example.org"))
    return client


def _page(client: Client, address: str) -> Callable[[], object]:
    def get() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            message = f"{address} answered {answer.status_code}"
            raise RuntimeError(message)

    return get


def _first_page(client: Client) -> Callable[[], object]:
    page = _page(client, "/")

    def get() -> None:
        cache.clear()
        page()

    return get


def yardstick() -> Callable[[], object]:
    """Return the rendering of a bare table whose rows are at hand."""
    cells = _cells()
    table = engines["django"].from_string(_TABLE)
    return lambda: table.render({"rows": cells})


def _bare_table() -> object:
    return engines["django"].from_string(_TABLE).render({"rows": _cells()})


_TABLE = (
    "<table>{% for state, title, due, basis, standing in rows %}<tr><td>{{ state }}</td>"
    "<td>{{ title }}</td><td>{{ due }}</td><td>{{ basis }}</td><td>{{ standing.status }}</td>"
    "<td>{{ standing.days }}</td></tr>{% endfor %}</table>"
)


def _cells() -> list[tuple[object, ...]]:
    found = Obligation.objects.all().open(as_at=RECORDED_ON)
    rows = found.select_related("state_party__state")[:60]
    return [
        (
            row.state_party.state.name,
            row.title,
            row.due_on,
            row.basis,
            row.standing(as_at=RECORDED_ON),
        )
        for row in rows
    ]


def _queries(client: Client) -> tuple[int, int]:
    """Return how many queries the dashboard asks when nothing is remembered, and after that."""
    cache.clear()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get("/")
        counts.append(len(captured))
    return counts[0], counts[1]


def _report(medians: dict[str, float], queries: dict[int, tuple[int, int]]) -> None:
    lines = [f"{name:34} {taken:8.2f} ms" for name, taken in medians.items()]
    small, large = medians["dashboard, 60 States"], medians["dashboard, 6,000 States"]
    drift = medians[YARDSTICK_AGAIN] / medians[YARDSTICK]
    lines += [
        f"dashboard / admin list             {small / medians['admin list, 60 rows']:8.2f}   (at most 0.6)",
        f"6,000 States / 60 States           {large / small:8.2f}   as measured",
        f"the same by the yardstick          {large / small / drift:8.2f}   (at most 1.3)",
        f"the first page after a change      {medians[COLD_LARGE] / medians[COLD_SMALL]:8.2f}   (6,000 / 60; once a change, a day and a question)",
        *(
            f"queries at {states:5} States             {first:5} first, {then} then (at most 10)"
            for states, (first, then) in queries.items()
        ),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
