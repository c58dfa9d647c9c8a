"""The calendars that programs subscribe to: due dates, steps of a ministry's plan, sessions."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from functools import partial
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reporting.emails.calendar import (
    CANCELLED,
    CONFIRMED,
    Entry,
    calendar,
    called_off,
    entry,
    named,
    uid,
    under,
    unfolded,
)
from reporting.emails.links import address
from reporting.models import Closure, Kind, Milestone, Session, State
from reporting.models.dates import long_date
from reporting.queries.calendar import KEPT, Days
from reporting.queries.plan import Plan, ReviewPlan
from reporting.queries.state_fact import UniversalStep
from reporting.queries.universal import StepGone
from reporting.rules.partial_date import PartialDate
from reporting.rules.universal_review import Step as OfReview
from reporting.rules.written import Written

# Few and early: alerts by e-mail are many. A report takes more than a year to write.
ALARMS = {Kind.REPORT: (365, 180, 90, 30, 7)}
OTHER_ALARMS = (30, 7, 1)
STEP_ALARMS = (7,)
UNIVERSAL_ALARMS = {OfReview.REPORT: ALARMS[Kind.REPORT]}


def feed(days: Days, *, name: str, as_at: date) -> str:
    """Return the calendar as text, as it stands on that day, in the language that is active."""
    entries = [
        *_due(days, as_at),
        *(each for plan in days.plans for each in _steps(plan, days, as_at)),
        *(each for plan in days.review_plans for each in _steps(plan, days, as_at)),
        *(_session(each, days) for each in days.sessions),
        *(_universal(each, days, as_at) for each in days.universal),
        *(_universal_gone(each, days) for each in days.universal_gone),
    ]
    return calendar(entries, name=name)


def _due(days: Days, as_at: date) -> list[Entry]:
    """Return an entry for each name: what is open where it is, not what it took the place of.

    What is met is gone; what was called off is not, nor what is no report under the protocol any more.
    """
    newest = sorted(
        days.obligations, key=lambda each: (each.is_open(as_at=as_at), each.arises_on, each.pk)
    )
    found = {uid(each): each for each in newest}
    entries = [
        *(called_off(each, written=days.written[each.state_party_id]) for each in days.called_off),
        *(
            unfolded(each, written=days.written[each.obligation.state_party_id])
            for each in days.unfolded
        ),
    ]
    return [
        *(each for each in entries if each.uid not in found),
        *(
            entry(
                each,
                written=days.written[each.state_party_id],
                as_at=as_at,
                alarms=ALARMS.get(Kind(each.kind), OTHER_ALARMS),
                also_under=days.folds.also_under(each),
            )
            for each in found.values()
            if each.is_open(as_at=as_at) or each.closed_as != Closure.MET
        ),
    ]


def _steps(plan: Plan | ReviewPlan, days: Days, as_at: date) -> Iterator[Entry]:
    """Go through the steps that are to be done, and lie ahead or not long ago."""
    for step in plan.steps:
        if step.planned_on and not step.is_done and step.planned_on > as_at - KEPT:
            for_what = _for_review(plan, days) if isinstance(plan, ReviewPlan) else _for(plan, days)
            yield _step(step.milestone, step.planned_on, for_what, as_at)


class _ForWhat(NamedTuple):
    """The report for which a step is, as its entry names it."""

    names: tuple[object, ...]
    under: Callable[[str], str]
    state: State
    report: str
    due: PartialDate | None
    written: Written
    begun: date


def _for(plan: Plan, days: Days) -> _ForWhat:
    row, party = plan.obligation, plan.obligation.state_party
    return _ForWhat(
        names=(party.treaty.code, party.state.iso3, "report", plan.report),
        under=partial(under, party.treaty),
        state=party.state,
        report=row.title,
        due=row.due,
        written=days.written[party.pk],
        begun=row.arises_on,
    )


def _for_review(plan: ReviewPlan, days: Days) -> _ForWhat:
    report, review = plan.report, plan.report.review
    return _ForWhat(
        names=("UPR", review.state.iso3, review.cycle, report.step),
        under=_of_review,
        state=review.state,
        report=report.title,
        due=report.due_on,
        written=days.universal_written[review.state_id],
        begun=review.recorded_on,
    )


def _of_review(summary: str) -> str:
    code = pgettext("Universal Periodic Review, abbreviated", "UPR")
    return _("%(treaty)s · %(summary)s") % {"treaty": code, "summary": summary}


def _step(milestone: Milestone, planned_on: date, of: _ForWhat, as_at: date) -> Entry:
    places = {
        "state": of.state.local_name,
        "step": milestone.get_step_display(),
        "report": of.report,
        "due": long_date(of.due) if of.due else "",
    }
    lines = [_("A step of the plan for the %(report)s (due %(due)s).") % places]
    if milestone.owner:
        lines.append(_("Done by: %(who)s") % {"who": milestone.owner})
    begun = datetime.combine(of.begun, time(), UTC)
    return Entry(
        uid=named(*of.names, milestone.step),
        day=planned_on,
        summary=of.under(_("%(state)s: %(step)s (%(report)s)") % places),
        description="\n".join(lines),
        url=address("reporting:my"),
        sequence=of.written.sequence() + milestone.changes,
        stamp=max(of.written.at, begun, milestone.changed_at if milestone.pk else begun),
        alarms=STEP_ALARMS if planned_on >= as_at else (),
    )


def _session(session: Session, days: Days) -> Entry:
    written = days.sessions_written[session.pk]
    places = {"treaty": session.treaty.code, "number": session.number}
    is_cancelled = session.status == Session.Status.CANCELLED
    return Entry(
        uid=named(session.treaty.code, "session", session.number),
        day=session.starts_on,
        last_day=session.ends_on,
        summary=_("%(treaty)s: session %(number)s of the Committee") % places,
        description=_("The days are those of Geneva (Europe/Zurich)."),
        url=address("reporting:dashboard", treaty=session.treaty),
        sequence=written.sequence(),
        stamp=max(written.at, datetime.combine(session.treaty.in_force_on, time.min, UTC)),
        status=CANCELLED if is_cancelled else CONFIRMED,
        location=_("Geneva"),
    )


def _universal(step: UniversalStep, days: Days, as_at: date) -> Entry:
    review, state = step.review, step.review.state
    written = days.universal_written[review.state_id]
    places = {"state": state.local_name, "what": step.title, "day": long_date(step.due_on)}
    summary = _("%(state)s: Universal Periodic Review, %(what)s") % places
    if not step.due_on.is_certain:
        summary += f" ({long_date(step.due_on)})"
    lines = [_("Recorded by the State or by the secretariat; no treaty sets it.")]
    if review.source:
        lines.append(_("Source: %(source)s") % {"source": review.source})
    return Entry(
        uid=named("UPR", state.iso3, review.cycle, step.step),
        day=step.due_on.first_day,
        summary=summary,
        description="\n".join(lines),
        url=address("reporting:state", state.iso3),
        sequence=written.sequence(),
        stamp=max(written.at, datetime.combine(review.recorded_on, time(), UTC)),
        alarms=UNIVERSAL_ALARMS.get(step.step, OTHER_ALARMS)
        if step.due_on.first_day >= as_at
        else (),
    )


def _universal_gone(gone: StepGone, days: Days) -> Entry:
    """Return the entry of a date that was taken off the record, as a cancelled one."""
    stood = _universal(gone.was, days, gone.called_off_on)
    description = _("What is on record no longer leads to this date.")
    return stood._replace(status=CANCELLED, description=description, alarms=())
