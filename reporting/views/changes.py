"""What was recorded lately: as a page, and as a feed that programs read."""

from datetime import UTC, date, datetime, time
from itertools import groupby
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from reporting.exports.changes import anchor, atom, said
from reporting.forms.changes import ChangesForm
from reporting.forms.errors import Problem, problems
from reporting.models import State
from reporting.queries.changes import latest_change, pages_of_changes
from reporting.queries.state_choice import state_chosen, states_to_choose
from reporting.views.as_at import read_as_at
from reporting.views.download import refused
from reporting.views.parameters import misread
from reporting.views.presenters.pages import neighbours, page_asked, turn
from reporting.views.treaty import treaty_shown
from reporting.views.unchanged import answer_if_changed


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Show what had happened by a day, what was recorded last first."""
    as_at, treaty = read_as_at(request), treaty_shown(request)
    form = ChangesForm(request.GET, states=states_to_choose(treaties=[treaty]))
    form.is_valid()
    iso3 = form.cleaned_data.get("state", "")
    state = state_chosen(iso3, treaties=[treaty])
    found, beyond = page_asked(
        pages_of_changes(treaty=treaty, as_at=as_at.day, state=state), request
    )
    kept = [("state", iso3)] if iso3 else []
    here = [*kept, ("treaty", as_at.treaty)] if as_at.treaty else kept
    query = f"?{urlencode(here)}" if here else ""
    rows = [{"change": each, "said": said(each), "anchor": anchor(each)} for each in found]
    context = {
        "as_at": as_at,
        "treaty": treaty,
        "form": form,
        "errors": [*problems(form), *beyond],
        "kept": kept,
        "today_url": f"{request.path}{query}",
        "feed_url": reverse("reporting:changes-feed") + query,
        "days": [(day, list(of_day)) for day, of_day in groupby(rows, _day)],
        "count": found.paginator.count,
        "results": turn(found, request),
    }
    return render(request, "changes/page.html", context)


def _day(row: dict[str, object]) -> object:
    return row["change"].updated.date()  # type: ignore[attr-defined]


@require_safe
@cache_control(no_cache=True)
def changes_feed(request: HttpRequest) -> HttpResponse:
    """Hand out what was recorded of all States, or of one, as Atom: the latest, and page by page the rest."""
    treaty, today = treaty_shown(request), timezone.localdate()
    if unread := misread(request, "state", "page", of_now=True):
        return refused(request, errors=unread)
    iso3, state = request.GET.get("state", ""), None
    if iso3:
        parties = State.objects.filter(parties__treaty=treaty)
        state = parties.filter(iso3=iso3[:3].upper()).first() if iso3.isalpha() else None
        if state is None or len(iso3) != 3:
            raise Http404
    seen, at = latest_change()

    def built() -> HttpResponse:
        pages = pages_of_changes(treaty=treaty, as_at=today, state=state)
        found, beyond = page_asked(pages, request)
        if beyond:
            return refused(request, errors=[_no_page(pages.num_pages)])
        ways = neighbours(found, request) | {"self": request.get_full_path()}
        text = atom(found, treaty=treaty, state=state, ways=ways, updated=at)
        return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")

    # The day is part of it: what was dated ahead is told when its day has come.
    mark = "/".join(map(str, [*seen, today, treaty.pk, iso3, get_language()]))
    return answer_if_changed(
        request, text=mark, at=at or _midnight(treaty.in_force_on), build=built
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _no_page(pages: int) -> Problem:
    said = _("“page” is no page of this feed: write a number from 1 to %(pages)s.")
    return Problem(said % {"pages": pages}, "#main")
