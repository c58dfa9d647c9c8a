"""What is read from the paragraph of concluding observations that sets the next date."""

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.moments import Start, Term
from reporting.rules.paragraph import LONGEST, Known, read_paragraph
from reporting.rules.partial_date import PartialDate
from reporting.rules.reading import visible

ADOPTED, CONSIDERED = PartialDate(2025, 12, 11), PartialDate(2025, 12, 2)
KNOWN = Known(reports=(3, 3), adopted_on=ADOPTED, considered_on=CONSIDERED)

DUE = [
    ("The State party is to submit its third periodic report by 1 May 2028.", "2028-05-01", (3, 3)),
    ("It is asked for its 3rd periodic report, due on 1 May 2028.", "2028-05-01", (3, 3)),
    ("Its third periodic report is due by May 1, 2028.", "2028-05-01", (3, 3)),
    ("Please send the third report no later than the 1st of May 2028.", "2028-05-01", (3, 3)),
    ("The combined second and third periodic reports should come by May 2028.", "2028-05", (2, 3)),
    ("Its initial to third periodic reports, by 2028.", "2028", (1, 3)),
    ("Its 2nd, 3rd and 4th periodic reports before 30 June 2029.", "2029-06-30", (2, 4)),
    ("The initial report is due on 2028-05-01.", "2028-05-01", (1, 1)),
    ("The third periodic report is to be submitted by 1.5.2027.", "2027-05-01", (3, 3)),
    ("son troisième rapport périodique d'ici au 01.05.2028", "2028-05-01", (3, 3)),
    ("su tercer informe periódico a más tardar el 1. 5. 2028", "2028-05-01", (3, 3)),
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
    assert read.due is not None
    assert str(read.due.value) == due
    assert read.reports is not None
    assert read.reports.value == reports


# As the ten Committees word them, in own words; an empty cell is no proposal, and no report named.
with (Path(__file__).parent / "paragraphs.csv").open(encoding="utf-8", newline="") as file:
    WORDED = list(csv.DictReader(file))


@pytest.mark.parametrize("row", WORDED, ids=lambda row: row["text"][:60])
def test_a_paragraph_as_committees_word_it_gives_its_date_or_none(row: dict[str, str]) -> None:
    read = read_paragraph(row["text"], KNOWN)
    assert str(read.due_on(KNOWN) or "") == row["due"]
    assert "-".join(map(str, read.reports.value) if read.reports else []) == row["reports"]


def test_the_paragraphs_are_of_three_languages_and_none_stands_twice() -> None:
    assert {row["language"] for row in WORDED} == {"en", "fr", "es"}
    assert len({row["text"] for row in WORDED}) == len(WORDED) >= 120


TERMS = [
    ("its third periodic report within five years of this day", 60, "within five years"),
    ("le rapport suivant dans un délai de cinq ans", 60, "dans un délai de cinq ans"),
    ("el siguiente informe en un plazo de 4 años", 48, "en un plazo de 4 años"),
    ("The third report is due within 18 months of the adoption.", 18, "is due within 18 months"),
    ("Son troisième rapport est attendu dans les deux ans.", 24, "est attendu dans les deux ans"),
]


@pytest.mark.parametrize(("text", "months", "words"), TERMS)
def test_a_term_counts_from_the_adoption_where_that_is_known(
    text: str, months: int, words: str
) -> None:
    read = read_paragraph(text)
    assert read.within is not None
    assert (read.within.value, read.due) == (Term(months, Start.ADOPTION), None)
    assert read.within.words == words
    assert read.due_on(KNOWN) == ADOPTED.plus_months(months)
    assert read.due_on(Known(considered_on=CONSIDERED)) is None


@pytest.mark.parametrize(
    "text",
    [
        "The third report is due five years after the consideration of the present report.",
        "Le troisième rapport est attendu cinq ans après l'examen du présent rapport.",
        "El tercer informe deberá presentarse cinco años después del diálogo.",
    ],
)
def test_a_term_after_the_consideration_counts_from_the_dialogue(text: str) -> None:
    read = read_paragraph(text, KNOWN)
    assert read.due_on(KNOWN) == CONSIDERED.plus_months(60)
    assert read.due_on(Known(adopted_on=ADOPTED)) is None


@pytest.mark.parametrize(
    "text",
    [
        "The third report is due within one year of receipt of the list of issues.",
        "Le troisième rapport est attendu dans les deux ans suivant la ratification.",
    ],
)
def test_a_term_that_counts_from_another_day_gives_no_date(text: str) -> None:
    read = read_paragraph(text, KNOWN)
    assert read.within is not None
    assert read.within.value.start is Start.ANOTHER
    assert read.due_on(KNOWN) is None


def test_months_after_a_day_that_is_known_by_its_year_give_no_date() -> None:
    read = read_paragraph("The third report is due within eighteen months.")
    assert read.due_on(Known(adopted_on=PartialDate(2025))) is None
    assert read.due_on(Known(adopted_on=PartialDate(2025, 12))) == PartialDate(2027, 6)


def test_a_date_is_firmer_than_a_term() -> None:
    read = read_paragraph("Its third report is due within five years, by 1 May 2030.", KNOWN)
    assert read.within is None
    assert str(read.due_on(KNOWN)) == "2030-05-01"


TWO = "Its second report is due by 1 May 2027 and its third periodic report by 1 May 2031."


@pytest.mark.parametrize(
    ("known", "due"),
    [
        (Known(reports=(2, 2)), "2027-05-01"),
        (Known(reports=(3, 4)), "2031-05-01"),
        (Known(reports=(2, 3)), None),
        (Known(reports=(9, 9)), None),
        (Known(), None),
        (Known(considered_on=PartialDate(2028, 1)), "2031-05-01"),
    ],
)
def test_of_several_reports_the_one_that_is_expected_is_chosen(known: Known, due: str) -> None:
    read = read_paragraph(TWO, known)
    assert (read.due and str(read.due.value)) == due
    assert [str(each.value) for each in read.rivals] == (
        [] if due else ["2027-05-01", "2031-05-01"]
    )


def test_a_report_that_is_named_is_chosen_before_one_that_is_not() -> None:
    read = read_paragraph("Its report is due by 1 May 2027. The next report is due by 1 May 2031.")
    assert read.due is not None
    assert str(read.due.value) == "2031-05-01"


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
    assert (read.due, read.is_empty) == (None, False)


def test_each_value_keeps_the_words_that_it_was_read_in() -> None:
    read = read_paragraph("Voir plus bas. 7. Son 2e rapport est attendu le 1er\u00a0mai 2028.")
    assert [each.words for each in read.found] == ["2e rapport", "est attendu le 1er mai 2028"]
    for each in read.found:
        assert read.text[slice(*each.span)] == each.words


def test_the_date_of_the_follow_up_is_another_one() -> None:
    read = read_paragraph(
        "61. The Committee asks for written information on this report by 1 January 2027.\n"
        "62. The third periodic report, due on 1 January 2030, should refer to CMW/C/IDN/CO/2 "
        "of 11 December 2025 and to CMW/C/IDN/2."
    )
    assert read.due is not None
    assert str(read.due.value) == "2030-01-01"
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


@pytest.mark.parametrize("figures", ["01/05/2028", "5/1/2028", "31/05/2028"])
def test_figures_with_strokes_are_named_and_not_read(figures: str) -> None:
    read = read_paragraph(f"It is to submit its third periodic report by {figures}.")
    assert (read.due, read.is_empty, read.strokes) == (None, True, (figures,))
    assert not read.names_no_time


@pytest.mark.parametrize("figures", ["31.6.2028", "1.13.2028", "0.5.2028"])
def test_figures_with_points_that_are_on_no_calendar_are_named(figures: str) -> None:
    read = read_paragraph(f"It is to submit its third periodic report by {figures}.")
    assert (read.due, read.slips) == (None, (figures,))


@pytest.mark.parametrize("number", ["1.5.2", "12.1.20281", "3.1.5.2028"])
def test_other_figures_with_points_are_no_dates(number: str) -> None:
    read = read_paragraph(f"It is to submit its third periodic report by {number}.")
    assert (read.due, read.slips, read.others) == (None, (), ())


PARTS = [
    *("a ", "1 ", "by 1 May 2028. ", "by 1 May 2028 ", "second and ", ". ", "63.\n", "CMW/C/IDN/"),
    *("and ", "due date ", "in 2028 ", "within two years of the ", "by the end of the month of "),
    *("submit, ", "information including ", "the State party ", "third report by 1 May 2028 and "),
]


def test_the_longest_text_is_read_and_a_longer_one_refused() -> None:
    text = ("by 1 May 2028. " * LONGEST)[:LONGEST]
    assert read_paragraph(text).text == visible(text)
    with pytest.raises(ValueError, match="longer than"):
        read_paragraph(f"{text}x")


def seconds(text: str) -> float:
    """Return the processor's time for reading the text, the less of two."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        read_paragraph(text)
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("part", PARTS)
def test_a_text_of_eight_times_the_length_takes_no_more_than_its_share(part: str) -> None:
    short, long = (part * 800)[:800], (part * 6400)[:6400]
    assert seconds(long) < 24 * max(seconds(short), 0.001)


WORDS = [
    *(
        "The Committee",
        "requests",
        "its third periodic report",
        "by",
        "1 May 2028",
        "and",
        ",",
        ";",
    ),
    *("an interim report", "due on", "was", "within", "two years", "after", "in", "2026", "ratify"),
    *("son", "rapport", "attendu", "le", "1er mai 2030", "au plus tard", "que", "l'État partie"),
    *("informe", "a más tardar el", "vence", "1 de mayo de 2029", "y", "antes de", "fecha límite"),
    *(
        "63.",
        "the due date",
        "article 29 (4)",
        "information",
        "submit",
        "(",
        "\n",
        ".",
        "31 June 2027",
    ),
]


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join) | st.text(max_size=200))
def test_whatever_is_pasted_is_read_and_what_is_proposed_stands_in_it(text: str) -> None:
    read = read_paragraph(text, KNOWN)
    for each in read.found:
        assert read.text[slice(*each.span)] == each.words
    assert not (read.due and read.rivals)
    assert len(read.rivals) != 1
    named = {each.value for each in (*read.rivals, *read.others)}
    assert read.due is None or read.due.value not in named
    assert read.names_no_time <= (not named)


@pytest.mark.parametrize("first", ["1 May 2027", "1er mai 2027"])
@pytest.mark.parametrize("second", ["1 May 2030", "1 de mayo de 2030"])
def test_no_date_is_proposed_where_nothing_says_what_it_is_for(first: str, second: str) -> None:
    read = read_paragraph(f"{first} - {second}")
    assert [str(each.value) for each in read.others] == ["2027-05-01", "2030-05-01"]
    assert read.is_empty


def test_the_term_of_the_follow_up_is_another_one() -> None:
    read = read_paragraph(
        "Information on its follow-up is due within two years. The third report is due within 5 years."
    )
    assert read.within is not None
    assert read.within.value.months == 60


@pytest.mark.parametrize("text", ["CMW/C/IDN/CO/0", "CMW/C/IDN/CO/3-2", "CMW/C/IDN/CO/99999"])
def test_what_is_no_symbol_of_the_united_nations_is_not_read_as_one(text: str) -> None:
    assert read_paragraph(f"See {text}, which sets the date by 2028.").symbol is None


@pytest.mark.parametrize(
    "text",
    [
        "It recalls its previous concluding observations (CMW/C/IDN/CO/1). See CMW/C/IDN/CO/2.",
        "Dans ses observations finales précédentes (CMW/C/IDN/CO/1), le Comité avait prié d'autres. Cote : CMW/C/IDN/CO/2.",
        "En sus anteriores observaciones finales (CMW/C/IDN/CO/1), el Comité pidió otras. Signatura: CMW/C/IDN/CO/2.",
    ],
)
def test_the_symbol_of_the_previous_observations_is_not_the_one(text: str) -> None:
    read = read_paragraph(text + " The third report is due by 1 May 2030, and not before.")
    assert str(read.symbol and read.symbol.value) == "CMW/C/IDN/CO/2"


@pytest.mark.parametrize(
    ("known", "symbol"),
    [(KNOWN, "CMW/C/IDN/QPR/3"), (Known(reports=(5, 5)), "None"), (Known(), "CMW/C/IDN/QPR/2")],
)
def test_a_list_of_issues_sets_the_date_of_its_own_report(known: Known, symbol: str) -> None:
    text = "CMW/C/IDN/QPR/2 came before CMW/C/IDN/QPR/3."
    read = read_paragraph(text, known)
    assert str(read.symbol and read.symbol.value) == symbol


def test_a_report_before_the_expected_one_that_another_sentence_names_is_not_asked_for() -> None:
    text = (
        "The initial report was due on 1 September 2013."
        " The State party is to submit its next report by 1st December, 2030."
    )
    read = read_paragraph(text, KNOWN)
    assert (read.due_on(KNOWN), read.reports) == (PartialDate(2030, 12, 1), None)
    named = read_paragraph(text.replace("initial", "third periodic"), KNOWN).reports
    assert named is not None
    assert named.value == (3, 3)
