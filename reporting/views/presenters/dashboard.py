"""The dashboard as plain rows: templates show, and compute nothing."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from reporting.forms.choices import STATUS_CHOICES
from reporting.models import Basis, Kind, Obligation, RegionalGroup, Treaty
from reporting.models.sentences import source_in_words
from reporting.models.status import BAND_LABELS
from reporting.queries.dashboard import BACKLOG, KINDS, Cards, Filters, Listing
from reporting.rules.partial_date import PartialDate
from reporting.rules.status import Band, Status
from reporting.views.place import Place


@dataclass(frozen=True, slots=True)
class Card:
    """A count that leads to its list."""

    name: str
    count: int
    label: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DashboardRow:
    """One obligation in the list, with the days between which it is late or has time left.

    ``under`` is its treaty where that is not the one shown, ``also_under`` are the protocols under
    which it is the report too.
    """

    state: str
    url: str
    report: str
    due: PartialDate | None
    basis: str
    source: str
    status: Status
    as_at: date
    due_by: date | None
    days: int | None
    under: str = ""
    also_under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; ``order`` is how the list is sorted by it now, as ARIA says it."""

    name: str
    label: str
    url: str
    order: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Results:
    """One page of the list and the ways on from it."""

    rows: list[DashboardRow]
    count: int
    folded: int
    states: int
    columns: list[Column]
    chips: list[Chip]
    clear_url: str
    export_url: str
    page: int
    pages: int
    previous_url: str
    next_url: str


_CARD_LABELS = {
    "parties": ngettext_lazy("State party", "States parties"),
    "overdue": ngettext_lazy("State with an overdue report", "States with an overdue report"),
    "initial": ngettext_lazy("initial report never received", "initial reports never received"),
    "backlog": ngettext_lazy(
        "report received, not yet considered", "reports received, not yet considered"
    ),
    "soon": ngettext_lazy(
        "State with something due in the next 12 months",
        "States with something due in the next 12 months",
    ),
    "confirm": ngettext_lazy("date to confirm", "dates to confirm"),
}


def cards(counts: Cards, *, place: Place) -> list[Card]:
    """Return the six cards of the day; each counts what its list holds."""
    everyone = place.states_url
    overdue = ngettext("%(count)s report", "%(count)s reports", counts.overdue_reports)
    to_confirm = (Status.UNCONFIRMED.value, Status.NO_DATE.value)

    def card(name: str, count: int, note: str = "", **filters: Any) -> Card:
        url = place.narrowed_to(Filters(**filters)).url if filters else everyone
        return Card(name, count, _CARD_LABELS[name] % count, url, note)

    return [
        card("parties", counts.states_parties, _of_those_that_left(counts)),
        card(
            "overdue",
            counts.with_overdue_report,
            overdue % {"count": counts.overdue_reports},
            status=(Status.OVERDUE.value,),
            kind=Kind.REPORT.value,
        ),
        card("initial", counts.initial_never_received, _of_initial(counts), kind="initial report"),
        card("backlog", counts.backlog, status=(BACKLOG,)),
        card("soon", counts.due_in_12_months, status=(Status.DUE_SOON.value,)),
        card("confirm", counts.dates_to_confirm, status=to_confirm, kind=Kind.REPORT.value),
    ]


def _of_those_that_left(counts: Cards) -> str:
    """Say how many States count beside the States parties, because they owe what fell due before."""
    said = ngettext(
        "%(count)s State that has left counts in the other figures by what it still owes",
        "%(count)s States that have left count in the other figures by what they still owe",
        counts.left_owing,
    )
    return said % {"count": counts.left_owing} if counts.left_owing else ""


def _of_initial(counts: Cards) -> str:
    """Say how many of the initial reports that never came are overdue, as the overview counts them."""
    others = counts.initial_never_received - counts.initial_overdue
    if not others:
        return ""
    said = _("%(overdue)s overdue; %(others)s not yet due, or without a firm date")
    return said % {"overdue": counts.initial_overdue, "others": others}


def results(found: Listing, *, treaty: Treaty, place: Place, as_at: date) -> Results:
    """Return what the list shows."""
    bases = {value: str(label) for value, label in Basis.choices}
    query = f"?as_at={place.as_at}" if place.as_at else ""
    return Results(
        rows=[
            replace(
                _row(row, as_at, bases, query),
                under="" if row.under == treaty.code else row.under,
                also_under=tuple(found.folds.also_under(row)),
            )
            for row in found.rows
        ],
        count=found.count,
        folded=found.folded,
        states=found.states,
        columns=_columns(place),
        chips=_chips(place),
        clear_url=place.narrowed_to(Filters()).url,
        export_url=place.export_url,
        page=found.page,
        pages=found.pages,
        previous_url=place.on_page(found.page - 1).url if found.page > 1 else "",
        next_url=place.on_page(found.page + 1).url if found.page < found.pages else "",
    )


def _row(obligation: Obligation, as_at: date, bases: dict[str, str], query: str) -> DashboardRow:
    state, standing = obligation.state_party.state, obligation.standing(as_at=as_at)
    return DashboardRow(
        state=state.local_name,
        url=f"/states/{state.iso3}/{query}",
        report=obligation.title,
        due=obligation.due_on,
        basis=bases[obligation.basis],
        source=source_in_words(obligation.source),
        status=standing.status,
        as_at=as_at,
        due_by=None if standing.days is None else obligation.due_by,
        days=standing.days,
    )


def _columns(place: Place) -> list[Column]:
    labels = {
        "state": _("State"),
        "report": _("Report"),
        "due": _("Due"),
        "basis": _("Basis"),
        "status": _("Status"),
        "late": _("Late by"),
    }
    return [_column(name, label, place) for name, label in labels.items()]


def _column(name: str, label: str, place: Place) -> Column:
    order = {name: "ascending", f"-{name}": "descending"}.get(place.sort, "none")
    turned = f"-{name}" if order == "ascending" else name
    return Column(name=name, label=label, url=place.sorted_by(turned).url, order=order)


def _chips(place: Place) -> list[Chip]:
    filters = place.filters
    chips = [
        Chip(
            label=str(label),
            url=_without(place, status=tuple(each for each in filters.status if each != value)),
        )
        for value, label in STATUS_CHOICES
        if value in filters.status
    ]
    if filters.band:
        label = _("Overdue for %(band)s") % {"band": BAND_LABELS[Band(filters.band)]}
        chips.append(Chip(label, _without(place, band="")))
    if filters.kind:
        chips.append(Chip(str(dict(KINDS)[filters.kind]), _without(place, kind="")))
    if filters.region:
        chips.append(Chip(str(RegionalGroup(filters.region).label), _without(place, region="")))
    if filters.q:
        chips.append(Chip(_("“%(words)s”") % {"words": filters.q}, _without(place, q="")))
    return chips


def _without(place: Place, **change: str | tuple[str, ...]) -> str:
    return place.narrowed_to(replace(place.filters, **change)).url  # type: ignore[arg-type]
