"""The catalogues: brought up to the sources, checked, compiled."""

import os
import re
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

import pytest
import rest_framework
from babel.messages import Catalog
from babel.messages.pofile import write_po
from django.utils.translation import trans_real

from config import catalogues, words_of_libraries
from config.catalogues import LOCALES, compile_all, faults, forms_of, path_of, read, texts
from tests.pseudo import library_texts

HEAD = {"ar": 6, "es": 3, "fr": 2, "id": 1, "ru": 4, "zh_Hans": 1}


def written(folder: Path, locale: str, entries: dict[str, str]) -> Path:
    made = Catalog(locale=locale)
    for text, said in entries.items():
        made.add(text, said)
    path = path_of(locale, folder)
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, made)
    return path


def found(text: str, said: str) -> list[str]:
    made = Catalog(locale="fr")
    return list(faults(made.add(text, said), forms=2))


def found_of_two(one: str, several: str, said: tuple[str, ...]) -> list[str]:
    made = Catalog(locale="fr")
    return list(faults(made.add((one, several), said), forms=2))


@pytest.mark.parametrize(("locale", "forms"), HEAD.items())
def test_each_language_has_the_plural_forms_of_django(locale: str, forms: int) -> None:
    catalogue = read(path_of(locale))
    assert catalogue.num_plurals == forms
    conf = Path(trans_real.__file__).parents[2] / "conf" / "locale" / locale / "LC_MESSAGES"
    assert read(conf / "django.po").plural_expr == catalogue.plural_expr


def test_a_complete_catalogue_is_compiled_and_another_is_not_offered(tmp_path: Path) -> None:
    path = written(tmp_path, "fr", {"State": "État"})
    written(tmp_path, "ar", {"State": "دولة", "Report": ""})
    assert compile_all(tmp_path) == ["ar"]
    assert path.with_suffix(".mo").read_bytes().find("État".encode()) > 0
    assert not path_of("ar", tmp_path).with_suffix(".mo").exists()


def test_what_stands_in_an_arabic_text_is_kept_apart_from_it(tmp_path: Path) -> None:
    made = Catalog(locale="ar")
    made.add("%(a)s to <b>%(b)s</b>", "من %(a)s إلى <b>%(b)s</b>")
    made.add("%(a)s (%(b)s)", "%(a)s (%(b)s)")
    made.add(
        ("%(n)s day", "%(n)s days"),
        ("يوم", "يوم", "يومان", "%(n)s أيام", "%(n)s يوماً", "%(n)s يوم"),
    )
    path = path_of("ar", tmp_path)
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, made)
    assert compile_all(tmp_path) == []
    with path.with_suffix(".mo").open("rb") as file:
        spoken = GNUTranslations(file)
    assert spoken.gettext("%(a)s to <b>%(b)s</b>") == (
        "من \u2068%(a)s\u2069 إلى <b>\u2068%(b)s\u2069</b>"
    )
    assert spoken.gettext("%(a)s (%(b)s)") == "\u200f\u2068%(a)s\u2069 (\u2068%(b)s\u2069)"
    assert spoken.ngettext("%(n)s day", "%(n)s days", 5) == "\u2068%(n)s\u2069 أيام"


def test_what_is_not_complete_any_more_is_taken_away(tmp_path: Path) -> None:
    path = written(tmp_path, "fr", {"State": "", "Report": "rapport"})
    compiled = path.with_suffix(".mo")
    compiled.write_bytes(b"old")
    os.utime(compiled, ns=(0, 0))
    assert compile_all(tmp_path) == ["fr"]
    assert not compiled.exists()


def test_what_has_not_changed_is_not_compiled_again(tmp_path: Path) -> None:
    compiled = written(tmp_path, "fr", {"State": "État"}).with_suffix(".mo")
    compile_all(tmp_path)
    before = compiled.stat().st_mtime_ns
    compile_all(tmp_path)
    assert compiled.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("text", "said", "fault"),
    [
        ("Report", "", "not translated"),
        ("%(a)s of %(b)s", "%(a)s de %(c)s", "other places"),
        ("%(a)s of %(b)s", "%(a)s", "other places"),
        ("Take <strong>%(a)s</strong>", "Prenez %(a)s", "other places"),
        ("a %d b", "a %s b", "other places"),
        ("Line\n", "Ligne", "ends with another line break"),
    ],
)
def test_faults_of_a_translation_are_found(text: str, said: str, fault: str) -> None:
    (only,) = found(text, said)
    assert only.startswith(fault)


def test_a_sound_translation_has_no_fault() -> None:
    assert found("%(a)s of <bdi>%(b)s</bdi>, 100 %%", "<bdi>%(b)s</bdi> : %(a)s, 100 %%") == []


def test_only_the_number_that_counts_may_be_left_out_of_a_form() -> None:
    assert found_of_two("%(n)s day", "%(n)s days", ("un jour", "%(n)s jours")) == []
    assert found_of_two("%(n)s of %(all)s", "%(n)s of %(all)s", ("un", "%(n)s de %(all)s")) != []
    assert found_of_two("%(n)s of %(all)s", "%(n)s of %(all)s", ("%(x)s", "%(n)s %(all)s")) != []
    assert found_of_two("%(n)s day", "%(n)s days", ("un jour",)) == [
        "1 forms where the language has 2"
    ]


def test_a_fuzzy_translation_is_a_fault() -> None:
    message = Catalog(locale="fr").add("State", "État", flags=["fuzzy"])
    assert "fuzzy" in list(faults(message, forms=2))


def _of_the_rest_framework() -> set[str]:
    """Return the texts of the library that comes with compiled catalogues alone."""
    path = Path(rest_framework.__file__).parent / "locale" / "fr" / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        catalogue: dict[Any, str] = GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {each for each in catalogue if isinstance(each, str)}


def test_the_words_of_libraries_are_texts_that_libraries_have() -> None:
    """A text that a library has changed is not found by it any more."""
    theirs = library_texts() | {(None, text) for text in _of_the_rest_framework()}
    source = Path(words_of_libraries.__file__).name
    ours = {
        key
        for key, message in texts(read(path_of("fr"))).items()
        if any(str(place).endswith(source) for place, _line in message.locations)
    }
    assert ours
    assert {text for _context, text in ours} - {text for _context, text in theirs} == set()


def test_the_languages_of_the_settings_have_a_catalogue() -> None:
    assert all(path_of(locale).is_file() for locale in LOCALES)


def test_without_gettext_it_says_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.argv", ["catalogues", "update"])
    assert catalogues.main() == 1
    assert "GNU gettext is needed" in capsys.readouterr().err


def test_no_sign_of_a_french_sentence_goes_to_the_next_line_alone() -> None:
    catalogue = texts(read(path_of("fr")))
    loose = re.compile(r" [:;?!»]|« ")
    found = [form for each in catalogue.values() for form in forms_of(each) if loose.search(form)]
    assert found == []
