"""The audit log as a file, and each of its lines in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reporting.exports.columns import Cell
from reporting.exports.files import as_csv
from reporting.models import AccountChange, AuditEntry
from reporting.queries.audit import ACCOUNTS, TRACKED, AuditAsked, Log, Logged
from reporting.queries.history import CHANGED, RECORDED
from reporting.queries.people import said_value

# Names of the columns, which other programs read.
NAMES = (
    "at",
    "what",
    "by",
    "by_account",
    "account",
    "about",
    "state",
    "before",
    "after",
    "address",
)


def audit_csv(asked: AuditAsked) -> Iterator[str]:
    """Go through the text of the CSV file, the latest entry first."""
    return as_csv(NAMES, map(_cells, Log(asked).lines()))


def _cells(line: Logged) -> list[Cell]:
    return [
        line.at.isoformat(),
        what_said(line),
        line.by.name or line.by.email if line.by else "",
        line.by.pk if line.by else None,
        line.account.pk if line.account else None,
        line.about,
        line.state.iso3 if line.state else "",
        line.before,
        line.after,
        line.address,
    ]


def what_said(line: Logged) -> str:
    """Say what was done, in the language that is active."""
    if line.source == "entry":
        return str(AuditEntry.What(line.what).label)
    if line.what == ACCOUNTS:
        change = {
            "what": AccountChange.Field(line.how).label,
            "before": said_value(line.before) or _("nothing"),
            "after": said_value(line.after) or _("nothing"),
        }
        return _("account changed: %(what)s from %(before)s to %(after)s") % change
    kind = {"kind": TRACKED[line.source]._meta.verbose_name}  # noqa: SLF001 - Django's documented name
    if line.how == RECORDED:
        return _("put on record: %(kind)s") % kind
    if line.how == CHANGED:
        return _("changed: %(kind)s") % kind
    return _("taken off the record: %(kind)s") % kind
