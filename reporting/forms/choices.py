"""The choices that are made of statuses, bands and States."""

from collections.abc import Iterable
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from reporting.models import State
from reporting.models.status import BAND_LABELS, STATUS_LABELS
from reporting.queries.dashboard import BACKLOG
from reporting.rules.status import Status

_OPEN = (
    Status.OVERDUE,
    Status.DUE_SOON,
    Status.UPCOMING,
    Status.AWAITING_CONSIDERATION,
    Status.UNCONFIRMED,
    Status.NO_DATE,
)
STATUS_CHOICES = [
    *((status.value, STATUS_LABELS[status]) for status in _OPEN),
    (BACKLOG, _("Backlog: received, not yet considered")),
]
BAND_CHOICES = [(band.value, label) for band, label in BAND_LABELS.items()]


def by_name(states: Iterable[State]) -> list[tuple[str, str]]:
    """Return the States as choices, each once, in the order of the reader's language."""
    ordered = sorted(states, key=attrgetter("place"))
    return list(dict.fromkeys((state.iso3, state.local_name) for state in ordered))
