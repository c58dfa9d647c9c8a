"""What stands in the calendars that programs read again and again, and whether it has changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from reporting.models import (
    CalledOff,
    CommitteeDecision,
    Kind,
    Milestone,
    Obligation,
    Review,
    Revision,
    Session,
    State,
    StateParty,
    Submission,
    SubmissionStatus,
    Treaty,
    Unfolded,
    UniversalReview,
)
from reporting.models.state_party import StatePartyQuerySet
from reporting.queries.folding import Folding, folding_of
from reporting.queries.marks import Mark, digest, latest_written
from reporting.queries.plan import Plan, ReviewPlan, is_in_preparation, plans, review_plans
from reporting.queries.sequence import sessions_written, universal_written, written
from reporting.queries.state_fact import UniversalStep
from reporting.queries.universal import StepGone, forgotten, steps_gone, universal_steps
from reporting.rules.written import Written

# So long an entry that is over stays as a cancelled one, for programs that drop nothing by themselves.
KEPT = timedelta(days=180)
# Grows when the code writes the same days in another way.
_SHAPE = 9


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose days: of all States (``None``) or of these, and with the steps of their ministries' plans.

    A treaty of ``None`` is every treaty, or of several numbers these: a person has one calendar.
    ``with_universal`` adds the dates of these States in the Universal Periodic Review.
    """

    treaty: Treaty | None
    states: tuple[int, ...] | None = None
    with_steps: bool = False
    treaties: tuple[int, ...] = ()
    with_universal: bool = False

    def narrow(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """Keep what hangs on a State party of the scope."""
        found = rows.filter(state_party__treaty=self.treaty) if self.treaty else rows
        if self.treaties:
            found = found.filter(state_party__treaty__in=self.treaties)
        return found if self.states is None else found.filter(state_party__state__in=self.states)

    def narrow_owed(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """Keep the same, and what is owed under the treaty into whose reports those of its treaty go."""
        if self.treaty is None or not self.treaty.folded_into:
            return self.narrow(rows)
        codes = (self.treaty.code, self.treaty.folded_into)
        found: QuerySet[Any] = replace(self, treaty=None).narrow(rows)
        return found.filter(state_party__treaty__code__in=codes)

    def has(self, owed: Obligation, folds: Folding) -> bool:
        """Whether it is owed under a treaty of the scope, or is also the report under it."""
        treaty = self.treaty
        if treaty is None or owed.state_party.treaty_id == treaty.pk:
            return True
        return treaty.code in folds.also_under(owed)

    @property
    def of_states(self) -> "QuerySet[State] | tuple[int, ...] | None":
        """Whose dates beside the treaties: of the States that the treaties bind; ``None`` is all."""
        if self.treaties and self.states is None:
            return State.objects.filter(parties__treaty__in=self.treaties).distinct()
        return self.states


@dataclass(frozen=True, slots=True)
class Days:
    """What stands in a calendar on a day, and what was written about each State party and session.

    ``called_off`` stood there not long ago, and does not follow from the facts any more; ``unfolded``
    stood there too, and is owed under the Convention alone by now.
    """

    obligations: list[Obligation]
    called_off: list[CalledOff]
    unfolded: list[Unfolded]
    plans: list[Plan]
    review_plans: list[ReviewPlan]
    sessions: list[Session]
    written: Mapping[int, Written]
    sessions_written: Mapping[int, Written]
    universal: list[UniversalStep]
    universal_gone: list[StepGone]
    universal_written: Mapping[int, Written]
    folds: Folding


def state_scope(*, iso3: str, treaty: Treaty | None) -> tuple[Scope, State]:
    """Return the scope of one State party; raise StateParty.DoesNotExist where it is none."""
    parties = StateParty.objects.select_related("state").filter(state__iso3=iso3)
    party = (parties.filter(treaty=treaty) if treaty else parties).order_by("treaty").first()
    if party is None:
        raise StateParty.DoesNotExist
    return Scope(treaty, states=(party.state_id,)), party.state


def days(*, scope: Scope, as_at: date) -> Days:
    """Return what stands in the calendar, in a fixed number of queries for any number of States."""
    folds = folding_of(_parties(scope), as_at=as_at)
    obligations = [each for each in _obligations(scope, as_at) if scope.has(each, folds)]
    called_off = [
        each for each in _called_off(scope, as_at) if scope.has(each.as_obligation(), folds)
    ]
    parties = {each.state_party_id for each in obligations}
    parties |= {each.state_party_id for each in called_off}
    unfolded = _unfolded(scope, as_at)
    parties |= {each.obligation.state_party_id for each in unfolded}
    sessions = _sessions(scope)
    universal, universal_gone = _universal(scope, as_at)
    shown = [*universal, *(each.was for each in universal_gone)]
    return Days(
        obligations=obligations,
        called_off=called_off,
        unfolded=unfolded,
        plans=_plans(scope, obligations, as_at) if scope.with_steps else [],
        review_plans=_review_plans(scope, universal, as_at),
        sessions=sessions,
        written=written(parties=parties),
        sessions_written=sessions_written(sessions),
        universal=universal,
        universal_gone=universal_gone,
        universal_written=universal_written({each.review.state_id for each in shown}),
        folds=folds,
    )


def _parties(scope: Scope) -> StatePartyQuerySet:
    found = StateParty.objects.all()
    return found if scope.states is None else found.filter(state__in=scope.states)


def _obligations(scope: Scope, as_at: date) -> list[Obligation]:
    """Return what has a date and is open, or ended not long ago."""
    not_long_over = Q(closed_on__isnull=True) | Q(closed_on__gt=as_at - KEPT)
    dated = scope.narrow_owed(Obligation.objects.arisen(as_at=as_at).filter(due_on__isnull=False))
    rows = dated.filter(not_long_over).select_related("state_party__state", "state_party__treaty")
    return list(rows.order_by("state_party__state", "arises_on", "pk"))


def _called_off(scope: Scope, as_at: date) -> list[CalledOff]:
    rows = scope.narrow_owed(CalledOff.objects.filter(called_off_on__gt=as_at - KEPT))
    return list(rows.select_related("state_party__state", "state_party__treaty"))


def _unfolded(scope: Scope, as_at: date) -> list[Unfolded]:
    """Return what is no report under the protocol any more; in other calendars it stands as before.

    Some are kept as rows; of a State that left, they follow from the day on which it did.
    """
    if scope.treaty is None or not scope.treaty.folded_into:
        return []
    rows = Unfolded.objects.filter(protocol=scope.treaty, called_off_on__gt=as_at - KEPT)
    if scope.states is not None:
        rows = rows.filter(obligation__state_party__state__in=scope.states)
    rows = rows.filter(obligation__due_on__isnull=False)
    party = "obligation__state_party"
    kept = rows.select_related(f"{party}__state", f"{party}__treaty", "protocol")
    return [*kept, *_left_behind(scope, scope.treaty, as_at)]


def _left_behind(scope: Scope, protocol: Treaty, as_at: date) -> Iterator[Unfolded]:
    """Go through what was a report under the protocol until the State left that, not long ago.

    One query, and two more for each day on which a State left.
    """
    left = _parties(scope).filter(
        treaty=protocol,
        denunciation_effective_on__gt=as_at - KEPT,
        denunciation_effective_on__lte=as_at,
    )
    by_day: dict[date, list[StateParty]] = defaultdict(list)
    for party in left:
        by_day[cast("date", party.denunciation_effective_on)].append(party)
    for day, parties in by_day.items():
        before = day - date.resolution
        gone = StateParty.objects.filter(pk__in=[party.pk for party in parties])
        folds = folding_of(gone, as_at=before)
        rows = Obligation.objects.open(as_at=before).filter(
            kind=Kind.REPORT,
            due_on__isnull=False,
            state_party__treaty__code=protocol.folded_into,
            state_party__state__in=[party.state_id for party in parties],
        )
        for row in rows.select_related("state_party__state", "state_party__treaty"):
            if protocol.code in folds.also_under(row):
                yield Unfolded(protocol=protocol, obligation=row, called_off_on=day)


def _sessions(scope: Scope) -> list[Session]:
    """Return the sessions; of some States, those on which something of theirs hangs."""
    found = Session.objects.select_related("treaty")
    if scope.treaty:
        found = found.filter(treaty=scope.treaty)
    if scope.treaties:
        found = found.filter(treaty__in=scope.treaties)
    if scope.states is not None:
        reports = Submission.objects.exclude(status=SubmissionStatus.RETURNED)
        decisions = CommitteeDecision.objects.filter(withdrawn_on__isnull=True)
        hanging = Q()
        for rows in (Review.objects.all(), reports, decisions):
            at_it = {"state_party__treaty": OuterRef("treaty"), "session": OuterRef("number")}
            hanging |= Q(Exists(scope.narrow(rows).filter(**at_it)))
        found = found.filter(hanging)
    return list(found.order_by("treaty", "number"))


def _universal(scope: Scope, as_at: date) -> tuple[list[UniversalStep], list[StepGone]]:
    """Return what lies ahead in the Universal Periodic Review or passed not long ago, and what is gone."""
    if not scope.with_universal:
        return [], []
    since, states = as_at - KEPT, scope.of_states
    steps = universal_steps(states=states, as_at=as_at)
    gone = steps_gone(states=states, now=steps, since=since, kept=KEPT)
    return [step for step in steps if step.due_on.last_day > since], gone


def _plans(scope: Scope, obligations: Iterable[Obligation], as_at: date) -> list[Plan]:
    """Return the plans for the reports that are open under the treaties of the scope themselves."""
    reports: dict[int, list[Obligation]] = {}
    for each in obligations:
        is_own = scope.has(each, Folding())
        if is_own and each.kind == Kind.REPORT and each.is_open(as_at=as_at):
            reports.setdefault(each.state_party_id, []).append(each)
    parties = StateParty.objects.filter(pk__in=reports).prefetch_related("milestones")
    return [plan for party in parties for plan in plans(party=party, reports=reports[party.pk])]


def _review_plans(scope: Scope, steps: Iterable[UniversalStep], as_at: date) -> list[ReviewPlan]:
    """Return the plans for the national reports that are prepared."""
    reports = [each for each in steps if is_in_preparation(each, as_at=as_at)]
    return review_plans(reports=reports) if scope.with_steps else []


def mark(*, scope: Scope, as_at: date, language: str) -> Mark:
    """Return what tells whether the calendar is as it was, without building it; in a few queries."""
    revision = Revision.objects.of()
    latest = [
        latest_written(each)
        for each in (StateParty, Submission, Review, CommitteeDecision, Session)
    ]
    parts: list[object] = [_SHAPE, scope.treaty and scope.treaty.pk, scope.states]
    parts += [scope.treaties, language]
    moments = [datetime.combine(_turned(scope, as_at), time(), UTC)]
    if revision:
        parts.append(revision.mark)
        moments.append(revision.renewed_at)
    if scope.with_steps:
        latest.append((0, _latest_changed(scope)))
    if scope.with_universal:
        latest.append(latest_written(UniversalReview))
    moments += [moment for _pk, moment in latest if moment]
    parts += [latest, moments[0], scope.with_universal]
    return Mark(digest(parts), max(moments))


def _latest_changed(scope: Scope) -> datetime | None:
    """Return when a step of these States was changed last, for a report or a national report."""
    mine = scope.narrow(Milestone.objects.filter(state_party__isnull=False))
    reviews = Milestone.objects.filter(universal_review__isnull=False)
    if scope.states is not None:
        reviews = reviews.filter(universal_review__state__in=scope.states)
    found = [
        rows.aggregate(latest=Max("changed_at"))["latest"]
        for rows in ((mine, reviews) if scope.with_universal else (mine,))
    ]
    return max(filter(None, found), default=None)


def _turned(scope: Scope, as_at: date) -> date:
    """Return the last day on which time alone changed something: it arose, ended, was forgotten, passed."""
    if scope.with_steps:
        return as_at
    found = scope.narrow_owed(Obligation.objects.all()).aggregate(
        arose=Max("arises_on", filter=Q(arises_on__lte=as_at)),
        ended=Max("closed_on", filter=Q(closed_on__lte=as_at)),
        forgotten=Max("closed_on", filter=Q(closed_on__lte=as_at - KEPT)),
        passed=Max("due_from", filter=Q(due_from__lt=as_at)),
    )
    found |= scope.narrow_owed(CalledOff.objects.filter(called_off_on__lte=as_at - KEPT)).aggregate(
        dropped=Max("called_off_on")
    )
    if scope.treaty and scope.treaty.folded_into:
        off = Unfolded.objects.filter(protocol=scope.treaty, called_off_on__lte=as_at - KEPT)
        found |= off.aggregate(unfolded=Max("called_off_on"))
        found |= _left_by(scope, scope.treaty, as_at)
    later = {"passed": timedelta(days=1)}
    later |= dict.fromkeys(("forgotten", "dropped", "unfolded", "left_long_ago"), KEPT)
    turned: list[date] = [
        found[name] + later.get(name, timedelta()) for name in found if found[name]
    ]
    turned += _universal_turned(scope, as_at)
    return max(turned, default=date.min)


def _left_by(scope: Scope, protocol: Treaty, as_at: date) -> dict[str, Any]:
    """Return the last days by then on which a State left the protocol, and had left it for long."""
    name = "denunciation_effective_on"
    return (
        _parties(scope)
        .filter(treaty=protocol)
        .aggregate(
            left=Max(name, filter=Q(**{f"{name}__lte": as_at})),
            left_long_ago=Max(name, filter=Q(**{f"{name}__lte": as_at - KEPT})),
        )
    )


def _universal_turned(scope: Scope, as_at: date) -> Iterator[date]:
    """Go through the days by then on which a date of that review passed, or was forgotten."""
    if not scope.with_universal:
        return
    for step in universal_steps(states=scope.of_states, as_at=as_at):
        passed = step.due_on.first_day + timedelta(days=1)
        dropped = step.due_on.last_day + KEPT
        yield from (day for day in (passed, dropped) if day <= as_at)
    if off := forgotten(states=scope.of_states, since=as_at - KEPT):
        yield off + KEPT
