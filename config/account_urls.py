"""Addresses of signing in, passwords and second factors: those of django-allauth that we use."""

from allauth.account import views
from allauth.socialaccount import views as provider
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.utils.translation import gettext as _


def closed(_request: HttpRequest) -> HttpResponse:
    """Answer 404 where django-allauth would let people register or connect accounts."""
    raise Http404(_("An account is made by invitation only."))


urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
    path("account/inactive/", views.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("account/password/", views.password_change, name="account_change_password"),
    path("account/password/set/", views.password_set, name="account_set_password"),
    path("account/password/reset/", views.password_reset, name="account_reset_password"),
    path(
        "account/password/reset/sent/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/security/", include("allauth.mfa.urls")),
    path("account/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path(
        "account/provider/cancelled/",
        provider.login_cancelled,
        name="socialaccount_login_cancelled",
    ),
    path("account/provider/error/", provider.login_error, name="socialaccount_login_error"),
    path("account/sign-up/", closed, name="account_signup"),
    path("account/provider/sign-up/", closed, name="socialaccount_signup"),
    path("account/provider/connections/", closed, name="socialaccount_connections"),
]
