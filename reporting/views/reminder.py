"""The ledger of reminders: what goes out, what went, what failed, what was held back."""

from typing import Any
from uuid import UUID

from csp.decorators import csp
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from reporting import permissions
from reporting.forms.errors import problems
from reporting.forms.reminder import GOING, STATUSES, ReminderFilterForm
from reporting.models import Message, Reminder, State
from reporting.queries import coming
from reporting.queries.coming_list import ComingList
from reporting.queries.reminder import (
    ON_A_PAGE,
    Asked,
    counts,
    ledger,
    mail_of,
    reminder_of,
    unalerted,
    unreached,
)
from reporting.queries.state_choice import state_chosen, states_to_choose
from reporting.services.reminder.writing import envelope
from reporting.views.acting import person
from reporting.views.as_at import from_today
from reporting.views.document import LOCKED
from reporting.views.fragment import wants_fragment
from reporting.views.health import silent_processes
from reporting.views.mail_frame import framed, mail_answer
from reporting.views.presenters import reminder as show
from reporting.views.presenters.pages import misnumbered, page_number, turn
from reporting.views.secretariat import secretariat_only
from reporting.views.treaty import desk_treaties, treaties_of

A_YEAR = 365


@require_safe
@secretariat_only
@vary_on_headers("HX-Request")
@never_cache
def reminders(request: HttpRequest) -> HttpResponse:
    """Show a part of the ledger; to a script that asks for it, the list alone."""
    today, treaties = timezone.localdate(), desk_treaties(request)
    own = treaties_of(person(request))  # what is listed is of all of them, whichever is asked for
    form = ReminderFilterForm(request.GET, states=states_to_choose(treaties=own))
    form.is_valid()
    given = {name: form.cleaned_data.get(name, "") for name in form.fields}
    place = show.Shelf(**given | {"show": form.shelf})
    state = state_chosen(place.state, treaties=own)
    found = _found(request, place, state, page_number(request))
    shown = from_today(request)
    context = {
        "form": form,
        "notice": shown["notice"],
        "errors": [*shown["errors"], *problems(form), *misnumbered(found, request)],
        "place": place,
        "tabs": show.tabs(place, counts(person=person(request))),
        "failed_url": show.failed_url(),
        "rows": list(show.by_day(found)) if place.show == GOING else list(found),
        "count": found.paginator.count,
        "results": turn(found, request),
    }
    if wants_fragment(request):
        return push_url(render(request, "reminder/_results.html", context), place.url)
    whole = permissions.may_see_whole(request.user)
    context["has_outbox"] = settings.EMAIL_OUTBOX is not None and whole
    context["unalerted"] = unalerted(person=person(request))
    context["unreached"] = unreached(treaties=treaties, as_at=today)
    context["silent"] = silent_processes()
    return render(request, "reminder/list.html", context)


def _found(request: HttpRequest, place: show.Shelf, state: State | None, page: int) -> "Page[Any]":
    who, today = person(request), timezone.localdate()
    if place.show != GOING:
        asked = Asked(
            state=state,
            status=STATUSES[place.show],
            occasion=place.occasion,
            reason=place.reason,
            days=int(place.days or 0),
        )
        return ledger(person=who, asked=asked, as_at=today, page=page)
    ahead = coming.Asked(who, today, int(place.days or A_YEAR), state)
    return Paginator(ComingList(ahead, occasion=place.occasion), ON_A_PAGE).get_page(page)


@require_safe
@never_cache
def reminder(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one: how it stands and why, and the mail as it was sent."""
    row = _row(request, pk)
    message = row.message
    mail = mail_of(person=person(request), pk=message.pk) if message else None
    context = {
        "row": row,
        "message": message if message and message.text else None,
        "headers": _headers(message) if message and message.text else [],
        "others": [each for each in mail.rows if each.pk != pk] if mail else [],
        "may_act": permissions.is_secretariat(request.user),
    }
    return render(request, "reminder/page.html", context)


@require_safe
@framed
def reminder_html(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the HTML of its mail, for the frame on its page."""
    return mail_answer(_message(request, pk).html)


@require_safe
@cache_control(private=True, no_store=True)
@csp(LOCKED)  # type: ignore[arg-type] # it takes views with arguments too
def reminder_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the calendar file of its mail, to be saved."""
    message = _message(request, pk)
    if not message.calendar:
        raise Http404
    answer = HttpResponse(message.calendar, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{UUID(str(message.pk)).hex}.ics"
    )
    return answer


def _row(request: HttpRequest, pk: int) -> Reminder:
    found = reminder_of(person=person(request), pk=pk)
    if found is None:
        raise Http404
    return found


def _message(request: HttpRequest, pk: int) -> Message:
    message = _row(request, pk).message
    if message is None:
        raise Http404
    return message


def _headers(message: Message) -> list[tuple[str, str]]:
    """Return the headers that say something, as they are handed to the mail server."""
    mail = envelope(message)
    said = [
        ("From", mail.from_email),
        ("To", ", ".join(mail.to)),
        ("Reply-To", ", ".join(mail.reply_to)),
        ("Subject", mail.subject),
        *mail.extra_headers.items(),
    ]
    return [(name, str(value)) for name, value in said if value]
