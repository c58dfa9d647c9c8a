"""The recorded facts of States parties, as the date engine wants them."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from reporting.models import StateParty, SubmissionStatus
from reporting.rules.facts import Facts
from reporting.rules.partial_date import PartialDate

_FACTS = ("submissions", "reviews", "decisions")


def with_facts(parties: QuerySet[StateParty]) -> QuerySet[StateParty]:
    """Fetch everything that ``facts_of`` needs, in five queries for any number of States."""
    return parties.select_related("state", "treaty").prefetch_related(*_FACTS)


def facts_of(party: StateParty) -> Facts:
    """Return what is on record about the State party; a returned report counts as not filed.

    Raise FactError where a row by itself is nonsense.
    """
    return Facts(
        deposit=party.as_fact(),
        submissions=tuple(
            submission.as_fact()
            for submission in party.submissions.all()
            if submission.status != SubmissionStatus.RETURNED
        ),
        reviews=tuple(review.as_fact() for review in party.reviews.all()),
        decisions=tuple(decision.as_fact() for decision in party.decisions.all()),
        denunciation=party.denunciation(),
        folded_from=party.folded_from,
    )


def certain_by(name: str, *, as_at: date) -> Q:
    """Keep the rows whose partial date certainly lies on or before that day."""
    tomorrow = as_at + timedelta(days=1)
    unsure = {
        PartialDate(as_at.year) if tomorrow.year == as_at.year else None,
        PartialDate(as_at.year, as_at.month) if tomorrow.month == as_at.month else None,
    } - {None}
    return Q(**{f"{name}__lte": PartialDate.of(as_at)}) & ~Q(**{f"{name}__in": list(unsure)})
