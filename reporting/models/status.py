"""The words for statuses and bands."""

from django.utils.translation import gettext_lazy as _

from reporting.rules.status import Band, Status

STATUS_LABELS = {
    Status.OVERDUE: _("Overdue"),
    Status.DUE_SOON: _("Due soon"),
    Status.UPCOMING: _("Upcoming"),
    Status.AWAITING_CONSIDERATION: _("Earlier report awaiting consideration"),
    Status.UNCONFIRMED: _("Unconfirmed"),
    Status.NO_DATE: _("No date"),
    Status.MET: _("Met"),
    Status.CONSIDERED_IN_ABSENCE: _("Considered in absence"),
    Status.SUPERSEDED: _("Superseded"),
    Status.LAPSED: _("Lapsed"),
    Status.WITHDRAWN: _("Withdrawn"),
}
# Of the two things that wait, wherever both are counted.
BACKLOG_APART = _(
    "The backlog holds reports that came. “Earlier report awaiting consideration” is said of one that did not come: "
    "its date has passed, and an earlier one is in the backlog, so that it is not counted as overdue."
)
BAND_LABELS = {
    Band.UNDER_FIVE: _("less than 5 years"),
    Band.FIVE_TO_TEN: _("5 to under 10 years"),
    Band.TEN_OR_MORE: _("10 years or more"),
}
