"""Slow lines: what a page weighs on the wire with all that it loads, and what is loaded where."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("recorded")]

FIRST_PAGE_AT_MOST = 150_000
_ASKED_FOR = re.compile(r'<(?:link|script)[^>]*?(?:src|href)="/static/([^"?]+)"')
_SCRIPT = re.compile(r'<script[^>]*?src="/static/([^"?]+)"')
# What the style sheets ask for where the page is in English; fonts are packed already.
_FONTS = {"vendor/fonts/public-sans-latin.woff2", "vendor/fonts/source-serif-4-latin.woff2"}
_PACKED = (".woff2", ".png")


def html_of(path: str) -> tuple[str, int]:
    """Return the page, and how many bytes it has on the wire."""
    answer = Client(headers={"accept-encoding": "gzip"}).get(path)
    assert answer["Content-Encoding"] == "gzip"
    return gzip.decompress(answer.content).decode(), len(answer.content)


def weight(name: str) -> int:
    found = finders.find(name)
    assert found, f"{name} is no static file"
    content = Path(found).read_bytes()
    return len(content if name.endswith(_PACKED) else gzip.compress(content))


def test_the_first_page_with_all_that_it_loads_suits_a_slow_line() -> None:
    html, page = html_of("/")
    assert page > 5_000, "the States are on it"
    files = {*_ASKED_FOR.findall(html), *_FONTS}
    assert "vendor/bootstrap.min.css" in files
    total = page + sum(map(weight, files))
    assert total < FIRST_PAGE_AT_MOST, f"{total:,} bytes"


@pytest.mark.parametrize(
    "path", ["/", "/states/", "/states/IDN/", "/overview/", "/timeline/", "/sign-in/", "/changes/"]
)
def test_pictures_and_fragments_are_scripted_only_where_there_are_any(path: str) -> None:
    html, _bytes = html_of(path)
    scripts = " ".join(_SCRIPT.findall(html))
    assert ("vendor/chart" in scripts) == (path == "/overview/")
    assert ("htmx" in scripts) == bool(re.search(r"\shx-(?:get|post)=", html))


def test_static_files_are_named_by_their_hash_and_kept_for_ever(
    settings: Any, tmp_path: Path
) -> None:
    settings.DEBUG = False
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "config.vendor.ManifestStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    address = staticfiles_storage.url("reporting/page.css")
    assert re.fullmatch(r"/static/reporting/page\.[0-9a-f]{12}\.css", address)
    answer = Client(headers={"accept-encoding": "gzip"}).get(address)
    answer.close()
    assert (answer.status_code, answer["Content-Encoding"]) == (200, "gzip")
    assert answer["Cache-Control"] == "max-age=315360000, public, immutable"
