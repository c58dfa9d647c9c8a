"""Nothing is decided of a report for which it is too late."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reporting.models import CommitteeDecision, StateParty
from reporting.queries.facts import facts_of, with_facts
from reporting.rules.discharge import discharged_before
from reporting.rules.facts import DecisionKind
from reporting.rules.wording import report_name


def refuse_discharged(decision: CommitteeDecision) -> None:
    """Raise ValidationError where it is about a report that had come or been considered by then.

    That is refused for a due date and for both lists of issues; a request beside the cycle can be
    about any report.
    """
    party = with_facts(StateParty.objects.filter(pk=decision.state_party_id)).get()
    facts, own = facts_of(party), decision.as_fact()
    others = (each for each in facts.decisions if each.ref != own.ref)
    found = discharged_before(party.treaty.regime(), replace(facts, decisions=(*others, own)), own)
    if found is None:
        return
    reports = capfirst(report_name(found.first, found.last, translate=_))
    places = {"reports": reports, "following": found.following}
    error = ValidationError(_message(own.kind), code="discharged", params=places)
    raise ValidationError({"first_report": error})


def _message(kind: DecisionKind) -> str:
    if kind is DecisionKind.LIST_OF_ISSUES:
        return _(
            "%(reports)s: considered before this list was issued. Name report %(following)s or a "
            "later one, or say below why this stands all the same."
        )
    if kind is DecisionKind.LIST_OF_ISSUES_PRIOR:
        return _(
            "%(reports)s: received or considered before this list was issued. Name report "
            "%(following)s or a later one, or say below why this stands all the same."
        )
    return _(
        "%(reports)s: received or considered before this was decided, so no date can be set. Name "
        "report %(following)s or a later one, or say below why this stands all the same."
    )
