"""Who must have a second factor is led to one, before anything else."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from reporting.permissions import lacks_second_factor

# Where a second factor is set up, and the way out.
_STEPS = frozenset({"account_reauthenticate", "account_logout", "reporting:healthz"})


class SecondFactorMiddleware(MiddlewareMixin):
    """Lets nobody past who must have a second factor and has none."""

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponseBase],
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Let the request through, or lead to where a second factor is set up."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in _STEPS or name.startswith("mfa_") or not lacks_second_factor(request.user):
            return None
        text = _("Your role needs a second step to sign in. Set one up to go on.")
        messages.warning(request, text)
        address = reverse("mfa_index")
        return (
            HttpResponseClientRedirect(address)
            if getattr(request, "htmx", False)
            else redirect(address)
        )
