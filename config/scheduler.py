"""What the beat process runs: Celery's scheduler, which leaves a sign of life."""

import logging
from time import monotonic
from typing import Any

from celery.beat import PersistentScheduler
from django.db import close_old_connections

_log = logging.getLogger(__name__)
MINUTE = 60


class Scheduler(PersistentScheduler):
    """Says at its turns, at most once a minute, that it lives; it needs no broker and no worker."""

    last_sign: float | None = None

    def setup_schedule(self) -> None:
        """Read the table, and say how long it is."""
        super().setup_schedule()
        _log.info("%d tasks run by the clock.", len(self.schedule))

    def tick(self, *args: Any, **options: Any) -> float:
        """Leave the sign of life, then do what Celery does."""
        if self.last_sign is None or monotonic() - self.last_sign >= MINUTE:
            self.last_sign = monotonic()
            self.app.tasks["reporting.tasks.heartbeat"]("beat")
            close_old_connections()  # nobody else does so here, and a broken one would stay
        return super().tick(*args, **options)
