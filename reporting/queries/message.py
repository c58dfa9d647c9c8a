"""What stood in a mail."""

from reporting.models import Message, Obligation


def told_by(message: Message) -> list[Obligation]:
    """Return the obligations of which a mail told, those that are still in the timetable."""
    rows = message.reminders.select_related(
        "obligation", "state_party__state", "state_party__treaty"
    ).order_by("pk")
    found: dict[Obligation, None] = {}
    for row in rows:
        if row.obligation and row.state_party:
            row.obligation.state_party = row.state_party
            found[row.obligation] = None
    return list(found)
