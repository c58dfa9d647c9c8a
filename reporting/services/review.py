"""Reviews with the dates that their concluding observations set, recorded as one."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reporting.models import CommitteeDecision, DecisionKind, Review, StateParty, User
from reporting.models.dates import long_date
from reporting.queries.facts import facts_of, with_facts
from reporting.rules.discharge import never_came
from reporting.rules.partial_date import PartialDate
from reporting.rules.wording import report_name
from reporting.services.errors import ConflictError, Difference
from reporting.services.fact import derive, lock, require_recorder, write

# What concluding observations decide, each at most once a review.
DECIDED = (DecisionKind.NEXT_REPORT_DUE, DecisionKind.FOLLOW_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesSet:
    """What the concluding observations say of the dates; nothing where they do not say."""

    next_report_due: PartialDate | None = None
    to_be_communicated: bool = False
    follow_up_due: PartialDate | None = None


def decisions_of(review: Review) -> dict[str, CommitteeDecision]:
    """Return what is on record as decided in the concluding observations, by its kind."""
    if not review.pk:
        return {}
    found = review.decisions.filter(kind__in=DECIDED, withdrawn_on__isnull=True)
    return {each.kind: each for each in found.order_by("-pk")}


def dates_set(review: Review) -> DatesSet:
    """Return the dates that are on record as set in the concluding observations."""
    found = decisions_of(review)
    report, follow_up = (found.get(kind) for kind in DECIDED)
    return DatesSet(
        next_report_due=report.due_on if report else None,
        to_be_communicated=bool(report and report.to_be_communicated),
        follow_up_due=follow_up.due_on if follow_up else None,
    )


def unreceived(review: Review, *, as_at: date) -> str:
    """Return what to say of a review whose reports never came as far as is known; else nothing."""
    party = with_facts(StateParty.objects.filter(pk=review.state_party_id)).get()
    found = never_came(party.treaty.regime(), facts_of(party), review.as_fact(), as_at=as_at)
    if found is None:
        return ""
    text = _(
        "%(reports)s: no receipt is on record. It will count as received by the day of the dialogue. "
        "If no report came, change the entries: it was considered in the absence of a report."
    )
    return text % {"reports": capfirst(report_name(*found, translate=_))}


def version(review: Review) -> str:
    """Return the versions of the review and of what it decided, for whoever opens it."""
    return "-".join(str(each.version) for each in (review, *_in_order(review)))


@transaction.atomic
def record_review(
    *, review: Review, dates: DatesSet, by: User, as_at: date, reason: str = ""
) -> Review:
    """Save a new review with the dates that it set, and derive the dates of its State party again.

    Raise NotAllowedError, or ValidationError with what is wrong; then nothing is written.
    """
    require_recorder(by, review.state_party)
    return _save(review, dates, by, as_at, reason)


@transaction.atomic
def correct_review(  # noqa: PLR0913 - what a form gives, each by name
    *, review: Review, dates: DatesSet, seen: str, by: User, as_at: date, reason: str = ""
) -> Review:
    """Save a changed review, unless it or what it decided has changed since the version ``seen``.

    Raise ConflictError with the differences where it has.
    """
    require_recorder(by, review.state_party)
    lock(party=review.state_party)
    if version(review) != seen:
        raise ConflictError(_all_differences(review, dates))
    return _save(review, dates, by, as_at, reason)


def _save(review: Review, dates: DatesSet, by: User, as_at: date, reason: str) -> Review:
    party = lock(party=review.state_party)
    _refuse_second(review)
    if not review.pk or any(_on_record(review).differences(review)):
        write(fact=review, by=by, as_at=as_at, reason=reason)
    standing = decisions_of(review)
    for wanted in (_next_report(review, dates, standing), _follow_up(review, dates, standing)):
        if wanted.due_on or wanted.to_be_communicated:
            write(fact=wanted, by=by, as_at=as_at, reason=reason)
        elif wanted.pk:
            wanted.changed_by(by, because=reason)
            wanted.delete()
    derive(party=party, as_at=as_at)
    return review


def _on_record(review: Review) -> Review:
    """Return the review as it is on record; raise ValidationError where it is not any more."""
    found = Review.objects.filter(pk=review.pk).first()
    if found is None:
        raise ValidationError(_("This has been taken off the record meanwhile."), code="conflict")
    return found


def reviews_of(*, party: StateParty, reports: tuple[int, int], besides: int | None) -> list[Review]:
    """Return the reviews on record of any of these reports, but the one of that number.

    Those that stood beside it before it was changed are not asked about again.
    """
    on_record = list(party.reviews.all())
    saved = next((each for each in on_record if each.pk == besides), None)
    return [
        each
        for each in on_record
        if each is not saved and _meets(each, reports) and not _met_before(each, saved)
    ]


def _meets(review: Review, reports: tuple[int, int]) -> bool:
    first, last = reports
    return (review.first_report or 0) <= last and first <= (review.last_report or 0)


def _met_before(review: Review, saved: Review | None) -> bool:
    if saved is None or saved.first_report is None or saved.last_report is None:
        return False
    return _meets(review, (saved.first_report, saved.last_report))


def considered_already(reviews: list[Review]) -> ValidationError | None:
    """Return what is said of a report that one of its reviews has considered; none has in absence."""
    earlier = next((each for each in reviews if not each.in_absence), None)
    if earlier is None:
        return None
    message = _("%(review)s has considered this report already. Say why this review stands too.")
    return ValidationError(message, code="considered", params={"review": earlier})


def _refuse_second(review: Review) -> None:
    """Raise ValidationError for a report that was considered already, unless a reason is given."""
    if review.accepted_because or review.first_report is None or review.last_report is None:
        return
    reports = review.first_report, review.last_report
    others = reviews_of(party=review.state_party, reports=reports, besides=review.pk)
    if error := considered_already(others):
        raise ValidationError({"accepted_because": error})


def _next_report(
    review: Review, dates: DatesSet, standing: dict[str, CommitteeDecision]
) -> CommitteeDecision:
    decision = _decision(review, DecisionKind.NEXT_REPORT_DUE, standing)
    decision.due_on = dates.next_report_due
    decision.to_be_communicated = dates.to_be_communicated
    return decision


def _follow_up(
    review: Review, dates: DatesSet, standing: dict[str, CommitteeDecision]
) -> CommitteeDecision:
    decision = _decision(review, DecisionKind.FOLLOW_UP, standing)
    decision.due_on = dates.follow_up_due
    decision.first_report, decision.last_report = review.first_report, review.last_report
    return decision


def _decision(
    review: Review, kind: DecisionKind, standing: dict[str, CommitteeDecision]
) -> CommitteeDecision:
    """Return the decision of that kind with the document and the day of the review."""
    decision = standing.get(kind) or CommitteeDecision(
        state_party=review.state_party, review=review, kind=kind
    )
    decision.decided_on, decision.symbol = review.adopted_on, review.symbol
    decision.source = review.source
    return decision


def _in_order(review: Review) -> list[CommitteeDecision]:
    return sorted(decisions_of(review).values(), key=lambda each: each.kind)


def _all_differences(review: Review, dates: DatesSet) -> list[Difference]:
    theirs = _on_record(review)
    own = [Difference(*each) for each in theirs.differences(review)]
    return [*own, *_differences(dates_set(theirs), dates)]


def _differences(theirs: DatesSet, yours: DatesSet) -> list[Difference]:
    """Say in which dates the two differ."""
    names = {
        "next_report_due": _("next report due on"),
        "to_be_communicated": _("next report due on a date to be communicated"),
        "follow_up_due": _("follow-up information due on"),
    }
    pairs = {name: (getattr(theirs, name), getattr(yours, name)) for name in names}
    return [
        Difference(str(names[name]), _said(here), _said(there))
        for name, (here, there) in pairs.items()
        if here != there
    ]


def _said(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return long_date(value) if isinstance(value, PartialDate) else ""
