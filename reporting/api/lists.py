"""The lists: each by the queries of the pages, turned by numbers that stay."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

from django.db.models import Exists, OuterRef
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from reporting import permissions
from reporting.api import shapes
from reporting.api.lines import (
    DECISIONS,
    REVIEWS,
    SUBMISSIONS,
    Line,
    Records,
    obligation_line,
    party_line,
    state_line,
)
from reporting.api.questions import (
    AsAtDay,
    Asked,
    OfObligations,
    OfStates,
    SinceMoment,
    asked_of,
    filters,
    narrowed,
)
from reporting.api.unchanged import answer_of_record
from reporting.api.versions import Endpoint
from reporting.models import State, StateParty
from reporting.models.names import searchable
from reporting.queries.dashboard import listed
from reporting.queries.folding import folding_of
from reporting.queries.lines import numbered_lines
from reporting.queries.log import FACTS, Position, Wanted, changes_after, position_at
from reporting.queries.marks import Mark, mark_of_record
from reporting.queries.numbers import Part


class List(Endpoint):
    """A list as at a day; ``found`` returns one line more than is shown, if there is one."""

    question: type[Asked] = AsAtDay
    has_day = True
    mark: Callable[..., Mark] = staticmethod(mark_of_record)

    def get(self, request: Request) -> HttpResponseBase:
        """Answer, or say that nothing has changed."""
        asked, today = asked_of(request, self.question), timezone.localdate()

        def built() -> Response:
            return Response(self._page(asked, asked.get("as_at") or today))

        return answer_of_record(request, built, today=today, mark=self.mark)

    def _page(self, asked: dict[str, Any], as_at: date) -> dict[str, Any]:
        lines = self.found(asked, as_at=as_at, most=asked["limit"] + 1)
        shown = lines[: asked["limit"]]
        following = str(shown[-1][0]) if len(lines) > len(shown) else None
        page = {"results": [line for _number, line in shown], "next": following}
        return {"as_at": as_at, **page} if self.has_day else page

    def found(self, asked: dict[str, Any], *, as_at: date, most: int) -> list[tuple[int, Line]]:
        """Return the lines with their numbers."""
        raise NotImplementedError


class States(List):
    """The States, with the treaties that they are parties to."""

    question, has_day = OfStates, False

    @extend_schema(
        operation_id="states",
        parameters=[OfStates],
        responses=shapes.page_of(shapes.StateShape, "State", as_at=False),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List the States that are on record as parties to a treaty."""
        return super().get(request)

    def found(self, asked: dict[str, Any], *, as_at: date, most: int) -> list[tuple[int, Line]]:
        """Return the States with their numbers; they are the same on every day."""
        del as_at
        parties = StateParty.objects.filter(state=OuterRef("pk"))
        if treaty := asked.get("treaty"):
            parties = parties.filter(treaty=treaty)
        rows = State.objects.filter(Exists(parties), pk__gt=asked.get("cursor", 0))
        if region := asked.get("region"):
            rows = rows.filter(regional_group=region)
        if words := asked.get("q"):
            rows = rows.filter(search_text__contains=searchable(words))
        states = list(rows.order_by("pk")[:most])
        codes = _treaties_of(states)
        return [(state.pk, state_line(state, codes[state.pk])) for state in states]


def _treaties_of(states: list[State]) -> dict[int, list[str]]:
    found = defaultdict(list)
    rows = StateParty.objects.filter(state__in=states).order_by("treaty")
    for state, code in rows.values_list("state", "treaty__code"):
        found[state].append(code)
    return found


class StateParties(List):
    """The States that a treaty binds."""

    @extend_schema(
        operation_id="state_parties",
        parameters=[AsAtDay],
        responses=shapes.page_of(shapes.StatePartyShape, "StateParty"),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List the States parties on that day."""
        return super().get(request)

    def found(self, asked: dict[str, Any], *, as_at: date, most: int) -> list[tuple[int, Line]]:
        """Return the States parties with their numbers."""
        rows = StateParty.objects.parties(as_at=as_at).select_related("state", "treaty")
        rows = rows.filter(pk__gt=asked.get("cursor", 0))
        if treaty := asked.get("treaty"):
            rows = rows.filter(treaty=treaty)
        if iso3 := asked.get("state"):
            rows = rows.filter(state__iso3=iso3)
        if region := asked.get("region"):
            rows = rows.filter(state__regional_group=region)
        if words := asked.get("q"):
            rows = rows.filter(state__search_text__contains=searchable(words))
        return [(party.pk, party_line(party)) for party in rows.order_by("pk")[:most]]


class Obligations(List):
    """What is owed."""

    question = OfObligations

    @extend_schema(
        operation_id="obligations",
        parameters=[OfObligations],
        responses=shapes.page_of(shapes.ObligationShape, "Obligation"),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List what is owed, with the reason for each date and how it stands on that day."""
        return super().get(request)

    def found(self, asked: dict[str, Any], *, as_at: date, most: int) -> list[tuple[int, Line]]:
        """Return the obligations with their numbers."""
        treaty, wanted = asked.get("treaty"), filters(asked)
        rows = listed(as_at=as_at, treaty=treaty, filters=wanted)
        question: tuple[object, ...] = ()
        if treaty or wanted.region or wanted.status or wanted.band or wanted.kind:
            question = ("obligations", as_at, treaty and treaty.pk, wanted)
        part = Part(asked.get("cursor", 0), most, question)
        lines = numbered_lines(rows, as_at=as_at, part=part)
        parties = StateParty.objects.filter(state__iso3__in={each.line.iso3 for each in lines})
        folds = folding_of(parties, as_at=as_at)
        return [(each.pk, obligation_line(each, folds)) for each in lines]


class _Facts(List):
    """A list of recorded facts."""

    records: Records

    def found(self, asked: dict[str, Any], *, as_at: date, most: int) -> list[tuple[int, Line]]:
        """Return the facts that counted by that day, with their numbers."""
        lines = self.records.page(
            as_at=as_at,
            treaty=asked.get("treaty"),
            narrowed=narrowed(asked),
            after=asked.get("cursor", 0),
            most=most,
        )
        return [(line["id"], line) for line in lines]


class Submissions(_Facts):
    """What the States have sent."""

    records = SUBMISSIONS

    @extend_schema(
        operation_id="submissions",
        parameters=[AsAtDay],
        responses=shapes.page_of(shapes.SubmissionShape, "Submission"),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List what the States had sent by that day."""
        return super().get(request)


class Reviews(_Facts):
    """The considerations by the Committee."""

    records = REVIEWS

    @extend_schema(
        operation_id="reviews",
        parameters=[AsAtDay],
        responses=shapes.page_of(shapes.ReviewShape, "Review"),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List the considerations by the Committee by that day."""
        return super().get(request)


class Decisions(_Facts):
    """What the Committee decided and asked for."""

    records = DECISIONS

    @extend_schema(
        operation_id="decisions",
        parameters=[AsAtDay],
        responses=shapes.page_of(shapes.DecisionShape, "Decision"),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List the dates that the Committee had set by that day, and what it had asked for."""
        return super().get(request)


class Changes(Endpoint):
    """What was recorded, corrected and taken off record."""

    @extend_schema(
        operation_id="changes",
        parameters=[SinceMoment],
        responses={HTTPStatus.OK: shapes.page_of(shapes.ChangeShape, "Change", as_at=False)},
    )
    def get(self, request: Request) -> Response:
        """List the changes of facts since a moment, in their order; where asked, of obligations too.

        There is always a “next”: keep it, and ask with it the next time.
        """
        asked, now = asked_of(request, SinceMoment), timezone.now()
        position = asked.get("cursor") or Position()
        if "since" in asked:
            position = position_at(asked["since"])
        wanted = Wanted(
            treaty=asked.get("treaty"),
            iso3=asked.get("state", ""),
            kinds=asked.get("events") or FACTS,
            acting_for=permissions.parties_acted_for(request.user),
        )
        entries, after = changes_after(position, now=now, most=asked["limit"], wanted=wanted)
        page = {"results": [each.line for each in entries], "next": str(after)}
        return Response(page, headers={"Cache-Control": "no-store"})
