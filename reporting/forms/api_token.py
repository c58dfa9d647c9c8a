"""A token for a program: what for, and what it may do."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms.layout import Fieldsets, laid_out
from reporting.models import Scope


class ApiTokenForm(forms.Form):
    """What the token is for, and its scope."""

    FIELDSETS: Fieldsets = ((_("A new token"), ("name", "scope")),)

    name = forms.CharField(
        label=_("What is it for?"),
        help_text=_("So that you know later which one to end: the name of the program."),
        max_length=60,
        error_messages={"required": _("Say what the token is for.")},
    )
    scope = forms.ChoiceField(
        label=_("What may the program do?"),
        choices=[
            (Scope.READ, _("Read what you may read")),
            (Scope.FILE, _("Read, and file reports in your name")),
            (Scope.WEBHOOKS, _("Read, and manage your webhooks")),
        ],
        initial=Scope.READ,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the fields out below the tokens."""
        super().__init__(*args, **kwargs)
        laid_out(self, self.FIELDSETS, submit=_("Make a token"), form_action="")
