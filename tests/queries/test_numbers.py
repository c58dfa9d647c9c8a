"""A part of a list in the order of its numbers, the same whether these are remembered or not."""

from typing import Any

import pytest
from django.db.models import QuerySet

from reporting.models import Revision, State
from reporting.queries.numbers import Part, rows_of
from tests.factories import StateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def states() -> "QuerySet[Any]":
    for code in ("AAA", "BBB", "CCC", "DDD"):
        StateFactory.create(iso3=code)
    return State.objects.order_by("-iso3")


def turned(found: "QuerySet[Any]", *question: object) -> list[list[str]]:
    """Return the codes of all parts, two at a time."""
    parts, after = [], 0
    while rows := rows_of(Part(after, 2, question), found, "pk", "iso3"):
        parts.append([code for _pk, code in rows])
        after = rows[-1][0]
    return parts


def test_parts_follow_each_other_and_leave_nothing_out(states: "QuerySet[Any]") -> None:
    assert turned(states) == turned(states, "all") == [["AAA", "BBB"], ["CCC", "DDD"]]


def test_a_remembered_part_says_what_is_on_record_now_and_ends_no_list_too_early(
    states: "QuerySet[Any]",
) -> None:
    turned(states, "all")
    State.objects.filter(iso3="AAA").delete()
    State.objects.filter(iso3="DDD").update(iso3="EEE")
    assert turned(states, "all") == [["BBB", "CCC"], ["EEE"]]
    StateFactory.create(iso3="FFF")
    Revision.objects.renew()
    assert turned(states, "all") == [["BBB", "CCC"], ["EEE", "FFF"]]
