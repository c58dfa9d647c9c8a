"""What somebody types that a spreadsheet would take for a formula comes out as a text."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from reporting.models import CommitteeDecision
from tests.factories import UserFactory
from tests.views.cast import as_
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
NEW = "/states/IDN/decisions/new/"
FORMULAS = [
    '=HYPERLINK("https://elsewhere.example","open")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\uff1d1+1",
]


def record(typed: str) -> CommitteeDecision:
    """Record a decision whose words and source were typed so, as the secretariat does."""
    officer = as_(UserFactory.create())
    given = {
        "kind": "follow-up",
        "due_on": "2027-12-11",
        "decided_on": "2025-12-11",
        "text": typed,
        "source": typed,
    }
    preview = Page(officer.post(NEW, given))
    assert "What this changes" in preview.text
    expected = preview.having("input", name="expected")[0]["value"]
    officer.post(NEW, given | {"step": "save", "expected": expected})
    saved: CommitteeDecision = CommitteeDecision.objects.latest("pk")
    assert saved.source == typed
    return saved


def body(client: Client, path: str) -> bytes:
    answer: Any = client.get(path)
    found: bytes = answer.getvalue()
    return found


@pytest.mark.parametrize("typed", FORMULAS)
@pytest.mark.parametrize("name", ["decisions", "obligations"])
def test_a_formula_typed_into_a_form_is_a_text_in_every_file(
    visitor: Client, typed: str, name: str
) -> None:
    record(typed)
    path = f"/exports/{name}"
    lines = csv.DictReader(StringIO(body(visitor, f"{path}.csv?state=IDN").decode("utf-8-sig")))
    sources = [line["source"] for line in lines]
    assert f"'{typed}" in sources
    assert typed not in sources
    book = load_workbook(BytesIO(body(visitor, f"{path}.xlsx?state=IDN")))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    mine = [cell for cell in cells if typed in str(cell.value)]
    assert mine
    assert {(cell.value, cell.data_type) for cell in mine} <= {(f"'{typed}", "s"), (typed, "s")}
    assert not [cell for cell in cells if cell.data_type == "f"]
