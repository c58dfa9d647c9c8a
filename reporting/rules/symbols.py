"""Symbols of documents about the reports of one State: CMW/C/IDN/2-3, CMW/C/IDN/CO/2/Add.1."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self

from reporting.rules.errors import RulesError
from reporting.rules.facts import span
from reporting.rules.regimes import REGIMES, SYMBOL_ROOTS
from reporting.rules.saying import gettext_noop, say


class SymbolError(RulesError):
    """The text is not the symbol of such a document."""


class DocumentKind(StrEnum):
    """What the document is; the value stands in the symbol, and a report has none."""

    REPORT = ""
    LIST_OF_ISSUES = "Q"
    LIST_OF_ISSUES_PRIOR = "QPR"
    REPLIES = "RQ"
    CONCLUDING_OBSERVATIONS = "CO"
    FOLLOW_UP = "FCO"


_TREATIES = {root: treaty for treaty, root in SYMBOL_ROOTS.items()}
_FORM = re.compile(
    r"(?P<root>[A-Z]{3,5}/C|E/C\.12)/(?P<iso3>[A-Z]{3})/(?:(?P<kind>QPR|FCO|RQ|CO|Q)/)?"
    r"(?P<first>[1-9]\d?)(?:-(?P<last>[1-9]\d?))?(?P<parts>(?:/(?:ADD|REV|CORR)\.[1-9]\d?)*)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """A document symbol in its parts; ``parts`` are addenda, revisions and corrigenda, in order."""

    treaty: str
    iso3: str
    kind: DocumentKind
    first: int
    last: int
    parts: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a symbol, in capitals or not; raise SymbolError for anything else.

        >>> Symbol.parse("cmw/c/syr/2-3").last
        3
        >>> str(Symbol.parse("CMW/C/ALB/Q/1/add.1"))
        'CMW/C/ALB/Q/1/Add.1'
        """
        found = _FORM.fullmatch("".join(text.split()).upper())
        first, last = (
            (int(found["first"]), int(found["last"] or found["first"])) if found else (0, 0)
        )
        if found is None or last < first:
            message = gettext_noop(
                "“%(text)s” is not the symbol of a document about a report of a State."
            )
            raise SymbolError(say(message, text=text))
        return cls(
            treaty=_TREATIES.get(found["root"], found["root"].removesuffix("/C")),
            iso3=found["iso3"],
            kind=DocumentKind(found["kind"] or ""),
            first=first,
            last=last,
            parts=tuple(part.capitalize() for part in found["parts"].split("/") if part),
        )

    def __str__(self) -> str:
        """Write the symbol as documents print it."""
        kind = (self.kind.value,) if self.kind.value else ()
        return "/".join(
            (root_of(self.treaty), self.iso3, *kind, span(self.first, self.last), *self.parts)
        )


class LooseSymbol(NamedTuple):
    """What somebody typed of a symbol: a State, and the rest without its strokes, as in ``CO1``.

    Older symbols name no State: CRC/C/3/Add.10 is the tenth of all reports of its year.
    """

    iso3: str
    rest: str

    @classmethod
    def parse(cls, text: str, *, treaty: str) -> Self | None:
        """Read a symbol however it was typed; return ``None`` for what does not look like one.

        A State alone is one only where the root is before it.

        >>> LooseSymbol.parse("cmw c egy 2", treaty="CMW")
        LooseSymbol(iso3='EGY', rest='2')
        >>> LooseSymbol.parse("CMW/C/COL/CO/1/Add.1", treaty="CMW")
        LooseSymbol(iso3='COL', rest='CO1ADD1')
        >>> LooseSymbol.parse("cmwcidn2-3", treaty="CMW").rest
        '23'
        >>> LooseSymbol.parse("crc/c/3/add 10", treaty="CRC")
        LooseSymbol(iso3='', rest='3ADD10')
        >>> LooseSymbol.parse("Egypt", treaty="CMW"), LooseSymbol.parse("CRC/C/3", treaty="CMW")
        (None, None)
        """
        compact, root = _compact(text), _compact(root_of(treaty))
        if series := _SERIES.fullmatch(compact):
            return cls("", series[2]) if series[1] in {root, treaty} else None
        form = rf"(?:{root}|{treaty}|C)?((?!QPR|FCO)[A-Z]{{3}})((?:QPR|FCO|RQ|CO|Q)?\d[A-Z\d]*)"
        found = re.fullmatch(form, compact) or re.fullmatch(rf"{root}([A-Z]{{3}})()", compact)
        return cls(found[1], found[2]) if found else None

    @staticmethod
    def has_root(text: str, *, treaty: str) -> bool:
        """Whether what was typed begins as the symbols of that treaty do, and so is of no other one.

        >>> LooseSymbol.has_root("cmw/c/idn/1", treaty="CMW"), LooseSymbol.has_root("idn 1", treaty="CMW")
        (True, False)
        """
        return _compact(text).startswith((treaty, _compact(SYMBOL_ROOTS.get(treaty, treaty))))

    def pattern(self, *, treaty: str) -> str:
        """Return the regular expression of the symbols under that treaty that begin so, in any case.

        >>> pattern = LooseSymbol("", "3ADD1").pattern(treaty="CRC")
        >>> bool(re.match(pattern, "CRC/C/3/ADD.10")), bool(re.match(pattern, "CRC/C/IDN/3/ADD.1"))
        (True, False)
        """
        return rf"^{re.escape(root_of(treaty))}/{'[^A-Za-z0-9]*'.join(self.iso3 + self.rest)}"


def root_of(treaty: str) -> str:
    """Return how the symbols of the treaty begin.

    >>> root_of("CMW"), root_of("CESCR")
    ('CMW/C', 'E/C.12')
    """
    return SYMBOL_ROOTS.get(treaty, f"{treaty}/C")


def _compact(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


_ROOTS = {each for code in REGIMES for each in (code, _compact(root_of(code)))}
_SERIES = re.compile(rf"({'|'.join(_ROOTS)})(\d[A-Z\d]*)", re.ASCII)
