"""The fact files about States beside their treaties: common core documents, Universal Periodic Reviews."""

from typing import Any

from django.utils.translation import gettext as _

from reporting.models import CoreDocument, State, UniversalReview
from reporting.services.fact_files import Row
from reporting.services.fact_rows import FactRows
from reporting.services.state_fact import as_printed, state_fact_slips


def load_core_document(rows: FactRows, row: Row) -> None:
    """Write a line of the common core documents, which are known by their symbol."""
    state, symbol = _state(row), row.required("symbol")
    values = {"dated_on": row.required_partial("dated_on"), **_common(row)}
    if state and symbol and values["dated_on"]:
        _save(rows, row, CoreDocument(state=state, symbol=symbol, **values), ("symbol",))


def load_universal_review(rows: FactRows, row: Row) -> None:
    """Write a line of the Universal Periodic Reviews, which are known by their cycle."""
    state = _state(row)
    row.required("cycle")
    cycle = row.number("cycle")
    days = {name: row.partial(name) for name in UniversalReview.DAYS.values()}
    values = {"session": row.number("session"), **days, **_common(row)}
    if state and cycle is not None:
        _save(rows, row, UniversalReview(state=state, cycle=cycle, **values), ("cycle",))


def _state(row: Row) -> State | None:
    iso3 = row.required("iso3")
    found = State.objects.filter(iso3=iso3).first()
    if iso3 and found is None:
        row.problem("iso3", _("“%(iso3)s” is no State on record") % {"iso3": iso3})
    return found


def _common(row: Row) -> dict[str, str]:
    return {"source": row.required("source"), "note": row.text("note")}


def _save(
    rows: FactRows, row: Row, meant: CoreDocument | UniversalReview, known_by: tuple[str, ...]
) -> None:
    """Write what the line means, unless a form would refuse it."""
    as_printed(meant)
    identity = {"state": meant.state} | {name: getattr(meant, name) for name in known_by}
    before = type(meant)._default_manager.filter(**identity).first()  # noqa: SLF001 - Django's documented name
    meant.pk = before.pk if before else None
    slips = list(state_fact_slips(meant, as_at=rows.as_at))
    for column, reason in slips:
        row.problem(column, reason)
    if not slips:
        rows.save(row, type(meant), identity, _values(meant, known_by))


def _values(meant: Any, known_by: tuple[str, ...]) -> dict[str, Any]:
    unsaid = {"id", "state", "recorded_on", *known_by}
    fields = meant._meta.concrete_fields  # noqa: SLF001 - Django's documented name
    return {each.name: getattr(meant, each.name) for each in fields if each.name not in unsaid}
