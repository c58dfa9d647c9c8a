"""The languages in which pages are shown: those whose catalogue of texts there is."""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import to_locale


def offered(languages: Iterable[str], folder: Path) -> list[str]:
    """Return English, in which the texts are written, and what has a compiled catalogue there."""
    return [code for code in languages if code == "en" or _catalogue(code, folder).is_file()]


def _catalogue(code: str, folder: Path) -> Path:
    return folder / to_locale(code) / "LC_MESSAGES" / "django.mo"
