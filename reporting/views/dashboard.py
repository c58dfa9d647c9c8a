"""What is owed, as at a day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from reporting import permissions
from reporting.forms.errors import Problem, problems
from reporting.forms.filters import FilterForm
from reporting.queries import words
from reporting.queries.dashboard import Listing, cards, listing
from reporting.views.as_at import AsAt, read_as_at
from reporting.views.fragment import wants_fragment
from reporting.views.health import silent_processes
from reporting.views.place import URGENCY, Place
from reporting.views.presenters import dashboard as show
from reporting.views.treaty import treaty_shown


@require_safe
@vary_on_headers("HX-Request")
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the cards and the list; to a script that asks for it, the list alone."""
    as_at, form, treaty = read_as_at(request), FilterForm(request.GET), treaty_shown(request)
    place = _place(as_at, form)
    found = listing(
        as_at=as_at.day, treaty=treaty, filters=place.filters, sort=place.sort, page=place.page
    )
    asked, place = place.page, place.on_page(found.page)
    context = {
        "as_at": as_at,
        "treaty": treaty,
        "place": place,
        "kept": place.parameters,
        "today_url": place.today().url,
        "errors": [*problems(form), *_beyond(asked, found)],
        "results": show.results(found, treaty=treaty, place=place, as_at=as_at.day),
    }
    if wants_fragment(request):
        return push_url(render(request, "dashboard/_results.html", context), place.url)
    counts = cards(as_at=as_at.day, treaty=treaty)
    if permissions.is_secretariat(request.user):
        context["silent"] = silent_processes()
    context |= {
        "form": form,
        "unconfirmed": words.unconfirmed(counts.unconfirmed),
        "cards": show.cards(counts, place=Place(as_at=as_at.parameter, treaty=as_at.treaty)),
    }
    return render(request, "dashboard/page.html", context)


def _place(as_at: AsAt, form: FilterForm) -> Place:
    filters = form.filters
    sort, page = form.cleaned_data.get("sort"), form.cleaned_data.get("page")
    return Place(
        as_at=as_at.parameter,
        treaty=as_at.treaty,
        filters=filters,
        sort=sort or URGENCY,
        page=page or 1,
    )


def _beyond(asked: int, found: Listing) -> list[Problem]:
    if asked == found.page:
        return []
    text = _("There is no page %(asked)s: this is the last one, page %(last)s.")
    return [Problem(text % {"asked": str(asked)[:12], "last": found.page}, "#results")]
