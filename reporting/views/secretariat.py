"""What the views of the secretariat share."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from reporting import permissions
from reporting.models import CommitteeDecision, Review, StateParty, Submission, User
from reporting.views.state_code import no_such_state
from reporting.views.treaty import desk_treaty

F = TypeVar("F", Submission, Review, CommitteeDecision)


def secretariat_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 to whoever does not act for the secretariat.

    What is about one treaty asks in addition whether the person acts under it (``desk_treaty``,
    ``party_shown``, ``fact_shown``).
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.is_secretariat(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def whole_secretariat_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 to whoever does not act for the secretariat under every treaty."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.may_see_whole(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def person(request: HttpRequest) -> User:
    """Return who has signed in, in a view that nobody else reaches."""
    return cast("User", request.user)


def party_shown(request: HttpRequest, iso3: str) -> StateParty:
    """Return the State party of that code under the treaty that is shown, or answer 404."""
    parties = StateParty.objects.filter(treaty=desk_treaty(request)).select_related(
        "state", "treaty"
    )
    try:
        return parties.get(state__iso3=iso3)
    except StateParty.DoesNotExist:
        raise no_such_state(iso3) from None


def fact_shown(request: HttpRequest, model: type[F], pk: int) -> F:
    """Return the fact of that number as it is on record now, or answer 404.

    That is also the answer under a treaty for which the person does not act.
    """
    rows = model.objects.select_related("state_party__state", "state_party__treaty")
    found = get_object_or_404(rows, pk=pk)
    if not permissions.may_record(request.user, found.state_party.treaty_id):
        raise Http404
    return found
