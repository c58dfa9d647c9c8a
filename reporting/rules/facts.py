"""What the engine is told: the facts that people record about one State party.

Every fact names its source, the document in which it was read. ``ref`` is the caller's own name for
the record; facts point to each other by it. ``recorded_on`` is the day on which the fact was put on
record: an undated fact cannot have happened later. ``accepted_because`` is the reason why a fact that
contradicts another one stands all the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from reporting.rules.errors import RulesError
from reporting.rules.partial_date import PartialDate
from reporting.rules.saying import Sentence, gettext_noop, say
from reporting.rules.wording import DENUNCIATION, NUMBERED, REVIEW, REVIEW_AT_SESSION, paragraph

# More than a century of cycles: a number beyond it is a slip of the hand.
MOST_REPORTS = 50


_REFUSAL = gettext_noop("%(fact)s: %(reason)s")
_REFUSAL_WITH_SOURCE = gettext_noop("%(fact)s: %(reason)s (source: %(source)s)")


class FactError(RulesError):
    """A fact that is nonsense, by itself or beside others; ``ref`` says which."""

    def __init__(self, sentence: Sentence, *, ref: str) -> None:
        """Keep which fact it is about."""
        self.ref = ref
        super().__init__(sentence)


class SubmissionKind(StrEnum):
    """What a State sent."""

    REPORT = "report"
    ADDITIONAL_REPORT = "additional report"
    FOLLOW_UP = "follow-up"
    REPLIES = "replies to a list of issues"


class DecisionKind(StrEnum):
    """What the Committee decided or asked for."""

    NEXT_REPORT_DUE = "next report due"
    ADDITIONAL_REPORT = "additional report"
    FOLLOW_UP = "follow-up"
    LIST_OF_ISSUES = "list of issues"
    LIST_OF_ISSUES_PRIOR = "list of issues prior to reporting"

    @property
    def is_list_of_issues(self) -> bool:
        """Whether replies are what it asks for."""
        return self is DecisionKind.LIST_OF_ISSUES or self is DecisionKind.LIST_OF_ISSUES_PRIOR


def span(first: int | None, last: int | None) -> str:
    """Return the ordinals in the manner of document symbols: ``2`` or ``2-3``."""
    if first is None or last is None:
        return ""
    return f"{first}" if first == last else f"{first}-{last}"


def _named(symbol: str, kind: str = "", reports: str = "") -> Sentence:
    """Name a fact by its symbol, else by its kind and its reports."""
    if symbol:
        return say("%(symbol)s", symbol=symbol)
    if not reports:
        return say(kind)
    return say(NUMBERED, kind=say(kind), reports=reports)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact has."""

    ref: str
    source: str = ""
    recorded_on: date | None = None
    accepted_because: str = ""

    @property
    def name(self) -> Sentence:
        """The fact as a sentence names it."""
        raise NotImplementedError

    @property
    def stored_name(self) -> str:
        """The name as it is stored: in English, with a date in ISO form."""
        return self.name.text(say_date=lambda day: str(day.isoformat()))

    def __str__(self) -> str:
        """Name the fact in English."""
        return str(self.name)

    def refuse(self, reason: str, **places: object) -> FactError:
        """Return the error that says what is wrong, and in which fact and source."""
        template = _REFUSAL_WITH_SOURCE if self.source else _REFUSAL
        said = say(reason, **places)
        return FactError(
            say(template, fact=self.name, reason=said, source=self.source), ref=self.ref
        )

    def refuse_backwards(self, earlier: PartialDate | None, later: PartialDate | None) -> None:
        """Raise where ``later`` certainly lies before ``earlier``."""
        if earlier and later and later.last_day < earlier.first_day:
            reason = gettext_noop("%(later)s lies before %(earlier)s")
            raise self.refuse(reason, later=later, earlier=earlier)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdinalFact(Fact):
    """A fact about the reports ``first`` to ``last`` of a State; ``None`` where it does not say."""

    first: int | None = None
    last: int | None = None

    def __post_init__(self) -> None:
        """Refuse ordinals that are half known, below one or backwards."""
        if (self.first is None) != (self.last is None):
            reason = gettext_noop("the first and the last report must both be said, or neither")
            raise self.refuse(reason)
        if self.first is not None and self.last is not None and not 1 <= self.first <= self.last:
            reason = gettext_noop("the reports %(first)s to %(last)s run backwards")
            raise self.refuse(reason, first=self.first, last=self.last)
        if self.last is not None and self.last > MOST_REPORTS:
            reason = gettext_noop("no State has come to report %(last)s")
            raise self.refuse(reason, last=self.last)

    @property
    def ordinals(self) -> tuple[int, int] | None:
        """The first and the last report that it is about."""
        return None if self.first is None or self.last is None else (self.first, self.last)

    def overlaps(self, other: "OrdinalFact") -> bool:
        """Whether both are about a same report."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return False
        return self.first <= other.last and other.first <= self.last

    @property
    def span(self) -> str:
        """The ordinals in the manner of document symbols: ``2`` or ``2-3``."""
        return span(self.first, self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit(Fact):
    """The ratification, accession or succession; the day can be known by its month.

    ``entry_into_force_on`` overrides the rule of the treaty and needs its reason.
    """

    deposited_on: PartialDate
    action: str = "ratification"
    entry_into_force_on: PartialDate | None = None
    entry_into_force_reason: str = ""

    def __post_init__(self) -> None:
        """Refuse an override without its reason."""
        if self.entry_into_force_on and not self.entry_into_force_reason.strip():
            reason = gettext_noop(
                "an entry into force that departs from the treaty's rule needs its reason"
            )
            raise self.refuse(reason)
        if self.entry_into_force_on:
            self.refuse_backwards(self.deposited_on, self.entry_into_force_on)

    @property
    def name(self) -> Sentence:
        """The fact as a sentence names it."""
        action = say(self.action)
        return say(gettext_noop("%(action)s of %(day)s"), action=action, day=self.deposited_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission(OrdinalFact):
    """A document that the State sent; ``received_on`` of ``None`` is not on record.

    ``answers`` is the ref of the decision that asked for it, for everything but reports.
    """

    kind: SubmissionKind = SubmissionKind.REPORT
    symbol: str = ""
    received_on: PartialDate | None = None
    answers: str = ""

    def __post_init__(self) -> None:
        """Refuse an answer to nothing."""
        OrdinalFact.__post_init__(self)
        if self.kind is not SubmissionKind.REPORT and not self.answers:
            reason = gettext_noop("it does not say which request it answers")
            raise self.refuse(reason)

    @property
    def name(self) -> Sentence:
        """The fact as a sentence names it."""
        return _named(self.symbol, self.kind, self.span)

    @property
    def happened_on(self) -> PartialDate | None:
        """The date that it gives itself: its receipt."""
        return self.received_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(OrdinalFact):
    """A consideration by the Committee, with a report or in its absence.

    ``symbol`` and ``adopted_on`` are those of the concluding observations.
    """

    session: int | None = None
    dialogue_from: PartialDate | None = None
    dialogue_to: PartialDate | None = None
    in_absence: bool = False
    symbol: str = ""
    adopted_on: PartialDate | None = None

    def __post_init__(self) -> None:
        """Refuse a review of nothing, and days that run backwards."""
        OrdinalFact.__post_init__(self)
        if self.ordinals is None:
            reason = gettext_noop("it does not say which reports were considered")
            raise self.refuse(reason)
        self.refuse_backwards(self.dialogue_from, self.dialogue_to)
        self.refuse_backwards(self.dialogue_from or self.dialogue_to, self.adopted_on)

    @property
    def name(self) -> Sentence:
        """The fact as a sentence names it."""
        if self.symbol:
            return _named(self.symbol)
        if self.session is None:
            return say(REVIEW, reports=self.span)
        return say(REVIEW_AT_SESSION, reports=self.span, session=self.session)

    @property
    def dialogue(self) -> PartialDate | None:
        """The last day of the dialogue that is on record."""
        return self.dialogue_to or self.dialogue_from

    @property
    def is_over_by(self) -> PartialDate | None:
        """The day by which it was certainly over; the first day of a dialogue does not say."""
        return self.adopted_on or self.dialogue_to

    @property
    def concluded_on(self) -> PartialDate | None:
        """The adoption of the concluding observations, else the dialogue."""
        return self.adopted_on or self.dialogue_to or self.dialogue_from

    @property
    def happened_on(self) -> PartialDate | None:
        """The date that it gives itself: its conclusion."""
        return self.concluded_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(OrdinalFact):
    """What the Committee decided: a due date, a request, a list of issues.

    ``due_on`` of ``None`` is a date that is not on record, or, with ``to_be_communicated``, one that
    the Committee has announced. ``review`` is the ref of the review that it came from.
    """

    kind: DecisionKind
    decided_on: PartialDate | None = None
    due_on: PartialDate | None = None
    to_be_communicated: bool = False
    symbol: str = ""
    paragraph: str = ""
    review: str = ""
    withdrawn_on: PartialDate | None = None

    def __post_init__(self) -> None:
        """Refuse a date that is both set and to be communicated, and one due before its decision."""
        OrdinalFact.__post_init__(self)
        if self.due_on and self.to_be_communicated:
            reason = gettext_noop("a due date cannot be set and be still to be communicated")
            raise self.refuse(reason)
        if self.kind is DecisionKind.NEXT_REPORT_DUE and not (
            self.due_on or self.to_be_communicated
        ):
            reason = gettext_noop(
                "it neither sets a due date nor says that one is to be communicated"
            )
            raise self.refuse(reason)
        if self.kind.is_list_of_issues and self.ordinals is None:
            reason = gettext_noop("it does not say on which report the questions are")
            raise self.refuse(reason)
        self.refuse_backwards(self.decided_on, self.due_on)
        self.refuse_backwards(self.decided_on, self.withdrawn_on)

    @property
    def name(self) -> Sentence:
        """The fact as a sentence names it."""
        return _named(self.symbol, self.kind, self.span)

    @property
    def happened_on(self) -> PartialDate | None:
        """The date that it gives itself: that of the decision."""
        return self.decided_on

    def asks_for(self, kind: SubmissionKind) -> bool:
        """Whether that is what answers it; a report can be the replies to a list prior to it."""
        if kind is SubmissionKind.REPORT:
            return self.kind is DecisionKind.LIST_OF_ISSUES_PRIOR
        if kind is SubmissionKind.REPLIES:
            return self.kind.is_list_of_issues
        return self.kind.value == kind.value

    @property
    def document(self) -> str:
        """The document with its paragraph, as the source of a date."""
        if self.symbol and self.paragraph:
            return paragraph(self.symbol, self.paragraph)
        return self.symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class Denunciation(Fact):
    """The State leaves the treaty (article 89 of CMW) on ``effective_on``."""

    effective_on: date
    notified_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse a denunciation that takes effect before it was notified."""
        if self.notified_on and self.effective_on < self.notified_on:
            reason = gettext_noop("it takes effect on %(day)s, before its notification")
            raise self.refuse(reason, day=self.effective_on)

    @property
    def name(self) -> Sentence:
        """The fact as a sentence names it."""
        return say(DENUNCIATION, day=self.effective_on)

    @property
    def happened_on(self) -> PartialDate:
        """The date that it gives itself: its notification, else its effect."""
        return PartialDate.of(self.notified_on or self.effective_on)


DatedFact: TypeAlias = Submission | Review | Decision | Denunciation


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is on record about one State party to one treaty.

    ``folded_from`` is the day on which the treaty into whose reports these fold binds the State.
    """

    deposit: Deposit
    submissions: tuple[Submission, ...] = ()
    reviews: tuple[Review, ...] = ()
    decisions: tuple[Decision, ...] = ()
    denunciation: Denunciation | None = None
    folded_from: date | None = None

    def __post_init__(self) -> None:
        """Refuse two facts of one ref: nothing could tell which of them is meant."""
        refs: set[str] = set()
        for fact in self:
            if fact.ref in refs:
                reason = gettext_noop("another fact is recorded as “%(ref)s”")
                raise fact.refuse(reason, ref=fact.ref)
            refs.add(fact.ref)

    def __iter__(self) -> Iterator[DatedFact]:
        """Go through what followed the deposit, in no order."""
        yield from self.submissions
        yield from self.reviews
        yield from self.decisions
        if self.denunciation:
            yield self.denunciation
