"""What the views of the secretariat share."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from reporting import permissions
from reporting.models import CommitteeDecision, Review, StateParty, Submission, User
from reporting.views.state_code import no_such_state
from reporting.views.treaty import treaty_shown

F = TypeVar("F", Submission, Review, CommitteeDecision)


def secretariat_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 to whoever does not act for the secretariat."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.may_record(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def person(request: HttpRequest) -> User:
    """Return who has signed in, in a view that nobody else reaches."""
    return cast("User", request.user)


def party_shown(request: HttpRequest, iso3: str) -> StateParty:
    """Return the State party of that code under the treaty that is shown, or answer 404."""
    parties = StateParty.objects.filter(treaty=treaty_shown(request)).select_related(
        "state", "treaty"
    )
    try:
        return parties.get(state__iso3=iso3)
    except StateParty.DoesNotExist:
        raise no_such_state(iso3) from None


def fact_shown(model: type[F], pk: int) -> F:
    """Return the fact of that number as it is on record now, or answer 404."""
    rows = model.objects.select_related("state_party__state", "state_party__treaty")
    return get_object_or_404(rows, pk=pk)
