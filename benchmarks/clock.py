"""Times taken in turns, so that a noisy machine is noisy for all alike."""

import gc
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter


def interleaved(jobs: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """Return the median milliseconds of each job; each round runs every job once."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for _ in range(rounds):
        for name, job in jobs.items():
            gc.collect()
            start = perf_counter()
            job()
            times[name].append((perf_counter() - start) * 1000)
    return {name: median(taken) for name, taken in times.items()}
