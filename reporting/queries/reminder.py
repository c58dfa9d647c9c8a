"""The ledger of reminders as people see it; what is still to come stands in ``queries.coming``.

A person sees what ``Reminder.objects.seen_by`` keeps: the secretariat everything, a ministry what the
contacts of its own State are told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet

from reporting.models import (
    Contact,
    Message,
    Obligation,
    Reminder,
    State,
    StateParty,
    Treaty,
    User,
)
from reporting.models.names import name_of_state

ON_A_PAGE = 50
# More States parties than these are counted and not named.
MOST_NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which reminders are asked for; what is empty keeps all. ``days`` is how far back."""

    state: State | None = None
    status: tuple[str, ...] = ()
    occasion: str = ""
    reason: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail and the reminders that stand in it."""

    message: Message
    rows: list[Reminder]


def ledger(*, person: User, asked: Asked, as_at: date, page: int = 1) -> Page[Reminder]:
    """Return a page of the reminders, those that changed last first, in two queries.

    A page that there is not is the nearest one that there is.
    """
    rows = _with_names(Reminder.objects.seen_by(person)).order_by("-state_since", "-pk")
    if asked.state:
        rows = rows.filter(state_party__state=asked.state)
    if asked.status:
        rows = rows.filter(state__in=asked.status)
    if asked.occasion:
        rows = rows.filter(occasion=asked.occasion)
    if asked.reason:
        rows = rows.filter(reason=asked.reason)
    if asked.days:
        first = datetime.combine(as_at - timedelta(days=asked.days), time(), UTC)
        rows = rows.filter(state_since__gte=first)
    return Paginator(rows, ON_A_PAGE).get_page(page)


def counts(*, person: User) -> Mapping[str, int]:
    """Return how many reminders there are in each state, in one query; zero is said too."""
    rows = Reminder.objects.seen_by(person).order_by().values_list("state")
    return dict.fromkeys(Reminder.State.values, 0) | dict(rows.annotate(Count("pk")))


def failed_count(*, person: User) -> int:
    """Return how many have failed and wait for somebody, for the navigation."""
    return Reminder.objects.seen_by(person).filter(state=Reminder.State.FAILED).count()


def failed(*, person: User) -> list[Reminder]:
    """Return those that have failed, the latest first."""
    rows = Reminder.objects.seen_by(person).filter(state=Reminder.State.FAILED)
    return list(_with_names(rows).order_by("-state_since", "-pk"))


def reminder_of(*, person: User, pk: int) -> Reminder | None:
    """Return that reminder, if the person may see it."""
    return _with_names(Reminder.objects.seen_by(person)).filter(pk=pk).first()


def reminders_of(*, person: User, state: State, most: int = ON_A_PAGE) -> list[Reminder]:
    """Return the latest that a State was told, or that was told about it, in one query."""
    rows = Reminder.objects.seen_by(person).filter(state_party__state=state)
    return list(_with_names(rows).order_by("-state_since", "-pk")[:most])


def mail_of(*, person: User, pk: UUID) -> Mail | None:
    """Return an e-mail as it was sent and what it told, if the person may see it; two queries."""
    message = Message.objects.filter(pk=pk).first()
    if message is None:
        return None
    told = Reminder.objects.seen_by(person).filter(message=message)
    rows = list(_with_names(told).order_by("due_on", "pk"))
    return Mail(message, rows) if rows else None


@dataclass(frozen=True, slots=True)
class Unalerted:
    """The treaties of which nobody says as a whole that what came is on record, in order.

    ``alerted`` counts the States parties that are alerted all the same, as theirs is said to be;
    ``named`` are these in the order of the reader's language, where they are few.
    """

    treaties: list[Treaty]
    alerted: int
    named: list[StateParty] = field(default_factory=list)


def unalerted(*, person: User) -> Unalerted:
    """Return about which treaties no alert goes out, as what came under them is not on record.

    To whoever is bound to treaties, those of these. In two queries; where some are alerted, in three.
    """
    parties = StateParty.objects.filter(treaty__reports_on_record=False)
    if person.bound_to:
        parties = parties.filter(treaty__in=person.bound_to)
    treaties = Treaty.objects.filter(pk__in=parties.order_by().values("treaty"))
    alerted = parties.with_reports_on_record()
    count, named = alerted.count(), list[StateParty]()
    if 0 < count <= MOST_NAMED:
        rows = alerted.select_related("state", "treaty").order_by("treaty")
        named = sorted(rows, key=attrgetter("state.place"))
    return Unalerted(list(treaties.order_by("pk")), count, named)


def unreached(*, treaties: Iterable[Treaty], as_at: date) -> list[str]:
    """Return the names of the States that owe something on that day and of which nobody is told, in order.

    It is owed under one of these treaties; that about which no alert goes out counts for nothing.
    """
    alerted = Obligation.objects.open(as_at=as_at).with_reports_on_record()
    owes = alerted.filter(
        state_party__state=OuterRef("pk"), state_party__treaty__in=[each.pk for each in treaties]
    )
    told = Contact.objects.told().filter(state=OuterRef("pk"))
    rows = State.objects.filter(Exists(owes), ~Exists(told)).values_list("iso3", "name")
    return [name_of_state(iso3, name) for iso3, name in rows]


def _with_names(rows: QuerySet[Reminder]) -> QuerySet[Reminder]:
    return rows.select_related(
        "contact__state",
        "person",
        "state_party__state",
        "state_party__treaty",
        "obligation",
        "message",
        "mute",
    )
