"""The Celery application: what the worker and the beat process run."""

import logging
import logging.config
import os
import sys
from typing import Any

from celery import Celery
from celery.signals import celeryd_init, setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("reporting")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect(weak=False)
def _log_as_everywhere(**_options: Any) -> None:
    """Log as the settings say, LOG_FORMAT and LOG_LEVEL: Celery's own form is left out."""
    logging.config.dictConfig(app.conf.LOGGING)


@celeryd_init.connect(weak=False)
def _write_nothing_bare(**_options: Any) -> None:
    """Let Python's warnings, and what a signal did to a worker, be lines of the log."""
    from celery.apps import worker  # noqa: PLC0415 - web processes need none of it

    logging.captureWarnings(capture=True)
    worker.safe_say = _say  # type: ignore[attr-defined] # not in the stubs


def _say(message: str, *_streams: Any) -> None:
    """Write a line within a signal: no lock is taken, and no line that is being written is touched."""
    record = logging.LogRecord("celery.worker", logging.INFO, "", 0, message.strip(), (), None)
    for handler in logging.getLogger().handlers:
        if handler.filter(record):
            os.write(sys.stderr.fileno(), f"{handler.format(record)}\n".encode())
