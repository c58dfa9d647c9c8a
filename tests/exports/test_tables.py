"""The published tables as files."""

import csv
import re
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.utils.translation import override
from docx import Document

from reporting.exports.columns import cells, names
from reporting.exports.obligations import OBLIGATIONS, obligations
from reporting.exports.published import Published, table_csv, table_docx, table_xlsx
from reporting.exports.tables import TABLES
from reporting.models import Treaty
from reporting.queries import words
from reporting.queries.dashboard import Filters
from tests.factories import TreatyFactory

pytestmark = pytest.mark.usefixtures("recorded")
TODAY = date(2026, 11, 22)
DAYS = [TODAY, date(2017, 12, 31), date(1980, 1, 1)]


@pytest.fixture
def treaty() -> Treaty:
    return Treaty.objects.get(code="CMW")


def csv_of(slug: str, treaty: Treaty, as_at: date = TODAY) -> list[list[str]]:
    text = "".join(table_csv(TABLES[slug], as_at=as_at, treaty=treaty))
    return list(csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True)))


GOLDEN = {
    "submission-of-reports": [
        (
            "2026-11-22,Albania,ALB,initial report,2008-10-01,day,,,CMW/C/ALB/1,Met,treaty,"
            "CMW article 73(1)(a),CMW/C/ALB/2 para 2 (docslib copy); next due year from cover of "
            "CMW/C/ALB/2"
        ),
        (
            "2026-11-22,Indonesia,IDN,third periodic report,2030-12-11,day,,,,Unconfirmed,estimate,"
            "estimate after CMW/C/IDN/CO/2,"
        ),
    ],
    "late-and-non-reporting": [
        (
            "2026-11-22,5 to under 10 years,Fiji,FJI,non-reporting,initial report,2020-12-01,day,2182,2,"
            "CMW article 73(1)(a)"
        )
    ],
    "backlog": [
        (
            "2026-11-22,Lesotho,LSO,second periodic report,2025-02-19,day,,641,,cover of the second "
            "periodic report of Lesotho (docstore.ohchr.org)"
        )
    ],
    "replies-and-follow-up": [
        (
            "2026-11-22,Ghana,GHA,replies to a list of issues prior to reporting on the second periodic report,"
            "CMW/C/GHA/QPR/2,,,No date,"
        )
    ],
    "compliance": [
        "2026-11-22,State,Asia-Pacific States,Fiji,FJI,1,1,2,0,0",
        "2026-11-22,Regional group,Eastern European States,All of the group,,3,0,0,100,0",
        "2026-11-22,All States parties,All regional groups,All States parties,,60,8,11,87,0",
    ],
    "never-reviewed": [
        (
            "2026-11-22,Côte d'Ivoire,CIV,African States,2023-09-26,day,2024-01-01,day,2025-01-01,day,,,"
            "Overdue,UN Treaty Collection IV-13"
        )
    ],
}


@pytest.mark.parametrize("slug", TABLES)
def test_a_table_holds_what_the_documents_say(slug: str, treaty: Treaty) -> None:
    rows = csv_of(slug, treaty)
    for line in GOLDEN[slug]:
        assert next(csv.reader([line])) in rows


@pytest.mark.parametrize("as_at", DAYS)
@pytest.mark.parametrize("slug", TABLES)
def test_the_workbook_has_the_cells_of_the_csv_and_says_its_day_count_and_sources(
    slug: str, as_at: date, treaty: Treaty
) -> None:
    rows = csv_of(slug, treaty, as_at)
    with table_xlsx(TABLES[slug], as_at=as_at, treaty=treaty) as made:
        book = openpyxl.load_workbook(BytesIO(made.read()))
    sheet, about = book.worksheets
    texts = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    assert texts[1:] == [row[1:] for row in rows[1:]]
    said = dict(about.values)
    found = Published(TABLES[slug], as_at=as_at, treaty=treaty)
    assert (said["As at"], said["Entries"]) == (as_at.isoformat(), found.counts)
    assert said["Sources"] == str(TABLES[slug].under(treaty).sources)


@pytest.mark.parametrize("as_at", DAYS)
@pytest.mark.parametrize("slug", TABLES)
def test_the_document_has_a_row_for_each_row_and_says_its_day_count_and_sources(
    slug: str, as_at: date, treaty: Treaty
) -> None:
    with table_docx(TABLES[slug], as_at=as_at, treaty=treaty) as made:
        document = Document(BytesIO(made.read()))
    found = Published(TABLES[slug], as_at=as_at, treaty=treaty)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert sum(len(table.rows) - 1 for table in document.tables) == len(list(found.rows))
    assert texts[0] == found.title
    assert {found.counts, str(TABLES[slug].under(treaty).sources), treaty.name} <= set(texts)


def test_a_document_says_dates_in_words_and_what_is_missing(treaty: Treaty) -> None:
    with table_docx(TABLES["submission-of-reports"], as_at=TODAY, treaty=treaty) as made:
        rows = Document(BytesIO(made.read())).tables[0].rows
    assert [cell.text for cell in rows[1].cells] == [
        "Albania",
        "initial report",
        "1 October 2008",
        "date not on record",
        "CMW/C/ALB/1",
        "Met",
        "CMW article 73(1)(a)",
    ]
    assert [cell.text for cell in rows[2].cells][2:4] == ["2015", "19 December 2016"]


def test_counts_are_of_entries_and_of_states(treaty: Treaty) -> None:
    counts = {
        slug: Published(table, as_at=TODAY, treaty=treaty).counts for slug, table in TABLES.items()
    }
    assert counts["submission-of-reports"] == "211 entries · 60 States"
    assert counts["late-and-non-reporting"] == "8 entries · 8 States"
    assert counts["backlog"] == "1 entry · 1 State"
    assert counts["compliance"] == "60 entries · 60 States"


def test_names_of_states_are_those_of_the_language_of_the_reader(treaty: Treaty) -> None:
    with override("ar"):
        arabic = [row[2] for row in csv_of("late-and-non-reporting", treaty)]
    with override("fr"):
        french = [row[2] for row in csv_of("late-and-non-reporting", treaty)]
        assert words.state("IDN", "Indonesia") == "Indonésie"
    assert "فيجي" in arabic
    assert "Fidji" in french


def test_a_table_for_people_holds_words_and_no_codes(treaty: Treaty) -> None:
    with override("fr"):
        reports = csv_of("submission-of-reports", treaty)
        sums = csv_of("compliance", treaty)
    basis, precision = reports[0].index("basis"), reports[0].index("due_on_precision")
    assert {row[basis] for row in reports[1:]} == {"Comité", "estimation", "sans date", "traité"}
    assert {row[precision] for row in reports[1:]} <= {"", "jour", "mois", "année"}
    level = sums[0].index("level")
    assert {row[level] for row in sums[1:]} == {"État", "Groupe régional", "Tous les États parties"}


def test_no_sign_that_turns_the_writing_stands_in_a_cell(treaty: Treaty) -> None:
    signs = re.compile("[\u2066-\u2069\u200f]")
    with override("ar"):
        for slug, table in TABLES.items():
            assert signs.search("".join(table_csv(table, as_at=TODAY, treaty=treaty))) is None, slug
            with table_xlsx(table, as_at=TODAY, treaty=treaty) as made:
                book = openpyxl.load_workbook(BytesIO(made.read()))
            assert not [
                cell for row in book.worksheets[0] for cell in row if signs.search(str(cell.value))
            ]
        rows = obligations(as_at=TODAY, treaty=treaty, filters=Filters(), sort="state")
        found = list(cells(OBLIGATIONS, rows))
    places = {name: place for place, name in enumerate(names(OBLIGATIONS))}
    signed = {
        name for name, place in places.items() for row in found if signs.search(str(row[place]))
    }
    assert signed == {"explanation"}


def test_a_table_names_the_articles_of_its_treaty() -> None:
    treaty = TreatyFactory.build(
        code="CRC", initial_article="44", periodic_article="44", entry_into_force_article="49"
    )
    reports = TABLES["submission-of-reports"].under(treaty)
    assert reports.title == "Submission of reports under article 44"
    assert str(reports.sources).startswith(
        "Sources: the treaty, article 44 and article 49; the deposits"
    )
    for table in TABLES.values():
        assert "%" not in f"{table.under(treaty).title}{table.under(treaty).sources}"
