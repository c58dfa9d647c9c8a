"""The words for statuses and bands, and the choices that are made of them."""

from django.utils.translation import gettext_lazy as _

from reporting.queries.dashboard import BACKLOG
from reporting.rules.status import Band, Status

STATUS_LABELS = {
    Status.OVERDUE: _("Overdue"),
    Status.DUE_SOON: _("Due soon"),
    Status.UPCOMING: _("Upcoming"),
    Status.AWAITING_CONSIDERATION: _("Awaiting consideration"),
    Status.UNCONFIRMED: _("Unconfirmed"),
    Status.NO_DATE: _("No date"),
    Status.MET: _("Met"),
    Status.CONSIDERED_IN_ABSENCE: _("Considered in absence"),
    Status.SUPERSEDED: _("Superseded"),
    Status.LAPSED: _("Lapsed"),
    Status.WITHDRAWN: _("Withdrawn"),
}
BAND_LABELS = {
    Band.UNDER_FIVE: _("less than 5 years"),
    Band.FIVE_TO_TEN: _("5 to under 10 years"),
    Band.TEN_OR_MORE: _("10 years or more"),
}
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
