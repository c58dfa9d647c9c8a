"""Loading the fact files: all of them or nothing, and twice is as good as once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from reporting.models import (
    Action,
    CommitteeDecision,
    DecisionKind,
    RegionalGroup,
    Review,
    State,
    StateParty,
    Submission,
    SubmissionKind,
    Treaty,
)
from reporting.models.fact import Fact
from reporting.rules.contradictions import ContradictionsError
from reporting.rules.errors import RulesError
from reporting.rules.facts import FactError
from reporting.rules.partial_date import PartialDate
from reporting.rules.regimes import REGIMES
from reporting.services import fact_files as files
from reporting.services.fact_files import FactFilesError, Problem, Row
from reporting.services.timetable import refresh

M = TypeVar("M", bound=models.Model)
TO_BE_COMMUNICATED = "to be communicated"


@dataclass
class Loaded:
    """How many rows were new, changed, or as before."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    obligations: int = 0


@transaction.atomic
def load_facts(*, folder: Path, as_at: date, treaty: str) -> Loaded:
    """Load every fact file of the folder and refresh the timetables.

    A row that is on record already is recognised by its State, its reports and its kind; it is
    changed where it differs, and left alone where it does not. ``treaty`` is the code for the rows
    that name none. Raise FactFilesError with every problem found; then nothing is written.
    """
    load = _Load(folder, as_at, treaty)
    load.run()
    if load.problems:
        raise FactFilesError(load.problems)
    return load.loaded


@dataclass
class _Load:
    folder: Path
    as_at: date
    default_treaty: str
    problems: list[Problem] = field(default_factory=list)
    loaded: Loaded = field(default_factory=Loaded)
    parties: dict[tuple[str, str], StateParty] = field(default_factory=dict)
    named: set[tuple[str, str]] = field(default_factory=set)
    places: dict[str, Row] = field(default_factory=dict)
    seen: dict[tuple[str, tuple[Any, ...]], str] = field(default_factory=dict)

    def run(self) -> None:
        for row in self._rows(files.TREATIES):
            self._treaty(row)
        for row in self._rows(files.STATES):
            self._state(row)
        for row in self._rows(files.STATE_PARTIES):
            self._state_party(row)
        for row in self._rows(files.SUBMISSIONS):
            self._submission(row)
        for row in self._rows(files.REVIEWS):
            self._review(row)
        for row in self._rows(files.LISTS_OF_ISSUES):
            self._list_of_issues(row)
        self._refresh()

    def _rows(self, file: files.FactFile) -> Iterator[Row]:
        return file.read(self.folder, self.problems)

    # One method a file

    def _treaty(self, row: Row) -> None:
        known = REGIMES.get(row.text("code"))
        self._save(
            row,
            Treaty,
            {"code": row.required("code")},
            {
                "name": row.required("name"),
                "in_force_on": row.day("in_force_on"),
                "entry_into_force_rule": row.required("entry_into_force_rule"),
                "entry_into_force_article": row.required("entry_into_force_article"),
                "initial_article": row.text("initial_article")
                or (known.initial_article if known else row.required("report_article")),
                "periodic_article": row.text("periodic_article")
                or (known.periodic_article if known else row.text("report_article")),
                "initial_months": row.number("initial_months"),
                "periodic_months": row.number("periodic_months"),
                "follow_up_months": row.number("follow_up_months"),
                "cycle_note": row.text("cycle_note"),
                "confidence": row.text("confidence"),
            },
        )

    def _state(self, row: Row) -> None:
        group = row.text("regional_group")
        self._save(
            row,
            State,
            {"iso3": row.required("iso3")},
            {
                "m49": row.text("m49"),
                "name": row.required("name"),
                "regional_group": group and row.choice("regional_group", RegionalGroup.values),
                "source": row.text("source"),
            },
        )

    def _state_party(self, row: Row) -> None:
        iso3, code = row.required("iso3"), self._code(row)
        self.named.add((iso3, code))
        treaty = Treaty.objects.filter(code=code).first()
        if treaty is None:
            row.problem("treaty", _("“%(code)s” is no treaty on record") % {"code": code})
        state = State.objects.filter(iso3=iso3).first() or self._save(
            row, State, {"iso3": iso3}, {"m49": row.text("m49"), "name": row.required("name")}
        )
        values = {
            "action": row.choice("action", Action.values),
            "signed_on": row.partial("signed_on"),
            "deposited_on": row.required_partial("deposited_on"),
            "confidence": row.text("confidence"),
            "source": row.required("source"),
            "note": row.text("note"),
        }
        if state is None or treaty is None:
            return
        party = self._save(row, StateParty, {"state": state, "treaty": treaty}, values)
        if party:
            self.parties[(iso3, code)] = party

    def _submission(self, row: Row) -> None:
        identity = self._report_identity(row)
        values = {
            "symbol": row.text("symbol"),
            "received_on": row.partial("received_on"),
            **self._common(row),
        }
        if identity:
            self._save(row, Submission, {**identity, "kind": SubmissionKind.REPORT}, values)

    def _review(self, row: Row) -> None:
        identity = self._report_identity(row)
        values = {
            "session": row.number("session"),
            "dialogue_from": row.partial("dialogue_from"),
            "dialogue_to": row.partial("dialogue_to"),
            "in_absence": row.yes_or_no("in_absence_of_report"),
            "symbol": row.text("concluding_observations"),
            "adopted_on": row.partial("adopted_on"),
            "distributed_on": row.partial("distributed_on"),
            **self._common(row),
        }
        announced = row.text("next_report_due") == TO_BE_COMMUNICATED
        due_on = None if announced else row.partial("next_report_due")
        review = self._save(row, Review, identity, values) if identity else None
        if review:
            self._next_report_due(row, review, due_on, announced=announced)

    def _next_report_due(
        self, row: Row, review: Review, due_on: PartialDate | None, *, announced: bool
    ) -> None:
        if announced or due_on:
            self._save(
                row,
                CommitteeDecision,
                {
                    "state_party": review.state_party,
                    "review": review,
                    "kind": DecisionKind.NEXT_REPORT_DUE,
                },
                {
                    "decided_on": review.adopted_on,
                    "due_on": due_on,
                    "to_be_communicated": announced,
                    "symbol": review.symbol,
                    "source": review.source,
                },
            )

    def _list_of_issues(self, row: Row) -> None:
        identity = self._report_identity(row)
        kinds = [DecisionKind.LIST_OF_ISSUES, DecisionKind.LIST_OF_ISSUES_PRIOR]
        kind = row.choice("kind", kinds)
        values = {
            "symbol": row.text("symbol"),
            "decided_on": row.partial("issued_on"),
            "due_on": row.partial("replies_due"),
            "text": row.text("text"),
            **self._common(row),
        }
        replied_on = row.partial("replies_received_on")
        if identity is None or kind not in kinds:
            return
        listed = self._save(row, CommitteeDecision, {**identity, "kind": kind}, values)
        if listed and replied_on:
            self._save(
                row,
                Submission,
                {**identity, "kind": SubmissionKind.REPLIES, "answers": listed},
                {"received_on": replied_on, "source": listed.source},
            )

    # What they share

    def _code(self, row: Row) -> str:
        return row.text("treaty") or self.default_treaty

    def _report_identity(self, row: Row) -> dict[str, Any] | None:
        """Return the State party and the reports; note what is wrong with them."""
        iso3 = row.required("iso3")
        of_treaty = (iso3, self._code(row))
        party = self.parties.get(of_treaty)
        if iso3 and of_treaty not in self.named:
            row.problem("iso3", _("“%(iso3)s” is no State party on record") % {"iso3": iso3})
        first, last = row.ordinal("first_report"), row.ordinal("last_report")
        if first and last and last < first:
            places = {"first": first, "last": last}
            row.problem(
                "last_report", _("the reports %(first)s to %(last)s run backwards") % places
            )
        if party is None or not first or not last or last < first:
            return None
        return {"state_party": party, "first_report": first, "last_report": last}

    def _common(self, row: Row) -> dict[str, Any]:
        return {
            "source": row.required("source"),
            "note": row.text("note"),
            "accepted_because": row.text("accepted_because"),
        }

    def _save(
        self, row: Row, model: type[M], identity: dict[str, Any], values: dict[str, Any]
    ) -> M | None:
        """Write the row where it is new or differs; note what the model refuses."""
        if self._is_duplicate(row, model, identity):
            return None
        on_record: models.QuerySet[M] = models.QuerySet(model)
        found = on_record.filter(**identity).first()
        instance = found or self._new(model, identity)
        if found and all(getattr(found, name) == value for name, value in values.items()):
            self.loaded.unchanged += 1
            return self._placed(row, instance)
        for name, value in values.items():
            setattr(instance, name, value)
        if not self._is_valid(row, instance):
            return None
        instance.save()
        self.loaded.created += not found
        self.loaded.updated += bool(found)
        return self._placed(row, instance)

    def _new(self, model: type[M], identity: dict[str, Any]) -> M:
        if issubclass(model, Fact):
            return model(**identity, recorded_on=self.as_at)
        return model(**identity)

    def _is_duplicate(self, row: Row, model: type[models.Model], identity: dict[str, Any]) -> bool:
        key = (model.__name__, tuple(identity.items()))
        before = self.seen.setdefault(key, row.place)
        if before != row.place:
            row.problem("", _("says again what %(place)s says") % {"place": before})
        return before != row.place

    def _placed(self, row: Row, instance: M) -> M:
        ref = getattr(instance, "ref", None)
        if ref:
            self.places[ref] = row
        return instance

    def _is_valid(self, row: Row, instance: models.Model) -> bool:
        found = len(self.problems)
        try:
            instance.full_clean()
        except ValidationError as error:
            for name, reasons in error.message_dict.items():
                if not self._was_noted(row, name):
                    for reason in reasons:
                        row.problem("" if name == NON_FIELD_ERRORS else name, reason)
        noted_here = any((each.file, each.line) == (row.file, row.line) for each in self.problems)
        return len(self.problems) == found and not noted_here

    def _was_noted(self, row: Row, column: str) -> bool:
        return any(
            (each.file, each.line, each.column) == (row.file, row.line, column)
            for each in self.problems
        )

    def _refresh(self) -> None:
        """Derive the timetables; note each contradiction at the line of its fact."""
        for (iso3, _code), party in self.parties.items():
            try:
                refresh(party=party, as_at=self.as_at)
            except ContradictionsError as error:
                for reason in error.reasons:
                    self._contradiction(reason)
            except FactError as error:
                self._contradiction(error)
            except RulesError as error:
                self.places[party.ref].problem("", f"{iso3}: {error}")
        self.loaded.obligations = sum(party.obligations.count() for party in self.parties.values())

    def _contradiction(self, reason: FactError) -> None:
        row = self.places.get(reason.ref)
        place = (row.file, row.line) if row else (_("on record already"), 0)
        self.problems.append(Problem(*place, "", str(reason)))
