"""Remembering what was counted until an obligation changes."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar, cast

from django.core.cache import cache

from reporting.models import Revision

T = TypeVar("T")
_SECONDS = 24 * 60 * 60


def remembered(compute: Callable[[], T], *question: object) -> T:
    """Return the answer to the question, computed once for each state of the obligations.

    The parts of ``question`` must have a ``repr`` that tells them apart. One query, and none of
    ``compute`` where the answer is known.
    """
    mark = Revision.objects.current()
    key = sha256(repr((mark, question)).encode("utf-8", "backslashreplace")).hexdigest()
    answer = cache.get(key)
    if answer is None:
        answer = compute()
        cache.set(key, answer, _SECONDS)
    return cast("T", answer)
