"""What waits for the secretariat, as rows that lead to where it is done."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.models import DecisionKind, Obligation
from reporting.queries.inbox import DateToConfirm, Inbox
from reporting.queries.session import Flag, Hanging, HangingItem
from reporting.rules.status import Standing
from reporting.views.presenters.facts import FORMS, kind_of


@dataclass(frozen=True, slots=True)
class DateRow:
    """A date to confirm, and the form that enters it."""

    state: str
    state_url: str
    obligation: Obligation
    standing: Standing
    enter_url: str


@dataclass(frozen=True, slots=True)
class HangingRow:
    """What hangs on a session, and where it is changed."""

    state: str
    what: str
    name: str
    session: int
    flag: Flag | None
    change_url: str
    keep_url: str
    version: int


def sections(found: Inbox) -> dict[str, Any]:
    """Return the rows that need more than the query gives."""
    return {
        "dates": [_date(each) for each in found.to_confirm],
        "flagged": [hanging(each) for each in found.flagged],
    }


def _date(each: DateToConfirm) -> DateRow:
    state = each.obligation.state_party.state
    return DateRow(
        state=state.local_name,
        state_url=reverse("reporting:state", args=[state.iso3]),
        obligation=each.obligation,
        standing=each.standing,
        enter_url=_where_it_is_entered(each.obligation, state.iso3),
    )


def _where_it_is_entered(row: Obligation, iso3: str) -> str:
    """Return the form of the review that left the date open, else that of a new decision."""
    if row.origin and row.origin[0] == "review":
        return reverse("reporting:review", args=[row.origin[1]])
    about = {
        "kind": DecisionKind.NEXT_REPORT_DUE.value,
        "first_report": row.first_report,
        "last_report": row.last_report,
    }
    return f"{reverse('reporting:decision-new', args=[iso3])}?{urlencode(about)}"


def hanging(item: HangingItem) -> HangingRow:
    """Return the row of what hangs on a session."""
    row, kind = item.row, kind_of(item.row)
    return HangingRow(
        state=row.state_party.state.local_name,
        what=_what(row),
        name=row.symbol or row.title,
        session=item.session.number,
        flag=item.flag,
        change_url=reverse(FORMS[kind], args=[row.pk]),
        keep_url=reverse("reporting:keep", args=[kind, row.pk]),
        version=row.version,
    )


def _what(row: Hanging) -> str:
    return {
        "review": _("dialogue"),
        "submission": _("report scheduled"),
        "decision": _("date of a decision"),
    }[kind_of(row)]
