"""A State under all its treaties."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reporting.models import Closure, Obligation, State, StateParty, Treaty
from reporting.queries.all_treaties import AllTreaties, all_treaties, several_treaties, treaties_of
from reporting.queries.compliance import Indicator, indicators
from reporting.rules.partial_date import PartialDate
from reporting.services.loading import load_facts
from reporting.services.timetable import refresh
from tests.factories import TODAY, StatePartyFactory, UniversalReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(folder: Path) -> None:
    load_facts(folder=folder, as_at=TODAY, treaty="CMW", all_treaties=True)


def indonesia(as_at: date = TODAY) -> AllTreaties:
    (found,) = all_treaties(as_at=as_at, states=State.objects.filter(iso3="IDN"))
    return found


@pytest.mark.usefixtures("loaded")
def test_each_treaty_has_its_earliest_outstanding_report_and_how_many_are_overdue() -> None:
    told = {
        each.party.treaty.code: (str(each.earliest and each.earliest.due_on), each.overdue_reports)
        for each in indonesia().treaties
    }
    assert told["CERD"] == ("2000-07-25", 14)
    assert told["CCPR"] == ("2007-05-23", 1)
    assert told["OPAC"] == ("2014-10-24", 1)


@pytest.mark.usefixtures("loaded")
def test_compliance_counts_each_treaty_in_force_once() -> None:
    early = indonesia(date(1992, 10, 5))
    assert (early.overdue, early.instruments, early.compliance) == (1, 2, 50)
    assert indonesia(date(1992, 10, 6)).compliance == 0
    now = indonesia()
    assert (now.overdue, now.instruments, now.compliance) == (9, 9, 0)


@pytest.mark.usefixtures("loaded")
def test_before_anything_is_in_force_there_is_no_compliance() -> None:
    before = indonesia(date(1984, 9, 20))
    assert [each.party.treaty.code for each in before.treaties] == ["CEDAW"]
    assert (before.instruments, before.compliance) == (0, None)


@pytest.mark.usefixtures("loaded")
def test_what_falls_due_within_six_months_of_each_other_clashes() -> None:
    ahead = {each.what.under: each for each in indonesia().ahead}
    crc = ahead["CRC"]
    assert str(crc.what.due_on) == "2027-10-05"
    assert [other.under for other in crc.together_with] == ["CAT"]
    assert crc.also_on == ["OPAC", "OPSC"]
    assert [each.under for each in ahead["CAT"].together_with] == ["CRC", "CESCR"]


@pytest.mark.usefixtures("loaded")
def test_the_reports_of_a_protocol_are_those_of_the_convention_after_its_initial_report() -> None:
    def told() -> tuple[str, list[str]]:
        (opac,) = [each for each in indonesia().treaties if each.party.treaty.code == "OPAC"]
        return str(opac.next_due), [str(each.due_on) for each in opac.reported_in]

    assert told() == ("2014-10-24", ["2017-10-05", "2022-10-05", "2027-10-05"])
    initial = Obligation.objects.filter(state_party__treaty__code="OPAC", first_report=1)
    initial.filter(state_party__state__iso3="IDN").update(
        closed_on=date(2024, 3, 1), closed_as=Closure.MET
    )
    assert told() == ("2027-10-05", ["2027-10-05"])


@pytest.mark.usefixtures("loaded")
def test_a_treaty_that_was_left_stands_apart_with_what_is_owed_from_before() -> None:
    before = indonesia()
    party = StateParty.objects.get(treaty__code="OPAC", state__iso3="IDN")
    party.denunciation_effective_on = date(2026, 8, 1)
    party.save()
    refresh(party=party, as_at=TODAY)
    after = indonesia()
    (opac,) = after.left
    assert (opac.party, opac.earliest and opac.earliest.first_report) == (party, 1)
    assert (after.instruments, after.overdue) == (before.instruments - 1, before.overdue - 1)
    assert "OPAC" not in {code for each in after.ahead for code in each.also_on}
    assert indonesia(date(2026, 7, 31)).left == []
    initial = Obligation.objects.filter(state_party=party, first_report=1)
    initial.update(closed_on=date(2026, 9, 1), closed_as=Closure.MET)
    assert indonesia().left == []


@pytest.mark.usefixtures("loaded")
def test_a_national_report_for_the_universal_periodic_review_clashes_like_others() -> None:
    UniversalReviewFactory.create(report_due_on=PartialDate(2027, 4, 20), reviewed_on=None)
    ahead = {each.what.under: each for each in indonesia().ahead}
    assert [other.under for other in ahead["UPR"].together_with] == ["CRC"]
    assert ahead["UPR"].also_on == []
    assert [other.under for other in ahead["CRC"].together_with] == ["UPR", "CAT"]
    assert ahead["UPR"].what.title == "national report, cycle 5"
    assert indonesia().universal_reports == [ahead["UPR"]]


@pytest.mark.usefixtures("loaded")
def test_a_review_is_ahead_and_clashes_with_nothing_as_nobody_writes_it() -> None:
    UniversalReviewFactory.create(report_due_on=None, reviewed_on=PartialDate(2027, 11, 8))
    (review,) = [each for each in indonesia().ahead if each.what.under == "UPR"]
    assert (review.what.title, review.together_with) == ("review, cycle 5", [])
    assert indonesia().universal_reports == []


def test_a_step_known_by_its_year_alone_comes_after_the_earlier_steps_of_its_cycle() -> None:
    StatePartyFactory.create()
    UniversalReviewFactory.create(
        report_due_on=PartialDate(2028, 2, 2),
        reviewed_on=PartialDate(2028, 5),
        adopted_on=PartialDate(2028),
    )
    ahead = [each.what for each in indonesia().ahead if each.what.under == "UPR"]
    assert [str(each.due_on) for each in ahead] == ["2028-02-02", "2028-05", "2028"]


@pytest.mark.usefixtures("loaded")
def test_the_day_of_the_lists_is_told() -> None:
    assert indonesia().data_as_at == date(2015, 3, 14)


@pytest.mark.usefixtures("loaded")
def test_the_day_is_told_of_treaties_alone_that_are_not_on_record_as_a_whole() -> None:
    Treaty.objects.exclude(code="CRC").update(reports_on_record=True)
    Treaty.objects.filter(code="CRC").update(data_as_at=date(2016, 1, 31))
    assert indonesia().data_as_at == date(2016, 1, 31)
    assert indicators(as_at=TODAY).data_as_at == date(2016, 1, 31)
    Treaty.objects.update(reports_on_record=True)
    assert (indonesia().data_as_at, indicators(as_at=TODAY).data_as_at) == (None, None)


@pytest.mark.usefixtures("loaded")
def test_all_states_are_asked_about_in_three_questions(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]
        found = all_treaties(as_at=TODAY, states=State.objects.all())
    assert [each.state.iso3 for each in found] == ["IDN", "USA"]


@pytest.mark.usefixtures("loaded")
def test_the_treaties_of_a_state_are_those_that_bind_it_on_the_day() -> None:
    assert [each.code for each in treaties_of(iso3="IDN", as_at=date(1990, 9, 5))] == [
        "CEDAW",
        "CRC",
    ]


@pytest.mark.usefixtures("recorded")
def test_one_treaty_alone_is_not_several() -> None:
    assert StateParty.objects.exists()
    assert not several_treaties()


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("day", [date(1980, 1, 1), date(1995, 6, 30), date(2015, 1, 1), TODAY])
def test_the_indicators_of_all_states_are_those_of_each(
    day: date, django_assert_num_queries: Any
) -> None:
    whole = all_treaties(as_at=day, states=State.objects.all())
    bound = [each for each in whole if each.instruments]
    found = indicators(as_at=day)
    assert found.states == [
        Indicator(each.state.pk, each.state.iso3, each.instruments, each.overdue) for each in bound
    ]
    assert [each.per_cent for each in found.states] == [each.compliance for each in bound]
    assert found.data_as_at == min(
        (each.data_as_at for each in bound if each.data_as_at), default=None
    )
    with django_assert_num_queries(1):
        assert indicators(as_at=day) == found
