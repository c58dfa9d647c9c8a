"""The application's tasks by a quicker clock, so that a test need not wait for a minute."""

from config.beat import MINUTE
from config.celery import app

__all__ = ["app"]

for entry in app.conf.beat_schedule.values():
    if entry["schedule"] == MINUTE:
        entry |= {"schedule": 0.5, "options": {"expires": 5}}
