"""What is read from the paragraph of concluding observations that sets the next date."""

from datetime import date

import pytest

from reporting.rules.paragraph import LONGEST, Doubt, Paragraph, doubts, read_paragraph, visible
from reporting.rules.partial_date import PartialDate

TODAY = date(2026, 11, 22)

DUE = [
    ("The State party is to submit its third periodic report by 1 May 2028.", "2028-05-01", (3, 3)),
    ("It is asked for its 3rd periodic report, due on 1 May 2028.", "2028-05-01", (3, 3)),
    ("Its third periodic report is due by May 1, 2028.", "2028-05-01", (3, 3)),
    ("Please send the third report no later than the 1st of May 2028.", "2028-05-01", (3, 3)),
    ("The combined second and third periodic reports should come by May 2028.", "2028-05", (2, 3)),
    ("Its initial to third periodic reports, by 2028.", "2028", (1, 3)),
    ("Its 2nd, 3rd and 4th periodic reports before 30 June 2029.", "2029-06-30", (2, 4)),
    ("The initial report is due on 2028-05-01.", "2028-05-01", (1, 1)),
    ("Its sixth periodic report by 1\u00a0May\u202f2028", "2028-05-01", (6, 6)),
    ("third periodic report by\u200f 1 \u200eMay\u202c 2028", "2028-05-01", (3, 3)),
    ("third\nperiodic report\nby 1 May\n2028", "2028-05-01", (3, 3)),
    ("soumettre son troisième rapport périodique d'ici au 1er mai 2028.", "2028-05-01", (3, 3)),
    ("soumettre son 3e rapport périodique d\u2019ici mai 2028.", "2028-05", (3, 3)),
    ("ses deuxième et troisième rapports périodiques avant le 15 août 2027", "2027-08-15", (2, 3)),
    ("SON QUATRIÈME RAPPORT AU PLUS TARD LE 3 FÉVRIER 2029", "2029-02-03", (4, 4)),
    (
        "un rapport unique valant rapport initial et deuxième rapport périodique d'ici à 2029",
        "2029",
        (1, 2),
    ),
    ("son rapport initial, attendu le 1ᵉʳ mai 2028", "2028-05-01", (1, 1)),
    ("Its second periodic report and its third periodic report by 2028.", "2028", (2, 3)),
    (
        "son deuxième rapport périodique et son troisième rapport périodique d'ici mai 2028",
        "2028-05",
        (2, 3),
    ),
    ("su tercer informe periódico a más tardar el 1 de mayo de 2028.", "2028-05-01", (3, 3)),
    ("su 3.º informe periódico a más tardar el 1.º de mayo de 2028.", "2028-05-01", (3, 3)),
    (
        "sus informes periódicos segundo y tercero combinados antes de mayo de 2028",
        "2028-05",
        (2, 3),
    ),
    ("presente el informe inicial antes del 31 de diciembre del 2027", "2027-12-31", (1, 1)),
    (
        "sus informes periódicos quinto y sexto hasta el 9 de setiembre de 2030",
        "2030-09-09",
        (5, 6),
    ),
]


@pytest.mark.parametrize(("text", "due", "reports"), DUE)
def test_the_date_and_the_reports_are_read(text: str, due: str, reports: tuple[int, int]) -> None:
    read = read_paragraph(text)
    assert [str(each.value) for each in read.due] == [due]
    assert read.reports is not None
    assert read.reports.value == reports


@pytest.mark.parametrize(
    ("text", "months", "words"),
    [
        ("its third periodic report within five years of this day", 60, "within five years"),
        ("le rapport suivant dans un délai de cinq ans", 60, "dans un délai de cinq ans"),
        ("el siguiente informe en un plazo de 4 años", 48, "en un plazo de 4 años"),
    ],
)
def test_a_term_counts_from_the_adoption_where_that_is_known(
    text: str, months: int, words: str
) -> None:
    read = read_paragraph(text)
    assert read.within is not None
    assert (read.within.value, read.within.words, read.due) == (months, words, ())
    adopted = PartialDate(2025, 12, 11)
    assert read.due_on(start=adopted) == adopted.plus_months(months)
    assert read.due_on(start=None) is None


@pytest.mark.parametrize(
    "text",
    [
        "The Committee will establish and communicate the due date of the third periodic report.",
        "Le Comité fixera et communiquera à l'État partie la date de son troisième rapport.",
        "El Comité comunicará al Estado parte la fecha de su tercer informe.",
    ],
)
def test_a_date_to_be_communicated_is_no_date(text: str) -> None:
    read = read_paragraph(text)
    assert read.announced is not None
    assert (read.due, read.is_empty) == ((), False)


def test_each_value_keeps_the_words_that_it_was_read_in() -> None:
    read = read_paragraph("Voir plus bas. 7. Son 2e rapport est attendu le 1er\u00a0mai 2028.")
    assert [each.words for each in read.found] == ["2e rapport", "attendu le 1er mai 2028"]
    for each in read.found:
        assert read.text[slice(*each.span)] == each.words


def test_the_date_of_the_follow_up_is_another_one() -> None:
    read = read_paragraph(
        "61. The Committee asks for written information on this report by 1 January 2027.\n"
        "62. The third periodic report, due on 1 January 2030, should refer to CMW/C/IDN/CO/2 "
        "of 11 December 2025 and to CMW/C/IDN/2."
    )
    assert [str(each.value) for each in read.due] == ["2030-01-01"]
    assert [str(each.value) for each in read.others] == ["2027-01-01", "2025-12-11"]
    assert read.symbol is not None
    assert str(read.symbol.value) == "CMW/C/IDN/CO/2"
    assert read.number is not None
    assert read.number.value == "62"
    assert read.sentence.startswith("The third periodic report, due on 1 January 2030")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\u200f\u200e ",
        "The Committee welcomes the second periodic report, received on 3 March 2024.",
        "It was adopted in 2017, in 1 May.",
        "01/05/2028",
        "\u0627\u0644\u062a\u0642\u0631\u064a\u0631 \u0627\u0644\u062b\u0627\u0644\u062b",
    ],
)
def test_a_text_that_says_nothing_of_the_next_date_gives_none(text: str) -> None:
    assert read_paragraph(text).is_empty


@pytest.mark.parametrize(
    "part",
    ["a ", "1 ", "by 1 May 2028. ", "by 1 May 2028 ", "second and ", ". ", "63.\n", "CMW/C/IDN/"],
)
def test_the_longest_text_is_read_and_a_longer_one_refused(part: str) -> None:
    text = (part * LONGEST)[:LONGEST]
    assert read_paragraph(text).text == visible(text)
    with pytest.raises(ValueError, match="longer than"):
        read_paragraph(f"{text}x")


def doubts_of(read: Paragraph, **known: object) -> set[Doubt]:
    about: dict[str, object] = {
        "reports": (3, 3),
        "iso3": "IDN",
        "symbol": "CMW/C/IDN/CO/2",
        "reviewed_on": PartialDate(2025, 12, 11),
        "as_at": TODAY,
    }
    return set(doubts(read, **(about | known)))  # type: ignore[arg-type]


def test_what_fits_raises_no_doubt() -> None:
    read = read_paragraph("CMW/C/IDN/CO/2: its third periodic report by 1 January 2031.")
    assert doubts_of(read) == set()


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Nothing is asked for.", {Doubt.NO_DATE}),
        ("Its fourth periodic report by 1 January 2031.", {Doubt.OTHER_REPORTS}),
        ("Its third periodic report by 1 January 2026.", {Doubt.PASSED}),
        ("Its third periodic report by 2024.", {Doubt.PASSED, Doubt.BEFORE_REVIEW}),
        ("Its report by 1 May 2029, or by 1 May 2030.", {Doubt.SEVERAL_DATES}),
        ("Its report by 31 June 2029.", {Doubt.NO_DATE, Doubt.NO_SUCH_DAY}),
        ("CMW/C/IDN/CO/1: report by 2031.", {Doubt.OTHER_SYMBOL}),
        ("CMW/C/SYR/CO/2: report by 2031.", {Doubt.OTHER_SYMBOL, Doubt.OTHER_STATE}),
    ],
)
def test_what_does_not_fit_is_pointed_out(text: str, doubt: set[Doubt]) -> None:
    assert doubts_of(read_paragraph(text)) == doubt


def test_a_term_without_a_day_to_count_from_is_pointed_out() -> None:
    read = read_paragraph("Its third periodic report within five years.")
    assert doubts_of(read, reviewed_on=None) == {Doubt.NO_START}
    assert doubts_of(read) == set()


def test_the_term_of_the_follow_up_is_another_one() -> None:
    read = read_paragraph(
        "Information on its follow-up is due within two years. The third report is due within 5 years."
    )
    assert read.within is not None
    assert read.within.value == 60


@pytest.mark.parametrize("text", ["CMW/C/IDN/CO/0", "CMW/C/IDN/CO/3-2", "CMW/C/IDN/CO/99999"])
def test_what_is_no_symbol_of_the_united_nations_is_not_read_as_one(text: str) -> None:
    assert read_paragraph(f"See {text}, which sets the date by 2028.").symbol is None
