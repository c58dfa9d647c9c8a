"""What runs by itself: each task asks the clock and calls one service."""

import logging
from datetime import timedelta

from celery import Task, shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from reporting.services import account, audit, document, refresh, retention
from reporting.services import heartbeat as signs
from reporting.services.reminder import worklist
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.sending import helpers_wanted, send_due
from reporting.services.webhook import ledger as webhooks
from reporting.services.webhook.sending import send_due as tell_due

_log = logging.getLogger(__name__)
# Beat starts one each minute: where this one ends, the next one goes on.
TURN = timedelta(seconds=50)


@shared_task
def refresh_timetable(*, helps: bool = False) -> None:
    """Do what only time changes, once a day, and go on where a worker was lost; let others help."""
    run = refresh.start_once(as_at=timezone.localdate(), now=timezone.now())
    if run is None:
        return
    if not helps:
        _ask_for_help(refresh_timetable, refresh.helpers_wanted(run))
    done = sum(refresh.go_on(run, clock=timezone.now, until=timezone.now() + TURN))
    _log.info("States parties refreshed: %d of %d", done, run.parties)


@shared_task
def purge_drafts() -> None:
    """Delete what was uploaded a week ago with forms that nobody sent, and files without a row."""
    document.purge_drafts(now=timezone.now())
    document.purge_strays(now=timezone.now())


@shared_task
def plan_reminders() -> None:
    """Write the alerts that should exist by now."""
    planned = plan_alerts(as_at=timezone.localdate(), now=timezone.now())
    if planned:
        new = len(planned.to_send) + len(planned.revived)
        _log.info("Reminders planned: %d, skipped: %d", new, len(planned.skipped))


@shared_task
def plan_worklist() -> None:
    """Let the desk officers be told, once a quarter, which dates they have to confirm."""
    worklist.plan_worklist(as_at=timezone.localdate(), now=timezone.now())


@shared_task
def send_reminders(*, helps: bool = False) -> None:
    """Send what is due; where that is much, let other workers help."""
    today = timezone.localdate()
    if not helps:
        _ask_for_help(send_reminders, helpers_wanted(as_at=today, now=timezone.now()))
    sent = send_due(as_at=today, clock=timezone.now, longest=TURN)
    if sent:
        _log.info("Mails sent: %d, waiting: %d, failed: %d", sent.sent, sent.waiting, sent.failed)


def _ask_for_help(task: Task[[], None], helpers: int) -> None:
    """Let so many more workers do the task; where the broker is away, this one does it alone."""
    try:
        for _helper in range(helpers):
            task.apply_async(kwargs={"helps": True}, expires=TURN.seconds, retry=False)
    except OperationalError as error:
        _log.warning("No other worker could be asked to help: %s", error)


@shared_task
def tell_webhooks() -> None:
    """Plan what webhooks are to be told, and tell them."""
    webhooks.plan(now=timezone.now())
    told = tell_due(clock=timezone.now, longest=TURN)
    if told:
        _log.info(
            "Webhooks told: %d, waiting: %d, failed: %d", told.sent, told.waiting, told.failed
        )


@shared_task
def purge_deliveries() -> None:
    """Delete what webhooks were told a month ago."""
    webhooks.purge(now=timezone.now())


@shared_task
def purge_audit() -> None:
    """Delete what of the audit log is older than it is kept."""
    audit.purge(now=timezone.now())


@shared_task
def purge_personal() -> None:
    """Delete what of personal data is older than it is kept."""
    retention.purge_personal_data(now=timezone.now())


@shared_task
def heartbeat(process: str) -> None:
    """Say that the process which runs this lives."""
    signs.beat(process=process, now=timezone.now())


@shared_task
def send_password_reset(*, email: str, link: str, language: str) -> None:
    """Send the link to a new password; no link is for an address that has no account."""
    account.send_password_reset(email=email, link=link, language=language)
