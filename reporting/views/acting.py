"""For whom a person acts; what they may not act for answers 404."""

from typing import cast

from django.http import Http404, HttpRequest

from reporting import permissions
from reporting.models import StateParty, User
from reporting.views.as_at import treaty_asked
from reporting.views.treaty import treaty_shown, usual


def person(request: HttpRequest) -> User:
    """Return who has signed in, in a view that nobody else reaches."""
    return cast("User", request.user)


def acting_for(request: HttpRequest, iso3: str) -> StateParty:
    """Return the State party for which the person may act; answer 404 for every other.

    It is that of the treaty asked for; else of the usual one, or the first that binds the State.
    """
    parties = StateParty.objects.filter(state__iso3=iso3).select_related("state", "treaty")
    if treaty_asked(request):
        parties = parties.filter(treaty=treaty_shown(request))
    elif permissions.is_bound(request.user):
        parties = parties.filter(treaty__in=person(request).bound_to)
    by_code = {each.treaty.code: each for each in parties.order_by("-treaty")}
    party = by_code.get(usual(request)) or next(reversed(by_code.values()), None)
    if party is None or not permissions.may_act_for(request.user, party):
        raise Http404
    return party
