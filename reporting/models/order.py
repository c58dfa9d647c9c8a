"""The order of the names of States in the reader's language.

A database sorts by code points or by its own language: "Égypte" after "Zimbabwe", Chinese by radicals.
So each State keeps, for every language, the place of its name among the names of the world, which any
database sorts alike. docs/decisions/0021 says why, and how it compares with ICU.
"""

import re
from bisect import bisect_left
from functools import cache
from typing import Any

from django.db.models import F
from django.utils.deconstruct import deconstructible
from django.utils.translation import get_language, override
from django_countries import countries

from reporting.models.names import english_name, name_of_state, searchable

Key = tuple[object, ...]
ENGLISH, CHINESE = "en", "zh-hans"
FIELDS = {
    ENGLISH: "place_en",
    "fr": "place_fr",
    "es": "place_es",
    "ar": "place_ar",
    "ru": "place_ru",
    CHINESE: "place_zh_hans",
    "id": "place_id",
}
# Letters of their own, which are a letter and a mark by their code points: each comes after the plain one.
_OWN_LETTERS = str.maketrans({"ñ": "n龥", "й": "и龥"})
_ARTICLE = re.compile(r"^ال")


def place_field() -> str:
    """Return which field of a State holds the place of its name in the reader's language."""
    return FIELDS.get(get_language() or ENGLISH, FIELDS[ENGLISH])


@deconstructible(path="reporting.models.order.ByName")
class ByName(F):
    """Sorts States by the reader's language, asked when the query is made, not when it is written."""

    def __init__(self) -> None:
        """Refer to no field yet."""
        super().__init__("")

    @property
    def name(self) -> str:
        """The field that holds the places."""
        return place_field()

    @name.setter
    def name(self, value: str) -> None:
        pass


def places(iso3: str, name: str) -> dict[str, int]:
    """Return by field the place of a State's name in each language; ``name`` is the English one.

    A State that no library knows stands where its English name would.
    """
    found = {}
    for language, field in FIELDS.items():
        with override(language):
            key = alphabetical(name_of_state(iso3, name), language)
        found[field] = bisect_left(_keys(language), key)
    return found


@cache
def _keys(language: str) -> list[Key]:
    codes = filter(None, (countries.alpha3(country.code) for country in countries))
    with override(language):
        named = (name_of_state(code, english_name(code)) for code in codes)
        return sorted(alphabetical(each, language) for each in named)


def alphabetical(name: str, language: str) -> Key:
    """Return by what the name is sorted in that language.

    Accents do not count, nor does the Arabic article; Chinese goes by pinyin and tone.

    >>> sorted(["Fidji", "Égypte", "Équateur", "Espagne"], key=lambda each: alphabetical(each, "fr"))
    ['Égypte', 'Équateur', 'Espagne', 'Fidji']
    >>> alphabetical("秘鲁", "zh-hans")
    ('bi', '4', '秘', 'lu', '3', '鲁')
    """
    if language == CHINESE:
        return _by_pinyin(name.strip())
    folded = name.casefold().translate(_OWN_LETTERS)
    return (searchable(_ARTICLE.sub("", folded)),)


def _by_pinyin(name: str) -> Key:
    # Some 58 MB of dictionaries, which only a process that saves a State needs.
    from pypinyin import Style, pinyin  # noqa: PLC0415 - said above

    of_no_sign: Any = list  # what is no Chinese sign stands for itself
    read = pinyin(name, style=Style.TONE3, neutral_tone_with_five=True, errors=of_no_sign)
    signs = zip(name, read, strict=True)
    return tuple(
        part for sign, (said, *_) in signs for part in (said.rstrip("12345"), said[-1], sign)
    )
