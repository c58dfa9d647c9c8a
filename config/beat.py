"""The timetable of the beat process: which task runs when (UTC).

Every entry expires at its next turn, so that a worker which was away finds few tasks, not many. The clock of a
worker may be some minutes ahead of beat's, and it throws away what has expired by its own.
"""

from typing import Any

from celery.schedules import crontab

MINUTE = 60
HOUR = 60 * MINUTE
# By how much clocks of hosts may differ: less, and a worker that is ahead would do nothing at all.
CLOCKS_APART = 6 * MINUTE
SOON = MINUTE - 10 + CLOCKS_APART

SCHEDULE: dict[str, dict[str, Any]] = {
    "say that a worker lives": {
        "task": "reporting.tasks.heartbeat",
        "args": ["worker"],
        "schedule": MINUTE,
        "options": {"expires": SOON},
    },
    # Costs a few short queries where nothing has become due, and catches up after any sleep.
    "plan the alerts that have become due": {
        "task": "reporting.tasks.plan_reminders",
        "schedule": MINUTE,
        "options": {"expires": SOON},
    },
    "plan the worklist of the quarter": {
        "task": "reporting.tasks.plan_worklist",
        "schedule": crontab(minute=7),
        "options": {"expires": HOUR - MINUTE},
    },
    # A run ends within the minute. Where workers are too few, what is left expires and does not pile up.
    "send what is due": {
        "task": "reporting.tasks.send_reminders",
        "schedule": MINUTE,
        "options": {"expires": SOON},
    },
    "tell webhooks what changed": {
        "task": "reporting.tasks.tell_webhooks",
        "schedule": MINUTE,
        "options": {"expires": SOON},
    },
    "delete deliveries of webhooks that are a month old": {
        "task": "reporting.tasks.purge_deliveries",
        "schedule": crontab(hour=3, minute=30),
        "options": {"expires": 12 * HOUR},
    },
    # Once a day: asks for one row where it is done, goes on where it is not, catches up after any sleep.
    "refresh what only the passing of a day changes": {
        "task": "reporting.tasks.refresh_timetable",
        "schedule": MINUTE,
        "options": {"expires": SOON},
    },
    "delete what of the audit log is older than it is kept": {
        "task": "reporting.tasks.purge_audit",
        "schedule": crontab(hour=3, minute=45),
        "options": {"expires": 12 * HOUR},
    },
    "delete personal data that is older than it is kept": {
        "task": "reporting.tasks.purge_personal",
        "schedule": crontab(hour=4, minute=15),
        "options": {"expires": 12 * HOUR},
    },
    "delete uploads of forms that nobody sent": {
        "task": "reporting.tasks.purge_drafts",
        "schedule": crontab(hour=3, minute=15),
        "options": {"expires": 12 * HOUR},
    },
}
