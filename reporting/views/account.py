"""Signing in and out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from reporting.forms.account import SignInForm
from reporting.forms.errors import problems


class SignIn(LoginView):
    """Ask who it is; lead on only to addresses of this site."""

    template_name = "account/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the summary of what is wrong."""
        context = super().get_context_data(**kwargs)
        return context | {"errors": problems(context["form"])}


class SignOut(LogoutView):
    """Sign out on POST; ask on GET, so that no link or prefetch signs anybody out."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Ask."""
        return render(request, "account/sign_out.html")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out, and say so on the next page."""
        response = super().post(request, *args, **kwargs)
        messages.success(request, _("You have signed out."))
        return response
