"""Signing in, and passwords: django-allauth's forms in the house's words and layout."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from reporting.forms.layout import Fieldsets, Text, laid_out

_MISSING = {
    "login": _("Enter your e-mail address."),
    "email": _("Enter your e-mail address."),
    "name": _("Enter your name."),
    "password": _("Enter your password."),
    "oldpassword": _("Enter the password that you use now."),
    "password1": _("Enter a new password."),
    "password2": _("Enter the new password once more."),
    "code": _("Enter the code."),
}
_LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Password that you use now"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "code": _("Code"),
}


class InHouse(forms.Form):
    """Gives a form of django-allauth our labels, hints, words for what is missing, and layout."""

    FIELDSETS: Fieldsets = ()
    SUBMIT: Text = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the fields out; the form is sent to the address that shows it."""
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = _LABELS.get(name, field.label)
            field.help_text = password_hint() if name == "password1" else ""
            if name in _MISSING:
                field.error_messages["required"] = _MISSING[name]
        laid_out(self, self.FIELDSETS, submit=self.SUBMIT, form_action="")


def password_hint() -> str:
    """Return what a password must be, in sentences."""
    return " ".join(map(str, password_validators_help_texts()))


class SignInForm(InHouse, allauth.LoginForm):  # type: ignore[misc] # allauth is untyped
    """An e-mail address and a password."""

    FIELDSETS = (("", ("login", "password")),)
    SUBMIT = _("Sign in")


class ResetPasswordForm(InHouse, allauth.ResetPasswordForm):  # type: ignore[misc]
    """The address to which the link goes."""

    FIELDSETS = (("", ("email",)),)
    SUBMIT = _("Send the link")


class NewPasswordForm(InHouse, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password in place of a forgotten one."""

    FIELDSETS = (("", ("password1", "password2")),)
    SUBMIT = _("Change the password")


class SetPasswordForm(InHouse, allauth.SetPasswordForm):  # type: ignore[misc]
    """A first password, for an account that has none."""

    FIELDSETS = (("", ("password1", "password2")),)
    SUBMIT = _("Set the password")


class ChangePasswordForm(InHouse, allauth.ChangePasswordForm):  # type: ignore[misc]
    """The old password and a new one."""

    FIELDSETS = (("", ("oldpassword", "password1", "password2")),)
    SUBMIT = _("Change the password")


class ReauthenticateForm(InHouse, allauth.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    FIELDSETS = (("", ("password",)),)
    SUBMIT = _("Go on")
