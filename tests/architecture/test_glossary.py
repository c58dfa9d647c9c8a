"""The words of the field in the languages of the pages, for whoever translates them."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from config.catalogues import LOCALES, forms_of, is_translated, path_of, read, texts
from tests.glossary import missing, other_forms, terms

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.csv"


def _rows() -> list[dict[str, str]]:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_glossary_has_every_term_in_every_language() -> None:
    languages = [code.partition("-")[0] for code, _name in settings.LANGUAGES]
    rows = _rows()
    assert {tuple(row) for row in rows} == {tuple(languages)}
    assert [
        row for row in rows if not all(cell and cell == cell.strip() for cell in row.values())
    ] == []


def test_no_term_stands_twice_in_the_glossary() -> None:
    assert [
        term for term, times in Counter(row["en"] for row in _rows()).items() if times > 1
    ] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_a_catalogue_uses_the_words_of_the_glossary(locale: str) -> None:
    language = locale.partition("_")[0]
    catalogue = texts(read(path_of(locale)))
    assert [
        f"{text!r}: {' / '.join(forms_of(message))!r} lacks {lacking}"
        for (_context, text), message in catalogue.items()
        if is_translated(message)
        and (lacking := missing(text, " / ".join(forms_of(message)), language))
    ] == []


@pytest.mark.parametrize(
    ("english", "language", "right", "wrong", "lacking"),
    [
        (
            "Concluding observations",
            "fr",
            "les observations finales",
            "les conclusions",
            ["concluding observations"],
        ),
        ("overdue for %(time)s", "ru", "просрочен на %(time)s", "опоздание", ["overdue"]),
        ("States parties", "ar", "للدول الأطراف", "البلدان", ["States parties"]),
        ("list of issues", "zh", "对问题清单", "问题列表", ["list of issues"]),
        (
            "list of issues prior to reporting",
            "id",
            "daftar isu sebelum pelaporan",
            "daftar isu",
            ["list of issues prior to reporting"],
        ),
        ("Committee secretariat", "es", "secretaría del Comité", "oficina", ["secretariat"]),
    ],
)
def test_the_check_takes_inflections_and_finds_other_words(
    english: str, language: str, right: str, wrong: str, lacking: list[str]
) -> None:
    assert missing(english, right, language) == []
    assert set(lacking) <= set(missing(english, wrong, language))


def test_other_forms_are_of_terms_that_there_are_and_say_why() -> None:
    known = {row["en"] for row in terms()}
    assert {term for term, _language in other_forms()} <= known
