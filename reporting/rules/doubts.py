"""What does not fit between a paragraph and what is on record, so that somebody looks again."""

from datetime import date
from enum import Enum, auto

from reporting.rules.moments import Start
from reporting.rules.paragraph import Known, Paragraph


class Doubt(Enum):
    """What does not fit."""

    NO_DATE = auto()
    NOT_CLEAR = auto()
    NO_START = auto()
    OTHER_START = auto()
    SEVERAL_DATES = auto()
    NO_SUCH_DAY = auto()
    STROKES = auto()
    PASSED = auto()
    BEFORE_REVIEW = auto()
    OTHER_REPORTS = auto()
    OTHER_STATE = auto()
    OTHER_SYMBOL = auto()


def doubts(read: Paragraph, known: Known, *, iso3: str, symbol: str, as_at: date) -> list[Doubt]:
    """Return what in the text contradicts the report that is expected next, or says nothing of it."""
    due, reviewed_on = read.due_on(known), known.reviewed_on
    has_other_start = bool(read.within and read.within.value.start is Start.ANOTHER)
    found = {
        Doubt.NO_DATE: read.names_no_time,
        Doubt.NOT_CLEAR: read.is_empty and bool(read.others) and not read.rivals,
        Doubt.NO_START: bool(read.within and due is None and not has_other_start),
        Doubt.OTHER_START: has_other_start,
        Doubt.SEVERAL_DATES: bool(read.rivals),
        Doubt.NO_SUCH_DAY: bool(read.slips),
        Doubt.STROKES: bool(read.strokes) and read.due is None,
        Doubt.PASSED: bool(due and due.last_day < as_at),
        Doubt.BEFORE_REVIEW: bool(due and reviewed_on and due.last_day < reviewed_on.first_day),
        Doubt.OTHER_REPORTS: bool(read.reports and read.reports.value != known.reports),
        Doubt.OTHER_STATE: bool(read.symbol and read.symbol.value.iso3 != iso3),
        Doubt.OTHER_SYMBOL: bool(symbol and read.symbol and str(read.symbol.value) != symbol),
    }
    return [doubt for doubt, holds in found.items() if holds]
