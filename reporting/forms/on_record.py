"""Saying for which day what a State has sent is on record, and taking that back."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from reporting.forms.fact import SeenForm, reason_field
from reporting.forms.layout import laid_out
from reporting.forms.mute import day_field


class OnRecordForm(SeenForm):
    """The day; that of today, unless somebody knows better."""

    on = day_field(
        _("Everything sent by this day is on record"),
        _("Log what is sent later as it is sent: alerts go by what is on record."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the field out."""
        super().__init__(*args, **kwargs)
        names = (("", ("seen", "on")),)
        laid_out(self, names, submit=_("See what would be mailed"), form_action="")


class TakeBackForm(SeenForm):
    """Why it is not so, or not known."""

    prefix = "take_back"

    because = reason_field(_("Why is it taken back?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the field out."""
        super().__init__(*args, **kwargs)
        names = (("", ("seen", "because")),)
        laid_out(self, names, submit=_("Take it back"), form_action="")
