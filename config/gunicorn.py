"""How gunicorn serves the application: `gunicorn -c python:config.gunicorn config.wsgi`.

What stands on the command line or in GUNICORN_CMD_ARGS wins over this.
"""

import logging
import os
from pathlib import Path
from typing import Any

import environ

from config.logs import of_a_server
from config.measures import Measures

bind = f"0.0.0.0:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
# A worker that is replaced ends what it has begun: an upload over a slow line takes its time.
graceful_timeout = 60
timeout = 120
# What the kernel frees of a process that grew; not all workers at the same moment.
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
raw_env = ["DJANGO_SETTINGS_MODULE=config.settings.web"]
if form := of_a_server(environ.Env()):
    logconfig_dict = form
    logging.captureWarnings(capture=True)

_measures: list[Measures] = []


def on_starting(_server: Any) -> None:
    """Begin to count at nothing, where /metrics is to show it: the workers inherit where."""
    if os.environ.get("METRICS_TOKEN"):
        _measures[:] = [Measures(Path(os.environ.get("VAR_DIR") or "var").resolve() / "metrics")]
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_measures[0].begin())


def on_exit(_server: Any) -> None:
    """Leave no counts behind."""
    for each in _measures:
        each.end()
