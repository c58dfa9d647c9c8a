"""Signs that do not belong in a name: they break lines, or show another text than it is."""

import unicodedata

from reporting.models.text import TURNING

_INVISIBLE = {"Cc", "Cn", "Cs", "Zl", "Zp"}


def _is_plain(sign: str) -> bool:
    return unicodedata.category(sign) not in _INVISIBLE and sign not in TURNING


def is_plain(text: str) -> bool:
    r"""Whether the text stands on one line and reads as it is.

    >>> is_plain("Siti Nurhaliza"), is_plain("Siti\nBcc: all"), is_plain("\u202egnp.exe")
    (True, False, False)
    """
    return all(_is_plain(sign) for sign in text)


def plain(text: str) -> str:
    r"""Return the text without such signs, its spaces drawn together.

    >>> plain(" annual\t report\u202e ")
    'annual report'
    """
    kept = "".join(sign if _is_plain(sign) else " " for sign in unicodedata.normalize("NFC", text))
    return " ".join(kept.split())
