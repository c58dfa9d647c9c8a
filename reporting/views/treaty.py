"""The treaty that a page is about: that of ``?treaty=``, which links keep like the day."""

from collections.abc import Sequence
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from reporting import permissions
from reporting.models import Treaty, User
from reporting.rules.regimes import DEFAULT
from reporting.views.as_at import as_typed, treaty_asked


def treaty_shown(request: HttpRequest) -> Treaty:
    """Return the treaty; without it there are no facts yet, and the page says so."""
    code = treaty_asked(request)
    found = Treaty.objects.filter(code=code or usual(request)).first()
    if found is None and code:
        raise Http404(_("“%(code)s” is no treaty on record.") % {"code": as_typed(code)})
    if found is None:
        raise Http404(_("No facts are on record yet: load the fact files."))
    return found


def usual(request: HttpRequest) -> str:
    """Return the code of the treaty of a page that is asked for none.

    To whoever is bound to treaties and not to the usual one, it is the first of them.
    """
    person = getattr(request, "user", None) or AnonymousUser()
    if not isinstance(person, User) or not permissions.is_bound(person):
        return DEFAULT
    codes = [each.code for each in treaties_of(person)]
    return DEFAULT if DEFAULT in codes else codes[0]


def desk_treaty(request: HttpRequest) -> Treaty:
    """Return the treaty under which the person acts for the secretariat; 404 for every other one."""
    found = treaty_shown(request)
    if not permissions.is_secretariat_of(request.user, found):
        raise Http404
    return found


def desk_treaties(request: HttpRequest) -> Sequence[Treaty]:
    """Return the treaty that is asked for, else every one under which the person acts."""
    if treaty_asked(request):
        return [desk_treaty(request)]
    return treaties_of(cast("User", request.user)) or [desk_treaty(request)]


def treaties_of(person: User) -> Sequence[Treaty]:
    """Return the treaties to which a person of the secretariat is bound; where to none, all."""
    rows = Treaty.objects.order_by("pk")
    return list(rows.filter(pk__in=person.bound_to) if permissions.is_bound(person) else rows)


def kept(treaty: Treaty) -> str:
    """Return the query string that leads to a page under that treaty; the usual one needs none."""
    return treaty.query
