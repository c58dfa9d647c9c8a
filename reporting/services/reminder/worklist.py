"""The worklist of the secretariat: once a quarter, the dates that somebody has to confirm."""

from datetime import date, datetime

from django.db import transaction

from reporting.models import Contact, Occasion, Reminder
from reporting.queries.inbox import treaties_with_dates_to_confirm
from reporting.rules.schedule import quarter_name


@transaction.atomic
def plan_worklist(*, as_at: date, now: datetime) -> int:
    """Plan the worklist of the quarter for every desk officer; return for how many.

    It is planned once a quarter and officer, on the first day of it on which this is asked and a date
    is to be confirmed under a treaty of which the officer is told. Planning twice, or on two machines at once, changes nothing.
    """
    event = f"{Occasion.WORKLIST}/{quarter_name(as_at)}"
    known = Reminder.objects.filter(event=event, contact__isnull=False).values("contact")
    officers = Contact.objects.told().filter(state__isnull=True).exclude(pk__in=known)
    of_theirs = treaties_with_dates_to_confirm(as_at=as_at)
    rows = [
        Reminder(
            occasion=Occasion.WORKLIST,
            contact=officer,
            event=event,
            planned_for=as_at,
            planned_at=now,
            state_since=now,
        )
        for officer in officers.prefetch_related("treaties").order_by("pk")
        if any(officer.is_told_of(treaty) for treaty in of_theirs)
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
