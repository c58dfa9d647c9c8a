"""What benchmarks do over and over: write a file to its end, or rows as anybody would."""

import csv
import gc
import tracemalloc
from collections.abc import Callable, Iterable
from tempfile import TemporaryFile
from typing import IO, Any

Contents = Iterable[str] | IO[bytes]
Job = Callable[[], None]


def file_of(write: Callable[..., Contents], *given: Any, **named: Any) -> Job:
    """Return what writes the file and reads it to its end, as sending it does."""

    def job() -> None:
        contents = write(*given, **named)
        with TemporaryFile() as out:
            for each in contents:
                out.write(each.encode() if isinstance(each, str) else each)
        if hasattr(contents, "close"):
            contents.close()

    return job


def written(found: Any, columns: Iterable[str]) -> Job:
    """Return the bare iteration of these columns, written as CSV."""

    def job() -> None:
        with TemporaryFile("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(found.values_list(*columns).iterator())

    return job


def memory_of(job: Callable[[], object]) -> float:
    """Return the MiB that the job takes and gives back.

    What it leaves is not counted: the words that the process remembers, whose number is bounded. They
    take the place of others, which were remembered before and are not counted either.
    """
    job()  # what is loaded once
    gc.collect()
    tracemalloc.start()
    job()
    peak = tracemalloc.get_traced_memory()[1]
    gc.collect()
    left = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return (peak - left) / 2**20
