"""Recording and correcting the reviews of a State."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.forms.review import ReviewForm
from reporting.models import Review
from reporting.services.review import (
    DatesSet,
    correct_review,
    dates_set,
    record_review,
    version,
)
from reporting.views.recording import Recording, answer, saved_text
from reporting.views.secretariat import party_shown, person, secretariat_only

_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@_METHODS
@secretariat_only
def review_new(request: HttpRequest, iso3: str) -> HttpResponse:
    """Record a review of a State."""
    party, today = party_shown(iso3), timezone.localdate()
    given = {name: value for name, value in request.GET.items() if name in ReviewForm.base_fields}

    def form(data: Any) -> ReviewForm:
        return ReviewForm(data, party=party, as_at=today, dates=DatesSet(), initial=given)

    def change(form: ReviewForm) -> object:
        return record_review(
            review=form.instance, dates=form.dates, by=person(request), as_at=today
        )

    title = _("Record a review of %(state)s") % {"state": party.state}
    return answer(request, Recording(party, today, title, form, change, saved_text()))


@_METHODS
@secretariat_only
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a review."""
    found = get_object_or_404(_reviews(), pk=pk)
    party, today, dates, seen = (
        found.state_party,
        timezone.localdate(),
        dates_set(found),
        version(found),
    )

    def form(data: Any) -> ReviewForm:
        on_record = _reviews().get(pk=pk)
        return ReviewForm(
            data, party=party, as_at=today, instance=on_record, dates=dates, seen=seen
        )

    def change(form: ReviewForm) -> object:
        return correct_review(
            review=form.instance,
            dates=form.dates,
            seen=form.cleaned_data["seen"],
            by=person(request),
            as_at=today,
            reason=form.cleaned_data["reason"],
        )

    title = _("Correct the review of the %(report)s of %(state)s")
    places = {"report": found.title, "state": party.state}
    work = Recording(
        party,
        today,
        title % places,
        form,
        change,
        saved_text(),
        seen=lambda: version(found),
        context={"fact": found, "kind": "review"},
    )
    return answer(request, work)


def _reviews() -> Any:
    return Review.objects.select_related("state_party__state", "state_party__treaty")
