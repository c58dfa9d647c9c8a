"""Names of States: as the UN writes them, and from libraries where that is not on file."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from reporting.models.names import all_names, name_and_number, name_of_state

OURS = Path(settings.BASE_DIR, "reporting", "models", "data", "state_names.csv")


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Syrian Arab Republic", "Timor-Leste", "Cabo Verde"]),
        ("fr", ["République arabe syrienne", "Timor-Leste", "Cabo Verde"]),
        ("es", ["República Árabe Siria", "Timor-Leste", "Cabo Verde"]),
        ("ar", ["الجمهورية العربية السورية", "تيمور - ليشتي", "كابو فيردي"]),
        ("ru", ["Сирийская Арабская Республика", "Тимор-Лешти", "Кабо-Верде"]),
        ("zh-hans", ["阿拉伯叙利亚共和国", "东帝汶", "佛得角"]),
        ("id", ["Republik Arab Suriah", "Timor-Leste", "Tanjung Verde"]),
    ],
)
def test_names_are_those_of_united_nations_documents(language: str, names: list[str]) -> None:
    english = {"SYR": "Syrian Arab Republic", "TLS": "Timor-Leste", "CPV": "Cabo Verde"}
    with override(language):
        assert [name_of_state(*each) for each in english.items()] == names


def test_another_state_has_the_name_of_the_library() -> None:
    with override("fr"):
        assert name_of_state("ASM", "American Samoa") == "Samoa américaines"
    with override("id"):
        assert name_of_state("ASM", "American Samoa") == "Samoa Amerika"


def test_a_state_that_a_file_names_by_its_code_gets_the_name_of_united_nations_documents() -> None:
    assert name_and_number("PRK") == ("Democratic People's Republic of Korea", "408")
    assert name_and_number("VAT") == ("Holy See", "336")


def test_a_language_without_a_name_shows_the_name_on_record() -> None:
    with override("de"):
        assert name_of_state("DEU", "Germany") == "Germany"


def test_every_state_party_on_file_has_its_name_in_every_language() -> None:
    with OURS.open(encoding="utf-8") as file:
        names = {row.pop("iso3"): row for row in csv.DictReader(file)}
    languages = {code for code, _name in settings.LANGUAGES}
    assert all(row.keys() == languages and all(row.values()) for row in names.values())
    # Nauru goes by a new name, of which the library knows the English form alone.
    assert _codes("other_treaty_parties.csv") - names.keys() == {"NRU"}
    on_record = {row["iso3"]: row["name"] for row in _rows("state_parties.csv")}
    assert {iso3: names[iso3]["en"] for iso3 in on_record} == on_record


def _rows(name: str) -> list[dict[str, str]]:
    with Path(settings.BASE_DIR, "fixtures", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _codes(name: str) -> set[str]:
    return {row["iso3"] for row in _rows(name)}


def test_a_state_is_known_by_the_names_of_libraries_too() -> None:
    known = {"Syrie", "République arabe syrienne", "Suriah", "叙利亚", "敘利亞"}
    assert known <= set(all_names("SYR"))


def test_the_variants_of_cldr_are_of_languages_that_are_offered() -> None:
    path = Path(settings.BASE_DIR, "reporting", "models", "data", "other_names.csv")
    with path.open(encoding="utf-8") as file:
        rows = [(row["iso3"], row["language"], row["name"]) for row in csv.DictReader(file)]
    assert rows == sorted(set(rows))
    assert {language for _iso3, language, _name in rows} == {code for code, _ in settings.LANGUAGES}
    assert ("CIV", "id", "Pantai Gading") in rows
    assert {"Ivory Coast", "Pantai Gading"} <= set(all_names("CIV"))
    assert "Cape Verde" in all_names("CPV")
