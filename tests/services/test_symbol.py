"""Symbols that people write are checked against the State, the treaty and the reports."""

import pytest
from django.core.exceptions import ValidationError

from reporting.models import StateParty
from reporting.rules.symbols import DocumentKind
from reporting.services.symbol import clean_symbol
from tests.factories import StatePartyFactory

pytestmark = pytest.mark.django_db
REPORT = {DocumentKind.REPORT}


@pytest.fixture
def party() -> StateParty:
    return StatePartyFactory.create()


def clean(text: str, party: StateParty, reports: tuple[int, int] | None = (2, 3)) -> str:
    return clean_symbol(text, party=party, kinds=REPORT, reports=reports)


def test_a_symbol_is_kept_as_documents_print_it(party: StateParty) -> None:
    assert clean(" cmw/c/idn/2-3/add.1 ", party) == "CMW/C/IDN/2-3/Add.1"
    assert clean("CMW/C/IDN/7", party, reports=None) == "CMW/C/IDN/7"
    assert clean("  ", party) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "CMW/C/SYR/2-3",
            "CMW/C/SYR/2-3 is a document of another State or treaty: write CMW/C/IDN",
        ),
        ("CEDAW/C/IDN/2-3", "is a document of another State or treaty"),
        ("CMW/C/IDN/CO/2-3", "is the symbol of another kind of document"),
        ("CMW/C/IDN/2", "is about report 2, but this covers report 2-3"),
        ("CMW/C/IDN/", "“CMW/C/IDN/” is not a document symbol: write it as in CMW/C/IDN/2"),
        ("100% <script>", "“100% <script>” is not a document symbol"),
    ],
)
def test_another_symbol_is_refused_in_a_sentence(party: StateParty, text: str, said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        clean(text, party)
    assert said in caught.value.messages[0]
