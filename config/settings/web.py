"""Settings of the web processes: the same, and a pool of database connections.

A pool serves processes that answer many short requests; a worker or a command has one connection.
"""

from config.environment import with_pool
from config.settings import *  # noqa: F403 - settings are names

DATABASES = {alias: with_pool(database) for alias, database in DATABASES.items()}
