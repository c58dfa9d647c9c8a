"""What happened between two days."""

from datetime import date
from typing import Any

import pytest

from reporting.models import Treaty
from reporting.queries.compare import compared
from tests.factories import TODAY

pytestmark = pytest.mark.usefixtures("recorded")


def happened(first: date, last: date) -> list[tuple[str, str, str, str]]:
    found = compared(first=first, last=last, treaty=Treaty.objects.get(code="CMW"))
    return [(event.iso3, event.what, event.known, event.before) for event in found]


def test_the_year_of_a_session_is_what_its_documents_say() -> None:
    found = [
        row for row in happened(date(2016, 12, 31), date(2017, 12, 31)) if row[0] in {"JAM", "TJK"}
    ]
    assert found == [
        ("JAM", "decided", "2017-04-13", "2020-01-01"),
        ("JAM", "reviewed", "2017-04-13", ""),
        ("TJK", "received", "2017-05-02", ""),
        ("TJK", "fell-due", "2017", ""),
    ]


def test_two_spans_side_by_side_hold_what_the_whole_holds() -> None:
    days = (date(2003, 7, 1), date(2015, 6, 30), date(2026, 11, 22))
    treaty = Treaty.objects.get(code="CMW")
    first, second, whole = (
        compared(first=a, last=b, treaty=treaty).total
        for a, b in ((days[0], days[1]), (days[1], days[2]), (days[0], days[2]))
    )
    assert [a + b for a, b in zip(first[2:], second[2:], strict=True)] == list(whole[2:])
    assert whole.fell_due == 130


def test_the_counts_of_the_states_add_up() -> None:
    treaty = Treaty.objects.get(code="CMW")
    found = compared(first=date(2017, 12, 31), last=TODAY, treaty=treaty)
    for place in range(2, 6):
        assert sum(row[place] for row in found.by_state()) == found.total[place]  # type: ignore[misc]


def test_a_page_its_counts_and_the_whole_are_asked_for_apart(
    django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    found = compared(first=date(2003, 1, 1), last=TODAY, treaty=Treaty.objects.get(code="CMW"))
    with django_assert_num_queries(1):
        everything = [*iter(found)]
    with django_assert_num_queries(2):
        assert len(found) == sum(found.total[2:]) == len(everything)
    with django_assert_max_num_queries(5):
        assert found[20:40] == everything[20:40]
    with django_assert_num_queries(5):
        assert [row.iso3 for row in found.by_state(["MEX", "ALB"])] == ["ALB", "MEX"]
