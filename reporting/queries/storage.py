"""How much room documents take: of one State, of all, of those that take most."""

from typing import NamedTuple

from django.db.models import Q, QuerySet, Sum

from reporting.models import State, SubmissionDocument, User

_MOST_SHOWN = 5


class Taken(NamedTuple):
    """A State, and how many bytes its filed documents take."""

    state: State
    size: int


def taken_by(*, state: State, by: User) -> int:
    """Return how many bytes a State's documents take, with what waits to be filed.

    What waits counts for the State of whoever uploaded it, and for ``by``.
    """
    waiting = Q(submission=None) & (Q(uploaded_by=by) | Q(uploaded_by__states=state))
    filed = Q(submission__state_party__state=state)
    rows = SubmissionDocument.objects.filter(filed | waiting)
    return _sum(SubmissionDocument.objects.filter(pk__in=rows.values("pk")))


def taken_by_all() -> int:
    """Return how many bytes all documents take."""
    return _sum(SubmissionDocument.objects.all())


def taking_most() -> list[Taken]:
    """Return the States whose filed documents take most, the largest first: two queries."""
    place = "submission__state_party__state"
    rows = SubmissionDocument.objects.exclude(submission=None).order_by().values_list(place)
    found = rows.annotate(sum=Sum("size")).order_by("-sum", place)[:_MOST_SHOWN]
    sizes = {number: size for number, size in found if size}
    states = State.objects.in_bulk(list(sizes))
    return [Taken(states[number], size) for number, size in sizes.items()]


def _sum(rows: "QuerySet[SubmissionDocument]") -> int:
    return rows.aggregate(sum=Sum("size"))["sum"] or 0
