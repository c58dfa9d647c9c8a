"""What would contradict the facts of a State party, said at the field before a service refuses it."""

import re
from collections.abc import Collection, Iterable
from datetime import date

from django import forms
from django.utils.translation import gettext as _

from reporting.forms.dates import say_date
from reporting.models import StateParty
from reporting.rules.partial_date import PartialDate
from reporting.rules.symbols import DocumentKind, Symbol, SymbolError

_ABOUT_A_STATE = re.compile(r"\s*(?:[A-Z]{3,5}/C|E/C\.12)/[A-Z]{3}\b", re.IGNORECASE | re.ASCII)


def not_in_future(form: forms.BaseForm, names: Iterable[str], *, as_at: date) -> None:
    """Refuse what cannot have happened yet."""
    for name in names:
        given = form.cleaned_data.get(name)
        if given and given.first_day > as_at:
            text = _("%(day)s lies ahead: record it when it has happened.")
            form.add_error(name, text % {"day": say_date(given)})


def not_before_deposit(form: forms.BaseForm, names: Iterable[str], *, party: StateParty) -> None:
    """Refuse what the Committee cannot have decided about a State that was no party."""
    text = _("%(day)s lies before the deposit of %(state)s, %(start)s.")
    _not_before(form, names, party.deposited_on, text, party)


def not_before_entry_into_force(
    form: forms.BaseForm, names: Iterable[str], *, party: StateParty
) -> None:
    """Refuse what cannot have happened before the treaty bound the State."""
    text = _("%(day)s lies before the treaty entered into force for %(state)s, %(start)s.")
    _not_before(form, names, party.entry_into_force, text, party)


def _not_before(
    form: forms.BaseForm, names: Iterable[str], start: PartialDate, text: str, party: StateParty
) -> None:
    for name in names:
        given = form.cleaned_data.get(name)
        if given and given.last_day < start.first_day:
            places = {"day": say_date(given), "state": party.state, "start": say_date(start)}
            form.add_error(name, text % places)


def in_order(form: forms.BaseForm, earlier: str, later: str) -> None:
    """Refuse a later event that certainly lies before an earlier one."""
    first, last = form.cleaned_data.get(earlier), form.cleaned_data.get(later)
    if first and last and last.last_day < first.first_day:
        text = _("%(day)s lies before the date given for “%(earlier)s”, %(start)s.")
        places = {
            "day": say_date(last),
            "earlier": form.fields[earlier].label,
            "start": say_date(first),
        }
        form.add_error(later, text % places)


def reports_forward(form: forms.BaseForm, *, required: bool) -> None:
    """Refuse reports that are half named, below one or backwards."""
    first, last = (form.cleaned_data.get(name) for name in ("first_report", "last_report"))
    if "first_report" in form.errors or "last_report" in form.errors:
        return
    if first is None and (last is not None or required):
        form.add_error("first_report", _("Say which report this is about: 1 is the initial one."))
    elif first is not None and last is None:
        form.add_error(
            "last_report", _("Say up to which report; the same number for a single one.")
        )
    elif first is not None and first < 1:
        form.add_error("first_report", _("The first report has number 1."))
    elif first is not None and last is not None and last < first:
        text = _("The reports run backwards: %(last)s comes before %(first)s.")
        form.add_error("last_report", text % {"first": first, "last": last})


def symbol_of(
    form: forms.BaseForm, name: str, *, party: StateParty, kinds: Collection[DocumentKind] = ()
) -> None:
    """Write the symbol as documents print it; refuse that of another State, treaty or document.

    A text that does not look like the symbol of a document about one State is left as it is.
    """
    given = form.cleaned_data.get(name) or ""
    if not _ABOUT_A_STATE.match(given):
        return
    try:
        symbol = Symbol.parse(given)
    except SymbolError:
        text = _("“%(symbol)s” is not the symbol of a document; write it as in %(example)s.")
        form.add_error(name, text % {"symbol": given, "example": _example(party, kinds)})
        return
    places = {"symbol": symbol, "state": party.state, "example": _example(party, kinds)}
    if symbol.treaty != party.treaty.code:
        form.add_error(
            name, _("%(symbol)s is under another treaty; here it is as in %(example)s.") % places
        )
    elif symbol.iso3 != party.state.iso3:
        text = _("%(symbol)s is about another State; for %(state)s it would be as in %(example)s.")
        form.add_error(name, text % places)
    elif kinds and symbol.kind not in kinds:
        text = _("%(symbol)s is another kind of document; here it is as in %(example)s.")
        form.add_error(name, text % places)
    else:
        form.cleaned_data[name] = str(symbol)


def _example(party: StateParty, kinds: Collection[DocumentKind]) -> Symbol:
    kind = next(iter(kinds), DocumentKind.CONCLUDING_OBSERVATIONS)
    code, iso3 = party.treaty.code, party.state.iso3
    return Symbol(treaty=code, iso3=iso3, kind=kind, first=1, last=1)
