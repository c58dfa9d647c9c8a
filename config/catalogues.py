"""The catalogues of texts: brought up to the sources, checked, compiled.

`python -m config.catalogues update` reads the sources again (it needs xgettext and msgmerge of GNU
gettext), `compile` writes what the application reads (it needs nothing but Babel, and is what
`make install` calls), `check` says what is wrong, a line each, and exits with 1.
"""

import argparse
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import bidirectional

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "reporting" / "locale"
LOCALES = ("ar", "es", "fr", "id", "ru", "zh_Hans")
# What is no source of texts that a reader sees.
NOT_READ = ("tests", "benchmarks", "docs", "fixtures", "node_modules", "var", "reporting/locale")
TOOLS = ("xgettext", "msgmerge", "msguniq")
_CREATED = re.compile(rb'^"POT-Creation-Date: .*\\n"\n', re.MULTILINE)
_PLACE = re.compile(r"%(?:\((?P<name>\w+)\))?(?P<kind>[sdr%])|%(?=\()")

# In a text from right to left, what is put in its place is kept apart, and so is what is written there:
# else "2-3" becomes "3-2", a day of 2027-04-01 one of 01-04-2027, and a symbol that ends in a number changes
# places with what follows. Addresses stay as they can be copied.
_RIGHT_TO_LEFT = ("ar",)
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
# A text of places alone shows no direction of its own; this sign, which is not seen, gives it one.
_RIGHT_TO_LEFT_MARK = "\u200f"
_TAG_OR_PLACE = re.compile(
    r"</?[a-z][^>]*>|%\((?!url|link)\w+\)[sd](?:/\d+(?:-\d+)*)?|(?<![\w%-])\d+(?:-\d+)+(?![\w-])"
)

Key = tuple[str | None, str]


class CatalogueError(Exception):
    """One sentence for the person who ran the command."""


def path_of(locale: str, folder: Path = LOCALE) -> Path:
    """Return where the catalogue of a language stands."""
    return folder / locale / "LC_MESSAGES" / "django.po"


def read(path: Path) -> Catalog:
    """Return a catalogue, with what stands in it as obsolete apart."""
    with path.open("rb") as file:
        return read_po(file)


def key(message: Message) -> Key:
    """Return by what a text is looked up."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def texts(catalogue: Catalog) -> dict[Key, Message]:
    """Return the texts without the header."""
    return {key(message): message for message in catalogue if message.id}


def update(folder: Path = LOCALE, locales: tuple[str, ...] = LOCALES) -> None:
    """Bring the catalogues of that folder up to the sources; what is no longer in them goes."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        text = f"GNU gettext is needed ({', '.join(missing)}); on Debian: apt install gettext"
        raise CatalogueError(text)
    folder.mkdir(parents=True, exist_ok=True)
    _make_messages(folder, locales)
    for locale in locales:
        path = path_of(locale, folder)
        # A date that changes with every run is a conflict in every branch.
        path.write_bytes(_CREATED.sub(b"", path.read_bytes()))


def _make_messages(folder: Path, locales: tuple[str, ...]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 - compiling runs before there are settings
    from django.core.management import call_command  # noqa: PLC0415 - needs settings, which compiling has not
    from django.core.management.commands import makemessages  # noqa: PLC0415 - needs settings, which compiling has not
    from django.test.utils import override_settings  # noqa: PLC0415 - needs settings, which compiling has not

    django.setup()
    os.chdir(ROOT)
    command = makemessages.Command()
    # The date engine marks what counts by this name, for it knows no Django.
    command.xgettext_options = [*command.xgettext_options, "--keyword=ngettext_noop:1,2"]
    with override_settings(LOCALE_PATHS=[folder]):
        call_command(
            command,
            locale=list(locales),
            ignore_patterns=list(NOT_READ),
            add_location="file",
            no_obsolete=True,
            no_wrap=True,
            verbosity=0,
        )


def compile_all(folder: Path = LOCALE) -> list[str]:
    """Compile what has changed; return the languages that are not complete.

    Such a one is not compiled, so it is not offered: a page in two languages is read aloud wrongly.
    """
    incomplete = []
    for locale in LOCALES:
        path = path_of(locale, folder)
        compiled = path.with_suffix(".mo")
        if not path.exists() or _is_current(compiled, path):
            continue
        catalogue = read(path)
        if any(not is_translated(message) for message in texts(catalogue).values()):
            compiled.unlink(missing_ok=True)
            incomplete.append(locale)
            continue
        if locale in _RIGHT_TO_LEFT:
            _keep_apart(catalogue)
        _write(catalogue, compiled)
    return incomplete


def isolated(text: str) -> str:
    """Return a text from right to left with its places kept apart from what stands beside them.

    >>> isolated('في %(day)s <a href="%(url)s">') == 'في \u2068%(day)s\u2069 <a href="%(url)s">'
    True
    >>> isolated("%(days)s (%(months)s)").startswith("\u200f")
    True
    >>> isolated("مثل 2027-04-01") == "مثل \u20682027-04-01\u2069"
    True
    """
    between = _TAG_OR_PLACE.sub("", text)
    has_direction = between == text or any(
        bidirectional(sign) in {"L", "R", "AL"} for sign in between
    )

    def apart(found: re.Match[str]) -> str:
        kept = found[0]
        return kept if kept.startswith("<") else f"{_FIRST_STRONG_ISOLATE}{kept}{_POP_ISOLATE}"

    return ("" if has_direction else _RIGHT_TO_LEFT_MARK) + _TAG_OR_PLACE.sub(apart, text)


def _keep_apart(catalogue: Catalog) -> None:
    for message in texts(catalogue).values():
        forms = [isolated(form) for form in forms_of(message)]
        message.string = tuple(forms) if isinstance(message.string, tuple | list) else forms[0]


def _is_current(compiled: Path, path: Path) -> bool:
    made_of = (path, Path(__file__))  # what is done to a text is written here
    return compiled.exists() and compiled.stat().st_mtime_ns > max(
        each.stat().st_mtime_ns for each in made_of
    )


def _write(catalogue: Catalog, compiled: Path) -> None:
    """Put the file in its place whole: a process may read it while it is written."""
    new = compiled.with_suffix(".mo.new")
    with new.open("wb") as file:
        write_mo(file, catalogue)
    new.replace(compiled)


def is_translated(message: Message) -> bool:
    """Whether every form of the text has its translation, and nobody has to look at it again."""
    return not message.fuzzy and all(forms_of(message))


def forms_of(message: Message) -> list[str]:
    """Return the translation in each of its forms."""
    said = message.string or ""
    return [said] if isinstance(said, str) else list(said)


def problems(folder: Path = LOCALE) -> Iterator[str]:
    """Go through what is wrong with the catalogues, a sentence each."""
    with TemporaryDirectory() as scratch:
        update(Path(scratch), ("fr",))
        sources = texts(read(path_of("fr", Path(scratch))))
    for locale in LOCALES:
        path = path_of(locale, folder)
        catalogue = read(path)
        known = texts(catalogue)
        for context, text in sources.keys() - known.keys():
            yield f"{locale}: not in the catalogue, run `make messages`: {_shown(context, text)}"
        for context, text in known.keys() - sources.keys():
            yield f"{locale}: not in the sources, run `make messages`: {_shown(context, text)}"
        for gone in catalogue.obsolete.values():
            yield f"{locale}: obsolete: {_shown(*key(gone))}"
        for (context, text), message in known.items():
            for fault in faults(message, forms=catalogue.num_plurals):
                yield f"{locale}: {fault}: {_shown(context, text)}"


def faults(message: Message, *, forms: int) -> Iterator[str]:
    """Go through what is wrong with one text and its translation."""
    if message.fuzzy:
        yield "fuzzy"
    if not is_translated(message):
        yield "not translated"
        return
    originals = [message.id] if isinstance(message.id, str) else list(message.id)
    said = forms_of(message)
    if len(originals) > 1 and len(said) != forms:
        yield f"{len(said)} forms where the language has {forms}"
    wanted = places(originals[-1])
    # What counts may be left out where a form is of one number only: "one day", "two days".
    may_lack = 1 if len(originals) > 1 else 0
    for form in said:
        found = places(form)
        if found - wanted or len(wanted - found) > may_lack:
            yield f"other places than {sorted(wanted)}"
    yield from _edges(originals[0], said)


def _edges(original: str, said: list[str]) -> Iterator[str]:
    """Compare the line breaks at both ends."""
    if any(form.startswith("\n") != original.startswith("\n") for form in said):
        yield "begins with another line break"
    if any(form.endswith("\n") != original.endswith("\n") for form in said):
        yield "ends with another line break"


def places(text: str) -> set[str]:
    """Return what has to stand in the text, and the tags that it has.

    >>> sorted(places("%(count)s of %(all)d, <strong>100 %%</strong>"))
    ['%%', '%(all)d', '%(count)s', '</strong>', '<strong>']
    """
    return {found[0] for found in _PLACE.finditer(text)} | set(
        re.findall(r"</?[A-Za-z]\w*[^>]*>", text)
    )


def _shown(context: str | None, text: str) -> str:
    return f"[{context}] {text!r}" if context else repr(text)


def main() -> int:
    """Do what the command line says; return 0, or 1 where there is a problem."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", choices=("update", "compile", "check"))
    what = parser.parse_args().what
    try:
        if what == "update":
            update()
        elif what == "compile":
            for locale in compile_all():
                sys.stdout.write(f"The catalogue {locale} is not complete: it is not offered.\n")
        else:
            found = list(problems())
            sys.stderr.writelines(f"{problem}\n" for problem in found)
            return int(bool(found))
    except CatalogueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
