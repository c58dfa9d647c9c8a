"""Signing in."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from reporting.forms.layout import Fieldsets, laid_out


class SignInForm(AuthenticationForm):
    """An e-mail address and a password."""

    FIELDSETS: Fieldsets = (("", ("username", "password")),)
    error_messages = {
        "invalid_login": _("The e-mail address and the password do not match an account."),
        "inactive": _("This account may not sign in."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the missing ones on their fields."""
        super().__init__(*args, **kwargs)
        self.fields["username"].error_messages["required"] = _("Enter your e-mail address.")
        self.fields["password"].error_messages["required"] = _("Enter your password.")
        laid_out(self, self.FIELDSETS, submit=_("Sign in"), form_action="")
