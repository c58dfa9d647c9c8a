"""Deriving the obligations from the facts."""

from datetime import date

import pytest

from reporting.models import Obligation, Revision, SubmissionStatus
from reporting.rules.contradictions import ContradictionsError
from reporting.rules.partial_date import PartialDate
from reporting.services.timetable import Changes, refresh
from tests.factories import (
    TODAY,
    DecisionFactory,
    ReviewFactory,
    StatePartyFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db


def open_reports(as_at: date = TODAY) -> list[tuple[str, str]]:
    found = Obligation.objects.open(as_at=as_at).order_by("arises_on", "pk")
    return [(row.title, str(row.due_on)) for row in found]


def test_a_deposit_opens_the_initial_report_and_the_cycle_runs_on() -> None:
    refresh(party=StatePartyFactory.create(), as_at=TODAY)
    assert open_reports() == [
        ("initial report", "2013-09-01"),
        ("second periodic report", "2018-09-01"),
        ("third periodic report", "2023-09-01"),
        ("fourth periodic report", "2028-09-01"),
    ]


def test_refreshing_twice_changes_nothing() -> None:
    party = StatePartyFactory.create()
    SubmissionFactory.create(state_party=party)
    ReviewFactory.create(state_party=party)
    first = refresh(party=party, as_at=TODAY)
    mark = Revision.objects.current()
    assert first.created == Obligation.objects.count()
    assert refresh(party=party, as_at=TODAY) == Changes()
    assert Revision.objects.current() == mark


def test_a_changed_fact_gives_the_obligations_a_new_mark() -> None:
    party = StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)
    mark = Revision.objects.current()
    SubmissionFactory.create(state_party=party)
    refresh(party=party, as_at=TODAY)
    assert Revision.objects.current() not in {mark, None}


def test_a_corrected_deposit_moves_the_due_date_and_keeps_the_row() -> None:
    party = StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)
    before = Obligation.objects.get(first_report=1)
    party.deposited_on = PartialDate(2012, 6, 30)
    party.save()
    refresh(party=party, as_at=TODAY)
    after = Obligation.objects.get(first_report=1)
    assert (after.pk, after.key) == (before.pk, before.key)
    assert (str(before.due_on), str(after.due_on)) == ("2013-09-01", "2013-10-01")


def test_a_returned_report_opens_the_same_obligation_again() -> None:
    party = StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)
    initial = Obligation.objects.get(first_report=1)
    report = SubmissionFactory.create(state_party=party)
    refresh(party=party, as_at=TODAY)
    initial.refresh_from_db()
    assert (initial.closed_as, initial.submission) == ("met", report)
    report.status = SubmissionStatus.RETURNED
    report.returned_because = "no signature"
    report.save()
    refresh(party=party, as_at=TODAY)
    initial.refresh_from_db()
    assert (initial.closed_on, initial.closed_as, initial.submission) == (None, "", None)


def test_a_date_of_the_committee_closes_what_the_cycle_had_computed() -> None:
    party = StatePartyFactory.create()
    SubmissionFactory.create(state_party=party)
    DecisionFactory.create(state_party=party, review=ReviewFactory.create(state_party=party))
    refresh(party=party, as_at=TODAY)
    superseded = Obligation.objects.get(key="report/2/treaty")
    assert (superseded.closed_as, superseded.closed_on) == ("superseded", date(2017, 9, 13))
    assert open_reports() == [
        ("second periodic report", "2022-10-01"),
        ("third periodic report", "2027-10-01"),
    ]


def test_a_contradiction_is_refused_and_leaves_the_obligations_as_they_were() -> None:
    party = StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)
    before = list(Obligation.objects.values())
    SubmissionFactory.create(
        state_party=party, received_on=PartialDate(2011, 1, 1), source="a letter"
    )
    with pytest.raises(ContradictionsError, match=r"CMW/C/IDN/1: .* \(source: a letter\)"):
        refresh(party=party, as_at=TODAY)
    assert list(Obligation.objects.values()) == before


def test_a_vanished_fact_takes_its_obligation_with_it() -> None:
    party = StatePartyFactory.create()
    SubmissionFactory.create(state_party=party)
    review = ReviewFactory.create(state_party=party)
    refresh(party=party, as_at=TODAY)
    assert Obligation.objects.filter(basis="estimate").exists()
    review.delete()
    refresh(party=party, as_at=TODAY)
    assert not Obligation.objects.filter(basis="estimate").exists()


def test_time_alone_brings_later_reports_into_the_ten_years_ahead() -> None:
    party = StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)
    last = Obligation.objects.order_by("-arises_on")[0]
    assert last.arises_on <= date(2036, 11, 22)
    assert refresh(party=party, as_at=date(2030, 1, 1)) == Changes(created=1)
    assert refresh(party=party, as_at=date(2030, 1, 1)) == Changes()
