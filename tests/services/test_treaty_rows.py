"""Loading the States parties to the other treaties, as their list stood on its day."""

import csv
from datetime import date
from pathlib import Path

import pytest

from reporting.models import Obligation, Role, State, StateParty, Treaty
from reporting.queries.coming import Asked
from reporting.queries.coming_list import ComingList
from reporting.rules.wording import source_in_words
from reporting.services.fact_files import FactFilesError, Row
from reporting.services.fact_rows import Loaded
from reporting.services.loading import load_facts
from reporting.services.timetable import refresh
from reporting.services.treaty_rows import source_of_list
from tests.factories import TODAY, ContactFactory, UserFactory

pytestmark = pytest.mark.django_db
HEADING = "treaty,iso3,action,deposited_on"


def load(folder: Path, *, all_treaties: bool = True) -> Loaded:
    return load_facts(folder=folder, as_at=TODAY, treaty="CMW", all_treaties=all_treaties)


def problems(folder: Path) -> list[str]:
    with pytest.raises(FactFilesError) as caught:
        load(folder)
    assert not Treaty.objects.exists()
    assert not StateParty.objects.exists()
    return [str(problem) for problem in caught.value.problems]


def rewrite(folder: Path, of: str, /, **values: str) -> None:
    """Change cells in the line of a treaty."""
    path = folder / "treaties.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["code"] == of:
            row.update(values)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def owed(iso3: str, code: str) -> list[str]:
    found = Obligation.objects.filter(state_party__state__iso3=iso3, state_party__treaty__code=code)
    return [str(each.due_on) for each in found.order_by("first_report")]


def test_the_other_treaties_are_loaded_when_they_are_asked_for(folder: Path) -> None:
    load(folder, all_treaties=False)
    assert not StateParty.objects.exists()

    load(folder)
    codes = StateParty.objects.filter(state__iso3="IDN").values_list("treaty__code", flat=True)
    assert sorted(codes) == [
        "CAT", "CCPR", "CEDAW", "CERD", "CESCR", "CRC", "CRPD", "OPAC", "OPSC",
    ]  # fmt: skip
    again = load(folder)
    assert (again.created, again.updated) == (0, 0)


def test_each_says_the_day_of_the_list(folder: Path) -> None:
    load(folder)
    party = StateParty.objects.get(state__iso3="IDN", treaty__code="CRC")
    assert party.treaty.data_as_at == date(2015, 3, 14)
    assert source_in_words(party.source) == "data as at 14 March 2015"
    assert Treaty.objects.get(code="CMW").data_as_at is None


def test_a_state_that_no_file_names_has_the_name_of_the_library(folder: Path) -> None:
    load(folder)
    found = State.objects.get(iso3="USA")
    assert (found.name, found.m49) == ("United States of America", "840")


def test_the_protocols_fold_for_a_state_that_is_bound_by_the_convention(folder: Path) -> None:
    load(folder)
    assert owed("IDN", "OPAC") == ["2014-10-24"]
    assert owed("USA", "OPAC")[:3] == ["2005-01-23", "2010-01-23", "2015-01-23"]


def test_a_convention_that_comes_later_folds_what_is_still_to_come(folder: Path) -> None:
    load(folder)
    usa, crc = State.objects.get(iso3="USA"), Treaty.objects.get(code="CRC")
    before = owed("USA", "OPAC")
    party = StateParty.objects.get(state__iso3="IDN", treaty=crc)
    party.pk, party.state, party._state.adding = None, usa, True
    party.deposited_on = type(party.deposited_on).of(date(2026, 1, 1))
    party.save()
    refresh(party=party, as_at=TODAY)
    assert owed("USA", "OPAC") == before[: before.index("2030-01-23") + 1]
    assert len(before) > len(owed("USA", "OPAC"))


def test_a_treaty_without_an_interval_has_no_next_date(folder: Path) -> None:
    load(folder)
    assert owed("IDN", "CCPR") == ["2007-05-23"]


def test_an_unknown_regime_is_one_sentence(folder: Path) -> None:
    with (folder / "other_treaty_parties.csv").open("a", encoding="utf-8") as out:
        out.write("CWM,IDN,accession,2012-01-01\nCWM,USA,accession,2012-01-01\n")
    assert problems(folder) == ["other_treaty_parties.csv:16: treaty: “CWM” is no treaty on record"]


def test_a_wrong_line_makes_no_other_line_of_its_state_wrong(folder: Path) -> None:
    with (folder / "other_treaty_parties.csv").open("a", encoding="utf-8") as out:
        out.write("XYZ,AND,ratification,2006-01-01\nCRC,AND,ratification,1996-01-02\n")
        out.write("CAT,AND,ratification,2006-09-22\n")
    assert problems(folder) == ["other_treaty_parties.csv:16: treaty: “XYZ” is no treaty on record"]


def test_an_unknown_regime_in_the_file_of_treaties_is_one_sentence(folder: Path) -> None:
    rewrite(folder, "CERD", code="CREDO")
    with (folder / "other_treaty_parties.csv").open(encoding="utf-8") as lines:
        kept = [line for line in lines if not line.startswith("CERD")]
    (folder / "other_treaty_parties.csv").write_text("".join(kept), encoding="utf-8")
    assert problems(folder) == [
        (
            "treaties.csv:3: code: “CREDO” is no reporting regime (known: CMW, CERD, CCPR, CESCR, CEDAW, "
            "CAT, CRC, OPAC, OPSC, CRPD, CED)"
        )
    ]


@pytest.mark.parametrize(
    ("code", "values", "sentence"),
    [
        (
            "CERD",
            {"periodic_months": "18"},
            "treaties.csv:3: CERD: 18 months is no reporting interval in whole years.",
        ),
        (
            "OPAC",
            {"folded_into": "OPSC"},
            "treaties.csv:9: folded_into: “OPSC” is no treaty above this line with reports of its own",
        ),
        (
            "CAT",
            {"entry_into_force_rule": "at once"},
            (
                "treaties.csv:7: entry_into_force_rule: “at once” is no rule of entry into force that is "
                "known here."
            ),
        ),
    ],
)
def test_a_contradictory_rule_is_one_sentence(
    folder: Path, code: str, values: dict[str, str], sentence: str
) -> None:
    rewrite(folder, code, **values)
    assert problems(folder) == [sentence]


def test_a_line_of_a_list_without_a_day_has_its_file_as_source() -> None:
    row = Row("other_treaty_parties.csv", 2, {}, [])
    assert source_of_list(Treaty(code="CRC"), row) == "other_treaty_parties.csv"


def test_reports_are_on_record_where_the_file_says_so_or_has_no_day_of_a_list(folder: Path) -> None:
    load(folder)
    rewrite(folder, "CAT", reports_on_record="")
    load(folder)
    known = Treaty.objects.filter(reports_on_record=True).values_list("code", flat=True)
    assert list(known) == ["CMW"]
    Obligation.objects.update(look_on=date.max)
    rewrite(folder, "CAT", reports_on_record="yes")
    load(folder)
    assert Treaty.objects.get(code="CAT").reports_on_record
    looked = Obligation.objects.exclude(look_on=date.max).values_list("state_party__treaty__code")
    assert {code for (code,) in looked} == {"CAT"}


def test_what_will_go_out_follows_the_file_at_once(folder: Path) -> None:
    rewrite(folder, "CAT", reports_on_record="")
    load(folder)
    ContactFactory.create(state=State.objects.get(iso3="IDN"))
    asked = Asked(UserFactory.create(role=Role.ADMINISTRATOR), TODAY, 365)

    def under_it() -> int:
        return sum(
            row.state_party.treaty.code == "CAT" for row in ComingList(asked)[:] if row.state_party
        )

    assert under_it() == 0
    rewrite(folder, "CAT", reports_on_record="yes")
    load(folder)
    assert under_it() > 0
    rewrite(folder, "CAT", reports_on_record="")
    load(folder)
    assert under_it() == 0


def test_a_deposit_that_lies_ahead_or_before_its_treaty_is_named_at_its_line(folder: Path) -> None:
    (folder / "other_treaty_parties.csv").write_text(
        f"{HEADING}\nOPAC,IDN,accession,1950-03-01\nOPAC,USA,accession,2026-11-23\n",
        encoding="utf-8",
    )
    with (folder / "state_parties.csv").open("a", encoding="utf-8") as file:
        file.write("IDN,360,Indonesia,,ratification,2027-03-01,,a book\n")
    assert problems(folder) == [
        (
            "other_treaty_parties.csv:2: deposited_on: This lies before the treaty was adopted, on "
            "25 May 2000. Check the year."
        ),
        (
            "other_treaty_parties.csv:3: deposited_on: 23 November 2026 lies ahead: record it when "
            "it has happened."
        ),
        "state_parties.csv:2: deposited_on: 1 March 2027 lies ahead: record it when it has happened.",
    ]
