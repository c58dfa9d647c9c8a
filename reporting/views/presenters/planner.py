"""The steps before a session, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reporting.rules.preparation import (
    WEEKS_FOR_LIST_OF_ISSUES,
    WEEKS_FOR_REPLIES,
    Due,
    Step,
)

_WHAT = {
    Step.RECEIPT: gettext_lazy(
        "The last day on which a report can come and be sure of its translation"
    ),
    Step.LIST_OF_ISSUES: gettext_lazy("Lists of issues adopted and sent"),
    Step.REPLIES: gettext_lazy("Replies to the lists of issues in"),
    Step.DIALOGUES: gettext_lazy(
        "Dialogues begin, two half days each; written answers come within 24 hours after each"
    ),
    Step.ADOPTION: gettext_lazy("Concluding observations adopted, by the last day"),
    Step.DISTRIBUTION: gettext_lazy("Concluding observations distributed"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A step: what is done, by when, and why then."""

    what: str
    day: date | None
    why: str
    is_past: bool


def steps(days: Iterable[Due], *, today: date) -> list[Line]:
    """Return the lines of the list; a day before today is marked."""
    return [
        Line(str(_WHAT[each.step]), each.day, _why(each), bool(each.day and each.day < today))
        for each in days
    ]


def _why(due: Due) -> str:
    if due.day is None:
        said = _("No rule says how long before the session.")
        more = _("A list of issues can give a day, which stands below.")
        return f"{said} {more}" if due.step is Step.REPLIES else said
    places = {"weeks": due.weeks}
    return {
        Step.RECEIPT: ngettext(
            "%(weeks)s week before the first day (practice)",
            "%(weeks)s weeks before the first day (practice)",
            due.weeks,
        )
        % places,
        Step.LIST_OF_ISSUES: _of_this_house(due) % places,
        Step.REPLIES: _of_this_house(due) % places,
        Step.DIALOGUES: _("first day of the session"),
        Step.ADOPTION: _("last day of the session"),
        Step.DISTRIBUTION: ngettext(
            "about %(weeks)s week after adoption (practice)",
            "about %(weeks)s weeks after adoption (practice)",
            due.weeks,
        )
        % places,
    }[due.step]


def _of_this_house(due: Due) -> str:
    """Say that it was set here, or that it is a default for planning, and why so long."""
    if due == Due(Step.LIST_OF_ISSUES, due.day, WEEKS_FOR_LIST_OF_ISSUES):
        return _(
            "Weeks before the first day: %(weeks)s (planning default, no rule: the session before, where "
            "there are two a year)"
        )
    if due == Due(Step.REPLIES, due.day, WEEKS_FOR_REPLIES):
        return _(
            "Weeks before the first day: %(weeks)s (planning default, no rule: replies are translated as "
            "reports are)"
        )
    return ngettext(
        "%(weeks)s week before the first day (set for this house)",
        "%(weeks)s weeks before the first day (set for this house)",
        due.weeks,
    )
