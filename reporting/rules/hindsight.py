"""What was known on a day: the facts without anything that happened later."""

from dataclasses import replace
from datetime import date

from dateutil.relativedelta import relativedelta

from reporting.rules.facts import Decision, Denunciation, Facts, Review, Submission
from reporting.rules.placing import place

PROJECTED_YEARS = 10


def projected_until(day: date) -> date:
    """Return the last day to which the timetable is projected as seen from a day."""
    return day + relativedelta(years=min(PROJECTED_YEARS, date.max.year - day.year))


def known_by(facts: Facts, *, as_at: date) -> Facts:
    """Return the facts that counted by that day; a later withdrawal had not happened yet.

    With it ``timetable`` projects from that day, as somebody would have done then.
    """
    placed, _errors = place(facts)
    known = [item.fact for item in placed if item.day <= as_at]
    return Facts(
        deposit=facts.deposit,
        submissions=tuple(fact for fact in known if isinstance(fact, Submission)),
        reviews=tuple(fact for fact in known if isinstance(fact, Review)),
        decisions=tuple(
            _not_yet_withdrawn(fact, as_at) for fact in known if isinstance(fact, Decision)
        ),
        denunciation=next((fact for fact in known if isinstance(fact, Denunciation)), None),
        folded_from=facts.folded_from,
    )


def _not_yet_withdrawn(decision: Decision, as_at: date) -> Decision:
    if decision.withdrawn_on and decision.withdrawn_on.last_day > as_at:
        return replace(decision, withdrawn_on=None)
    return decision
