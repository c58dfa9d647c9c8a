"""A language that nobody speaks: every text accented, longer by two fifths, between brackets.

What a page shows outside of the brackets is not translatable; what it shows without the closing one
is cut. It goes by the code of an English that no catalogue has, so that everything else works.
"""

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import django
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from django.apps import apps
from django.conf import LazySettings

from config.catalogues import LOCALE, path_of, read, texts, update

CODE = "en-150"
OPEN, CLOSE = "⟦", "⟧"
_ACCENTED = str.maketrans(
    "AaCcDdEeGgHhIiKkLlNnOoRrSsTtUuYyZz", "ÀáÇćÐđÈéĜğĤħÌíĶķĹłÑñÒóŔŕŠšŤťÙúÝýŽž"
)
# What has to stay as it is: places, entities, tags.
_KEPT = re.compile(r"(%(?:\(\w+\))?[sdr]|%%|\{\w*\}|&\w+;|<[^>]+>)")
_LONGER = 0.4
_WORD = 9


def pseudo(text: str, *, longer: float = _LONGER) -> str:
    """Return the text in the language.

    >>> pseudo("%(count)s reports")
    '⟦%(count)s ŕépóŕťš~~~⟧'
    """
    parts = _KEPT.split(text)
    said = "".join(
        each.translate(_ACCENTED) if at % 2 == 0 else each for at, each in enumerate(parts)
    )
    letters = sum(len(each) for each in parts[::2])
    core = said.strip("\n")
    padding = _padding(round(letters * longer))
    return said.replace(core, f"{OPEN}{core}{padding}{CLOSE}", 1) if core else said


def _padding(length: int) -> str:
    """Return so many signs, in words: the first one makes the last word longer."""
    return "".join(" " if at % _WORD == _WORD - 1 else "~" for at in range(length))


def offer(settings: LazySettings, folder: Path) -> None:
    """Offer the language, for which ``compiled`` has put its catalogue into the folder."""
    settings.LANGUAGES = [*settings.LANGUAGES, (CODE, "Pseudo")]
    settings.LANGUAGES_OFFERED = ["en", CODE]
    settings.LOCALE_PATHS = [folder]


def compiled(folder: Path) -> Path:
    """Compile a catalogue of our texts, as the sources have them, and of those of the libraries."""
    ours = path_of("fr", LOCALE)
    if shutil.which("xgettext"):
        update(folder, ("fr",))
        ours = path_of("fr", folder)
    made = Catalog(locale="en_150", domain="django")
    for path in [*_of_libraries(), ours]:
        # Names of months are as long as anywhere: a date of two brackets is long enough.
        longer = _LONGER if path == ours else 0
        for message in texts(read(path)).values():
            ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
            said = tuple(pseudo(each, longer=longer) for each in ids)
            string = said if len(said) > 1 else said[0]
            made.add(message.id, string, context=message.context)
    target = folder / "en_150" / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, made)
    return folder


def library_texts() -> set[tuple[str | None, str]]:
    """Return what libraries look up."""
    return {key for path in _of_libraries() for key in texts(read(path))}


def _of_libraries() -> Iterator[Path]:
    homes = [
        Path(django.__file__).parent / "conf",
        *(Path(app.path) for app in apps.get_app_configs()),
    ]
    for home in homes:
        for locale in ("en", "fr", "de"):
            path = home / "locale" / locale / "LC_MESSAGES" / "django.po"
            if path.exists() and home.name != "reporting":
                yield path
                break


def outside(text: str) -> str:
    """Return what stands outside of all brackets.

    >>> outside("⟦a ⟦b⟧ c⟧ d ⟦e⟧")
    ' d '
    """
    return _parted(text, 0)[0]


def _parted(text: str, depth: int) -> tuple[str, str, int]:
    """Return what stands outside of brackets, what between them, and how deep its end is."""
    found: tuple[list[str], list[str]] = ([], [])
    for sign in text:
        depth = max(0, depth + (sign == OPEN) - (sign == CLOSE))
        if sign not in (OPEN, CLOSE):
            found[depth > 0].append(sign)
    return "".join(found[0]), "".join(found[1]), depth


def plain(between: str) -> str:
    """Return what of the text between brackets is written as no text of a catalogue is.

    It came in through a place, as it is.

    >>> plain("bý the review óf")
    'the review'
    """
    words = re.findall(r"[^\W\d_]+", between)
    return " ".join(word for word in words if any(ord(sign) in _ACCENTED for sign in word))


class Outside(HTMLParser):
    """What of a page somebody sees or hears, and stands outside of all brackets."""

    ATTRIBUTES = frozenset({"title", "alt", "aria-label", "placeholder", "data-label"})
    SILENT = frozenset({"script", "style"})
    EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr", "path"})

    def __init__(self, html: str) -> None:
        """Read the page."""
        super().__init__()
        self.texts: list[str] = []
        self.between: list[str] = []
        # Elements that are not read, with the elements in them: scripts, and what is not translated.
        self._inside: list[str] = []
        self._depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.texts += [outside(value or "") for name, value in attrs if name in self.ATTRIBUTES]
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.texts.append(outside(given.get("value") or ""))
        if (self._inside and tag not in self.EMPTY) or self._is_silent(tag, given):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def _is_silent(self, tag: str, given: dict[str, str | None]) -> bool:
        return tag in self.SILENT or given.get("translate") == "no"

    def handle_data(self, data: str) -> None:
        if not self._inside:
            # A sentence goes on behind a tag that stands in it.
            found, between, self._depth = _parted(data, self._depth)
            self.texts.append(found)
            self.between.append(between)
