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
        """Read the table, and say how long it is; begin anew where its file is damaged.

        It holds nothing but when each task ran last. Celery takes some damages for such, and dies of
        others, at every start again.
        """
        try:
            super().setup_schedule()
        except Exception as error:  # noqa: BLE001 - a damaged file fails in as many ways as it can
            _log.warning("The file of the table is damaged and begun anew: %r", error)
            self._remove_db()  # type: ignore[attr-defined] # not in the stubs
            super().setup_schedule()
        _log.info("%d tasks run by the clock.", len(self.schedule))

    def tick(self, *args: Any, **options: Any) -> float:
        """Leave the sign of life, then do what Celery does."""
        if self.last_sign is None or monotonic() - self.last_sign >= MINUTE:
            self.last_sign = monotonic()
            self.app.tasks["reporting.tasks.heartbeat"]("beat")
            close_old_connections()  # nobody else does so here, and a broken one would stay
        return super().tick(*args, **options)
