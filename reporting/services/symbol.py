"""Document symbols: of the right treaty, State, kind and reports, or refused in a sentence."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reporting.models import StateParty
from reporting.rules.facts import span
from reporting.rules.symbols import DocumentKind, Symbol, SymbolError


def clean_symbol(
    text: str,
    *,
    party: StateParty,
    kinds: Collection[DocumentKind],
    reports: tuple[int, int] | None = None,
) -> str:
    """Return the symbol as documents print it, or nothing for nothing.

    Raise ValidationError where it is of another form, State, treaty or kind, or about others than
    these reports; ``None`` lets it be about any.
    """
    if not text.strip():
        return ""
    symbol = _parsed(text, party)
    if (symbol.treaty, symbol.iso3) != (party.treaty.code, party.state.iso3):
        message = _("%(symbol)s is a document of another State or treaty: write %(root)s/…")
        raise _refused(message, symbol=symbol, root=_root(party))
    if symbol.kind not in kinds:
        message = _("%(symbol)s is the symbol of another kind of document.")
        raise _refused(message, symbol=symbol)
    if reports and (symbol.first, symbol.last) != reports:
        message = _("%(symbol)s is about report %(its)s, but this covers report %(reports)s.")
        its = span(symbol.first, symbol.last)
        raise _refused(message, symbol=symbol, its=its, reports=span(*reports))
    return str(symbol)


def _parsed(text: str, party: StateParty) -> Symbol:
    try:
        return Symbol.parse(text)
    except SymbolError as error:
        message = _(
            "“%(text)s” is not a document symbol: write it as in %(root)s/2 or %(root)s/2-3."
        )
        raise _refused(message, text=text, root=_root(party)) from error


def _root(party: StateParty) -> str:
    return f"{party.treaty.code}/C/{party.state.iso3}"


def _refused(message: str, **places: object) -> ValidationError:
    return ValidationError(message, code="symbol", params=places)
