"""The choices that are made of statuses and bands."""

from django.utils.translation import gettext_lazy as _

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
    (BACKLOG, _("Received, not yet considered")),
]
BAND_CHOICES = [(band.value, label) for band, label in BAND_LABELS.items()]
