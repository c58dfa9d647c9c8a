"""Where django-allauth asks us: who may come in, what is said, what is sent, how secrets are kept."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context as allauth
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.shortcuts import render as page_of
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from reporting import permissions
from reporting.emails import render
from reporting.emails.links import in_language
from reporting.models import Role, User
from reporting.services.mail import send
from reporting.services.sealed import sealed, unsealed
from reporting.tasks import send_password_reset
from reporting.views.lockout import address

_PURPOSE = "second factors"
RESET = "account/email/password_reset_key"
NOBODY = "account/email/unknown_account"
# What the owner of an account is told of by e-mail, by the name of allauth's own template.
NOTICES = {
    "account/email/password_changed": _("The password of your account was changed."),
    "account/email/password_set": _("A password was set for your account."),
    "account/email/password_reset": _("The password of your account was reset by e-mail."),
    "mfa/email/totp_activated": _("An authenticator app was added to your account."),
    "mfa/email/totp_deactivated": _("The authenticator app was removed from your account."),
    "mfa/email/webauthn_added": _("A key or passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A key or passkey was removed from your account."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made for your account."),
}
_HOMES = {Role.MINISTRY: "reporting:my", Role.SECRETARIAT: "reporting:inbox"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth is untyped
    """Signing in by e-mail address, by invitation only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "The e-mail address and the password do not match an account."
        ),
        "too_many_login_attempts": _("There were too many attempts. Wait five minutes."),
        "enter_current_password": _("This is not the password that you use now."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is not right, or no longer. Enter the newest one."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Return that nobody registers."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address by which attempts are counted."""
        return address(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords for an account by address, or a stranger could keep its owner out.

        allauth counts by account alone, and has no public name for what it counts by.
        """
        of_account: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{of_account}:{address(request)}"

    def get_login_stages(self) -> list[str]:
        """Ask for a second factor after the password; for nothing else."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead a person to where the work is."""
        try:
            return reverse(_HOMES[Role(request.user.role)])  # type: ignore[union-attr]
        except (KeyError, NoReverseMatch):
            return reverse("reporting:dashboard")

    def get_password_change_redirect_url(self, _request: HttpRequest) -> str:
        """Lead back to the page about security."""
        return reverse("mfa_index")

    def is_reauthentication_required(self, app: str) -> bool:  # noqa: ARG002 - allauth's word
        """Ask for the password once more, unless it was given a few minutes ago at the sign-in."""
        request = allauth.request
        records = get_authentication_records(request, request.user)
        latest = max((record["at"] for record in records), default=0)
        return bool(time.time() - latest >= app_settings.REAUTHENTICATION_TIMEOUT)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send our own e-mail for allauth's; of what has none of ours, nothing goes out.

        A forgotten password is left to the worker, for an address without an account too: how
        long the page takes tells nobody whether there is one.
        """
        language = get_language() or "en"
        if template_prefix in {RESET, NOBODY}:
            link = in_language(context["password_reset_url"]) if template_prefix == RESET else ""
            send_password_reset.delay(email=email, link=link, language=language)
            return
        link = in_language(allauth.request.build_absolute_uri(reverse("account_reset_password")))
        given = context | {"notice": NOTICES[template_prefix], "link": link}
        send(rendered=render("security_notice", context=given, language=language), to=email)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: kept encrypted, and kept at all where the role must have one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _(
            "Your role needs a second step to sign in. Add another one before you remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Return the secret as it is kept; SECRET_KEY opens it."""
        return sealed(text, purpose=_PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret."""
        return unsealed(encrypted_text, purpose=_PURPOSE)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 # allauth's word
        """Return the name that a new key gets where its owner gives it none."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Key %(number)s") % {"number": number}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to remove the last one of a person whose role must have one."""
        owner: User = authenticator.user
        needed = owner.role in settings.SECOND_FACTOR_FOR
        others = permissions.second_factors(owner).exclude(pk=authenticator.pk)
        return not needed or others.exists()

    def _get_site_name(self) -> str:
        name: str = settings.MFA_TOTP_ISSUER
        return name


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The organisation's identity provider says who it is; accounts stay ours."""

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: Any) -> bool:
        """Return that the provider makes no accounts."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account by an address that the provider has verified; connect nothing.

        Every address here was invited, so it is as good as verified; allauth's own search would
        take the password away from an account whose address it has not verified itself.
        """
        if sociallogin.state.get("process") != "login" or request.user.is_authenticated:
            raise ImmediateHttpResponse(redirect("socialaccount_login_error"))
        verified = [
            row.email.lower() for row in sociallogin.email_addresses if row.verified is True
        ]
        found = User.objects.filter(email__in=verified).first()
        if found:
            sociallogin.user = found
        elif sociallogin.email_addresses and not verified:
            page = "socialaccount/unverified_address.html"
            raise ImmediateHttpResponse(page_of(request, page))
