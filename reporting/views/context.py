"""What every page knows about its reader."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info

from reporting import permissions
from reporting.models import Role, Treaty
from reporting.queries.all_treaties import several_treaties, treaties_with_parties


def reader(request: HttpRequest) -> dict[str, bool]:
    """Return what the navigation offers; a page that an error shows may have no user."""
    user = getattr(request, "user", None) or AnonymousUser()
    return {
        "status_is_public": permissions.status_is_public(),
        "may_see_status": permissions.may_see_status(user),
        "of_secretariat": permissions.is_secretariat(user),
        "sees_whole": permissions.may_see_whole(user),
        "of_ministry": getattr(user, "role", "") == Role.MINISTRY,
    }


# The lists that are of one treaty, whichever is asked for.
OF_ONE_TREATY = {
    *("dashboard", "overview", "timeline", "states"),
    *("tables", "table", "exports", "changes"),
}


def treaties(request: HttpRequest) -> dict[str, Callable[[], Sequence[Treaty] | bool]]:
    """Offer the treaties among which such a page switches; none where there is only one.

    ``several_treaties``: whether what is listed may be of several, so that each line has to name its own.
    """

    def offered() -> Sequence[Treaty]:
        match = request.resolver_match
        if match is None or match.url_name not in OF_ONE_TREATY:
            return ()
        found = treaties_with_parties()
        return found if len(found) > 1 else ()

    @cache
    def several() -> bool:
        bound = permissions.bound_to(getattr(request, "user", None) or AnonymousUser())
        return len(bound) != 1 and several_treaties()

    return {"treaties_offered": offered, "several_treaties": several}


class Offer(NamedTuple):
    """A language in which the page can be read: its name in that language, and the address."""

    code: str
    name: str
    query: str
    is_current: bool


def languages(request: HttpRequest) -> dict[str, list[Offer]]:
    """Return the languages that are offered, each with this page and its query; none for one only."""
    offered = settings.LANGUAGES_OFFERED
    return {"languages": [_offer(request, code) for code in offered] if len(offered) > 1 else []}


# A longer query is none that a page can use; it would stand in the menu once for each language.
_LONGEST_QUERY = 2_000


def _offer(request: HttpRequest, code: str) -> Offer:
    is_short = len(request.META.get("QUERY_STRING", "")) <= _LONGEST_QUERY
    query = request.GET.copy() if is_short else QueryDict(mutable=True)
    query["language"] = code
    name = capfirst(get_language_info(code)["name_local"])
    return Offer(code, name, f"?{query.urlencode()}", code == get_language())
