"""What becomes of reminders when what they tell of changes; in the transaction of the change."""

from collections import defaultdict
from datetime import date, datetime

from django.db.models import QuerySet

from reporting.models import (
    TOGETHER,
    Contact,
    Obligation,
    Reminder,
    Revision,
    State,
    StateParty,
    Treaty,
    User,
    Why,
)
from reporting.models.revision import ALERTS
from reporting.services.reminder.plan import fits


def follow_timetable(*, party: StateParty, as_at: date) -> int:
    """Cancel the alerts of a State party whose obligation ended or whose due date moved.

    What a mail server has been handed stays; return how many were cancelled.
    """
    rows = Reminder.objects.revocable().filter(state_party=party, occasion__in=TOGETHER)
    by_reason: dict[Why, list[int]] = defaultdict(list)
    for row in rows.select_related("obligation"):
        if not fits(row.obligation, str(row.due_on), as_at=as_at):
            by_reason[_why(row, as_at)].append(row.pk)
    return sum(
        Reminder.objects.revocable()
        .filter(pk__in=pks)
        .change(Reminder.State.CANCELLED, reason=reason)
        for reason, pks in by_reason.items()
    )


def _why(row: Reminder, as_at: date) -> Why:
    return Why.MOVED if row.obligation and row.obligation.is_open(as_at=as_at) else Why.ENDED


def stop_telling(*, contact: Contact) -> int:
    """Cancel everything that is planned for a contact who is not told any more."""
    rows = Reminder.objects.revocable().filter(contact=contact)
    return rows.change(Reminder.State.CANCELLED, reason=Why.NOT_TOLD)


def look_again(*, state: State | None, kind: str = "", treaty: Treaty | None = None) -> None:
    """Let the next planning look at every obligation of a State, of a kind and under a treaty.

    Without one of them, of all. Call it at the end of the transaction: it renews the mark of alerts.
    """
    rows: QuerySet[Obligation] = Obligation.objects.all()
    if kind:
        rows = rows.filter(kind=kind)
    if state is not None:
        rows = rows.filter(state_party__state=state)
    if treaty is not None:
        rows = rows.filter(state_party__treaty=treaty)
    # All of them: a planning that has them locked is to be waited for.
    rows.update(look_on=date.min)
    Revision.objects.renew(ALERTS)


def refuse_address(reader: Contact | User, *, because: str, now: datetime) -> None:
    """Note on a contact that its address takes no mail, and stop telling it until that is mended."""
    if not isinstance(reader, Contact):
        return
    reader.refused_at, reader.refused_because = now, because
    reader.changed_by(None, because="refused by the mail server")
    reader.save(update_fields=["refused_at", "refused_because"])
    stop_telling(contact=reader)
