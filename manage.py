#!/usr/bin/env python
"""Run an administrative command of the reporting-deadline tracker."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import Error, OperationalError, ProgrammingError


def main() -> None:
    """Run the command; what is wrong with the set-up is one sentence and exit code 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except (OperationalError, ProgrammingError) as error:
        sys.exit(_about(error))


def _about(error: Error) -> str:
    said = str(error).strip().splitlines()[0]
    if "no such table" in said or "does not exist" in said:
        return "The database is not prepared: run `manage.py migrate`, or start with `make run`."
    return f"The database cannot be used: {said}"


if __name__ == "__main__":
    main()
