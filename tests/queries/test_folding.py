"""Which reports under a Convention are also those under its protocols."""

from datetime import date
from typing import Any

from reporting.models import Kind, Obligation, State, StateParty, Treaty
from reporting.queries.folding import folding

AS_AT = date(2026, 11, 22)
INDONESIA = State(iso3="IDN")
CRC = StateParty(state=INDONESIA, treaty=Treaty(code="CRC"))
OPAC = StateParty(
    state=INDONESIA, treaty=Treaty(code="OPAC", folded_into="CRC"), folded_from=date(2012, 10, 24)
)


def report(party: StateParty, due_by: date | None, **values: Any) -> Obligation:
    common = {"pk": 1, "kind": Kind.REPORT, "arises_on": date(2012, 10, 24)}
    return Obligation(state_party=party, due_by=due_by, **common | values)


def also_under(owed: Obligation, initial: Obligation, as_at: date = AS_AT) -> list[str]:
    return folding([initial], as_at=as_at).also_under(owed)


def test_a_report_due_after_the_initial_one_that_is_owed_is_also_under_the_protocol() -> None:
    initial = report(OPAC, date(2014, 10, 24), first_report=1)
    assert also_under(report(CRC, date(2014, 10, 24)), initial) == []
    assert also_under(report(CRC, date(2014, 10, 25)), initial) == ["OPAC"]
    assert also_under(report(CRC, None), initial) == ["OPAC"]


def test_once_the_initial_report_came_the_day_of_that_counts() -> None:
    initial = report(OPAC, date(2030, 1, 1), first_report=1, closed_on=date(2026, 1, 1))
    owed = report(CRC, date(2027, 10, 5))
    assert also_under(owed, initial) == ["OPAC"]
    assert also_under(owed, initial, as_at=date(2025, 12, 31)) == []


def test_nothing_but_a_report_of_the_same_convention_is_one_under_a_protocol() -> None:
    initial = report(OPAC, date(2014, 10, 24), first_report=1)
    assert also_under(report(CRC, date(2027, 10, 5), kind=Kind.FOLLOW_UP), initial) == []
    assert also_under(report(OPAC, date(2027, 10, 5)), initial) == []
    assert also_under(report(CRC, date(2027, 10, 5)), initial, as_at=date(2012, 10, 23)) == []
