"""What would contradict the facts of a State party, said at the field before a service refuses it."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reporting.models import StateParty
from reporting.models.dates import long_date
from reporting.rules.partial_date import PartialDate
from reporting.rules.symbols import DocumentKind
from reporting.services.at_session import DIALOGUE, session_doubts
from reporting.services.days import day_doubts
from reporting.services.plausible import implausible
from reporting.services.symbol import printed_symbol


def plausible(form: forms.BaseForm, *, treaty: str, as_at: date) -> None:
    """Refuse days that can only be a slip of the hand."""
    for name, text in implausible(form.cleaned_data, treaty=treaty, as_at=as_at).items():
        form.add_error(name, text)


def at_session(form: forms.ModelForm[Any], *, party: StateParty) -> None:
    """Refuse a session, or days of a dialogue, that are new here and cannot be meant."""
    if not {"session", *DIALOGUE} & {*form.changed_data}:
        return
    given = form.cleaned_data
    accepted = bool(given.get("accepted_because"))
    for name, text in session_doubts(given, treaty=party.treaty_id, accepted=accepted):
        form.add_error(name, text)


def days(form: forms.BaseForm, *, as_at: date, **known: Any) -> None:
    """Refuse what cannot have happened yet, or not in this order; ``known`` is on record already."""
    for name, text in day_doubts(known | form.cleaned_data, as_at=as_at):
        if name in form.fields:
            form.add_error(name, text)


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
            places = {"day": long_date(given), "state": party.state, "start": long_date(start)}
            form.add_error(name, text % places)


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
    form: forms.BaseForm,
    name: str,
    *,
    party: StateParty,
    kinds: Collection[DocumentKind] = (),
    reports: tuple[int, int] | None = None,
) -> None:
    """Write the symbol as documents print it; refuse that of another State, treaty or document."""
    given = form.cleaned_data.get(name) or ""
    try:
        form.cleaned_data[name] = printed_symbol(given, party=party, kinds=kinds, reports=reports)
    except ValidationError as error:
        form.add_error(name, error)
