"""Loading the fact files."""

import shutil
from pathlib import Path

import pytest

from reporting.models import (
    CommitteeDecision,
    CoreDocument,
    DecisionKind,
    Obligation,
    Review,
    Session,
    State,
    StateParty,
    Submission,
    Treaty,
    UniversalReview,
)
from reporting.queries.state_choice import states_to_choose
from reporting.services.fact_files import FactFilesError
from reporting.services.fact_rows import Loaded
from reporting.services.loading import load_facts
from tests.factories import TODAY
from tests.plugins import FIXTURES

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the facts of Indonesia and Jamaica alone, to be spoilt."""
    for file in (
        "treaties",
        "states",
        "state_parties",
        "submissions",
        "reviews",
        "lists_of_issues",
    ):
        lines = (FIXTURES / f"{file}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if line.startswith(("IDN,", "JAM,", "CMW,"))]
        (tmp_path / f"{file}.csv").write_text("".join([lines[0], *kept]), encoding="utf-8")
    return tmp_path


def load(folder: Path) -> Loaded:
    return load_facts(folder=folder, as_at=TODAY, treaty="CMW")


def problems(folder: Path) -> list[str]:
    with pytest.raises(FactFilesError) as caught:
        load(folder)
    return [str(problem) for problem in caught.value.problems]


def append(folder: Path, file: str, line: str) -> None:
    with (folder / file).open("a", encoding="utf-8") as out:
        out.write(line + "\n")


def replace(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def count() -> dict[str, int]:
    models = (Treaty, State, StateParty, Submission, Review, CommitteeDecision, Obligation)
    return {model.__name__: model.objects.count() for model in models}


NOTHING = dict.fromkeys(
    ("Treaty", "State", "StateParty", "Submission", "Review", "CommitteeDecision", "Obligation"), 0
)


def test_loading_twice_changes_nothing(folder: Path) -> None:
    first = load(folder)
    before = list(Obligation.objects.values()), list(Submission.objects.values())
    second = load(folder)
    assert (second.created, second.updated) == (0, 0)
    assert second.unchanged == first.created
    assert (list(Obligation.objects.values()), list(Submission.objects.values())) == before
    assert Submission.history.count() == Submission.objects.count()


def test_a_changed_line_changes_its_row_alone(folder: Path) -> None:
    load(folder)
    replace(folder, "reviews.csv", "2019-05-01", "2019-06-01")
    again = load(folder)
    assert (again.created, again.updated) == (0, 1)
    assert Obligation.objects.filter(due_on="2019-06-01").exists()
    assert not Obligation.objects.filter(due_on="2019-05-01").exists()


def test_every_bad_line_is_named_at_once_and_nothing_is_written(folder: Path) -> None:
    append(folder, "state_parties.csv", "XKX,,Nowhere,,signature,2012-02-30,,")
    append(folder, "submissions.csv", "ATL,1,1,,,a book,")
    append(folder, "submissions.csv", "IDN,4,3,,2030-13,a book,")
    append(folder, "submissions.csv", "IDN,1,1,,,a book,")
    append(folder, "submissions.csv", "IDN,a,9999,,2020-02-30,,")
    append(folder, "reviews.csv", "JAM,one,0,,,,maybe,,,soon,a book,")
    assert problems(folder) == [
        "reviews.csv:6: first_report: “one” is no whole number",
        "reviews.csv:6: in_absence_of_report: “maybe” is neither yes nor no",
        "reviews.csv:6: last_report: 0 is no report: from 1 to 50",
        "reviews.csv:6: next_report_due: “soon” is not a date: write YYYY-MM-DD, YYYY-MM or YYYY.",
        (
            "state_parties.csv:4: action: “signature” is none of: ratification, accession, "
            "succession, acceptance"
        ),
        "state_parties.csv:4: deposited_on: 2012-02-30 is not on the calendar.",
        "state_parties.csv:4: iso3: “XKX” is no code of ISO 3166.",
        "state_parties.csv:4: source: is empty",
        "submissions.csv:5: iso3: “ATL” is no State party on record",
        "submissions.csv:6: last_report: the reports 4 to 3 run backwards",
        "submissions.csv:6: received_on: 2030-13 is not on the calendar.",
        "submissions.csv:7: says again what submissions.csv:2 says",
        "submissions.csv:8: first_report: “a” is no whole number",
        "submissions.csv:8: last_report: 9999 is no report: from 1 to 50",
        "submissions.csv:8: received_on: 2020-02-30 is not on the calendar.",
        "submissions.csv:8: source: is empty",
    ]
    assert count() == NOTHING


def test_a_contradiction_is_named_at_the_line_of_its_fact(folder: Path) -> None:
    append(folder, "submissions.csv", "IDN,3,3,CMW/C/IDN/3,2011-05-01,a book,")
    found = problems(folder)
    assert found == [
        (
            "submissions.csv:5: CMW/C/IDN/3: 1 May 2011 lies before the entry into force "
            "on 1 September 2012 "
            "(source: a book)"
        )
    ]
    assert count() == NOTHING


def test_a_contradiction_stands_where_the_line_says_why(folder: Path) -> None:
    replace(folder, "submissions.csv", "source,note", "source,note,accepted_because")
    text = (folder / "submissions.csv").read_text(encoding="utf-8").splitlines()
    text = [text[0], *(f"{line}," for line in text[1:])]
    text.append("IDN,3,3,CMW/C/IDN/3,2011-05-01,a book,,the cover is misprinted")
    (folder / "submissions.csv").write_text("\n".join(text), encoding="utf-8")
    load(folder)
    assert Submission.objects.get(symbol="CMW/C/IDN/3").accepted_because


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("reviews.csv", "session", "sesion", "reviews.csv:1: sesion: the column is not known"),
        (
            "treaties.csv",
            "2003-07-01",
            "2003",
            "treaties.csv:2: in_force_on: must be known to the day",
        ),
        (
            "treaties.csv",
            "first day of the month following 3 months",
            "three weeks",
            (
                "treaties.csv:2: entry_into_force_rule: “three weeks after deposit” is no rule of entry "
                "into force that is known here."
            ),
        ),
        (
            "states.csv",
            "asia-pacific",
            "atlantis",
            "states.csv:2: regional_group: “atlantis” is none of",
        ),
        ("submissions.csv", "CMW/C/IDN/1", '"CMW', "submissions.csv:2: ',' expected"),
        ("submissions.csv", "CMW/C/IDN/1", "CMW\x00", "submissions.csv:2: the line holds a NUL"),
        (
            "submissions.csv",
            "CMW/C/IDN/1",
            "a,b",
            "submissions.csv:2: cells in the line: 8, columns: 7",
        ),
        (
            "submissions.csv",
            "CMW/C/IDN/1",
            "x" * 61,
            "submissions.csv:2: symbol: Ensure this value has",
        ),
    ],
)
def test_a_spoilt_file_is_refused_with_its_place(
    folder: Path, file: str, old: str, new: str, problem: str
) -> None:
    replace(folder, file, old, new)
    assert any(found.startswith(problem) for found in problems(folder)), problems(folder)
    assert count() == NOTHING


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "reviews.csv").unlink()
    assert problems(folder) == ["reviews.csv:1: the file is missing"]


def test_a_folder_in_the_place_of_a_file_is_named(folder: Path) -> None:
    (folder / "reviews.csv").unlink()
    (folder / "reviews.csv").mkdir()
    assert problems(folder) == ["reviews.csv:1: Is a directory"]


def test_a_code_that_names_no_state_is_refused(folder: Path) -> None:
    append(folder, "state_parties.csv", "ZZZ,999,Nowhere,,accession,2010-01-01,confirmed,a book")
    assert problems(folder) == ["state_parties.csv:4: iso3: “ZZZ” is no code of ISO 3166."]


def test_an_empty_deposit_is_named_as_such(folder: Path) -> None:
    append(folder, "state_parties.csv", "FJI,242,Fiji,,accession,,confirmed,a book")
    assert problems(folder) == ["state_parties.csv:4: deposited_on: is empty"]


def test_a_separator_of_lines_inside_a_cell_is_no_new_line(folder: Path) -> None:
    append(folder, "submissions.csv", "IDN,3,3,,2026-01-01,a\u2028book,")
    load(folder)
    assert Submission.objects.get(first_report=3).source == "a\u2028book"


def test_a_row_on_record_that_the_files_contradict_is_named_without_a_line(folder: Path) -> None:
    load(folder)
    lines = (folder / "submissions.csv").read_text(encoding="utf-8").splitlines()
    kept = [lines[0], *(line for line in lines[1:] if not line.startswith("IDN,2"))]
    (folder / "submissions.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    append(folder, "submissions.csv", "IDN,2,3,,2025-11-01,a book,")
    assert problems(folder) == [
        (
            "submissions.csv:4: report 2-3: it covers a report that report 2 covers already "
            "(source: a book)"
        )
    ]


def test_a_file_that_is_not_utf_8_is_named_with_its_line(folder: Path) -> None:
    with (folder / "states.csv").open("ab") as out:
        out.write(b"CIV,384,C\xf4te d'Ivoire,african,a book\n")
    assert problems(folder) == ["states.csv:4: the file is not UTF-8"]


def test_states_may_be_left_out_and_a_byte_order_mark_is_no_fault(folder: Path) -> None:
    (folder / "states.csv").unlink()
    file = folder / "submissions.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    shutil.copy(FIXTURES / "states.csv", folder / "unrelated.csv")
    load(folder)
    assert State.objects.get(iso3="IDN").regional_group == ""


def test_a_date_that_is_to_be_communicated_is_no_date(folder: Path) -> None:
    replace(folder, "reviews.csv", "2019-05-01", "to be communicated")
    load(folder)
    decision = CommitteeDecision.objects.get(kind=DecisionKind.NEXT_REPORT_DUE)
    assert (decision.due_on, decision.to_be_communicated) == (None, True)
    obligation = Obligation.objects.get(first_report=1, last_report=2)
    assert (obligation.due_on, obligation.basis) == (None, "none")


DECISIONS = (
    "iso3,first_report,last_report,kind,symbol,paragraph,decided_on,due_on,to_be_communicated,"
    "review,session,withdrawn_on,text,source,note,ref\n"
)


def test_a_decision_and_its_answer_are_loaded_and_known_again(folder: Path) -> None:
    (folder / "decisions.csv").write_text(
        DECISIONS
        + "IDN,,,follow-up,CMW/C/IDN/CO/1,62,2017-09-13,2019-10-01,,1,,,,CMW/C/IDN/CO/1,,a\n",
        encoding="utf-8",
    )
    (folder / "submissions.csv").write_text(
        "iso3,first_report,last_report,symbol,received_on,source,note,kind,answers,word_count\n"
        "IDN,,,CMW/C/IDN/FCO/1,2019-11,a test,,follow-up,a,31800\n",
        encoding="utf-8",
    )
    load(folder)
    answer = Submission.objects.get(symbol="CMW/C/IDN/FCO/1")
    assert (answer.word_count, str(answer.received_on)) == (31_800, "2019-11")
    assert answer.answers is not None
    assert (answer.answers.paragraph, str(answer.answers.review)) == ("62", "CMW/C/IDN/CO/1")
    again = load(folder)
    assert (again.created, again.updated) == (0, 0)


def test_a_session_is_loaded_and_a_bad_one_is_named(folder: Path) -> None:
    heading = "number,starts_on,ends_on,status,note,source\n"
    file = folder / "sessions.csv"
    file.write_text(f"{heading}45,2027-04-05,2027-04-16,planned,,A/80/48\n", encoding="utf-8")
    load(folder)
    assert str(Session.objects.get(number=45).ends_on) == "2027-04-16"
    file.write_text(f"{heading}46,2027-04,2027-04-16,soon,,\n,,,held,,\n", encoding="utf-8")
    assert problems(folder) == [
        "sessions.csv:2: starts_on: must be known to the day",
        "sessions.csv:2: status: “soon” is none of: planned, held, cancelled",
        "sessions.csv:3: number: is no session of a treaty on record",
    ]


def test_what_the_columns_of_an_export_cannot_hold_is_named(folder: Path) -> None:
    (folder / "decisions.csv").write_text(
        DECISIONS + "IDN,,,nonsense,,,,,,,,,,a test,,\nIDN,,,follow-up,,,,,,9,,,,a test,,\n",
        encoding="utf-8",
    )
    (folder / "submissions.csv").write_text(
        "iso3,first_report,last_report,symbol,received_on,source,note,kind,answers,word_count,filed_at\n"
        "IDN,1,1,,,a test,,follow-up,zzz,many,2026-05-01\n"
        "IDN,2,2,,,a test,,speech,,,yesterday\n",
        encoding="utf-8",
    )
    assert [line.split(": ", 2)[:2] for line in problems(folder)] == [
        ["decisions.csv:2", "kind"],
        ["decisions.csv:3", "review"],
        ["submissions.csv:2", "answers"],
        ["submissions.csv:2", "filed_at"],
        ["submissions.csv:2", "word_count"],
        ["submissions.csv:3", "kind"],
    ]


def test_a_column_that_a_file_does_not_have_leaves_what_people_recorded(folder: Path) -> None:
    load(folder)
    Submission.objects.filter(symbol="CMW/C/IDN/1").update(word_count=30_000, languages=["en"])
    again = load(folder)
    assert (again.created, again.updated) == (0, 0)
    report = Submission.objects.get(symbol="CMW/C/IDN/1")
    assert (report.word_count, report.languages) == (30_000, ["en"])


def test_signs_that_turn_a_text_round_are_taken_out_and_loading_again_changes_nothing(
    folder: Path,
) -> None:
    append(folder, "submissions.csv", "IDN,3,3,,2026-01-01,a \u202eletter,see \u202efdp.exe")
    load(folder)
    loaded = Submission.objects.get(first_report=3)
    assert (loaded.source, loaded.note) == ("a letter", "see fdp.exe")
    again = load(folder)
    assert (again.created, again.updated) == (0, 0)


def test_facts_beside_the_treaties_are_loaded_twice_as_good_as_once(folder: Path) -> None:
    (folder / "core_documents.csv").write_text(
        "iso3,symbol,dated_on,source,note\nIDN,hri/core/1/add.95,1998-12,a list,\n",
        encoding="utf-8",
    )
    (folder / "universal_reviews.csv").write_text(
        "iso3,cycle,session,report_due_on,reviewed_on,adopted_on,source,note\n"
        "IDN,4,41,2022-08,2022-11-09,2023-03,a list,\n",
        encoding="utf-8",
    )
    load(folder)
    again = load(folder)
    assert (again.created, again.updated) == (0, 0)
    document, review = CoreDocument.objects.get(), UniversalReview.objects.get()
    assert (document.symbol, str(document.dated_on)) == ("HRI/CORE/1/Add.95", "1998-12")
    assert (review.cycle, str(review.adopted_on)) == (4, "2023-03")


def test_what_cannot_be_of_a_fact_beside_the_treaties_is_said_at_its_line(folder: Path) -> None:
    (folder / "core_documents.csv").write_text(
        "iso3,symbol,dated_on,source,note\n"
        "IDN,HRI/CORE/IDN/2027,2027-01-01,a list,\n"
        "XXX,HRI/CORE/IDN/2010,2010,a list,\n",
        encoding="utf-8",
    )
    (folder / "universal_reviews.csv").write_text(
        "iso3,cycle,session,report_due_on,reviewed_on,adopted_on,source,note\n"
        "IDN,4,41,2022-08,2022-07-09,,a list,\n"
        "IDN,0,,2022-08,,,a list,\n",
        encoding="utf-8",
    )
    ahead = "This day lies ahead. A document is put on record once it is there."
    backwards = "9 July 2022 lies before the day on which the national report is due, August 2022."
    assert problems(folder) == [
        f"core_documents.csv:2: dated_on: {ahead}",
        "core_documents.csv:3: iso3: “XXX” is no State on record",
        f"universal_reviews.csv:2: reviewed_on: {backwards} Check both.",
        "universal_reviews.csv:3: The first cycle has number 1.",
    ]


def test_a_state_that_is_renamed_is_offered_by_its_new_name(folder: Path) -> None:
    load(folder)
    treaty = Treaty.objects.get(code="CMW")
    assert states_to_choose(treaties=[treaty]) == (("IDN", "Indonesia"), ("JAM", "Jamaica"))
    file = folder / "states.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Jamaica", "Jamaica and Cays"), encoding="utf-8")
    load(folder)
    assert states_to_choose(treaties=[treaty]) == (
        ("IDN", "Indonesia"),
        ("JAM", "Jamaica and Cays"),
    )
