"""What every command of the application shares: the language of the shell."""

import os
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.functional import Promise

# In the order in which the shell's own programs ask them.
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language of the shell, where it is offered, else English.

    >>> language_of({"LC_ALL": "C", "LANG": "fr_FR.UTF-8"})
    'en'
    """
    wanted = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    asked = wanted.split(".")[0].split("@")[0].replace("_", "-").lower()
    try:
        code = translation.get_supported_language_variant(asked)
    except LookupError:
        return settings.LANGUAGE_CODE
    return code if code in settings.LANGUAGES_OFFERED else settings.LANGUAGE_CODE


class TranslatedCommand(BaseCommand):
    """A command that speaks the language of the shell; ``summary`` is its help, translated lazily."""

    summary: str | Promise = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Return the parser, with its help in the language of the shell."""
        with translation.override(language_of(os.environ)):
            self.help = str(self.summary)
            return super().create_parser(prog_name, subcommand, **kwargs)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run in the language of the shell."""
        with translation.override(language_of(os.environ)):
            return super().execute(*args, **options)
