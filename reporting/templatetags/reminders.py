"""How a reminder stands, as colour, word and icon together; and which alert it is."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reporting.models import Reminder, alert_words
from reporting.templatetags.icons import icon

register = template.Library()

_SIGNED = re.compile(r"(/alerts/)[^/\s>]+/")

ICONS = {
    Reminder.State.PLANNED: "hourglass-split",
    Reminder.State.SENDING: "send",
    Reminder.State.SENT: "check-circle",
    Reminder.State.FAILED: "exclamation-octagon",
    Reminder.State.SKIPPED: "slash-circle",
    Reminder.State.CANCELLED: "x-circle",
}


@register.filter
def without_signed_links(text: str) -> str:
    """Return the text of a mail without what lets whoever has it act as the mail's reader."""
    return _SIGNED.sub(r"\1…/", text)


@register.simple_tag
def reminder_badge(reminder: Reminder) -> SafeString:
    """Return the state of a reminder as a badge."""
    label = str(reminder.get_state_display())
    return format_html(
        '<span class="status status-{}">{} {}</span>',
        reminder.state,
        icon(ICONS[Reminder.State(reminder.state)]),
        label[:1].upper() + label[1:],
    )


register.filter("which_alert", lambda row: alert_words(row.occasion, row.days_before))
