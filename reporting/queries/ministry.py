"""What a ministry has before it: what its States owe, its plan, what it has filed."""

from dataclasses import dataclass
from datetime import date

from reporting.models import Obligation, StateParty, Submission, Treaty, User
from reporting.queries.owed import Request, owed
from reporting.queries.plan import Plan, plans


@dataclass(frozen=True, slots=True)
class Home:
    """One State of a ministry under one treaty, on a day."""

    party: StateParty
    reports: list[Obligation]
    requests: list[Request]
    plans: list[Plan]
    filed: list[Submission]

    @property
    def says_something(self) -> bool:
        """Whether anything is owed or was filed, or it can be said that what was sent is on record."""
        unknown = not self.party.reports_on_record
        return bool(self.reports or self.requests or self.filed or unknown)


def homes(*, person: User, treaty: Treaty | None, as_at: date) -> list[Home]:
    """Return the States for whose ministries the person acts, by name, each under every treaty.

    Or under one of them; then a home says that nothing is owed. Four queries a State and treaty.
    """
    parties = StateParty.objects.filter(state__users=person)
    if treaty:
        parties = parties.filter(treaty=treaty)
    shown = parties.select_related("state", "treaty", "on_record_stated_by")
    ordered = shown.order_by("state", "treaty")
    found = [_home(party, as_at) for party in ordered]
    first = {home.party.state_id: home for home in reversed(found)}
    return [each for each in found if each.says_something or each is first[each.party.state_id]]


def _home(party: StateParty, as_at: date) -> Home:
    open_now = owed(party=party, as_at=as_at)
    reports = list(dict.fromkeys(open_now.reports.values()))
    if not party.reports_on_record:  # what seems overdue came long ago, for all we know
        reports = [each for each in reports if each.due_by and each.due_by >= as_at]
    return Home(
        party=party,
        reports=reports,
        requests=open_now.requests,
        plans=plans(party=party, reports=reports),
        filed=list(party.submissions.exclude(filed_at=None).order_by("-filed_at")),
    )
