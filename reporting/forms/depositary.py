"""The status of a treaty as the Treaty Collection publishes it: the file, and the treaty."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms.filters import choice
from reporting.forms.layout import Fieldsets, laid_out
from reporting.models import Treaty


class DepositsForm(forms.Form):
    """The file, and which treaty it is about where its title does not say that."""

    FIELDSETS: Fieldsets = (("", ("file", "treaty")),)

    file = forms.FileField(
        label=_("File"),
        help_text=_("XML, as treaties.un.org offers it beside the status of a treaty."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xml"}),
        error_messages={"required": _("Choose a file.")},
    )
    treaty = choice(_("Treaty, where its title does not say it"), ())

    def __init__(self, *args: Any, treaties: Iterable[Treaty], **kwargs: Any) -> None:
        """Offer the treaties under which the person records."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["treaty"].choices += [(each.code, each.code) for each in treaties]
        laid_out(self, self.FIELDSETS, submit=_("Look at it"), form_action="")
