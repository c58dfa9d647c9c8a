"""What runs by itself: each task asks the clock and calls one service."""

from celery import shared_task
from django.utils import timezone

from reporting.services import account, document
from reporting.services.timetable import refresh_all


@shared_task
def refresh_timetable() -> None:
    """Do what only time changes: let the reports of the cycle arise."""
    refresh_all(as_at=timezone.localdate())


@shared_task
def purge_drafts() -> None:
    """Delete what was uploaded a week ago with forms that nobody sent."""
    document.purge_drafts(now=timezone.now())


@shared_task
def send_password_reset(*, email: str, link: str, language: str) -> None:
    """Send the link to a new password; no link is for an address that has no account."""
    account.send_password_reset(email=email, link=link, language=language)
