"""Recording and correcting the reviews of a State."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.forms.review import ReviewForm
from reporting.models import Review
from reporting.queries.review import known_of_next_review
from reporting.services.review import (
    DatesSet,
    correct_review,
    dates_set,
    record_review,
    unreceived,
    version,
)
from reporting.views.recording import Recording, answer
from reporting.views.secretariat import fact_shown, party_shown, person, secretariat_only

_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@_METHODS
@secretariat_only
def review_new(request: HttpRequest, iso3: str) -> HttpResponse:
    """Record a review of a State."""
    party, today = party_shown(request, iso3), timezone.localdate()
    asked = {name: value for name, value in request.GET.items() if name in ReviewForm.base_fields}
    given = known_of_next_review(party=party, as_at=today) | asked

    def form(data: Any) -> ReviewForm:
        return ReviewForm(data, party=party, as_at=today, dates=DatesSet(), initial=given)

    def change(form: ReviewForm) -> object:
        return record_review(
            review=form.instance, dates=form.dates, by=person(request), as_at=today
        )

    title = _("Record a review of %(state)s") % {"state": party.state}
    work = Recording(
        party=party, as_at=today, title=title, form=form, change=change, doubt=_doubt(today)
    )
    return answer(request, work)


@_METHODS
@secretariat_only
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a review."""
    found, today = fact_shown(request, Review, pk), timezone.localdate()
    party, dates, seen = found.state_party, dates_set(found), version(found)

    def form(data: Any) -> ReviewForm:
        fresh = fact_shown(request, Review, pk)
        return ReviewForm(data, party=party, as_at=today, instance=fresh, dates=dates, seen=seen)

    def change(form: ReviewForm) -> object:
        return correct_review(
            review=form.instance,
            dates=form.dates,
            seen=form.cleaned_data["seen"],
            by=person(request),
            as_at=today,
            reason=form.cleaned_data.get("reason", ""),
        )

    title = _("Correct the review of the %(report)s of %(state)s")
    work = Recording(
        party=party,
        as_at=today,
        title=title % {"report": found.title, "state": party.state},
        form=form,
        change=change,
        seen=lambda: version(found),
        doubt=_doubt(today),
        context={"fact": found, "kind": "review"},
    )
    return answer(request, work)


def _doubt(today: date) -> Callable[[ReviewForm], str]:
    return lambda form: unreceived(form.instance, as_at=today)
