"""Waiting for what other processes bring about."""

import time
from collections.abc import Callable


def wait_until(condition: Callable[[], bool], *, seconds: float = 60) -> None:
    """Wait until the condition holds; fail where it takes longer than this."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It did not come about."
        time.sleep(0.005)
