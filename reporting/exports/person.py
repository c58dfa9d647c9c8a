"""What is stored about a person, as a file for that person."""

import json
from datetime import datetime

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from reporting.queries.audit import TRACKED
from reporting.queries.person import Stored

# What the parts are called on the page; in the file they have the names that programs read.
_LABELS = {
    "account": _("account"),
    "second steps": _("second steps"),
    "sessions": pgettext_lazy("of somebody who is signed in", "sessions"),
    "tokens of programs": _("tokens of programs"),
    "webhooks": _("webhooks"),
    "deliveries of webhooks": _("deliveries of webhooks"),
    "calendar address": _("address of a calendar"),
    "changes of the account": _("changes of the account"),
    "audit log": _("entries of the audit log"),
    "repairs": _("repairs by an administrator"),
    "documents uploaded": _("documents uploaded"),
    "mutes set": _("alerts held back"),
    "contacts": _("contacts"),
    "contacts, earlier": _("earlier versions of contacts"),
    "invitations": _("invitations"),
    "mails": _("mails"),
    "reminders": _("reminders"),
    "refused sign-ins": _("refused sign-ins"),
}


def label(name: str) -> str:
    """Say what a part of what is stored is."""
    made, _colon, kind = name.partition(": ")
    if kind:
        return gettext("changes made: %(kind)s") % {"kind": TRACKED[kind]._meta.verbose_name}  # noqa: SLF001
    return str(_LABELS[made])


def person_json(found: Stored, *, at: datetime) -> str:
    """Return the text of the file: rows by where they are, and where the person is mentioned."""
    content = {
        "e-mail address": found.email,
        "as at": at.isoformat(),
        **{name: rows for name, rows in found.rows.items() if rows},
        "mentions in texts": found.mentions,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
