"""What every command of the application shares: the language of the shell."""

import argparse
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.functional import Promise

# In the order in which the shell's own programs ask them; before them stands LANGUAGE, a list.
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language of the shell, where it is offered, else English.

    As for programs that use GNU gettext, LANGUAGE is asked only where the locale names a language.

    >>> language_of({"LC_ALL": "C", "LANG": "fr_FR.UTF-8", "LANGUAGE": "fr"})
    'en'
    >>> language_of({"LANG": "en_GB.UTF-8", "LANGUAGE": "pt:fr:en"})
    'fr'
    """
    locale = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    if locale.split(".")[0] in {"", "C", "POSIX"}:
        return settings.LANGUAGE_CODE
    asked = [*environment.get("LANGUAGE", "").split(":"), locale]
    return next(filter(None, map(_offered, asked)), settings.LANGUAGE_CODE)


def _offered(name: str) -> str:
    asked = name.split(".", maxsplit=1)[0].split("@", maxsplit=1)[0].replace("_", "-").lower()
    try:
        code = translation.get_supported_language_variant(asked)
    except LookupError:
        return ""
    return code if code in settings.LANGUAGES_OFFERED else ""


@contextmanager
def _in_the_language_of_the_shell() -> Iterator[None]:
    """Speak that language, argparse too.

    It has no catalogue, looks only for one of the whole process, and that by rules that know neither
    what is offered nor ``zh_Hans``; so its two functions are Django's for as long as it reads and helps.
    """
    before = argparse._, argparse.ngettext  # type: ignore[attr-defined] # names of its module
    with translation.override(language_of(os.environ)):
        argparse._, argparse.ngettext = translation.gettext, translation.ngettext  # type: ignore[attr-defined] # the same
        try:
            yield
        finally:
            argparse._, argparse.ngettext = before  # type: ignore[attr-defined] # the same


class TranslatedCommand(BaseCommand):
    """A command that speaks the language of the shell; ``summary`` is its help, translated lazily."""

    summary: str | Promise = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Return the parser, with its help in the language of the shell."""
        with _in_the_language_of_the_shell():
            self.help = str(self.summary)
            parser = super().create_parser(prog_name, subcommand, **kwargs)
            for action in parser._actions:  # noqa: SLF001 - Django writes the help of its own there, untranslated
                action.help = action.help and translation.gettext(action.help)
            return parser

    def print_help(self, prog_name: str, subcommand: str) -> None:
        """Print the help in the language of the shell."""
        with _in_the_language_of_the_shell():
            super().print_help(prog_name, subcommand)

    def run_from_argv(self, argv: list[str]) -> None:
        """Read the arguments, and run, in the language of the shell."""
        with _in_the_language_of_the_shell():
            super().run_from_argv(argv)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run in the language of the shell."""
        with translation.override(language_of(os.environ)):
            return super().execute(*args, **options)
