"""The place of this process in its terminal."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def foreground_group() -> Iterator[None]:
    """Be the terminal's foreground process group, alone with the processes started from here.

    Ctrl-C then reaches these processes and not `make`, which would report an interrupt although
    everything ended as it should. Without a terminal, or in the background, nothing changes.
    """
    terminal = _own_terminal()
    if terminal is None:
        yield
        return
    before = os.tcgetpgrp(terminal)
    # Taking the terminal from the background, and Ctrl-Z, would stop this process unseen.
    for number in (signal.SIGTTOU, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)
    os.setpgid(0, 0)
    os.tcsetpgrp(terminal, os.getpgrp())
    try:
        yield
    finally:
        os.tcsetpgrp(terminal, before)
        os.close(terminal)


def _own_terminal() -> int | None:
    """Return the terminal whose foreground this process shares with the process that started it."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        return None
    if os.getpgrp() != os.getpid() and os.tcgetpgrp(terminal) == os.getpgrp():
        return terminal
    os.close(terminal)
    return None
