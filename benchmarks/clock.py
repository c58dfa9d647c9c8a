"""Times taken in turns, so that a noisy machine is noisy for all alike."""

import gc
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from time import perf_counter, process_time

from django.db import connection


def interleaved(
    jobs: Mapping[str, Callable[[], object]],
    *,
    rounds: int,
    clock: Callable[[], float] = perf_counter,
    of: Callable[[Sequence[float]], float] = median,
) -> dict[str, float]:
    """Return the milliseconds of each job, their median; each round runs every job once."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for _ in range(rounds):
        for name, job in jobs.items():
            gc.collect()
            start = clock()
            job()
            times[name].append((clock() - start) * 1000)
    return {name: of(taken) for name, taken in times.items()}


def least(jobs: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """Return the least milliseconds of each job by turns: what else the machine does only adds to them.

    On SQLite the time of the process is taken, which does not go on while others have the processor. Of a
    database server nothing but the clock on the wall knows.
    """
    return interleaved(jobs, rounds=rounds, clock=own_clock(), of=min)


def own_clock() -> Callable[[], float]:
    """Return the clock that others disturb least: SQLite works in this process, a server elsewhere."""
    return process_time if connection.vendor == "sqlite" else perf_counter
