"""Lists under a protocol have the Convention's reports that are also those under it, and count them."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from reporting.models import Obligation, StateParty, Treaty
from reporting.queries.dashboard import BACKLOG, SORTS, Cards, Filters, Listing, cards, listing
from reporting.queries.tables import LateAndNonReporting
from reporting.queries.timeline import reports_elsewhere
from reporting.rules.partial_date import PartialDate
from reporting.services.loading import load_facts
from reporting.services.timetable import refresh
from tests.factories import TODAY, SubmissionFactory
from tests.views.conftest import Page

pytestmark = pytest.mark.django_db
OWN = ("OPAC", 1, "2014-10-24")
FOLDED = [("CRC", 6, "2017-10-05"), ("CRC", 7, "2022-10-05"), ("CRC", 8, "2027-10-05")]


@pytest.fixture(autouse=True)
def loaded(folder: Path) -> None:
    load_facts(folder=folder, as_at=TODAY, treaty="CMW", all_treaties=True)


def found(code: str = "OPAC", *, day: date = TODAY, sort: str = "due", **filters: Any) -> Listing:
    treaty = Treaty.objects.get(code=code)
    return listing(as_at=day, treaty=treaty, filters=Filters(**filters), sort=sort)


def listed(code: str = "OPAC", **filters: Any) -> list[tuple[str, int | None, str]]:
    rows = found(code, **{"state": "IDN", **filters}).rows
    return [(row.under, row.first_report, str(row.due_on)) for row in rows]


def words(address: str) -> str:
    return " ".join(Page(Client().get(address)).text.split())


def test_the_list_of_a_protocol_has_the_reports_that_are_also_its_own() -> None:
    assert listed() == [OWN, *FOLDED]
    assert listed(kind="report", status=("overdue",)) == [OWN, *FOLDED[:2]]
    assert listed(kind="initial report") == [OWN]
    assert listed(kind="periodic report") == FOLDED
    assert listed(kind="follow-up") == []
    assert listed(band="5-10") == FOLDED[:1]
    assert listed(q="article 44") == FOLDED
    assert listed(sort="-due") == [*FOLDED[::-1], OWN]
    assert [row[0] for row in listed("CRC")] == ["CRC"] * 8
    assert all(found(sort=sort).count == found().count for sort in SORTS)


def test_a_state_outside_the_convention_has_its_own_reports_alone() -> None:
    assert {under for under, _first, _due in listed(state="USA")} == {"OPAC"}


def test_before_the_state_was_a_party_to_the_protocol_nothing_is_listed() -> None:
    assert listed(day=date(2012, 9, 23)) == []
    assert listed(day=date(2012, 9, 24)) == [OWN]


@pytest.mark.parametrize("code", ["OPAC", "OPSC", "CRC"])
@pytest.mark.parametrize("day", [date(2018, 1, 1), TODAY], ids=str)
def test_each_card_counts_what_its_list_shows(code: str, day: date) -> None:
    receive("OPAC")
    counted = cards(as_at=day, treaty=Treaty.objects.get(code=code))
    overdue = found(code, day=day, kind="report", status=("overdue",))
    initial = found(code, day=day, kind="initial report")
    unsure = found(code, day=day, kind="report", status=("unconfirmed", "no date"))
    assert counted == Cards(
        states_parties=StateParty.objects.filter(treaty__code=code).parties(as_at=day).count(),
        with_overdue_report=overdue.states,
        overdue_reports=overdue.count,
        initial_never_received=initial.states,
        initial_overdue=found(code, day=day, kind="initial report", status=("overdue",)).states,
        backlog=found(code, day=day, status=(BACKLOG,)).count,
        due_in_12_months=found(code, day=day, status=("due soon",)).states,
        dates_to_confirm=unsure.count,
    )
    assert overdue.count > 0


def receive(code: str) -> None:
    """Put on record that Indonesia's initial report under the protocol came on time."""
    party = StateParty.objects.get(state__iso3="IDN", treaty__code=code)
    SubmissionFactory.create(
        state_party=party, symbol=f"{code}/IDN/1", received_on=PartialDate(2013, 5, 6)
    )
    refresh(party=party, as_at=TODAY)


def test_a_report_that_waits_to_be_considered_is_in_the_backlog_of_both() -> None:
    party = StateParty.objects.get(state__iso3="IDN", treaty__code="CRC")
    SubmissionFactory.create(
        state_party=party,
        first_report=8,
        symbol="CRC/C/IDN/8",
        received_on=PartialDate(2026, 11, 1),
    )
    refresh(party=party, as_at=TODAY)
    assert ("CRC", 8, "2027-10-05") in listed(status=(BACKLOG,))
    assert ("CRC", 8, "2027-10-05") in listed("CRC", status=(BACKLOG,))


def test_what_the_united_nations_publish_counts_a_report_under_the_convention_alone() -> None:
    receive("OPAC")
    assert found(kind="report", status=("overdue",)).states == 2
    late = LateAndNonReporting(treaty=Treaty.objects.get(code="OPAC"), as_at=TODAY)
    assert [each.iso3 for each in late] == ["USA"]


def test_the_dashboard_says_of_which_treaty_a_report_is_and_under_which_it_is_one_too() -> None:
    said = words("/?treaty=OPAC")
    assert "CRC · eighth periodic report also the report under OPAC, OPSC" in said
    assert (
        "3 of them are owed under CRC and are the reports under OPAC too: tables and pictures count"
        " them under CRC alone." in said
    )
    said = words("/?treaty=CRC")
    assert "eighth periodic report also the report under OPAC, OPSC" in said
    assert "CRC · eighth" not in said
    assert "of them are owed" not in said


def test_a_file_has_the_same_lines_and_says_the_same_of_each() -> None:
    def told(code: str) -> list[tuple[str, str, str]]:
        answer = Client().get(f"/exports/obligations.csv?treaty={code}&state=IDN&sort=due")
        text = b"".join(answer).decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text))
        return [(row["treaty"], row["also_under"], row["due_on"]) for row in rows]

    both = [("CRC", "OPAC OPSC", due) for _treaty, _first, due in FOLDED]
    assert told("OPAC") == [("OPAC", "", "2014-10-24"), *both]
    assert told("CRC")[-3:] == both
    assert told("CRC")[0] == ("CRC", "", "1992-10-05")
    assert {also for _treaty, also, _due in told("CERD")} == {""}


def test_the_states_parties_of_a_protocol_are_listed_with_the_report_that_is_also_its_own() -> None:
    def row() -> Any:
        return Client().get("/states/?treaty=OPAC").context["rows"][0]

    own = row()
    assert (own.report, own.under, own.overdue_reports) == ("initial report", "", 3)
    receive("OPAC")
    of_convention = row()
    assert (of_convention.under, str(of_convention.due)) == ("CRC", "2017-10-05")
    assert (of_convention.status, of_convention.overdue_reports) == ("overdue", 2)
    assert "CRC · sixth periodic report also the report under OPAC, OPSC" in words(
        "/states/?treaty=OPAC"
    )


def test_the_page_of_a_state_counts_what_it_lists_and_says_where_others_count_it() -> None:
    said = "Overdue reports 3 2 of them under CRC, where the published lists count them."
    assert said in words("/states/IDN/?treaty=OPAC")


def test_the_timelines_draw_the_reports_that_are_also_those_under_the_protocol() -> None:
    said = "CRC · Eighth periodic report (also the report under OPAC, OPSC), due 5 October 2027"
    for address in ("/timeline/?treaty=OPAC", "/states/IDN/?treaty=OPAC"):
        strip = next(each for each in Client().get(address).context["strips"])
        assert (strip.name, said in strip.words) == ("Indonesia", True)
        assert sum(said in mark.title for mark in strip.marks) == 1
    strip = Client().get("/timeline/?treaty=CRC").context["strips"][0]
    assert said.removeprefix("CRC · ") in strip.words
    assert "CRC ·" not in strip.words


def receive_under_the_convention(first: int, last: int) -> StateParty:
    party = StateParty.objects.get(state__iso3="IDN", treaty__code="CRC")
    SubmissionFactory.create(
        state_party=party,
        first_report=first,
        last_report=last,
        symbol="CRC/C/IDN/6-7",
        received_on=PartialDate(2023, 3, 1),
    )
    refresh(party=party, as_at=TODAY)
    return party


def test_the_timelines_draw_those_that_have_ended_too() -> None:
    receive_under_the_convention(6, 7)
    said = "CRC · Sixth periodic report (also the report under OPAC, OPSC), due 5 October 2017: Met"
    for address in ("/timeline/?treaty=OPAC", "/states/IDN/?treaty=OPAC"):
        strip = next(each for each in Client().get(address).context["strips"])
        assert [mark.shape for mark in strip.marks if mark.title == said] == ["met"]
        assert "Sixth" not in strip.words
    (before,) = (
        each
        for each in Client().get("/timeline/?treaty=OPAC&as_at=2023-02-28").context["strips"]
        if each.name == "Indonesia"
    )
    assert said.replace("Met", "Overdue") in before.words


def test_what_had_ended_before_the_state_was_bound_by_both_is_not_drawn() -> None:
    party = StateParty.objects.get(state__iso3="IDN", treaty__code="OPAC")
    sixth = Obligation.objects.filter(state_party__treaty__code="CRC", first_report=6)
    sixth.update(arises_on=date(2007, 10, 5), closed_as="met", closed_on=date(2012, 10, 24))

    def drawn() -> list[int | None]:
        rows = reports_elsewhere([party], treaty=party.treaty, as_at=TODAY)[party.state_id]
        return [row.first_report for row in rows]

    assert drawn() == [7, 8]
    sixth.update(closed_on=date(2012, 10, 25))
    assert drawn() == [6, 7, 8]


@pytest.mark.parametrize("address", ["/", "/states/", "/timeline/"])
def test_a_protocol_asks_as_often_for_one_state_as_for_two(
    address: str, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    client.get(f"{address}?treaty=OPAC")
    with django_assert_max_num_queries(17) as asked:
        client.get(f"{address}?treaty=OPAC")
    StateParty.objects.filter(state__iso3="USA").delete()
    with django_assert_max_num_queries(len(asked)):
        client.get(f"{address}?treaty=OPAC")
