"""The names of the treaties, as the documents of each language have them."""

import csv
from pathlib import Path

import pytest
from django.utils.translation import override

from reporting.models import Treaty

TREATIES = Path(__file__).parents[2] / "fixtures" / "treaties.csv"


@pytest.mark.parametrize("language", ["fr", "es", "ar", "ru", "zh-hans", "id"])
def test_every_treaty_on_file_has_its_name_in_every_language(language: str) -> None:
    with TREATIES.open(encoding="utf-8", newline="") as file:
        treaties = [Treaty(code=row["code"], name=row["name"]) for row in csv.DictReader(file)]
    with override(language):
        assert [each.code for each in treaties if each.local_name == each.name] == []


def test_a_treaty_of_another_name_keeps_it() -> None:
    with override("fr"):
        assert Treaty(name="Pacte de demain").local_name == "Pacte de demain"
        assert Treaty().local_name == ""
        assert Treaty(name="Convention on the Rights of the Child").local_name == (
            "Convention relative aux droits de l\u2019enfant"
        )
