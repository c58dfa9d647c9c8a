"""What a day knew of a State beside its treaties."""

from datetime import date

import pytest

from reporting.queries.state_fact import core_documents, cycles, state_fact_of
from reporting.rules.universal_review import Step
from tests.factories import (
    TODAY,
    CoreDocumentFactory,
    StateFactory,
    UniversalReviewFactory,
    partial,
)

pytestmark = pytest.mark.django_db


def test_the_latest_document_comes_first_with_its_age() -> None:
    state = CoreDocumentFactory.create().state
    CoreDocumentFactory.create(symbol="HRI/CORE/1/Add.95", dated_on=partial("1998-12"))
    found = core_documents(state=state, as_at=TODAY)
    assert [(row.document.symbol, row.age) for row in found] == [
        ("HRI/CORE/IDN/2010", "16 years 1 month"),
        ("HRI/CORE/1/Add.95", "27 years 10 months"),
    ]


def test_a_document_of_this_year_is_there_from_the_day_on_which_it_is_recorded() -> None:
    state = CoreDocumentFactory.create(dated_on=partial("2026")).state
    (found,) = core_documents(state=state, as_at=TODAY)
    assert found.age == "0 days"
    assert core_documents(state=state, as_at=date(2026, 11, 21)) == []


def test_an_earlier_day_knows_what_had_happened_and_not_what_is_planned_since() -> None:
    review = UniversalReviewFactory.create(
        cycle=4, report_due_on=partial("2022-08"), reviewed_on=partial("2022-11-09")
    )

    def known(as_at: date) -> set[Step]:
        return {step for row in cycles(as_at=as_at)[review.state_id] for step in row.steps}

    assert known(TODAY) == {Step.REPORT, Step.REVIEW}
    assert known(date(2022, 11, 8)) == {Step.REPORT}
    assert cycles(as_at=date(2022, 8, 30)) == {}


def test_the_cycles_of_many_states_are_one_question(django_assert_num_queries: object) -> None:
    UniversalReviewFactory.create()
    france = StateFactory.create(iso3="FRA", name="France")
    UniversalReviewFactory.create(state=france, cycle=4)
    UniversalReviewFactory.create(state=france)
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = cycles(as_at=TODAY)
        numbers = {pk: [row.review.cycle for row in rows] for pk, rows in found.items()}
    assert sorted(numbers.values()) == [[5], [5, 4]]
    assert list(cycles(as_at=TODAY, states=[france.pk])) == [france.pk]


def test_a_fact_is_found_under_its_own_state_alone() -> None:
    made = CoreDocumentFactory.create()
    found = state_fact_of(state=made.state, kind="core-document", pk=made.pk)
    assert found == made
    france = StateFactory.create(iso3="FRA", name="France")
    assert state_fact_of(state=france, kind="core-document", pk=made.pk) is None
