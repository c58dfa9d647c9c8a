"""Filing what a State sent; until the secretariat confirms it, the day of sending counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting import permissions
from reporting.models import (
    CommitteeDecision,
    Kind,
    Obligation,
    Procedure,
    StateParty,
    Submission,
    SubmissionDocument,
    SubmissionStatus,
)
from reporting.models.dates import long_date
from reporting.queries.owed import Owed, owed
from reporting.rules.facts import SubmissionKind
from reporting.rules.length import word_limit
from reporting.rules.symbols import DocumentKind
from reporting.rules.wording import filed_by_the_state, report_name
from reporting.services.document import Draft
from reporting.services.errors import NotAllowedError
from reporting.services.fact import lock, save
from reporting.services.symbol import clean_symbol

SYMBOLS = {
    SubmissionKind.REPORT: {DocumentKind.REPORT},
    SubmissionKind.ADDITIONAL_REPORT: {DocumentKind.REPORT},
    SubmissionKind.FOLLOW_UP: {DocumentKind.FOLLOW_UP},
    SubmissionKind.REPLIES: {DocumentKind.REPLIES, DocumentKind.LIST_OF_ISSUES},
}
TOO_LONG = "too-long"
SAME = "same"
# Where one of these is wrong, nothing can be said of what else is on record.
_PLACED_BY = {"covers", "sent_on"}
Problem = tuple[str, ValidationError]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What a ministry says of a document that it sent.

    ``covers`` are the ordinals of the reports; or it ``answers`` a request of the Committee.
    """

    covers: tuple[int, ...] = ()
    answers: CommitteeDecision | None = None
    sent_on: date
    note_verbale: str = ""
    symbol: str = ""
    languages: tuple[str, ...] = ()
    word_count: int | None = None
    length_confirmed: bool = False
    same_confirmed: bool = False
    procedure: str = Procedure.STANDARD
    note: str = ""
    # Read from a list of what was sent: its documents are with the secretariat.
    is_listed: bool = False

    @property
    def reports(self) -> tuple[int, int] | None:
        """The first and the last report that it is about."""
        if self.covers:
            return min(self.covers), max(self.covers)
        if self.answers and self.answers.first_report and self.answers.last_report:
            return self.answers.first_report, self.answers.last_report
        return None


@transaction.atomic
def file_submission(*, filing: Filing, draft: Draft, as_at: date, now: datetime) -> Submission:
    """File what a State sent, with the documents of the draft, and derive its dates again.

    The same draft files once, and returns what it has filed. Raise NotAllowedError, or
    ValidationError with what is wrong at each field.
    """
    if not permissions.may_act_for(draft.by, draft.state_party):
        raise NotAllowedError
    lock(party=draft.state_party)
    filed = filed_from(draft)
    if filed:
        return filed
    open_now = owed(party=draft.state_party, as_at=as_at)
    by_field: dict[str, list[ValidationError]] = {}
    for field, error in _problems(filing, draft, open_now, as_at):
        by_field.setdefault(field, []).append(error)
    submission = _submission(filing, draft, open_now, symbol="" if "symbol" in by_field else None)
    submission.filed_at = now
    if not by_field.keys() & _PLACED_BY:
        try:
            save(fact=submission, by=draft.by, as_at=as_at, reason="filed")
        except ValidationError as error:
            error.update_error_dict(by_field)
    if by_field:  # which undoes what was saved to find out
        raise ValidationError(by_field)
    draft.waiting.update(submission=submission)
    return submission


def check_filing(*, filing: Filing, draft: Draft, as_at: date, now: datetime) -> None:
    """Raise ValidationError with everything that filing would refuse; file nothing."""
    with transaction.atomic():
        file_submission(filing=filing, draft=draft, as_at=as_at, now=now)
        transaction.set_rollback(True)


def filed_from(draft: Draft) -> Submission | None:
    """Return what this form has filed already."""
    return Submission.objects.filter(
        draft=draft.key, filed_by=draft.by, state_party=draft.state_party
    ).first()


def _submission(filing: Filing, draft: Draft, open_now: Owed, *, symbol: str | None) -> Submission:
    first, last = filing.reports or (None, None)
    return Submission(
        state_party=draft.state_party,
        kind=_kind(filing, open_now),
        first_report=first,
        last_report=last,
        answers=filing.answers,
        sent_on=filing.sent_on,
        note_verbale=filing.note_verbale,
        symbol=_symbol(filing, draft.state_party, open_now) if symbol is None else symbol,
        languages=list(filing.languages),
        word_count=filing.word_count,
        procedure=filing.procedure,
        note=filing.note,
        status=SubmissionStatus.FILED,
        source=filed_by_the_state(filing.sent_on),
        filed_by=draft.by,
        draft=draft.key,
    )


def _kind(filing: Filing, open_now: Owed) -> SubmissionKind:
    for request in open_now.answerable:
        if request.decision == filing.answers and request.answered_by:
            return request.answered_by
    return SubmissionKind.REPORT


def _symbol(filing: Filing, party: StateParty, open_now: Owed) -> str:
    kind = _kind(filing, open_now)
    reports = filing.reports if kind is SubmissionKind.REPORT else None
    return clean_symbol(filing.symbol, party=party, kinds=SYMBOLS[kind], reports=reports)


def _problems(filing: Filing, draft: Draft, open_now: Owed, as_at: date) -> Iterator[Problem]:
    not_owed = [*_not_owed(filing, draft.state_party, open_now)]
    yield from not_owed
    yield from _wrong_day(filing, draft.state_party, as_at)
    try:
        _symbol(filing, draft.state_party, open_now)
    except ValidationError as error:
        yield "symbol", error
    yield from _too_long(filing)
    if not filing.is_listed and not draft.waiting.exists():
        yield "documents", ValidationError(_("Add the report as at least one document."))
    if not not_owed:
        yield from _before_it_was_owed(filing, draft.state_party, as_at)
        yield from _nothing_new(filing, draft)


def _nothing_new(filing: Filing, draft: Draft) -> Iterator[Problem]:
    """Ask about documents that all came with something that the State sent before.

    What was returned does not count: it is logged again, often with the same annexes.
    """
    if filing.same_confirmed or filing.is_listed:
        return
    sums = {*draft.waiting.values_list("sha256", flat=True)}
    of_state = SubmissionDocument.objects.filter(submission__state_party=draft.state_party)
    logged = of_state.filter(sha256__in=sums).exclude(submission__status=SubmissionStatus.RETURNED)
    earlier = logged.select_related("submission").order_by("-uploaded_at").first()
    if earlier and earlier.submission and {each.sha256 for each in logged} == sums:
        sentence = _(
            "This document was logged already (%(submission)s, %(day)s). Choose another file, or "
            "confirm that it was sent for this too."
        )
        day = long_date(earlier.uploaded_at.date())
        places = {"submission": earlier.submission.name, "day": day}
        yield "documents", ValidationError(sentence, code=SAME, params=places)


def _not_owed(filing: Filing, party: StateParty, open_now: Owed) -> Iterator[Problem]:
    for sentence in _why_not_owed(filing, party, open_now):
        yield "covers", ValidationError(sentence, code="covers")


def _why_not_owed(filing: Filing, party: StateParty, open_now: Owed) -> Iterator[str]:
    if filing.answers:
        asked = [request.decision for request in open_now.answerable]
        if filing.answers not in asked:
            yield _("This request is not open any more: it was answered, or withdrawn.")
        if filing.covers:
            yield _("Log the answer to a request by itself, not together with a report.")
        return
    if not filing.covers:
        yield _("Choose what you sent.")
    for ordinal in filing.covers:
        if ordinal not in open_now.reports:
            yield _why_closed(ordinal, party)
    if filing.reports and len(set(filing.covers)) != filing.reports[1] - filing.reports[0] + 1:
        yield _(
            "A combined report covers reports that follow each other: choose those between too."
        )


def _why_closed(ordinal: int, party: StateParty) -> str:
    report = {"report": report_name(ordinal, ordinal, translate=_)}
    filed = party.submissions.filter(
        kind=SubmissionKind.REPORT, first_report__lte=ordinal, last_report__gte=ordinal
    ).exclude(status=SubmissionStatus.RETURNED)
    if filed.filter(status=SubmissionStatus.FILED).exists():
        return _("The %(report)s has been logged already and waits to be confirmed.") % report
    if filed.exists():
        return _("The %(report)s has been received already.") % report
    closed = Obligation.objects.filter(
        state_party=party, first_report__lte=ordinal, last_report__gte=ordinal
    ).exclude(closed_as="")
    if closed.exists():
        return _("The %(report)s is not owed any more.") % report
    return _("The %(report)s is not owed yet.") % report


def _wrong_day(filing: Filing, party: StateParty, as_at: date) -> Iterator[Problem]:
    if filing.sent_on > as_at:
        sentence = _("This day is still to come: log the report when it has been sent.")
        yield "sent_on", ValidationError(sentence, code="future")
    in_force = party.entry_into_force
    if filing.sent_on < in_force.first_day:
        sentence = _("On this day the treaty did not bind the State yet; it does since %(day)s.")
        error = ValidationError(sentence, code="early", params={"day": long_date(in_force)})
        yield "sent_on", error


def _before_it_was_owed(filing: Filing, party: StateParty, as_at: date) -> Iterator[Problem]:
    """Refuse a day on which the report was not in question yet: its year is a slip of the hand.

    A report follows the review of those before it, and is owed once the one before it has been due.
    A date that the Committee changes later makes no difference: the report was owed before that.
    """
    if not filing.covers or filing.sent_on < party.entry_into_force.first_day:
        return
    last = max(filing.covers)
    for review in party.reviews.filter(first_report__lte=last).order_by("pk"):
        concluded = review.as_fact().concluded_on
        if concluded and filing.sent_on < concluded.first_day <= as_at:
            sentence = _(
                "This lies before the Committee considered the %(report)s, on %(day)s, and the "
                "report that you log follows that. Check the year."
            )
            places = {"report": review.title, "day": long_date(concluded)}
            yield "sent_on", ValidationError(sentence, code="before-review", params=places)
            return
    rows = party.obligations.filter(kind=Kind.REPORT, first_report__lte=last, last_report__gte=last)
    arose = rows.order_by("arises_on").values_list("arises_on", flat=True).first()
    if arose and filing.sent_on < arose:
        sentence = _(
            "The %(report)s was not owed yet on this day, but since %(day)s. Check the year."
        )
        places = {"report": report_name(last, last, translate=_), "day": long_date(arose)}
        yield "sent_on", ValidationError(sentence, code="before-owed", params=places)


def _too_long(filing: Filing) -> Iterator[Problem]:
    if not filing.covers or filing.word_count is None or filing.length_confirmed:
        return
    limit = word_limit(first=min(filing.covers))
    if filing.word_count > limit:
        sentence = ngettext(
            "%(words)s word is more than the %(limit)s that this report may have. Shorten it, or "
            "confirm that it was sent like this.",
            "%(words)s words are more than the %(limit)s that this report may have. Shorten it, or "
            "confirm that it was sent like this.",
            filing.word_count,
        )
        places = {
            "words": number_format(filing.word_count, force_grouping=True),
            "limit": number_format(limit, force_grouping=True),
        }
        yield "word_count", ValidationError(sentence, code=TOO_LONG, params=places)
