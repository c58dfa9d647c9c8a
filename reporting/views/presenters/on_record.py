"""What would be mailed, as rows to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reporting.queries.coming import Coming
from reporting.views.presenters.reminder import ComingRow, by_day


@dataclass(frozen=True, slots=True)
class Mailed:
    """What goes out at once and what follows in a year; ``readers`` get a mail at once."""

    readers: int
    at_once: list[ComingRow]
    later: list[ComingRow]


def mailed(found: Iterable[Coming], *, as_at: date) -> Mailed:
    """Return the alerts of that day and those after it, each as its row."""
    alerts = list(found)
    at_once = [each for each in alerts if each.day <= as_at]
    later = [each for each in alerts if each.day > as_at]
    readers = {reader.who.email for each in at_once for reader in each.told}
    return Mailed(len(readers), list(by_day(at_once)), list(by_day(later)))
