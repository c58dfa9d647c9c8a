"""For whom a person acts; what they may not act for answers 404."""

from typing import cast

from django.http import Http404, HttpRequest

from reporting import permissions
from reporting.models import StateParty, User
from reporting.views.treaty import treaty_shown


def person(request: HttpRequest) -> User:
    """Return who has signed in, in a view that nobody else reaches."""
    return cast("User", request.user)


def acting_for(request: HttpRequest, iso3: str) -> StateParty:
    """Return the State party for which the person may act; answer 404 for every other."""
    parties = StateParty.objects.filter(treaty=treaty_shown()).select_related("state", "treaty")
    party = parties.filter(state__iso3=iso3).first()
    if party is None or not permissions.may_act_for(request.user, party.state):
        raise Http404
    return party
