"""The pages for repair: reached through the one sign-in, and not there for anybody else."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.views.main import ERROR_FLAG
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from reporting.models import Role

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class RepairSite(AdminSite):
    """Has no sign-in of its own, which would know no second factor."""

    site_header = _("Repair")
    site_title = _("Repair")

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether an administrator asks; the right goes with the role."""
        is_administrator = getattr(request.user, "role", "") == Role.ADMINISTRATOR
        return super().has_permission(request) and is_administrator

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # noqa: FBT001, FBT002 - Django's signature
        """Answer 404 to a signed-in person without the right."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def look(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not self.has_permission(request):
                raise Http404
            try:
                return inner(request, *args, **kwargs)
            except (ValueError, OverflowError):
                if not _looks_up(request):
                    raise
                return redirect(f"{request.path}?{ERROR_FLAG}=1")

        return cast("View", look)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # noqa: ARG002
        """Lead on whoever is signed in and has the right."""
        if not self.has_permission(request):
            raise Http404
        return redirect("admin:index")


def _looks_up(request: HttpRequest) -> bool:
    """Return whether the address of a list has values to look up; Django does not try them first.

    A year that no calendar has, as ``as_at__year=0``, is raised by the query itself.
    """
    match = request.resolver_match
    is_list = bool(match and (match.url_name or "").endswith("_changelist"))
    is_read = request.method in {"GET", "HEAD"}
    return is_list and is_read and bool(set(request.GET) - {ERROR_FLAG})
