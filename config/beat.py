"""The timetable of the beat process: which task runs when (UTC).

Every entry expires before its next turn, so that a worker which was away finds one task, not many.
"""

from typing import Any

from celery.schedules import crontab

HOUR = 3600

SCHEDULE: dict[str, dict[str, Any]] = {
    "refresh what only the passing of a day changes": {
        "task": "reporting.tasks.refresh_timetable",
        "schedule": crontab(hour=0, minute=5),
        "options": {"expires": 12 * HOUR},
    },
    "delete uploads of forms that nobody sent": {
        "task": "reporting.tasks.purge_drafts",
        "schedule": crontab(hour=3, minute=15),
        "options": {"expires": 12 * HOUR},
    },
}
