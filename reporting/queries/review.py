"""What is known of a review before it is recorded."""

from datetime import date
from typing import Any

from reporting.models import DecisionKind, Review, StateParty, Submission

_LISTS = (DecisionKind.LIST_OF_ISSUES, DecisionKind.LIST_OF_ISSUES_PRIOR)
_NO_SESSION = 10**6


def known_of_next_review(*, party: StateParty, as_at: date) -> dict[str, Any]:
    """Return which reports are to be considered next, and at which session, by field.

    Of the reports that wait, one that is scheduled comes first, then the earliest; one whose review
    is on record already is left out. A list of issues on the report can name its session, too.
    """
    waiting = party.obligations.backlog(as_at=as_at).values("submission")
    reports = Submission.objects.filter(pk__in=waiting, first_report__isnull=False)
    reviews = list(party.reviews.filter(in_absence=False))
    found = [
        (_session(each) or _NO_SESSION, each.first_report, each.last_report)
        for each in reports
        if not any(_is_about(each, review) for review in reviews)
    ]
    if not found:
        return {}
    session, first, last = min(found)
    known = {"first_report": first, "last_report": last}
    return known if session == _NO_SESSION else known | {"session": session}


def _session(report: Submission) -> int | None:
    """Return the session for which a report is scheduled, or on which its list of issues hangs."""
    lists = report.state_party.decisions.filter(
        kind__in=_LISTS,
        session__isnull=False,
        withdrawn_on__isnull=True,
        first_report__lte=report.last_report,
        last_report__gte=report.first_report,
    )
    return report.session or lists.order_by("pk").values_list("session", flat=True).last()


def _is_about(report: Submission, review: Review) -> bool:
    return review.as_fact().overlaps(report.as_fact())
