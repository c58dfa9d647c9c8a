"""Two days beside each other: what happened between them, as a page and as files."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from dateutil.relativedelta import relativedelta
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reporting.exports.columns import shown
from reporting.exports.compare import COUNTS, EVENTS, compare_csv, compare_xlsx, title
from reporting.forms.compare import CompareForm
from reporting.forms.errors import Problem
from reporting.models import Treaty
from reporting.models.dates import long_date
from reporting.queries.compare import Comparison, compared
from reporting.rules.hindsight import projected_until
from reporting.rules.partial_date import PartialDateError
from reporting.views.as_at import AsAt, read_day, refusal
from reporting.views.download import Contents, download, refused
from reporting.views.parameters import misread
from reporting.views.presenters.pages import page_asked, turn
from reporting.views.treaty import treaty_shown

PAGE_SIZE = 500
FORMATS: dict[str, Callable[[Comparison], Contents]] = {"csv": compare_csv, "xlsx": compare_xlsx}


@dataclass(frozen=True, slots=True)
class Days:
    """The two days that are compared, as typed and as read, and what there is to say of them."""

    first: date
    last: date
    today: date
    typed: tuple[str, str]
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def query(self) -> str:
        """The parameters of the address."""
        return urlencode({"from": self.first.isoformat(), "to": self.last.isoformat()})


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show what happened between two days; by default within the year before the second one."""
    treaty, days = treaty_shown(request), _days(request, treaty_shown(request))
    context: dict[str, Any] = {
        "form": CompareForm(first=days.typed[0], last=days.typed[1]),
        "errors": days.problems,
        "days": days,
        "treaty": treaty,
    }
    if not days.problems:
        found = compared(first=days.first, last=days.last, treaty=treaty)
        events: Paginator[Any] = Paginator(found, PAGE_SIZE)  # type: ignore[arg-type] # it can be counted and cut
        page, wrong = page_asked(events, request)
        context |= {
            "errors": wrong,
            "found": found,
            "title": title(found),
            "formats": list(FORMATS),
            "counts": [*found.by_state({event.iso3 for event in page}), found.total],
            "count_columns": COUNTS,
            "columns": shown(EVENTS),
            "page": page,
            "results": turn(page, request),
            "query": AsAt(days.last, days.today).query,
        }
    return render(request, "compare/page.html", context)


@require_safe
def compare_file(request: HttpRequest, form: str) -> HttpResponse:
    """Send what happened between two days as a file; days that are none get a sentence."""
    if form not in FORMATS:
        raise Http404(_("There is no such format of this table."))
    treaty = treaty_shown(request)
    days = _days(request, treaty)
    as_at = AsAt(days.last, days.today)
    if days.problems:
        return refused(request, as_at=as_at, errors=days.problems)
    found = compared(first=days.first, last=days.last, treaty=treaty)
    return download(FORMATS[form](found), name=f"changes-{days.first}", as_at=as_at, form=form)


def _days(request: HttpRequest, treaty: Treaty) -> Days:
    today = timezone.localdate()
    typed = {name: request.GET.get(name, "").strip() for name in ("from", "to")}
    read, problems = {"to": today}, misread(request, "from", "to", "page")
    for name, text in typed.items():
        try:
            read |= {name: read_day(text)} if text else {}
        except PartialDateError:
            problems.append(Problem(refusal(text), f"#id_{name}"))
    read.setdefault("from", _a_year_before(read["to"]))
    last = projected_until(today)
    late = [name for name, day in read.items() if day > last]
    problems += [
        Problem(
            _("The timetable reaches ten years ahead, to %(day)s.") % {"day": long_date(last)},
            f"#id_{name}",
        )
        for name in late
    ]
    first, last = sorted(read.values())
    given = tuple(typed[name] or read[name].isoformat() for name in ("from", "to"))
    notices = [] if problems else _notices(read, treaty, today)
    if not problems:
        given = (first.isoformat(), last.isoformat())
    return Days(first, last, today, given, problems, notices)  # type: ignore[arg-type]


def _a_year_before(day: date) -> date:
    """Return the day a year earlier; in the first year of all, its first day."""
    return day - relativedelta(years=1) if day.year > 1 else date.min


def _notices(read: dict[str, date], treaty: Treaty, today: date) -> list[str]:
    """Say what a reader may not have meant."""
    first, last = sorted(read.values())
    start = treaty.in_force_on
    said = {
        _("The days stood the other way round; the earlier one comes first now."): (
            read["from"] > read["to"]
        ),
        _("Both days are the same, so nothing lies between them."): first == last,
        _("The Convention entered into force on %(day)s; no report was due before.")
        % {"day": long_date(start)}: first < start,
        _("%(day)s is ahead: what falls due until then, if nothing else happens.")
        % {"day": long_date(last)}: last > today,
    }
    return [sentence for sentence, holds in said.items() if holds]
