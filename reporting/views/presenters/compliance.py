"""The map of compliance over all treaties: the States in bands of the indicator."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from reporting.models import State
from reporting.models.dates import long_date
from reporting.queries.compliance import Indicator
from reporting.views.presenters.overview import Group, StateOnMap, WorldMap


class Band(NamedTuple):
    """Which per cent it takes in; the name is the one by which the script finds its colour."""

    name: str
    label: Any
    takes: Callable[[int], bool]


BANDS = (
    Band("none of it", gettext_lazy("0 per cent"), lambda per_cent: per_cent == 0),
    Band("less than half", gettext_lazy("1 to 49 per cent"), lambda per_cent: 0 < per_cent < 50),
    Band("half or more", gettext_lazy("50 to 99 per cent"), lambda per_cent: 50 <= per_cent < 100),
    Band("all of it", gettext_lazy("100 per cent"), lambda per_cent: per_cent == 100),
)


class Row(NamedTuple):
    """A State in the table."""

    state: State
    indicator: Indicator


def rows(page: Iterable[Indicator]) -> list[Row]:
    """Return a page of the table, the States read in one query."""
    page = list(page)
    known = State.objects.in_bulk([each.state for each in page])
    return [Row(known[each.state], each) for each in page if each.state in known]


def world(indicators: Iterable[Indicator], known: Mapping[str, StateOnMap]) -> WorldMap:
    """Return the map of these States, the least compliant first, in their order within a band."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in indicators:
        if each.iso3 in known:
            found[_band(each.per_cent)].append(each.iso3)
    groups = [_group(each, found[each.name], known) for each in BANDS]
    return WorldMap(_sentence(groups), groups)


def _band(per_cent: int) -> str:
    return next(each.name for each in BANDS if each.takes(per_cent))


def _group(band: Band, codes: list[str], known: Mapping[str, StateOnMap]) -> Group:
    return Group(None, band.name, str(band.label), codes, [known[code] for code in codes])


def _sentence(groups: list[Group]) -> str:
    count = sum(len(group.codes) for group in groups)
    parts = [
        _("%(status)s: %(count)s") % {"status": group.label, "count": len(group.codes)}
        for group in groups
        if group.codes
    ]
    said = ngettext("%(count)s State.", "%(count)s States.", count) % {"count": count}
    between = pgettext("between parts of a sentence", "; ")
    return f"{said} {between.join(parts)}."


def frame(
    shown: WorldMap, known: Mapping[str, StateOnMap], *, day: date, query: str
) -> dict[str, Any]:
    """Return what the script of the overview draws: the map, and no other picture."""
    codes = [code for group in shown.groups for code in group.codes]
    places = {
        code: {"name": known[code].name, "m49": known[code].m49, "at": known[code].at}
        for code in codes
    }
    groups = {group.name: group.codes for group in shown.groups if group.codes}
    said = {"sentence": shown.sentence, "groups": groups}
    return {
        "day": long_date(day),
        "query": query,
        "year": day.year,
        "pictures": {},
        "map": said,
        "states": places,
    }
