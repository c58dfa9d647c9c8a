"""What the engine answers: an obligation of a State party, with its reason and its span of time."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from reporting.rules.partial_date import PartialDate
from reporting.rules.wording import Explanation


class Kind(StrEnum):
    """What is owed."""

    REPORT = "report"
    ADDITIONAL_REPORT = "additional report"
    FOLLOW_UP = "follow-up"
    REPLIES = "replies to a list of issues"


class Basis(StrEnum):
    """On what a due date rests."""

    TREATY = "treaty"
    COMMITTEE = "committee"
    ESTIMATE = "estimate"
    NONE = "none"


class Closure(StrEnum):
    """How an obligation ended."""

    MET = "met"
    CONSIDERED_IN_ABSENCE = "considered in absence"
    SUPERSEDED = "superseded"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Obligation(NamedTuple):
    """A duty of a State party: open from ``arises_on`` until the day before ``closed_on``.

    ``due`` is ``None`` with the basis ``none`` alone. ``key`` names the obligation within its State
    party and stays the same when a fact is corrected. ``awaiting_since`` is the day from which an
    earlier report waits to be considered, so that a passed due date does not count as overdue.
    ``closed_by`` names the document or fact that ended it, ``submission`` the ref of the submission
    that met it; ``received`` is when that came, ``None`` where it is not on record. ``considered_on`` is
    the day on which the Committee had considered what was received; until then it is in the backlog.
    """

    key: str
    kind: Kind
    first: int | None
    last: int | None
    due: PartialDate | None
    basis: Basis
    source: str
    explanation: Explanation
    arises_on: date
    closed_on: date | None = None
    closed_as: Closure | None = None
    closed_by: str = ""
    submission: str = ""
    received: PartialDate | None = None
    considered_on: date | None = None
    awaiting_since: date | None = None

    def is_open(self, *, as_at: date) -> bool:
        """Whether it had arisen and was not yet closed by that day."""
        return self.arises_on <= as_at and not (self.closed_on and self.closed_on <= as_at)
