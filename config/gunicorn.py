"""How gunicorn serves the application: `gunicorn -c python:config.gunicorn config.wsgi`.

What stands on the command line or in GUNICORN_CMD_ARGS wins over this.
"""

import os
import shutil
from pathlib import Path
from typing import Any

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


def measures() -> Path | None:
    """Return the folder in which the workers count together, where /metrics is to show that."""
    if not os.environ.get("METRICS_TOKEN"):
        return None
    return Path(os.environ.get("VAR_DIR") or "var") / "metrics"


def on_starting(_server: Any) -> None:
    """Begin to count at nothing."""
    folder = measures()
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
