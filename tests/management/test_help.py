"""Every command speaks the language of the shell."""

import argparse
import ast
import inspect
import os
import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import base, get_commands, load_command_class
from django.utils.translation import override

from reporting.management import words
from reporting.management.command import TranslatedCommand, language_of
from tests.pseudo import CODE, compiled, offer, outside

COMMANDS = sorted(name for name, app in get_commands().items() if app == "reporting")


def command(name: str) -> TranslatedCommand:
    """Return the command, as the shell calls it."""
    found = load_command_class("reporting", name)
    assert isinstance(found, TranslatedCommand)
    return found


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Take away what the shell has said of its language."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "10000")
    return monkeypatch


def helped(name: str) -> str:
    out = StringIO()
    with redirect_stdout(out):
        command(name).print_help("manage.py", name)
    return out.getvalue()


def test_the_help_of_no_command_escapes_the_catalogues(
    shell: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path
) -> None:
    offer(settings, compiled(tmp_path))
    shell.setenv("LANG", "en_150.UTF-8")
    assert language_of(os.environ) == CODE
    found = {}
    for name in COMMANDS:
        typed = {"manage", "py", name}
        for action in command(name).create_parser("manage.py", name)._actions:
            given = (*action.option_strings, action.dest, action.metavar, *(action.choices or ()))
            typed.update(word for each in given for word in re.findall(r"\w+", str(each)))
            typed.update(str(each).upper() for each in tuple(typed))
        left = set(re.findall(r"[^\W\d_]{2,}", outside(helped(name))))
        found[name] = left - {part for word in typed for part in re.split(r"_|\d", word)}
    assert len(found) >= 14
    assert {name: left for name, left in found.items() if left} == {}


def test_help_is_french_to_a_shell_that_is(shell: pytest.MonkeyPatch) -> None:
    shell.setenv("LANG", "fr_FR.UTF-8")
    text = helped("timetable").replace("\xa0", " ")
    assert text.startswith("utilisation : manage.py timetable [-h]")
    assert "affiche cette aide et quitte" in text
    assert "Affiche le numéro de version du programme et quitte." in text
    assert "usage:" not in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["--soon"], "manage.py refresh_timetable: erreur : arguments non reconnus : --soon"),
        (["--as-at"], "erreur : argument --as-at : un argument est attendu"),
        (["--verbosity", "9"], "erreur : argument -v/--verbosity : choix non valable : 9"),
    ],
)
def test_what_is_typed_wrongly_is_refused_in_the_language_of_the_shell(
    shell: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: list[str], said: str
) -> None:
    shell.setenv("LC_ALL", "fr_FR.UTF-8")
    with pytest.raises(SystemExit) as left:
        command("refresh_timetable").run_from_argv(["manage.py", "refresh_timetable", *typed])
    assert left.value.code == 2
    assert said in capsys.readouterr().err.replace("\xa0", " ")
    assert argparse.ArgumentParser().format_usage().startswith("usage: ")


def test_the_words_are_those_of_argparse_and_of_django() -> None:
    """A text that a release has changed is not found by it any more."""
    written: set[str] = set()
    for module in (argparse, base):
        tree = ast.parse(inspect.getsource(module))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written.add(node.value)
    with override(None):
        ours = {str(each) for each in (*words.ARGPARSE, *words.DJANGO) if isinstance(each, str)}
    assert ours - written == set()
    assert {"expected %s argument", "expected %s arguments"} <= written
