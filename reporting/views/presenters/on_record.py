"""What would be mailed, as rows to show."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reporting.models import Contact, User
from reporting.queries.coming import Coming
from reporting.services.reminder import ledger
from reporting.views.presenters.reminder import ComingRow, by_day


@dataclass(frozen=True, slots=True)
class Mailed:
    """What goes out at once and what follows in a year; ``readers`` get ``mails`` at once."""

    readers: int
    mails: int
    most_in_one: int
    at_once: list[ComingRow]
    later: list[ComingRow]


def mailed(found: Iterable[Coming], *, as_at: date) -> Mailed:
    """Return the alerts of that day and those after it, each as its row."""
    alerts = list(found)
    at_once = [each for each in alerts if each.day <= as_at]
    later = [each for each in alerts if each.day > as_at]
    told: dict[Contact | User, list[Coming]] = defaultdict(list)
    for each in at_once:
        for reader in each.told:
            told[reader.who].append(each)
    return Mailed(
        readers=len({who.email for who in told}),
        mails=sum(len(list(ledger.in_mails(together))) for together in told.values()),
        most_in_one=ledger.MOST_IN_ONE,
        at_once=list(by_day(at_once)),
        later=list(by_day(later)),
    )
