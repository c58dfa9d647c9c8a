"""What every page knows about its reader."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from reporting import permissions
from reporting.models import Role


def reader(request: HttpRequest) -> dict[str, bool]:
    """Return what the navigation offers; a page that an error shows may have no user."""
    user = getattr(request, "user", None) or AnonymousUser()
    return {
        "status_is_public": permissions.status_is_public(),
        "may_see_status": permissions.may_see_status(user),
        "of_secretariat": permissions.is_secretariat(user),
        "of_ministry": getattr(user, "role", "") == Role.MINISTRY,
    }
