"""The forecast as a sentence, as rows of a table, and as data for a script."""

from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.models.dates import short_month
from reporting.queries.forecast import Foretold, Pace
from reporting.views.presenters.overview import Picture, Rows

_MONTHS = 12


def picture(found: Foretold) -> Picture:
    """Return the backlog after each session."""
    rows: Rows = [
        [_label(found, number), level.low, level.middle, level.high, came.middle]
        for number, (level, came) in enumerate(
            zip(found.forecast.backlog, found.forecast.arrivals, strict=True), start=1
        )
    ]
    return Picture(
        name="backlog",
        title=_("Reports waiting after each session"),
        sentence=_sentence(found),
        note=_(
            "Low and high: in eight of ten futures the number lies between them. Middle: as many futures lie "
            "above as below. The last column is the middle of all reports that come until then."
        ),
        head=_("Session in"),
        columns=[_("Low"), _("Middle"), _("High"), _("Reports that come until then")],
        rows=rows,
        drawn=3,
        total=[],
    )


def drawn(shown: Picture) -> dict[str, Any]:
    """Return what the script draws."""
    return shown.numbers


def _label(found: Foretold, number: int) -> str:
    months = round(number * _MONTHS / found.question.sessions_a_year)
    return short_month(found.as_at + relativedelta(months=months))


def _sentence(found: Foretold) -> str:
    last = found.forecast.backlog[-1]
    said = ngettext(
        "Waiting now: %(now)s. With %(reviews)s and %(sessions)s, %(low)s to %(high)s wait in %(years)s year "
        "in eight of ten futures, and %(middle)s in the middle one.",
        "Waiting now: %(now)s. With %(reviews)s and %(sessions)s, %(low)s to %(high)s wait in %(years)s years "
        "in eight of ten futures, and %(middle)s in the middle one.",
        found.question.years,
    )
    return said % {
        "reviews": _reviews_a_session(found.question.reviews),
        "sessions": _sessions_a_year(found.question.sessions_a_year),
        "now": len(found.question.waiting),
        "years": found.question.years,
        "middle": last.middle,
        "low": last.low,
        "high": last.high,
    }


def pace_in_words(pace: Pace) -> str:
    """Say how many reviews and sessions there were lately, as far as they are on record."""
    if not pace.sessions:
        return _(
            "By that day no review is on record. The page reckons with %(reviews)s and %(sessions)s."
        ) % {
            "reviews": _reviews_a_session(pace.reviews),
            "sessions": _sessions_a_year(pace.sessions_a_year),
        }
    reviews = ngettext("%(count)s review", "%(count)s reviews", pace.counted)
    said = ngettext(
        "On record by that day: %(counted)s in the last session, so %(reviews)s and %(sessions)s.",
        "On record by that day: %(counted)s in the last %(count)s sessions, so %(reviews)s and %(sessions)s.",
        pace.sessions,
    )
    return said % {
        "counted": reviews % {"count": pace.counted},
        "count": pace.sessions,
        "reviews": _reviews_a_session(pace.reviews),
        "sessions": _sessions_a_year(pace.sessions_a_year),
    }


def _reviews_a_session(count: int) -> str:
    said = ngettext("%(count)s review a session", "%(count)s reviews a session", count)
    return said % {"count": count}


def _sessions_a_year(count: int) -> str:
    said = ngettext("%(count)s session a year", "%(count)s sessions a year", count)
    return said % {"count": count}
