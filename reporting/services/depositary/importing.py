"""Putting the deposits of one treaty on record: looked at first, then done as it was seen or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from reporting import permissions
from reporting.models import Action, State, StateParty, Treaty, User
from reporting.models.fact import in_words
from reporting.models.names import name_and_number, searchable
from reporting.rules.partial_date import PartialDate
from reporting.services.audit import What, note
from reporting.services.deposit import save_deposit
from reporting.services.depositary.names import code_of
from reporting.services.depositary.reading import Participant, read_status
from reporting.services.errors import Difference, NotAllowedError, refused
from reporting.services.looked_at import done_as_seen, looked_at


class Became(models.TextChoices):
    """What becomes of a participant."""

    NEW = "new", pgettext_lazy("lines of a list", "New")
    CHANGED = "changed", pgettext_lazy("lines of a list", "Changed")
    SAME = "same", pgettext_lazy("lines of a list", "As on record")
    SIGNED = "signed", pgettext_lazy("lines of a list", "Signed only")
    LEFT = "left", pgettext_lazy("lines of a list", "Left out")
    WRONG = "wrong", pgettext_lazy("lines of a list", "Wrong")


@dataclass(frozen=True, slots=True)
class Seen:
    """A participant, and what becomes of it; what differs, or why nothing is done."""

    participant: Participant
    became: Became
    iso3: str = ""
    differences: tuple[Difference, ...] = ()
    said: str = ""

    @property
    def action_name(self) -> str:
        """The action in words; empty where there was none."""
        action = self.participant.action
        return str(Action(action).label) if action else ""


@dataclass(slots=True)
class Preview:
    """What the file would do for a treaty; ``missing`` are States parties that it does not name."""

    treaty: Treaty
    lines: list[Seen] = field(default_factory=list)
    missing: list[StateParty] = field(default_factory=list)
    mark: str = ""

    def count(self, became: Became) -> int:
        """Return of how many participants this becomes."""
        return sum(each.became is became for each in self.lines)

    @property
    def does_something(self) -> bool:
        """Whether it can be confirmed, and anything is put on record then."""
        found = self.count(Became.NEW) + self.count(Became.CHANGED)
        return bool(found and not self.count(Became.WRONG))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFile:
    """The file, and the treaty that somebody says it is about; without one its title says it."""

    content: bytes
    code: str = ""


def preview_deposits(*, file: StatusFile, by: User | None, as_at: date) -> Preview:
    """Return what the file would do, and do nothing; ``by`` is none for whoever has the shell.

    Raise ValidationError where it cannot be read or is about another treaty, NotAllowedError where the
    person does not record under that treaty.
    """
    return looked_at(lambda: _imported(file, by, as_at))


def import_deposits(
    *, file: StatusFile, expected: str, by: User | None, as_at: date, now: datetime
) -> tuple[Preview, bool]:
    """Do what was seen under the mark ``expected``; return what was done, and whether it was.

    Nothing is written where anything is wrong, or something else has happened since.
    """

    def noted(seen: Preview) -> None:
        new, changed = seen.count(Became.NEW), seen.count(Became.CHANGED)
        about = f"deposits {seen.treaty.code}: {new} new, {changed} changed"
        note(what=What.IMPORTED, at=now, by=by, about=about)

    return done_as_seen(lambda: _imported(file, by, as_at), expected=expected, noted=noted)


def _imported(file: StatusFile, by: User | None, as_at: date) -> Preview:
    status = read_status(file.content)
    treaty = _treaty(status.title, file.code)
    if by is not None and not permissions.may_record(by, treaty):
        raise _bound_elsewhere(by, treaty)
    seen = Preview(treaty, mark=_mark(file, treaty, by))
    parties = {
        each.state.iso3: each for each in treaty.parties.select_related("state", "treaty").all()
    }
    for participant in status.participants:
        seen.lines.append(_put_on_record(participant, parties, seen, by, as_at))
    named = {each.iso3 for each in seen.lines}
    seen.missing = [party for iso3, party in sorted(parties.items()) if iso3 not in named]
    return seen


def _bound_elsewhere(by: User, treaty: Treaty) -> Exception:
    """Return what is said to whoever of the secretariat acts under other treaties alone."""
    if not permissions.is_bound(by):
        return NotAllowedError()
    own = Treaty.objects.filter(pk__in=permissions.bound_to(by)).order_by("pk")
    sentence = _("The file is about %(found)s. Your account records under %(own)s alone.")
    return refused(sentence % {"found": treaty.code, "own": ", ".join(each.code for each in own)})


def _treaty(title: str, code: str) -> Treaty:
    """Return the treaty that the title names; one that somebody named must be the same."""
    plain = searchable(title)
    named = [each for each in Treaty.objects.all() if plain and searchable(each.name) in plain]
    # The name of a protocol holds that of its convention.
    by_title = max(named, key=lambda each: len(each.name), default=None)
    given = Treaty.objects.filter(code=code.upper()).first() if code else None
    if code and given is None:
        raise ValidationError(_("“%(code)s” is no treaty on record") % {"code": code})
    if by_title and given and by_title != given:
        sentence = _("The file is about %(found)s, and not about %(given)s.")
        raise ValidationError(sentence % {"found": by_title.code, "given": given.code})
    if found := given or by_title:
        return found
    raise ValidationError(_("The title of the file names no treaty on record: say which it is."))


def _put_on_record(
    participant: Participant,
    parties: dict[str, StateParty],
    seen: Preview,
    by: User | None,
    as_at: date,
) -> Seen:
    iso3 = code_of(participant.name)
    if why := _why_not(participant, iso3, seen):
        return Seen(participant, why[0], iso3, said=why[1])
    party = parties.get(iso3)
    values = _values(participant, party)
    differences = tuple(_differences(party, values)) if party else ()
    if party and not differences:
        return Seen(participant, Became.SAME, iso3)
    try:
        with transaction.atomic():
            fresh = party or _new(iso3, seen.treaty, participant, as_at)
            for name, value in values.items():
                setattr(fresh, name, value)
            save_deposit(party=fresh, by=by, as_at=as_at, reason=_("Treaty Collection"))
    except ValidationError as error:
        return Seen(participant, Became.WRONG, iso3, differences, " ".join(error.messages))
    return Seen(participant, Became.CHANGED if party else Became.NEW, iso3, differences)


def _why_not(participant: Participant, iso3: str, seen: Preview) -> tuple[Became, str] | None:
    """Return what becomes of a participant that is not put on record, and why."""
    if participant.fault:
        return Became.WRONG, participant.fault
    if not iso3:
        return Became.LEFT, _("no State of this name is known")
    if any(each.iso3 == iso3 for each in seen.lines):
        return Became.WRONG, _("stands twice in the table")
    if participant.has_withdrawn:
        return Became.LEFT, _("has withdrawn: record the day on which that took effect by hand")
    if participant.deposited_on is None:
        return Became.SIGNED, ""
    return None


def _values(participant: Participant, party: StateParty | None) -> dict[str, Any]:
    """Return what the file says; a deposit that is known to the month alone is made precise by it."""
    given: dict[str, Any] = {
        "action": participant.action,
        "deposited_on": PartialDate.of(participant.deposited_on or date.min),
    }
    if participant.signed_on:
        given["signed_on"] = PartialDate.of(participant.signed_on)
    if party is None or not party.source:
        given["source"] = "UN Treaty Collection"
    return given


def _differences(party: StateParty, values: dict[str, Any]) -> Iterator[Difference]:
    for name, value in values.items():
        if getattr(party, name) != value:
            column: Any = party._meta.get_field(name)  # noqa: SLF001 - Django's documented name
            here, there = in_words(column, getattr(party, name)), in_words(column, value)
            yield Difference(str(column.verbose_name), here, there)


def _new(iso3: str, treaty: Treaty, participant: Participant, as_at: date) -> StateParty:
    state = State.objects.filter(iso3=iso3).first()
    if state is None:
        name, m49 = name_and_number(iso3)
        state = State(iso3=iso3, name=name or participant.name, m49=m49)
        state.full_clean()
        state.save()
    return StateParty(state=state, treaty=treaty, recorded_on=as_at)


def _mark(file: StatusFile, treaty: Treaty, by: User | None) -> str:
    """Return a short text for this file, this person, and what is on record under this treaty."""
    history: Any = StateParty.history
    latest = history.filter(treaty_id=treaty.pk).aggregate(Max("history_id"))
    said = (by.pk if by else None, treaty.pk, latest["history_id__max"])
    return sha256(repr(said).encode() + file.content).hexdigest()
