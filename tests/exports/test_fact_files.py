"""Facts out and in again: nothing is lost, nothing is added, and the files stay the same."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import models

from reporting.exports.fact_files import Written, export_facts
from reporting.models import (
    CommitteeDecision,
    CoreDocument,
    Obligation,
    Review,
    Session,
    State,
    StateParty,
    Submission,
    Treaty,
    UniversalReview,
)
from reporting.models.order import FIELDS
from reporting.services import fact_files as files
from reporting.services.loading import load_facts
from reporting.services.timetable import refresh
from tests.factories import (
    TODAY,
    CoreDocumentFactory,
    DecisionFactory,
    SessionFactory,
    SubmissionFactory,
    UniversalReviewFactory,
    UserFactory,
    partial,
)

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("recorded")]
LATER = date(2027, 3, 1)
OF_STATES = (Review, CommitteeDecision, Submission)
NOT_HELD = {"id", "filed_by", "on_record_stated_by", "draft", "search_text", *FIELDS.values()}
BESIDE = (CoreDocument, UniversalReview)


def natural(row: Any) -> Any:
    """Return what names a row that another one points to."""
    if isinstance(row, StateParty):
        return row.state.iso3, row.treaty.code
    if isinstance(row, Review):
        return row.span, row.symbol
    if isinstance(row, CommitteeDecision):
        return row.kind, row.span, row.symbol, str(row.due_on)
    return str(getattr(row, "iso3", "") or getattr(row, "code", "") or row)


def held(model: type[models.Model]) -> list[str]:
    """Return every row with all its values, in an order of its own."""
    found = []
    for row in model._base_manager.all():
        values = {}
        for field in model._meta.concrete_fields:
            if field.name not in NOT_HELD:
                value = getattr(row, field.name)
                values[field.name] = natural(value) if field.remote_field and value else value
        found.append(repr(values))
    return sorted(found)


def everything() -> dict[str, list[str]]:
    """Return all facts, and what was derived from them without the numbers of rows."""
    facts = {
        model.__name__: held(model)
        for model in (Treaty, State, Session, StateParty, *OF_STATES, *BESIDE)
    }
    names = ("state_party__state__iso3", "kind", "due_on", "basis", "source", "reason", "arises_on")
    more = ("first_report", "last_report", "closed_on", "closed_as", "considered_on", "received_on")
    rows = Obligation.objects.values_list(*names, *more, "awaiting_since")
    return {**facts, "Obligation": sorted(map(repr, rows))}


def forget() -> None:
    """Empty the database of everything that was loaded or derived."""
    facts = (Obligation, Submission, CommitteeDecision, Review, *BESIDE)
    for model in (*facts, StateParty, Session, State):
        model._base_manager.all().delete()
    Treaty.objects.all().delete()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def there_and_back(tmp_path: Path) -> tuple[Written, dict[str, bytes]]:
    """Export, load into an empty database on a later day, export again; hold all to be the same."""
    before = everything()
    written = export_facts(folder=tmp_path / "first")
    forget()
    load_facts(folder=tmp_path / "first", as_at=LATER, treaty="CMW")
    for party in StateParty.objects.all():
        refresh(party=party, as_at=TODAY)
    after = everything()
    for name, rows in before.items():
        assert after[name] == rows, name
    export_facts(folder=tmp_path / "second")
    first = contents(tmp_path / "first")
    assert contents(tmp_path / "second") == first
    return written, first


def test_all_recorded_facts_come_back_and_the_files_stay_the_same(tmp_path: Path) -> None:
    written, first = there_and_back(tmp_path)
    assert written.left_out == []
    assert written.lines == {
        "treaties.csv": 11,
        "states.csv": State.objects.count(),
        "sessions.csv": 0,
        "state_parties.csv": 60,
        "submissions.csv": 91,
        "reviews.csv": 96,
        "lists_of_issues.csv": 80,
        "decisions.csv": 0,
        "core_documents.csv": 0,
        "universal_reviews.csv": 0,
    }
    assert set(first) == {file.name for file in files.ALL}
    heading, *_rows = first["submissions.csv"].decode().splitlines()
    assert heading.startswith("iso3,first_report,last_report,symbol,received_on,source,note,treaty")


def test_loading_an_export_where_it_came_from_changes_nothing(tmp_path: Path) -> None:
    export_facts(folder=tmp_path)
    loaded = load_facts(folder=tmp_path, as_at=LATER, treaty="CMW")
    assert (loaded.created, loaded.updated) == (0, 0)


def _edit_like_people() -> None:
    """Record what the application can hold beyond the first files."""
    party = StateParty.objects.get(state__iso3="IDN")
    StateParty.objects.filter(pk=party.pk).update(
        entry_into_force_override=partial("2012-09-01"),
        entry_into_force_reason="By letter, =1",
        accepted_because="It was read twice",
        denunciation_notified_on=date(2026, 1, 1),
        denunciation_effective_on=date(2027, 1, 1),
        on_record_as_at=date(2026, 11, 1),
        on_record_stated_at=datetime(2026, 11, 2, 8, tzinfo=UTC),
    )
    review = Review.objects.get(symbol="CMW/C/IDN/CO/1")
    Review.objects.filter(pk=review.pk).update(distributed_on=partial("2017-10"))
    asked = DecisionFactory.create(
        state_party=party,
        review=review,
        kind="follow-up",
        paragraph="62",
        due_on=partial("2019-10-01"),
        session=30,
        text='Two lines,\r\nand "quotes"',
        source="",
    )
    DecisionFactory.create(
        state_party=party, review=review, withdrawn_on=partial("2018-01-01"), paragraph="64"
    )
    SubmissionFactory.create(
        state_party=party,
        kind="follow-up",
        first_report=None,
        answers=asked,
        symbol="CMW/C/IDN/FCO/1",
        received_on=partial("2019-11"),
        recorded_on=date(2019, 12, 1),
    )
    filed = {
        "state_party": party,
        "first_report": 3,
        "received_on": None,
        "sent_on": date(2026, 5, 1),
        "note": "For the secretariat",
        "note_verbale": "NV 7/2026",
        "languages": ["en", "fr"],
        "word_count": 21_200,
        "procedure": "simplified",
        "session": 45,
        "symbol": "",
    }
    at = datetime(2026, 5, 1, 9, 30, 15, 123456, UTC)
    SubmissionFactory.create(
        **filed, status="returned", returned_because="Page 3 is missing", filed_at=at
    )
    SubmissionFactory.create(
        **filed, status="filed", filed_at=at.replace(month=6), filed_by=UserFactory.create()
    )
    SessionFactory.create(treaty=party.treaty, note="Moved once", source="A/80/48")
    CoreDocumentFactory.create(note="Two lines,\r\nand more", dated_on=partial("2010-09"))
    UniversalReviewFactory.create(adopted_on=partial("2028"))
    UniversalReviewFactory.create(
        cycle=4, session=None, report_due_on=None, reviewed_on=partial("2022-11-09")
    )
    refresh(party=party, as_at=TODAY)


def test_what_people_recorded_comes_back_too(tmp_path: Path) -> None:
    _edit_like_people()
    written, first = there_and_back(tmp_path)
    assert written.left_out == []
    assert (written.lines["decisions.csv"], written.lines["sessions.csv"]) == (2, 1)
    beside = (written.lines["core_documents.csv"], written.lines["universal_reviews.csv"])
    assert beside == (1, 2)
    assert b"For the secretariat" in first["submissions.csv"]
    assert Submission.objects.get(status="filed").filed_at == datetime(
        2026, 6, 1, 9, 30, 15, 123456, UTC
    )


def test_what_two_lines_would_say_of_one_thing_is_left_out_and_named(tmp_path: Path) -> None:
    party = StateParty.objects.get(state__iso3="FJI")
    SubmissionFactory.create(state_party=party, symbol="CMW/C/FJI/1")
    twice = SubmissionFactory.create(state_party=party, symbol="CMW/C/FJI/1/Rev.1")
    written = export_facts(folder=tmp_path)
    assert written.left_out == [
        f"CMW/C/FJI/1/Rev.1 (Fiji, no. {twice.pk}): another line speaks of the same."
    ]
    assert "CMW/C/FJI/1," in (tmp_path / "submissions.csv").read_text(encoding="utf-8")
