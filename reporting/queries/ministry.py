"""What a ministry has before it: what its States owe, its plan, what it has filed."""

from dataclasses import dataclass
from datetime import date

from reporting.models import Obligation, StateParty, Submission, Treaty, User
from reporting.queries.owed import Request, owed
from reporting.queries.plan import Plan, plans


@dataclass(frozen=True, slots=True)
class Home:
    """One State of a ministry on a day."""

    party: StateParty
    reports: list[Obligation]
    requests: list[Request]
    plans: list[Plan]
    filed: list[Submission]


def homes(*, person: User, treaty: Treaty, as_at: date) -> list[Home]:
    """Return the States for whose ministries the person acts, by name."""
    parties = StateParty.objects.filter(treaty=treaty, state__users=person)
    ordered = parties.select_related("state", "treaty").order_by("state__name")
    return [_home(party, as_at) for party in ordered]


def _home(party: StateParty, as_at: date) -> Home:
    open_now = owed(party=party, as_at=as_at)
    reports = list(dict.fromkeys(open_now.reports.values()))
    return Home(
        party=party,
        reports=reports,
        requests=open_now.requests,
        plans=plans(party=party, reports=reports),
        filed=list(party.submissions.exclude(filed_at=None).order_by("-filed_at")),
    )
