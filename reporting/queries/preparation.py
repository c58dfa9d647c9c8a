"""What is on record of each report before its session: its list of issues and the replies to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from reporting.models import CommitteeDecision, DecisionKind, Submission, SubmissionStatus
from reporting.queries.planner import Item
from reporting.rules.partial_date import PartialDate

_LISTS = (DecisionKind.LIST_OF_ISSUES, DecisionKind.LIST_OF_ISSUES_PRIOR)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A planned review with what is on record for it; what is not is ``None``."""

    item: Item
    questions: CommitteeDecision | None
    replies: Submission | None

    @property
    def replies_due(self) -> PartialDate | None:
        """The day that the list of issues gives for the replies."""
        return self.questions.due_on if self.questions else None

    @property
    def are_the_report(self) -> bool:
        """Whether the report itself is the answer, as under the simplified procedure."""
        prior = DecisionKind.LIST_OF_ISSUES_PRIOR
        return bool(self.questions and self.questions.kind == prior and self.item.submission)


def prepared(items: Iterable[Item]) -> list[Prepared]:
    """Return what is on record for each, in two queries for any number of them."""
    items = list(items)
    received = Submission.objects.exclude(status=SubmissionStatus.RETURNED).order_by("pk")
    decisions = (
        CommitteeDecision.objects.filter(
            state_party__in=[each.party.pk for each in items],
            kind__in=_LISTS,
            withdrawn_on__isnull=True,
        )
        .prefetch_related(Prefetch("answers", received))
        .order_by("pk")
    )
    found: dict[int, list[CommitteeDecision]] = {}
    for decision in decisions:
        found.setdefault(decision.state_party_id, []).append(decision)
    return [_prepared(each, found.get(each.party.pk, [])) for each in items]


def _prepared(item: Item, decisions: list[CommitteeDecision]) -> Prepared:
    about = [each for each in decisions if _is_about(each, item)]
    questions = about[-1] if about else None
    replies = list(questions.answers.all()) if questions else []
    return Prepared(item, questions, replies[-1] if replies else None)


def _is_about(decision: CommitteeDecision, item: Item) -> bool:
    first, last = decision.first_report, decision.last_report
    return first is not None and last is not None and first <= item.last and last >= item.first
