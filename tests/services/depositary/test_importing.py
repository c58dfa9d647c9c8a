"""Deposits as the Treaty Collection publishes them, looked at and put on record."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from reporting.models import AuditEntry, State, StateParty, Treaty
from reporting.services.depositary.importing import (
    Became,
    Preview,
    StatusFile,
    import_deposits,
    preview_deposits,
)
from reporting.services.depositary.names import code_of
from reporting.services.depositary.reading import Participant, read_status, slimmed
from reporting.services.errors import NotAllowedError
from tests.factories import NOW, TODAY, StatePartyFactory, TreatyFactory, UserFactory

pytestmark = pytest.mark.django_db
FILE = Path(__file__).with_name("status.xml")
CONTENT = FILE.read_bytes()


@pytest.fixture
def party() -> StateParty:
    """Return Indonesia, whose signature is not on record."""
    made: StateParty = StatePartyFactory.create()
    return made


def looked_at(content: bytes = CONTENT, *, code: str = "", by: Any = None) -> Preview:
    return preview_deposits(file=StatusFile(content=content, code=code), by=by, as_at=TODAY)


def imported(content: bytes = CONTENT, *, by: Any = None, expected: str = "") -> bool:
    file = StatusFile(content=content)
    mark = expected or looked_at(content, by=by).mark
    return import_deposits(file=file, expected=mark, by=by, as_at=TODAY, now=NOW)[1]


def refused(content: bytes, **given: Any) -> str:
    with pytest.raises(ValidationError) as error:
        looked_at(content, **given)
    return " ".join(error.value.messages)


def test_the_file_is_read_with_its_actions_footnotes_and_encoding() -> None:
    status = read_status(CONTENT)
    assert status.title.startswith("International Convention on the Protection")
    assert status.participants == [
        Participant(1, "Bolivia (Plurinational State of)", None, date(2000, 10, 16), "accession"),
        Participant(2, "Côte d'Ivoire", None, date(2023, 9, 26), "accession"),
        Participant(3, "Indonesia", date(2004, 9, 22), date(2012, 5, 31), "ratification"),
        Participant(4, "Montenegro", date(2006, 10, 23), None, ""),
        Participant(5, "Türkiye", date(1999, 1, 13), date(2004, 9, 27), "ratification"),
        Participant(6, "European Union", None, date(2010, 12, 23), "ratification"),
        Participant(7, "Peru", None, date(2005, 9, 14), "ratification", has_withdrawn=True),
    ]
    assert read_status(slimmed(CONTENT)) == status
    assert len(slimmed(CONTENT)) < len(CONTENT)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Republic of Korea", "KOR"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("Congo", "COG"),
        ("Democratic Republic of the Congo", "COD"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Netherlands (Kingdom of the)", "NLD"),
        ("United Kingdom of Great Britain and Northern Ireland", "GBR"),
        ("State of Palestine", "PSE"),
        ("Czech Republic", "CZE"),
        ("Turkey", "TUR"),
        ("European Union", ""),
        ("Atlantis", ""),
    ],
)
def test_a_participant_is_the_state_of_that_name(name: str, code: str) -> None:
    assert code_of(name) == code


def test_what_becomes_of_each_is_seen_and_nothing_is_saved(party: StateParty) -> None:
    StatePartyFactory.create(state=State.objects.create(iso3="ALB", name="Albania"))
    seen = looked_at()
    assert [(each.iso3, each.became) for each in seen.lines] == [
        ("BOL", Became.NEW),
        ("CIV", Became.NEW),
        ("IDN", Became.CHANGED),
        ("MNE", Became.SIGNED),
        ("TUR", Became.NEW),
        ("", Became.LEFT),
        ("PER", Became.LEFT),
    ]
    (differs,) = seen.lines[2].differences
    assert (differs.field, differs.theirs, differs.yours) == ("signed on", "", "22 September 2004")
    assert [each.state.iso3 for each in seen.missing] == ["ALB"]
    assert StateParty.objects.count() == 2
    assert not State.objects.filter(iso3="BOL").exists()


def test_what_was_seen_is_done_once_and_every_date_follows(party: StateParty) -> None:
    officer = UserFactory.create()
    assert imported(by=officer)
    made = StateParty.objects.get(state__iso3="CIV")
    assert (str(made.deposited_on), made.action) == ("2023-09-26", "accession")
    assert made.source == "UN Treaty Collection"
    first = made.obligations.order_by("due_on").first()
    assert first is not None
    assert str(first.due_on) == "2025-01-01"
    party.refresh_from_db()
    assert (str(party.signed_on), party.source) == ("2004-09-22", "UN Treaty Collection IV-13")
    entry = AuditEntry.objects.get()
    assert (entry.what, entry.about) == ("imported", "deposits CMW: 3 new, 1 changed")
    assert not imported(by=officer)
    assert {each.became for each in looked_at(by=officer).lines} == {
        Became.SAME,
        Became.SIGNED,
        Became.LEFT,
    }


def test_a_stale_preview_and_a_stranger_do_nothing(party: StateParty) -> None:
    mark = looked_at().mark
    party.note = "changed meanwhile"
    party.save()
    assert not imported(expected=mark)
    assert StateParty.objects.count() == 1
    with pytest.raises(NotAllowedError):
        looked_at(by=UserFactory.create(role="ministry"))


def test_whoever_is_bound_to_other_treaties_is_told_to_which(party: StateParty) -> None:
    bound = UserFactory.create()
    bound.treaties.add(TreatyFactory.create(code="CRC"), TreatyFactory.create(code="CAT"))
    with pytest.raises(ValidationError) as refused:
        looked_at(by=bound)
    assert refused.value.messages == [
        "The file is about CMW. Your account records under CRC, CAT alone."
    ]
    here = UserFactory.create()
    here.treaties.add(party.treaty)
    assert looked_at(by=here).treaty == party.treaty


def test_one_row_that_is_wrong_lets_none_through(party: StateParty) -> None:
    wrong = CONTENT.replace(b"26 Sep\t 2023 a", b"31 Sep\t 2023 a")
    seen = looked_at(wrong)
    assert (seen.lines[1].became, seen.does_something) == (Became.WRONG, False)
    assert seen.lines[1].said == "“31 Sep 2023” is no date of an action"
    assert not imported(wrong)
    later = CONTENT.replace(b"26 Sep\t 2023 a", b"26 Sep\t 2099 a")
    assert looked_at(later).lines[1].became is Became.WRONG
    other = CONTENT.replace(b"26 Sep\t 2023 a", b"26 Sep\t 2023 x")
    assert looked_at(other).lines[1].said == "“26 Sep 2023 x” is no date of an action"
    twice = CONTENT.replace(b"<Entry>Indonesia", b"<Entry>Bolivia")
    assert looked_at(twice).lines[2].said == "stands twice in the table"
    assert StateParty.objects.count() == 1


def test_a_deposit_that_lies_ahead_lets_none_through(party: StateParty, tmp_path: Path) -> None:
    ahead = CONTENT.replace(b"26 Sep\t 2023 a", b"23 Nov\t 2026 a")
    said = "23 November 2026 lies ahead: record it when it has happened."
    line = looked_at(ahead).lines[1]
    assert (line.became, line.said) == (Became.WRONG, said)
    assert not imported(ahead)
    months_ahead = CONTENT.replace(b"26 Sep\t 2023 a", b"1 Mar\t 2027 a")
    file = tmp_path / "ahead.xml"
    file.write_bytes(months_ahead)
    for arguments in ([], ["--dry-run"]):
        out = StringIO()
        with pytest.raises(CommandError, match="nothing was saved"):
            call_command("import_deposits", str(file), *arguments, stdout=out)
        assert "wrong 1 March 2027 lies ahead" in out.getvalue()
    assert StateParty.objects.count() == 1
    assert looked_at(CONTENT.replace(b"26 Sep\t 2023 a", b"22 Nov\t 2026 a")).does_something


def test_a_deposit_before_the_treaty_was_adopted_lets_none_through() -> None:
    protocol = (
        "Optional Protocol to the Convention on the Rights of the Child on the involvement of "
        "children in armed conflict"
    )
    TreatyFactory.create(code="OPAC", name=protocol)
    start = CONTENT.index(b"&lt;title&gt;")
    end = CONTENT.index(b"&lt;/title&gt;")
    titled = CONTENT[:start] + protocol.encode() + CONTENT[end:]
    old = titled.replace(b"26 Sep\t 2023 a", b"1 Mar\t 1950 a")
    line = looked_at(old, code="OPAC").lines[1]
    assert (line.became, line.said) == (
        Became.WRONG,
        "This lies before the treaty was adopted, on 25 May 2000. Check the year.",
    )
    assert not imported(old)
    assert not StateParty.objects.exists()


def test_the_title_says_which_treaty_it_is_and_another_one_is_refused(party: StateParty) -> None:
    assert looked_at().treaty.code == "CMW"
    TreatyFactory.create(code="CRC", name="Convention on the Rights of the Child")
    assert refused(CONTENT, code="CRC") == "The file is about CMW, and not about CRC."
    assert refused(CONTENT, code="XYZ") == "“XYZ” is no treaty on record"
    protocol = (
        "Optional Protocol to the Convention on the Rights of the Child on the sale of children"
    )
    TreatyFactory.create(code="OPSC", name=protocol)
    start = CONTENT.index(b"&lt;title&gt;")
    end = CONTENT.index(b"&lt;/title&gt;")
    assert looked_at(CONTENT[:start] + protocol.encode() + CONTENT[end:]).treaty.code == "OPSC"
    untitled = CONTENT[:start] + CONTENT[end:]
    assert "names no treaty on record" in refused(untitled)
    assert looked_at(untitled, code="cmw").treaty.code == "CMW"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no XML that can be read"),
        (b"<html><body>urgent maintenance</body></html>", "no table of participants"),
        (CONTENT.replace(b"Tbody", b"Body"), "empty, or too long"),
        (
            CONTENT.replace(b"Ratification, Accession(a), Succession(d)", b"Date"),
            "no column of ratifications",
        ),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "declares a type of document"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "declares a type of document"),
        (b"<a>" * 100_000, "no XML that can be read"),
        (b" " * (10 * 1024 * 1024 + 1), "larger than"),
    ],
)
def test_what_is_no_status_of_a_treaty_is_refused_with_a_sentence(
    content: bytes, said: str
) -> None:
    assert said in refused(content)


def test_the_command_looks_and_then_puts_on_record(party: StateParty, tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        out = StringIO()
        call_command("import_deposits", str(FILE), *arguments, stdout=out)
        return out.getvalue()

    said = run("--dry-run")
    assert "Bolivia (Plurinational State of): new" in said
    assert "Indonesia: changed signed on:  → 22 September 2004" in said
    assert "European Union: left no State of this name is known" in said
    assert "CMW: new 3, changed 1, as before 0, signed only 1, left out 2, wrong 0." in said
    assert StateParty.objects.count() == 1
    run()
    assert StateParty.objects.count() == 4
    assert "CMW: new 0, changed 0, as before 4" in run("--treaty", "CMW")
    broken = tmp_path / "broken.xml"
    broken.write_bytes(CONTENT.replace(b"26 Sep\t 2023 a", b"soon"))
    with pytest.raises(CommandError, match="nothing was saved"):
        call_command("import_deposits", str(broken), stdout=StringIO())
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_deposits", str(tmp_path / "none.xml"))
    with pytest.raises(CommandError, match="is no treaty on record"):
        call_command("import_deposits", str(FILE), "--treaty", "XYZ")
    assert Treaty.objects.count() == 1
