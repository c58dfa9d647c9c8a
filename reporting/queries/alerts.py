"""What a State's page says of its alerts."""

from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from reporting.models import Mute, Reminder, State, User
from reporting.queries.coming import Coming, coming
from reporting.queries.mute import mutes
from reporting.queries.reminder import Asked, ledger

DAYS_AHEAD = 365
MOST = 5


@dataclass(frozen=True, slots=True)
class StateAlerts:
    """The next alerts about a State, the latest that were sent, and what holds some back."""

    coming: list[Coming]
    sent: list[Reminder]
    mutes: list[Mute]


def state_alerts(*, person: User, state: State, as_at: date) -> StateAlerts:
    """Return what the person may see of it, in a fixed number of queries."""
    ahead = coming(person=person, as_at=as_at, days=DAYS_AHEAD, state=state)
    sent = Asked(state=state, status=(Reminder.State.SENT,))
    in_force = mutes(person=person, as_at=as_at).in_force
    return StateAlerts(
        coming=list(islice(chain.from_iterable(day.mails for day in ahead), MOST)),
        sent=list(ledger(person=person, asked=sent, as_at=as_at))[:MOST],
        mutes=[each for each in in_force if each.about == state],
    )
