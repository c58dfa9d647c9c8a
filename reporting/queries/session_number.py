"""Reading the number of a session as people write it: "39th session", "39-я сессия", "第三十九届会议"."""

import re
import unicodedata

# Words that stand beside the number, as ``searchable`` leaves them: without accents and full stops.
_ENGLISH = ("session", "sessions", "st", "nd", "rd", "th", "the")
_FRENCH = ("session", "e", "eme", "er", "ere")
_SPANISH = ("sesion", "periodo", "de", "sesiones", "num", "no", "o", "a")
_RUSSIAN = ("сессия", "сессии", "сессию", "я", "и", "ю")
_ARABIC = ("الدورة", "دورة")
_IN_CHINESE = ("第", "届", "届会", "届会议", "会议")
_INDONESIAN = ("sesi", "ke")
_WORDS = frozenset(
    {*_ENGLISH, *_FRENCH, *_SPANISH, *_RUSSIAN, *_ARABIC, *_IN_CHINESE, *_INDONESIAN}
)
_CHINESE = "一二三四五六七八九十百"
_PART = re.compile(rf"\d+|[{_CHINESE}]+|[^\W\d{_CHINESE}]+")
_TEN = 10


def session_number(folded: str) -> int | None:
    """Return the number that a text names, where it names one and nothing else.

    >>> session_number("39 я сессия"), session_number("第三十九届会议"), session_number("sesi ke 39")
    (39, 39, 39)
    >>> session_number("39 40"), session_number("guinea 39"), session_number("session")
    (None, None, None)
    """
    parts = _PART.findall(folded)
    numbers = [part for part in parts if part.isdecimal() or part[0] in _CHINESE]
    if len(numbers) != 1 or not _WORDS.issuperset(set(parts) - set(numbers)):
        return None
    return int(numbers[0]) if numbers[0].isdecimal() else _chinese(numbers[0])


def _chinese(text: str) -> int:
    """Return a number below a thousand: a digit before ten or a hundred counts these.

    >>> _chinese("十"), _chinese("二十"), _chinese("三十九"), _chinese("一百一十")
    (10, 20, 39, 110)
    """
    total = digit = 0
    for sign in text:
        value = int(unicodedata.numeric(sign))
        if value < _TEN:
            digit = value
        else:
            total, digit = total + (digit or 1) * value, 0
    return total + digit
