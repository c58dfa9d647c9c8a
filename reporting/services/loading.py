"""Loading the fact files: all of them or nothing, and twice is as good as once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from reporting.models import (
    Action,
    CommitteeDecision,
    DecisionKind,
    RegionalGroup,
    Review,
    Revision,
    Session,
    State,
    StateParty,
    Submission,
    SubmissionKind,
    SubmissionStatus,
    Treaty,
)
from reporting.models.names import name_and_number
from reporting.models.sentences import translated
from reporting.rules.contradictions import ContradictionsError
from reporting.rules.errors import RulesError
from reporting.rules.facts import FactError
from reporting.rules.partial_date import PartialDate
from reporting.services import fact_columns as more
from reporting.services import fact_files as files
from reporting.services.deposit import deposit_doubts
from reporting.services.fact_files import FactFilesError, Problem, Row
from reporting.services.fact_rows import ANY, FactRows, Loaded
from reporting.services.reminder.follow import look_again
from reporting.services.state_fact_rows import load_core_document, load_universal_review
from reporting.services.timetable import refresh
from reporting.services.treaty_rows import Treaties, source_of_list, treaty_values

TO_BE_COMMUNICATED = "to be communicated"


@transaction.atomic
def load_facts(*, folder: Path, as_at: date, treaty: str, all_treaties: bool = False) -> Loaded:
    """Load every fact file of the folder and refresh the timetables.

    A row that is on record already is recognised by its State, its reports and its kind; it is
    changed where it differs, and left alone where it does not. ``treaty`` is the code for the rows
    that name none; with ``all_treaties`` the file of the other treaties' parties is read, too. Raise FactFilesError with every problem found; then nothing is written.
    """
    load = _Load(as_at, folder=folder, default_treaty=treaty, all_treaties=all_treaties)
    load.run()
    if load.problems:
        raise FactFilesError(load.problems)
    return load.loaded


@dataclass
class _Load(FactRows):
    folder: Path
    default_treaty: str
    all_treaties: bool = False
    treaties: Treaties = field(default_factory=Treaties)
    parties: dict[tuple[str, str], StateParty] = field(default_factory=dict)
    named: set[tuple[str, str]] = field(default_factory=set)
    reviews: dict[tuple[StateParty, str], Review] = field(default_factory=dict)
    answered: dict[tuple[StateParty, str], CommitteeDecision] = field(default_factory=dict)
    look_again: list[tuple[State | None, Treaty]] = field(default_factory=list)

    def run(self) -> None:
        sent = list(self._rows(files.SUBMISSIONS))
        by_file: tuple[tuple[Iterable[Row], Callable[[Row], None]], ...] = (
            (self._rows(files.TREATIES), self._treaty),
            (self._rows(files.STATES), self._state),
            (self._rows(files.SESSIONS), self._session),
            (self._rows(files.STATE_PARTIES), self._state_party),
            (self._rows(files.OTHER_PARTIES) if self.all_treaties else (), self._other_party),
            ((row for row in sent if not row.text("answers")), self._submission),
            (self._rows(files.REVIEWS), self._review),
            (self._rows(files.LISTS_OF_ISSUES), self._list_of_issues),
            (self._rows(files.DECISIONS), self._decision),
            ((row for row in sent if row.text("answers")), self._submission),
            (self._rows(files.CORE_DOCUMENTS), partial(load_core_document, self)),
            (self._rows(files.UNIVERSAL_REVIEWS), partial(load_universal_review, self)),
        )
        for rows, load in by_file:
            for row in rows:
                load(row)
        self._refresh()

    def _rows(self, file: files.FactFile) -> Iterator[Row]:
        return file.read(self.folder, self.problems)

    # One method a file

    def _treaty(self, row: Row) -> None:
        self.treaties.named.add(row.text("code"))
        if row.required("code") and not self.treaties.is_regime(row, "code"):
            return
        before = Treaty.objects.filter(code=row.text("code")).first()
        treaty = self.save(row, Treaty, {"code": row.text("code")}, treaty_values(row))
        if before and treaty and before.reports_on_record != treaty.reports_on_record:
            self.look_again.append((None, treaty))

    def _state(self, row: Row) -> None:
        group = row.text("regional_group")
        self.save(
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
        treaty = self.treaties.on_record(row, code)
        state = State.objects.filter(iso3=iso3).first() or self.write(
            row, State, {"iso3": iso3}, {"m49": row.text("m49"), "name": row.required("name")}
        )
        values = {
            "action": row.choice("action", Action.values),
            "signed_on": row.partial("signed_on"),
            "deposited_on": row.required_partial("deposited_on"),
            "confidence": row.text("confidence"),
            **self._source(row),
            "note": row.text("note"),
            **more.of_party(row),
        }
        if state is None or treaty is None:
            return
        found = StateParty.objects.filter(state=state, treaty=treaty)
        before = found.select_related("treaty").first()
        party = self._deposit(row, state, treaty, values)
        if before and party and before.reports_on_record != party.reports_on_record:
            self.look_again.append((state, treaty))

    def _other_party(self, row: Row) -> None:
        iso3, code = row.required("iso3"), row.required("treaty")
        self.named.add((iso3, code))
        treaty, state = self.treaties.on_record(row, code), self._state_by_code(row, iso3)
        values = {
            "action": row.choice("action", Action.values),
            "deposited_on": row.required_partial("deposited_on"),
            "source": row.text("source") or source_of_list(treaty, row),
        }
        if state and treaty:
            self._deposit(row, state, treaty, values)

    def _deposit(
        self, row: Row, state: State, treaty: Treaty, values: dict[str, Any]
    ) -> StateParty | None:
        for name, text in deposit_doubts(values, treaty=treaty.code, as_at=self.as_at):
            row.problem(name, text)
        party = self.save(row, StateParty, {"state": state, "treaty": treaty}, values)
        if party:
            self.parties[(state.iso3, treaty.code)] = party
        return party

    def _state_by_code(self, row: Row, iso3: str) -> State | None:
        """Return the State; where no file has said its name, the library's is taken."""
        known = State.objects.filter(iso3=iso3).first()
        if known or not iso3:
            return known
        name, m49 = name_and_number(iso3)
        return self.write(row, State, {"iso3": iso3}, {"name": name or iso3, "m49": m49})

    def _session(self, row: Row) -> None:
        treaty = Treaty.objects.filter(code=self._code(row)).first()
        number = row.number("number")
        if treaty is None or number is None:
            row.problem("number", _("is no session of a treaty on record"))
            return
        values = {
            "starts_on": row.day("starts_on"),
            "ends_on": row.day("ends_on"),
            "status": row.choice("status", Session.Status.values),
            "capacity": row.number("capacity"),
            "note": row.text("note"),
            "source": row.text("source"),
        }
        self.save(row, Session, {"treaty": treaty, "number": number}, values)

    def _submission(self, row: Row) -> None:
        kind = row.text("kind") or SubmissionKind.REPORT
        if kind not in SubmissionKind.values:
            row.choice("kind", SubmissionKind.values)
            return
        identity = self._report_identity(row, required=kind == SubmissionKind.REPORT)
        values = {
            "symbol": row.text("symbol"),
            "received_on": row.partial("received_on"),
            **self._common(row),
            **more.of_submission(row),
        }
        if identity is None:
            return
        identity["kind"] = kind
        if row.text("answers"):
            asked = self.answered.get((identity["state_party"], row.text("answers")))
            if asked is None:
                row.problem("answers", _("names no line of a list of issues or a decision"))
                return
            identity["answers"] = asked
        among = ~models.Q(status=SubmissionStatus.RETURNED)
        if values.get("status") == SubmissionStatus.RETURNED:
            identity |= {name: values.pop(name) for name in ("status", "filed_at")}
            among = ANY
        self.save(row, Submission, identity, values, among=among)

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
        review = self.save(row, Review, identity, values) if identity else None
        if review:
            self.reviews[review.state_party, review.span] = review
            self._next_report_due(row, review, due_on, announced=announced)

    def _next_report_due(
        self, row: Row, review: Review, due_on: PartialDate | None, *, announced: bool
    ) -> None:
        if announced or due_on:
            self.save(
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
        listed = self.save(row, CommitteeDecision, {**identity, "kind": kind}, values)
        self._name(row, listed)
        if listed and replied_on:
            self.save(
                row,
                Submission,
                {**identity, "kind": SubmissionKind.REPLIES, "answers": listed},
                {"received_on": replied_on, "source": listed.source},
            )

    def _decision(self, row: Row) -> None:
        identity = self._report_identity(row, required=False)
        kind = row.choice("kind", DecisionKind.values)
        values = {
            "due_on": row.partial("due_on"),
            "to_be_communicated": row.yes_or_no("to_be_communicated"),
            "session": row.number("session"),
            "withdrawn_on": row.partial("withdrawn_on"),
            "text": row.text("text"),
            **self._common(row),
        }
        if identity is None or kind not in DecisionKind.values:
            return
        identity |= {
            "kind": kind,
            "symbol": row.text("symbol"),
            "paragraph": row.text("paragraph"),
            "decided_on": row.partial("decided_on"),
            "review": None,
        }
        if row.text("review"):
            review = self.reviews.get((identity["state_party"], row.text("review")))
            if review is None:
                row.problem("review", _("names the reports of no review of this State"))
                return
            identity["review"] = review
        self._name(row, self.save(row, CommitteeDecision, identity, values))

    def _name(self, row: Row, decision: CommitteeDecision | None) -> None:
        """Keep by what other lines call it."""
        if decision and row.text("ref"):
            self.answered[decision.state_party, row.text("ref")] = decision

    # What they share

    def _code(self, row: Row) -> str:
        return row.text("treaty") or self.default_treaty

    def _report_identity(self, row: Row, *, required: bool = True) -> dict[str, Any] | None:
        """Return the State party and the reports; note what is wrong with them."""
        iso3 = row.required("iso3")
        of_treaty = (iso3, self._code(row))
        party = self.parties.get(of_treaty)
        if iso3 and of_treaty not in self.named:
            row.problem("iso3", _("“%(iso3)s” is no State party on record") % {"iso3": iso3})
        if not required and not row.text("first_report") and not row.text("last_report"):
            nothing = {"first_report": None, "last_report": None}
            return {"state_party": party, **nothing} if party else None
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
            **self._source(row),
            "note": row.text("note"),
            "accepted_because": row.text("accepted_because"),
        }

    def _source(self, row: Row) -> dict[str, str]:
        """Return the source, which only a fact that was recorded without one may lack."""
        read = row.text if row.text("recorded_on") else row.required
        return {"source": read("source")}

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
                self.places[party.ref].problem("", f"{iso3}: {translated(error)}")
        if self.loaded.created or self.loaded.updated:
            Revision.objects.renew()  # names of States are remembered under it too
        for state, treaty in self.look_again:
            look_again(state=state, treaty=treaty)
        self.loaded.obligations = sum(party.obligations.count() for party in self.parties.values())

    def _contradiction(self, reason: FactError) -> None:
        row = self.places.get(reason.ref)
        place = (row.file, row.line) if row else (_("on record already"), 0)
        self.problems.append(Problem(*place, "", translated(reason)))
