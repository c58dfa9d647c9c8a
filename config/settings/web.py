"""Settings of the web processes: the same, and a pool of database connections.

A pool serves processes that answer many short requests; a worker or a command has one connection.
"""

import os

from config.environment import with_pool
from config.settings import *  # noqa: F403 - settings are names

DATABASES = {alias: with_pool(database) for alias, database in DATABASES.items()}

# Where the web processes of a host count together what /metrics shows; read when the counters are made.
if METRICS_TOKEN:
    MEASURES = VAR_DIR / "metrics"
    MEASURES.mkdir(exist_ok=True)
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(MEASURES))
