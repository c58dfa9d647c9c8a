"""What is looked at first: done and undone to see what it does, then done exactly as it was seen."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from django.db import transaction

T = TypeVar("T")


class Marked(Protocol):
    """What some work does; ``mark`` is the same only for the same work on the same facts."""

    @property
    def mark(self) -> str:
        """The mark."""
        ...

    @property
    def does_something(self) -> bool:
        """Whether it can be done, and anything is saved then."""
        ...


M = TypeVar("M", bound=Marked)


def looked_at(work: Callable[[], T]) -> T:
    """Do the work, undo it, and return what it says that it does; what it raises goes through."""
    with transaction.atomic():
        seen = work()
        transaction.set_rollback(True)
    return seen


def done_as_seen(
    work: Callable[[], M], *, expected: str, noted: Callable[[M], object]
) -> tuple[M, bool]:
    """Do the work if it does what was seen under the mark ``expected``; return that, and whether it did.

    Nothing is written where it does something else now, or nothing. ``noted`` is done with it, in its
    transaction.
    """
    with transaction.atomic():
        seen = work()
        is_done = seen.mark == expected and seen.does_something
        if is_done:
            noted(seen)
        else:
            transaction.set_rollback(True)
    return seen, is_done
