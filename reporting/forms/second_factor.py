"""Codes, keys and passkeys: django-allauth's forms in the house's words and layout."""

import json
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import forms as codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import encrypt
from allauth.mfa.webauthn import forms as keys
from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms.account import InHouse


class AuthenticateForm(InHouse, base.AuthenticateForm):  # type: ignore[misc] # allauth is untyped
    """A code of the app, or a recovery code."""

    FIELDSETS = (("", ("code",)),)
    SUBMIT = _("Sign in")


class ReauthenticateForm(InHouse, base.ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before something that matters."""

    FIELDSETS = (("", ("code",)),)
    SUBMIT = _("Go on")


class ActivateTOTPForm(InHouse, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""

    FIELDSETS = (("", ("code",)),)
    SUBMIT = _("Switch on")

    def clean_code(self) -> str:
        """Return the code, and use it up: nobody who saw it signs in with it."""
        code: str = super().clean_code()
        data = {"secret": encrypt(self.secret)}
        app = Authenticator(user=self.user, type=Authenticator.Type.TOTP, data=data)
        if not TOTP(app).validate_code(code):
            raise get_adapter().validation_error("incorrect_code")  # noqa: EM101 - allauth's name of it
        return code


class DeactivateTOTPForm(InHouse, totp.DeactivateTOTPForm):  # type: ignore[misc]
    """Asks for nothing but the press of the button."""

    SUBMIT = _("Switch off")


class GenerateRecoveryCodesForm(InHouse, codes.GenerateRecoveryCodesForm):  # type: ignore[misc]
    """Asks for nothing but the press of the button."""

    SUBMIT = _("Make new codes")


class EditKeyForm(InHouse, keys.EditWebAuthnForm):  # type: ignore[misc]
    """The name under which a key is listed."""

    FIELDSETS = (("", ("name",)),)
    SUBMIT = _("Save")


class _Decoder(json.JSONDecoder):
    """Takes what is nested without end for what it is: nothing that a key has said."""

    def decode(self, s: str, *where: Any) -> Any:
        """Return what the text says; raise JSONDecodeError where it says nothing."""
        try:
            return super().decode(s, *where)
        except RecursionError:
            raise json.JSONDecodeError(s[:1], s[:1], 0) from None


class _Key(forms.Form):
    """What a browser has read from a key; visitors send it too."""

    credential = forms.JSONField(decoder=_Decoder, widget=forms.HiddenInput)


class LoginKeyForm(_Key, keys.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey instead of a password."""


class ReauthenticateKeyForm(_Key, keys.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The key once more, before something that matters."""


class AddKeyForm(InHouse, _Key, keys.AddWebAuthnForm):  # type: ignore[misc]
    """The name of a key, and whether it is to sign in by itself."""

    FIELDSETS = (("", ("name", "passwordless", "credential")),)
    SUBMIT = _("Add the key")

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Say what a passkey is; the browser fills in the rest when the button is pressed."""
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
        self.fields["passwordless"].label = _("Passkey: sign in with it alone, without a password")
        self.fields["passwordless"].initial = True
        self.fields["credential"].error_messages["required"] = _(
            "The key was not read. Keys and passkeys need JavaScript in the browser."
        )
