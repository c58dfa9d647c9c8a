"""Names of States in every language, as the United Nations writes them, and as people search them.

Three layers, the first that has a name counts: ``data/state_names.csv``, the names of the States
parties to the treaties as UN documents write them (UNTERM; recalled, and for Indonesian after Unicode
CLDR); django-countries, for what else it knows in the UN's languages; Unicode CLDR through Babel, for
Indonesian. Searches know more: the names of Unicode CLDR in all seven languages
and in traditional Chinese through Babel, and the variants that Babel leaves out ("Ivory Coast"), in ``data/other_names.csv``.
docs/decisions/0021 says why.
"""

import csv
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from django.utils.translation import get_language, override
from django_countries import countries

# What stands between the names and codes in which searches look; no name contains it.
BETWEEN = "|"
_DATA = Path(__file__).parent / "data"
_LIBRARY = ("en", "fr", "es", "ar", "ru", "zh-hans")
_INDONESIAN = "id"
_TRADITIONAL = "zh-hant"
# What stretches an Arabic word, and signs without width.
_NO_LETTERS = dict.fromkeys(map(ord, "\u0640\u200b\u200c\u200d\u2060\ufeff"))
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc]")


@cache
def _of_the_un() -> dict[str, dict[str, str]]:
    with (_DATA / "state_names.csv").open(encoding="utf-8", newline="") as file:
        return {row.pop("iso3"): row for row in csv.DictReader(file)}


@cache
def _variants() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with (_DATA / "other_names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["iso3"], []).append(row["name"])
    return found


def searchable(text: str) -> str:
    r"""Return the text without accents, capitals and punctuation, as names are searched.

    A text of nothing else stays, so that it finds nothing instead of everything.

    The line that stretches Arabic words is no letter, nor is a sign without width that was pasted along, and short vowels are accents.

    >>> searchable("Côte d'Ivoire"), searchable("Guinea-Bissau"), searchable("Египет"), searchable("?!")
    ('cote d ivoire', 'guinea bissau', 'египет', '?!')
    >>> searchable("مِـصْر") == "مصر"
    True
    >>> searchable("Indo\u200bnesia\ufeff")
    'indonesia'
    """
    decomposed = unicodedata.normalize("NFKD", text).translate(_NO_LETTERS)
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()
    return re.sub(r"[\W_]+", " ", plain).strip() or plain


@lru_cache(maxsize=512)
def names_of(iso3: str) -> dict[str, str]:
    """Return the names of a State by language, as the libraries have them: for searching only."""
    alpha2 = countries.alpha2(iso3)
    names = {}
    for language in _LIBRARY:
        with override(language):
            names[language] = str(countries.name(alpha2))
    names[_INDONESIAN] = str(Locale(_INDONESIAN).territories.get(alpha2, ""))
    return {language: name for language, name in names.items() if name}


def name_and_number(iso3: str) -> tuple[str, str]:
    """Return the English name and the M49 code of a State that the library knows, or nothing.

    >>> name_and_number("NIU"), name_and_number("XXX")
    (('Niue', '570'), ('', ''))
    """
    alpha2 = countries.alpha2(iso3)
    if not alpha2:
        return "", ""
    return english_name(iso3), countries.numeric(alpha2, padded=True) or ""


def english_name(iso3: str) -> str:
    """Return the English name of a State that a library knows, as the UN writes it.

    >>> english_name("PRK"), english_name("VNM")
    ("Democratic People's Republic of Korea", 'Viet Nam')
    """
    return _of_the_un().get(iso3, {}).get("en") or names_of(iso3)["en"]


def all_names(iso3: str) -> tuple[str, ...]:
    """Return every name by which people may know the State, each once."""
    of_the_un = _of_the_un().get(iso3, {}).values()
    named = (*of_the_un, *names_of(iso3).values(), *_of_cldr(iso3), *_variants().get(iso3, ()))
    return tuple(dict.fromkeys(named))


@lru_cache(maxsize=512)
def _of_cldr(iso3: str) -> tuple[str, ...]:
    alpha2 = countries.alpha2(iso3)
    locales = (Locale.parse(each, sep="-") for each in (*_LIBRARY, _INDONESIAN, _TRADITIONAL))
    named = (str(locale.territories.get(alpha2, "")) for locale in locales)
    return tuple(filter(None, named))


def search_text(*, iso3: str, m49: str, name: str) -> str:
    """Return what searches look in: the codes, and the names in every language that is known.

    >>> search_text(iso3="FJI", m49="242", name="Fiji")
    '|fiji|fji|fj|242|fidji|فيجي|фиджи|斐济|fiyi|斐濟|'
    """
    alpha2 = countries.alpha2(iso3)
    found = (
        name,
        iso3,
        alpha2,
        m49,
        *all_names(iso3),
        *countries.OLD_NAMES.get(alpha2, ()),
    )
    written = [str(each) for each in found if each]
    # As people type it who leave the apostrophe out: "cote divoire".
    joined = [_APOSTROPHES.sub("", each) for each in written if _APOSTROPHES.search(each)]
    folded = dict.fromkeys(map(searchable, (*written, *joined)))
    return f"{BETWEEN}{BETWEEN.join(folded)}{BETWEEN}"


def name_of_state(iso3: str, name: str, *, language: str = "") -> str:
    """Return the name as the UN writes it in the language, or the reader's; ``name`` where it is not known."""
    language = language or get_language() or "en"
    if language.startswith("en"):
        return name
    of_the_un = _of_the_un().get(iso3, {}).get(language)
    return of_the_un or names_of(iso3).get(language) or name
