"""The numbers that an operator may choose: each with its bounds, all read in one way."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_WRITTEN = re.compile(r"[+-]?\d{1,12}", re.ASCII)


class Bounds(NamedTuple):
    """What a number is where nobody chose it, and the least and the most that it may be."""

    default: int
    least: int
    most: int


A_CENTURY = 36_500  # days
NUMBERS = {
    "AUDIT_DAYS": Bounds(730, 0, A_CENTURY),
    "INVITATION_KEPT_DAYS": Bounds(90, 0, A_CENTURY),
    "MAIL_KEPT_DAYS": Bounds(1825, 0, A_CENTURY),
    "ESCALATION_DAYS": Bounds(30, 0, 3650),
    "REMINDERS_PER_MINUTE": Bounds(0, 0, 1_000_000),
    "REFRESH_WORKERS": Bounds(3, 1, 100),
    "REMINDER_SENDERS": Bounds(3, 1, 100),
    "LIST_OF_ISSUES_WEEKS": Bounds(26, 0, 260),
    "REPLIES_WEEKS": Bounds(10, 0, 260),
    "WEBHOOK_DAYS": Bounds(5, 1, 3650),
    "TRUSTED_PROXY_COUNT": Bounds(0, 0, 10),
    "DOCUMENT_MAX_MB": Bounds(50, 1, 2000),
    "REQUEST_MAX_MB": Bounds(220, 1, 10_000),
    "STATE_QUOTA_MB": Bounds(2000, 0, 1_000_000_000),
    "STORAGE_QUOTA_MB": Bounds(0, 0, 1_000_000_000),
    "SCANNER_TIMEOUT": Bounds(30, 1, 110),  # the proxy waits for two minutes
    "SECURE_HSTS_SECONDS": Bounds(31_536_000, 0, 315_360_000),
    "WEB_CONCURRENCY": Bounds(2, 1, 256),  # gunicorn reads it by itself
}


def number(environment: Mapping[str, str], name: str) -> int:
    """Return the number of this name; the default where none is set, or what is set is none.

    What is wrong with it `wrong_numbers` says, and a check of the application.

    >>> number({"AUDIT_DAYS": "30"}, "AUDIT_DAYS"), number({"AUDIT_DAYS": "-1"}, "AUDIT_DAYS")
    (30, 730)
    """
    found = _read(environment, name)
    return NUMBERS[name].default if found is None else found


def wrong_numbers(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with the numbers that are set, by name.

    >>> wrong_numbers({"REMINDER_SENDERS": "0", "AUDIT_DAYS": "", "REPLIES_WEEKS": "10"})
    {'REMINDER_SENDERS': 'REMINDER_SENDERS is “0”; it is a whole number from 1 to 100.'}
    """
    return {
        name: f"{name} is “{environment[name][:40]}”; it is a whole number from {least} to {most}."
        for name, (_default, least, most) in NUMBERS.items()
        if environment.get(name, "").strip() and _read(environment, name) is None
    }


def _read(environment: Mapping[str, str], name: str) -> int | None:
    written, bounds = environment.get(name, "").strip(), NUMBERS[name]
    if not _WRITTEN.fullmatch(written):
        return None
    return int(written) if bounds.least <= int(written) <= bounds.most else None
