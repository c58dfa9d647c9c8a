"""Document symbols: of the right treaty, State, kind and reports, or refused in a sentence."""

import re
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reporting.models import (
    CommitteeDecision,
    DecisionKind,
    Review,
    StateParty,
    Submission,
    SubmissionKind,
)
from reporting.rules.facts import span
from reporting.rules.symbols import DocumentKind, Symbol, SymbolError

Kinds = tuple[DocumentKind, ...]
# Of which kind the document of a fact can be; any, where it does not say.
SUBMITTED: dict[str, Kinds] = {
    SubmissionKind.REPORT: (DocumentKind.REPORT, DocumentKind.REPLIES),
    SubmissionKind.FOLLOW_UP: (DocumentKind.FOLLOW_UP,),
    SubmissionKind.REPLIES: (DocumentKind.REPLIES, DocumentKind.LIST_OF_ISSUES),
}
DECIDED: dict[str, Kinds] = {
    DecisionKind.LIST_OF_ISSUES: (DocumentKind.LIST_OF_ISSUES,),
    # Mali's was published as CMW/C/MLI/Q/2.
    DecisionKind.LIST_OF_ISSUES_PRIOR: (
        DocumentKind.LIST_OF_ISSUES_PRIOR,
        DocumentKind.LIST_OF_ISSUES,
    ),
}
REVIEWED: Kinds = (DocumentKind.CONCLUDING_OBSERVATIONS,)
_ABOUT_A_STATE = re.compile(r"\s*(?:[A-Z]{3,5}/C|E/C\.12)/[A-Z]{3}\b", re.IGNORECASE | re.ASCII)


def refuse_symbol(fact: Submission | Review | CommitteeDecision) -> None:
    """Write the symbol of a fact as documents print it; raise ValidationError for another's."""
    party = fact.state_party
    try:
        fact.symbol = printed_symbol(
            fact.symbol, party=party, kinds=_kinds(fact), reports=_reports(fact)
        )
    except ValidationError as error:
        raise ValidationError({"symbol": error}) from error


def _kinds(fact: Submission | Review | CommitteeDecision) -> Kinds:
    if isinstance(fact, Review):
        return REVIEWED
    return (SUBMITTED if isinstance(fact, Submission) else DECIDED).get(fact.kind, ())


def _reports(fact: Submission | Review | CommitteeDecision) -> tuple[int, int] | None:
    """Return which reports the symbol has to name, where it has to.

    A document may bear another number than it should: that is true, and has its reason.
    """
    if not isinstance(fact, Submission) or fact.accepted_because:
        return None
    return reports_named(fact.kind, fact.first_report, fact.last_report)


def reports_named(kind: str, first: int | None, last: int | None) -> tuple[int, int] | None:
    """Return the reports that a symbol has to name; an additional report has a number of its own."""
    if kind == SubmissionKind.ADDITIONAL_REPORT or first is None or last is None:
        return None
    return first, last


def printed_symbol(
    text: str,
    *,
    party: StateParty,
    kinds: Collection[DocumentKind] = (),
    reports: tuple[int, int] | None = None,
) -> str:
    """Return the symbol of what is on record as documents print it.

    A text that does not look like the symbol of a document about one State is left as it is. Raise
    ValidationError where it is of another State, treaty or kind, or about others than these reports.
    """
    if not _ABOUT_A_STATE.match(text):
        return text
    example = _example(party, kinds)
    try:
        symbol = Symbol.parse(text)
    except SymbolError as error:
        message = _("“%(symbol)s” is not the symbol of a document; write it as in %(example)s.")
        raise _refused(message, symbol=text, example=example) from error
    places = {"symbol": symbol, "state": party.state, "example": example}
    if symbol.treaty != party.treaty.code:
        message = _("%(symbol)s is under another treaty; here it is as in %(example)s.")
        raise _refused(message, **places)
    if symbol.iso3 != party.state.iso3:
        message = _(
            "%(symbol)s is about another State; for %(state)s it would be as in %(example)s."
        )
        raise _refused(message, **places)
    if kinds and symbol.kind not in kinds:
        message = _("%(symbol)s is another kind of document; here it is as in %(example)s.")
        raise _refused(message, **places)
    if reports and (symbol.first, symbol.last) != reports:
        message = _("%(symbol)s is about report %(its)s, but this is report %(reports)s.")
        its = span(symbol.first, symbol.last)
        raise _refused(message, symbol=symbol, its=its, reports=span(*reports))
    return str(symbol)


def _example(party: StateParty, kinds: Collection[DocumentKind]) -> Symbol:
    kind = next(iter(kinds), DocumentKind.CONCLUDING_OBSERVATIONS)
    code, iso3 = party.treaty.code, party.state.iso3
    return Symbol(treaty=code, iso3=iso3, kind=kind, first=1, last=1)


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
