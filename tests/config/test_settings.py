"""What the settings promise in each mode, read in a process of their own."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config.environment import broker_socket, kept_secret

PRODUCTION = {
    "SECRET_KEY": "a long random text",
    "ALLOWED_HOSTS": "reports.example.org",
    "DATABASE_URL": "postgres://someone@db.example.org/reporting",
    "REDIS_URL": "redis://queue.example.org:6379/1",
}


def settings(folder: Path, expression: str, **environment: str) -> str:
    """Return what the expression prints, with `s` as the settings of this environment."""
    code = f"from django.conf import settings as s; print(({expression}))"
    outcome = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code],
        env={
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    last = (outcome.stdout or outcome.stderr).strip().splitlines()[-1]
    return last.removeprefix("django.core.exceptions.ImproperlyConfigured: ")


def test_without_a_secret_the_application_is_embedded(tmp_path: Path) -> None:
    expression = "s.EMBEDDED, s.DEBUG, s.ALLOWED_HOSTS, s.SECURE_SSL_REDIRECT"
    answer = settings(tmp_path, expression)
    assert answer == "(True, False, ['localhost', '127.0.0.1', '[::1]'], False)"


def test_with_a_secret_the_application_is_in_production(tmp_path: Path) -> None:
    expression = "s.EMBEDDED, s.ALLOWED_HOSTS, s.SESSION_COOKIE_SECURE, s.CELERY_BROKER_URL"
    answer = settings(tmp_path, expression, **PRODUCTION)
    assert answer == "(False, ['reports.example.org'], True, 'redis://queue.example.org:6379/1')"


def test_production_without_a_secret_is_refused_in_one_sentence(tmp_path: Path) -> None:
    assert settings(tmp_path, "s.DEBUG", EMBEDDED="false") == (
        "Outside the embedded mode the application needs a secret: "
        "set SECRET_KEY to a long random text."
    )


def test_debug_is_refused_in_production(tmp_path: Path) -> None:
    answer = settings(tmp_path, "s.DEBUG", DEBUG="true", **PRODUCTION)
    assert answer == "DEBUG shows secrets: set it in the embedded mode only."


def test_only_web_processes_pool_their_connections(tmp_path: Path) -> None:
    expression = "'pool' in s.DATABASES['default'].get('OPTIONS', {})"
    web = PRODUCTION | {"DJANGO_SETTINGS_MODULE": "config.settings.web"}
    assert settings(tmp_path, expression, **web) == "True"
    assert settings(tmp_path, expression, **PRODUCTION) == "False"


def test_links_in_emails_lead_to_the_port_of_this_machine_and_nowhere_else_by_chance(
    tmp_path: Path,
) -> None:
    expression = "repr(s.PUBLIC_URL)"
    assert settings(tmp_path, expression, PORT="8010") == "'http://localhost:8010'"
    assert settings(tmp_path, expression, PORT="8010", **PRODUCTION) == "''"


def test_a_data_folder_that_cannot_be_made_is_named_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "var"
    assert settings(folder, "s.DEBUG") == (
        f"The data folder {folder} cannot be written (Not a directory); set VAR_DIR to one that can."
    )


def test_a_data_folder_that_stands_open_is_closed_in_the_embedded_mode_only(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    for environment, mode in ((PRODUCTION, 0o755), ({}, 0o700)):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
        settings(folder, "s.DEBUG", **environment)
        assert stat.S_IMODE(folder.stat().st_mode) == mode


def test_processes_that_start_together_agree_on_the_secret(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(kept_secret, [path] * 32))
    assert secrets == {path.read_text()}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["a" * 80, "a folder with spaces"])
def test_the_broker_of_an_awkward_folder_listens_elsewhere(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1000")
    path = broker_socket(Path("/srv/reporting") / name)
    assert path.parent.parent == Path("/run/user/1000")
    assert len(str(path)) <= 100


def test_the_broker_of_a_short_folder_listens_inside_it() -> None:
    assert broker_socket(Path("/srv/var")) == Path("/srv/var/broker/broker.sock")
