"""Which State a participant of the Treaty Collection is, by the names that the libraries have."""

from functools import cache

from babel import Locale
from django.utils.translation import override
from django_countries import countries
from django_countries.data import COUNTRIES

from reporting.models.names import searchable

_NO_WORDS = {"of", "the", "and"}
Key = tuple[str, ...]


def code_of(name: str) -> str:
    """Return the ISO alpha-3 code of the State of that English name; empty where none is known.

    The order of the words makes no difference, nor do earlier names.

    >>> code_of("Bolivia (Plurinational State of)"), code_of("Republic of Korea"), code_of("Turkey")
    ('BOL', 'KOR', 'TUR')
    >>> code_of("European Union")
    ''
    """
    return _codes().get(_key(name), "")


@cache
def _codes() -> dict[Key, str]:
    """Return the codes by the words of each name that only one State has."""
    found: dict[Key, set[str]] = {}
    with override("en"):
        for code, name in _names():
            found.setdefault(_key(name), set()).add(code)
    return {key: countries.alpha3(*codes) for key, codes in found.items() if len(codes) == 1}


def _names() -> list[tuple[str, str]]:
    known: list[tuple[str, str]] = [(code, str(name)) for code, name in countries]
    # Beside the usual names the library has those of ISO 3166, which are nearer to the UN's.
    known += [(code, str(name)) for code, name in COUNTRIES.items()]
    known += [
        (code, name) for code, names in countries.OLD_NAMES.items() for name in map(str, names)
    ]
    codes = {code for code, _name in known}
    in_babel = Locale("en").territories.items()
    return known + [(code, name) for code, name in in_babel if code in codes]


def _key(name: str) -> Key:
    return tuple(sorted(word for word in searchable(name).split() if word not in _NO_WORDS))
