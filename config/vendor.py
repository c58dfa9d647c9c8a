"""Front-end packages as static files: each file that a page may ask for stands in one table."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SANS = "@fontsource-variable/public-sans/files/public-sans"
SERIF = "@fontsource/source-serif-4/files/source-serif-4"

# The name under STATIC_URL, and the file under node_modules that answers.
VENDOR_FILES = {
    "vendor/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "vendor/bootstrap.rtl.min.css": "bootstrap/dist/css/bootstrap.rtl.min.css",
    "vendor/chart.js": "chart.js/dist/chart.umd.min.js",
    "vendor/chart-geo.js": "chartjs-chart-geo/build/index.umd.min.js",
    "vendor/world.json": "world-atlas/countries-110m.json",
    "vendor/fonts/public-sans-latin.woff2": f"{SANS}-latin-wght-normal.woff2",
    "vendor/fonts/public-sans-latin-ext.woff2": f"{SANS}-latin-ext-wght-normal.woff2",
    "vendor/fonts/source-serif-4-latin.woff2": f"{SERIF}-latin-600-normal.woff2",
    "vendor/fonts/source-serif-4-latin-ext.woff2": f"{SERIF}-latin-ext-600-normal.woff2",
    "vendor/fonts/source-serif-4-cyrillic.woff2": f"{SERIF}-cyrillic-600-normal.woff2",
}


def source(name: str) -> Path:
    """Return the file that answers for this static name; KeyError for a name not in the table."""
    return Path(settings.NODE_MODULES, VENDOR_FILES[name])


class VendorStorage(FileSystemStorage):
    """The listed files, by their static names; nothing else of the packages can be reached."""

    def path(self, name: str) -> str:
        """Return the path of the package's file behind a static name."""
        return str(source(name))


class VendorFinder(BaseFinder):
    """Finds the listed files of the front-end packages."""

    storage = VendorStorage()

    def check(self, **_kwargs: Any) -> list[CheckMessage]:
        """Warn of files that are not installed, or that a new version has moved."""
        missing = [name for name in VENDOR_FILES if not source(name).exists()]
        hint = "Run `make install`."
        text = "Front-end files are missing: {}."
        message = CheckWarning(text.format(", ".join(missing)), hint=hint, id="config.W001")
        return [message] if missing else []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Return the file behind a static name, as Django's finders do."""
        found = [str(source(path))] if path in VENDOR_FILES and source(path).exists() else []
        return found if find_all else next(iter(found), [])

    def list(self, _ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        """Yield every static name in the table with the storage that opens it."""
        for name in VENDOR_FILES:
            yield name, self.storage


class ManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # untyped
    """Compressed files with their hash in the name.

    Source-map comments are left as they are: the maps are not served, and only a debugger that
    nobody has opened would ask for them.
    """

    patterns = (
        (
            "*.css",
            tuple(
                pattern
                for pattern in CompressedManifestStaticFilesStorage.patterns[0][1]
                if "sourceMappingURL" not in str(pattern)
            ),
        ),
    )
