"""A limit of attempts holds for all processes of a machine together."""

import os
import subprocess
import sys
from pathlib import Path

ATTEMPT = """
import django, sys
django.setup()
from allauth.core.ratelimit import consume
from django.test import RequestFactory
request = RequestFactory().post("/")
print(sum(consume(request, action="reset_password", key="desk@example.org") for _ in range(3)))
"""


def attempts_let_through(folder: Path) -> int:
    """Try three times in a process of its own."""
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "-c", ATTEMPT]
    return int(subprocess.check_output(command, env=environment, text=True))  # noqa: S603 - our own command


def test_two_processes_share_the_limit(tmp_path: Path) -> None:
    assert [attempts_let_through(tmp_path), attempts_let_through(tmp_path)] == [3, 2]
