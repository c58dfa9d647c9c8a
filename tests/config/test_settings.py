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
    "SECRET_KEY": "a text of fifty signs or more that only looks like chance",
    "PUBLIC_URL": "https://reports.example.org",
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
    without = PRODUCTION | {"SECRET_KEY": "", "EMBEDDED": "false"}
    assert settings(tmp_path, "s.DEBUG", **without) == (
        "Outside the embedded mode the application needs a secret: "
        "set SECRET_KEY to a long random text."
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "secret", "SECRET_KEY can be guessed: make it 50 random signs or more."),
        ("SECRET_KEY", "ab" * 40, "SECRET_KEY can be guessed: make it 50 random signs or more."),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS must name the hosts of the application, without"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS must name the hosts of the application, without"),
        ("PUBLIC_URL", "", "PUBLIC_URL must be the https:// address of the application,"),
        ("PUBLIC_URL", "http://a.example.org", "PUBLIC_URL must be the https:// address of the"),
        ("ADMIN_PATH", "repair", "ADMIN_PATH is the part of the address between the host and"),
        ("RATE_LIMITS", "search=often", "RATE_LIMITS does not know search=often; it reads as in"),
        ("RATE_LIMITS", "serach=1/m", "RATE_LIMITS does not know serach=1/m; it reads as in"),
    ],
)
def test_what_is_unsafe_or_cannot_be_read_is_refused_in_one_sentence(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    assert settings(tmp_path, "s.DEBUG", **(PRODUCTION | {name: value})).startswith(sentence)


def test_everything_that_is_unsafe_is_said_at_once(tmp_path: Path) -> None:
    unsafe = {"SECRET_KEY": "short", "DEBUG": "true", "ALLOWED_HOSTS": "", "PUBLIC_URL": ""}
    answer = settings(tmp_path, "s.DEBUG", **(PRODUCTION | unsafe))
    for name in ("SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "PUBLIC_URL"):
        assert name in answer


def test_limits_can_be_changed_one_by_one(tmp_path: Path) -> None:
    changed = {"RATE_LIMITS": "search=5/10m,exports=off"}
    answer = settings(tmp_path, "s.RATE_LIMITS", **changed)
    assert answer == str(
        {
            "sign-in": "30/m",
            "reset": "20/m",
            "invitation": "30/m",
            "search": "5/10m",
            "feeds": "120/m",
            "api": "300/m",
            "api-filing": "20/m",
            "api-webhooks": "20/m",
        }
    )


def test_the_pages_for_repair_have_an_address_of_their_own_or_none(tmp_path: Path) -> None:
    code = "__import__('django').setup() or __import__('django.urls', fromlist='x')"
    for path, found in (("behind/here/", "/behind/here/"), ("admin/", "/admin/")):
        assert settings(tmp_path, f"({code}).reverse('admin:index')", ADMIN_PATH=path) == found
    nowhere = settings(tmp_path, f"({code}).reverse('admin:index')", ADMIN_PATH="")
    assert "'admin' is not a registered namespace" in nowhere


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
    answer = settings(tmp_path, expression, PORT="8010", **PRODUCTION)
    assert answer == "'https://reports.example.org'"


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


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WEBHOOK_NETWORKS", "10.1.0.0/16,house", "WEBHOOK_NETWORKS names no network with house;"),
        ("WEBHOOK_NETWORKS", "10.1.2.3/16", "WEBHOOK_NETWORKS names no network with 10.1.2.3/16;"),
        ("WEBHOOK_PORTS", "443,https", "WEBHOOK_PORTS names no port with https;"),
        ("WEBHOOK_PORTS", "0", "WEBHOOK_PORTS names no port with 0;"),
    ],
)
def test_where_webhooks_may_go_is_refused_where_it_makes_no_sense(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    assert settings(tmp_path, "s.DEBUG", **{name: value}).startswith(said)


def test_webhooks_go_by_https_to_one_port_outside_the_embedded_mode(tmp_path: Path) -> None:
    expression = "s.WEBHOOK_HTTP, s.WEBHOOK_PORTS, s.WEBHOOK_NETWORKS"
    assert settings(tmp_path, expression, **PRODUCTION) == "(False, [443], [])"
    assert settings(tmp_path, expression) == "(True, [], [])"
