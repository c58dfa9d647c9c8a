"""Calendars that programs subscribe to: of all States, of one, and of one person."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from reporting import permissions
from reporting.exports.calendar import feed
from reporting.models import StateParty, Treaty, User
from reporting.queries.all_treaties import several_treaties
from reporting.queries.calendar import Scope, days, mark, state_scope
from reporting.services.calendar_link import reader_of
from reporting.views.as_at import treaty_asked
from reporting.views.download import refused
from reporting.views.parameters import misread
from reporting.views.state_code import no_such_state
from reporting.views.treaty import treaty_shown
from reporting.views.unchanged import answer_if_changed


@require_safe
@cache_control(no_cache=True)
def calendar(request: HttpRequest) -> HttpResponse:
    """Hand out the due dates of all States parties, and the sessions."""
    treaty = treaty_shown(request)
    name = _("%(treaty)s: reports due") % {"treaty": treaty.code}
    return _answer(request, Scope(treaty), name)


@require_safe
@cache_control(no_cache=True)
def state_calendar(request: HttpRequest, iso3: str) -> HttpResponse:
    """Hand out the due dates of one State party, and the sessions on which something of it hangs."""
    treaty = _one(request)
    try:
        scope, state = state_scope(iso3=iso3.upper(), treaty=treaty)
    except StateParty.DoesNotExist:
        raise no_such_state(iso3) from None
    scope = replace(scope, with_universal=not treaty_asked(request))
    if treaty is None:
        return _answer(request, scope, _("%(state)s: all treaties") % {"state": state.local_name})
    places = {"treaty": treaty.code, "state": state.local_name}
    return _answer(request, scope, _("%(treaty)s: %(state)s") % places)


@require_safe
@cache_control(private=True, no_cache=True)
def private_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Hand out a person's calendar; the address is its own proof."""
    person = reader_of(token=token, at=timezone.now())
    if person is None:
        raise Http404
    treaty = _one(request)
    mine = _("%(treaty)s: my calendar")
    name = mine % {"treaty": treaty.code} if treaty else _("My calendar: all treaties")
    scope = own_scope(person, treaty, is_whole=not treaty_asked(request))
    answer = _answer(request, scope, name)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _one(request: HttpRequest) -> Treaty | None:
    """Return the treaty that is asked for, or the only one with States parties; else all of them."""
    if not treaty_asked(request) and several_treaties():
        return None
    return treaty_shown(request)


def own_scope(person: User, treaty: Treaty | None, *, is_whole: bool) -> Scope:
    """Return what a person's calendar is of: all States under the treaties of the desk.

    To a ministry it is of its own States, with the steps of their plans. Where no treaty was asked
    for, it has the dates of these States in the Universal Periodic Review.
    """
    if permissions.is_secretariat(person):
        return Scope(treaty, treaties=tuple(sorted(person.bound_to)), with_universal=is_whole)
    states = person.states.order_by("pk").values_list("pk", flat=True)
    return Scope(treaty, states=tuple(states), with_steps=True, with_universal=is_whole)


def _answer(request: HttpRequest, scope: Scope, name: str) -> HttpResponse:
    if unread := misread(request, of_now=True):
        return refused(request, errors=unread)
    today = timezone.localdate()
    seen = mark(scope=scope, as_at=today, language=get_language() or "")

    def built() -> HttpResponse:
        text = feed(days(scope=scope, as_at=today), name=name, as_at=today)
        answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = "inline; filename=calendar.ics"
        return answer

    return answer_if_changed(request, text=seen.text, at=seen.at, build=built)
