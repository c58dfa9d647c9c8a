"""What came and is not yet considered is one count wherever it stands, under a name of its own."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
DAY = "as_at=2018-12-31"
APART = "The backlog holds reports that came. “Earlier report awaiting consideration” is said of one that did not come"


def file(client: Client, status: str) -> list[str]:
    answer: Any = client.get(f"/exports/obligations.json?{DAY}&status={status}")
    return sorted(row["iso3"] for row in json.loads(b"".join(answer.streaming_content)))


def test_the_backlog_is_the_same_in_the_table_the_file_the_card_and_the_picture(
    visitor: Client,
) -> None:
    table = visitor.get(f"/tables/backlog/?{DAY}")
    pictures = visitor.get(f"/overview/?{DAY}").context["pictures"]
    drawn = next(each for each in pictures if each.name == "waiting")
    card = next(each for each in visitor.get(f"/?{DAY}").context["cards"] if each.name == "backlog")
    assert file(visitor, "backlog") == ["ALB", "CPV", "TJK"]
    assert sorted(row.iso3 for row in table.context["found"].rows) == ["ALB", "CPV", "TJK"]
    assert (card.count, card.label) == (3, "reports received, not yet considered")
    assert drawn.rows[-1] == ["31 December 2018", 3]
    assert table.context["found"].title == (
        "Backlog: reports received and not yet considered as at 31 December 2018"
    )


def test_a_report_that_fell_due_meanwhile_is_counted_apart(visitor: Client) -> None:
    groups = visitor.get(f"/overview/?{DAY}").context["map"].groups
    shown = {group.name: (group.label, len(group.states)) for group in groups}
    assert shown["awaiting consideration"] == ("Earlier report awaiting consideration", 0)
    assert file(visitor, "awaiting consideration") == []


@pytest.mark.parametrize("address", ["/", "/overview/"])
def test_a_page_with_both_says_in_a_sentence_which_is_which(visitor: Client, address: str) -> None:
    assert APART in Page(visitor.get(f"{address}?{DAY}")).text
