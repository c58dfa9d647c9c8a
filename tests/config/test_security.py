"""What every answer carries, and what the static files contain."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles.finders import find
from django.core.management import call_command
from django.test import Client

from config.settings import BASE_DIR
from config.vendor import VENDOR_FILES, VendorFinder

NAMED = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")


def policy(header: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


@pytest.mark.django_db
def test_the_policy_of_every_page_is_strict(client: Client) -> None:
    answer = client.get("/healthz")
    assert policy(answer.headers["Content-Security-Policy"]) == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_static_files_are_for_the_pages_of_this_application(client: Client) -> None:
    answer = client.get("/static/vendor/bootstrap.min.css")
    assert b"Bootstrap" in b"".join(answer)
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_every_front_end_file_in_the_table_is_installed() -> None:
    assert VendorFinder().check() == []


def test_every_static_file_that_a_template_names_exists() -> None:
    folders = [BASE_DIR / "templates", BASE_DIR / "reporting"]
    templates = [path for folder in folders for path in folder.rglob("*.html")]
    named = {name for path in templates for name in NAMED.findall(path.read_text())}
    assert {name for name in named if find(name) is None} == set()


def test_a_file_of_a_package_that_is_not_in_the_table_is_not_served() -> None:
    assert find("vendor/bootstrap.min.css") is not None
    assert find("vendor/bootstrap.css") is None


def test_the_static_files_can_be_collected_as_in_production(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "config.vendor.ManifestStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    for name in VENDOR_FILES:
        assert (tmp_path / name).exists()
    assert len(list(tmp_path.glob("vendor/bootstrap.min.*.css.gz"))) == 1
