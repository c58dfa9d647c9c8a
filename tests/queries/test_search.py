"""Finding States in every language, documents however they are typed, sessions."""

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from reporting.models import State, StateParty, Submission, SubmissionStatus, Treaty
from reporting.models.names import search_text
from reporting.queries import search as search_module
from reporting.queries.search import Found, search
from tests.factories import (
    ReviewFactory,
    SessionFactory,
    StateFactory,
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
    partial,
)

pytestmark = pytest.mark.usefixtures("recorded")


def look(q: str, *acting_for: str) -> Found:
    parties = StateParty.objects.filter(state__iso3__in=acting_for)
    return search(q=q, treaty=Treaty.objects.get(code="CMW"), acting_for=parties)


def only(q: str) -> State | None:
    hit = look(q).only_state
    return hit and hit.state


def symbols(q: str) -> list[str]:
    return [row.symbol for row in look(q).documents]


@pytest.mark.parametrize(
    "q",
    [
        "Egypt",
        "EGYPT",
        "Égypte",
        "egypte",
        "Egipto",
        "مصر",
        "Египет",
        "埃及",
        "Mesir",
        "egy",
        "EG",
        "818",
    ],
)
def test_a_state_is_found_by_its_name_in_every_language_and_by_its_codes(q: str) -> None:
    found = only(q)
    assert found is not None
    assert found.iso3 == "EGY"


@pytest.mark.parametrize(
    ("q", "iso3"),
    [
        ("Cote d\u2019Ivoire", "CIV"),
        ("cote divoire", "CIV"),
        ("مـصر", "EGY"),
        ("مِصْر", "EGY"),
        ("哥倫比亞", "COL"),
        ("guinea bissau", "GNB"),
        ("niger", "NER"),
        ("Turkey", "TUR"),
        ("厄瓜多", "ECU"),
    ],
)
def test_signs_accents_and_old_names_do_not_matter(q: str, iso3: str) -> None:
    found = look(q)
    if found.only_state:
        assert found.only_state.state.iso3 == iso3
    else:
        assert [hit.state.iso3 for hit in found.states] == [iso3]


@pytest.mark.parametrize(
    ("q", "iso3"),
    [
        ("Ivory Coast", "CIV"),
        ("Pantai Gading", "CIV"),
        ("Costa de Marfil", "CIV"),
        ("象牙海岸", "CIV"),
        ("Cape Verde", "CPV"),
        ("East Timor", "TLS"),
        ("Timor Timur", "TLS"),
        ("Burkina", "BFA"),
    ],
)
def test_a_state_is_found_by_the_names_that_people_use(q: str, iso3: str) -> None:
    assert [hit.state.iso3 for hit in look(q).states] == [iso3]


def test_a_part_of_a_name_finds_those_that_begin_with_it_first() -> None:
    names = [hit.state.name for hit in look("guinea").states]
    assert names[:2] == ["Guinea", "Guinea-Bissau"]
    assert only("guinea") == State.objects.get(iso3="GIN")
    assert only("guin") is None


def test_a_name_in_another_language_is_shown_beside_the_state() -> None:
    (hit,) = look("égypt").states
    assert (hit.state.name, hit.matched) == ("Egypt", "")
    (hit,) = look("埃").states
    assert (hit.state.name, hit.matched) == ("Egypt", "埃及")


@pytest.mark.parametrize(
    "q",
    ["CMW/C/IDN/CO/1", "cmw/c/idn/co/1", "cmw c idn co 1", "CMWCIDNCO1", "IDN/CO/1", " idn co 1 "],
)
def test_a_symbol_is_found_however_it_is_typed(q: str) -> None:
    jump = look(q).jump
    assert (type(jump).__name__, jump and jump.symbol) == ("Review", "CMW/C/IDN/CO/1")


def test_a_symbol_without_its_second_number_is_found() -> None:
    party = StateParty.objects.get(state__iso3="IDN")
    SubmissionFactory.create(
        state_party=party, first_report=7, last_report=8, symbol="CMW/C/IDN/7-8"
    )
    jump = look("cmw c idn 7").jump
    assert jump is not None
    assert jump.symbol == "CMW/C/IDN/7-8"


def test_a_symbol_that_could_be_several_is_listed() -> None:
    party = StateParty.objects.get(state__iso3="IDN")
    for symbol in ("CMW/C/IDN/7/Add.1", "CMW/C/IDN/7/Add.2"):
        SubmissionFactory.create(state_party=party, first_report=7, symbol=symbol)
    assert look("idn 7").jump is None
    assert symbols("idn 7") == ["CMW/C/IDN/7/Add.1", "CMW/C/IDN/7/Add.2"]


def test_a_symbol_that_is_not_on_record_still_finds_its_state() -> None:
    found = look("CMW/C/IDN/99")
    assert (found.jump, found.documents) == (None, [])
    assert [hit.state.iso3 for hit in found.states] == ["IDN"]


@pytest.fixture
def filed() -> Submission:
    made: Submission = SubmissionFactory.create(
        state_party=StateParty.objects.get(state__iso3="IDN"),
        first_report=9,
        symbol="",
        status=SubmissionStatus.FILED,
        sent_on=date(2026, 11, 20),
        received_on=None,
        note_verbale="NV 217/2026",
    )
    return made


@pytest.mark.parametrize("q", ["indones", "CMW/C/IDN/9", "idn 9", "CMW/C/IDN", "nv 217/2026"])
def test_what_is_filed_is_found_by_those_who_act_for_the_state(filed: Submission, q: str) -> None:
    assert look(q, "IDN", "EGY").filed == [filed]
    assert look(q, "EGY").filed == []
    assert look(q).filed == []
    assert filed not in look(q, "IDN").documents


@pytest.mark.parametrize("q", ["egypt", "CMW/C/IDN/CO/1", "CMW/C/EGY/9", "9", "///"])
def test_what_is_filed_is_not_found_by_what_it_is_not(filed: Submission, q: str) -> None:
    assert look(q, "IDN").filed == []


def test_what_was_returned_is_found_by_its_symbol_and_is_no_document(filed: Submission) -> None:
    filed.status, filed.returned_because = SubmissionStatus.RETURNED, "not signed"
    filed.symbol = "CMW/C/IDN/9/Add.1"
    filed.save()
    assert look("CMW/C/IDN/9", "IDN").filed == [filed]
    assert look("CMW/C/IDN/9").jump is None
    assert look("9/Add", "IDN").filed == [filed]


def test_a_part_of_a_symbol_finds_the_documents_that_have_it() -> None:
    assert "CMW/C/IDN/QPR/2" in symbols("QPR/2")
    assert all("QPR" in symbol for symbol in symbols("QPR/2"))


@pytest.mark.parametrize(
    "q",
    [
        "session 27",
        "27",
        "27th session",
        "27e session",
        "Sesión 27",
        "27.º período de sesiones",
        "Período de sesiones núm. 27",
        "сессия 27",
        "27-я сессия",
        "27-й сессии",
        "第27届会议",
        "第二十七届会议",
        "الدورة 27",
        "الدورة ٢٧",
        "sesi ke-27",
    ],
)
def test_a_session_is_found_with_what_was_reviewed_there(q: str) -> None:
    session = SessionFactory.create(number=27)
    found = look(q)
    assert found.sessions == [session]
    assert "CMW/C/IDN/CO/1" in [row.symbol for row in found.documents]


@pytest.mark.parametrize("q", ["27 28", "guinea 27", "session", "2700", "第届会议"])
def test_what_names_no_session_finds_none(q: str) -> None:
    SessionFactory.create(number=27)
    assert look(q).sessions == []


def test_a_state_of_the_world_that_is_no_party_is_named() -> None:
    assert look("Frankreich") == Found()
    assert look("Francia").not_party == "France"
    assert look("FRA").not_party == "France"


@pytest.mark.parametrize(
    "q", ["%", "_", "|", "///", "'", "\\", "(", "x" * 100, "1/2/3/4/5/6/7/8/9/0"]
)
def test_signs_that_mean_something_elsewhere_find_nothing(q: str) -> None:
    assert not look(q)


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: Any) -> None:
    treaty = Treaty.objects.get(code="CMW")
    for q in ("a", "guin", "CMW/C/IDN/CO/1", "session 27", "CO/1", "CMW/C/3/Add.1", "Atlantis"):
        with django_assert_max_num_queries(8):
            search(q=q, treaty=treaty, acting_for=StateParty.objects.none())
        with django_assert_max_num_queries(9):
            search(q=q, treaty=treaty, acting_for=StateParty.objects.all())


PARTS = ("CO/1", "/1", "zz/1", "A/C", "IDN/", "/CO/")


@pytest.fixture
def of_others(recorded: None) -> None:
    """Put documents of six States under two other treaties on record, two of which have one name."""
    named = {"AAA": "Atlantis", "AAB": "Atlantis", "ECU": "Ecuador", "FJI": "Fiji"}
    states = [State.objects.get(iso3="IDN"), State.objects.get(iso3="MEX")]
    states += [StateFactory.create(iso3=iso3, name=name) for iso3, name in named.items()]
    for code in ("CEDAW", "CRC"):
        treaty = TreatyFactory.create(code=code)
        for number, state in enumerate(states):
            party = StatePartyFactory.create(state=state, treaty=treaty)
            for last in range(1, 2 + number % 3):
                symbol = f"{code}/C/{state.iso3}/{last}"
                SubmissionFactory.create(state_party=party, first_report=last, symbol=symbol)
                ReviewFactory.create(
                    state_party=party, first_report=last, symbol=f"{code}/C/{state.iso3}/CO/{last}"
                )


@pytest.mark.usefixtures("of_others")
@pytest.mark.parametrize("most", [3, 75])
@pytest.mark.parametrize("first", [1, 8])
def test_looking_step_by_step_finds_what_looking_through_all_does(
    most: int, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "MOST", most)
    for language in ("en", "fr"):
        with override(language):
            whole = [look(q) for q in PARTS]
            assert whole[0].documents
            assert not whole[2].documents
            with monkeypatch.context() as patched:
                patched.setattr(search_module, "_FIRST", first)
                patched.setattr(search_module, "_MANY_TIMES", 1)
                assert [look(q) for q in PARTS] == whole


@pytest.fixture
def under_cedaw() -> Submission:
    """Return the eighth report of Indonesia under another treaty, that of a second one to hand."""
    cedaw = TreatyFactory.create(code="CEDAW")
    france = StateFactory.create(iso3="FRA", name="France")
    StatePartyFactory.create(state=france, treaty=cedaw)
    made: Submission = SubmissionFactory.create(
        state_party=StatePartyFactory.create(
            state=State.objects.get(iso3="IDN"), treaty=cedaw, deposited_on=partial("1984-09-13")
        ),
        first_report=8,
        last_report=8,
        symbol="CEDAW/C/IDN/8",
    )
    return made


@pytest.mark.parametrize("q", ["CEDAW/C/IDN/8", "cedaw c idn 8", "idn/8", "IDN/8"])
def test_a_symbol_of_another_treaty_is_found(under_cedaw: Submission, q: str) -> None:
    assert look(q).jump == under_cedaw
    assert look("CMW/C/IDN/8").jump is None


@pytest.mark.parametrize("q", ["CRC/C/3/Add.10", "crc c 3 add 10", "CRC/C/3/Add", "CRC/C/3"])
def test_an_older_symbol_that_names_no_state_is_found(q: str) -> None:
    party = StatePartyFactory.create(
        state=State.objects.get(iso3="IDN"), treaty=TreatyFactory.create(code="CRC")
    )
    SubmissionFactory.create(state_party=party, first_report=2, symbol="CRC/C/IDN/3")
    older = SubmissionFactory.create(state_party=party, symbol="CRC/C/3/Add.10")
    found = look(q)
    assert (found.documents, found.jump, found.states) == ([older], older, [])
    assert look("CRC/C/3/Add.1").documents == [older]
    assert look("CRC/C/3/Add.11").documents == look("CMW/C/3/Add.10").documents == []


@pytest.mark.parametrize("symbol", ["CCPR/CO/70/ARG", "CAT/C/CR/33/1", "E/1990/5/Add.10"])
def test_an_older_symbol_of_another_form_is_found(symbol: str) -> None:
    older = SubmissionFactory.create(
        state_party=StateParty.objects.get(state__iso3="IDN"), first_report=9, symbol=symbol
    )
    assert look(symbol.lower()).documents == [older]


def test_what_is_of_the_treaty_shown_comes_before_what_is_of_another(
    under_cedaw: Submission,
) -> None:
    under_cedaw.symbol = "CEDAW/C/IDN/1"
    under_cedaw.save()
    assert symbols("idn 1")[0] == symbols("/IDN/1")[0] == "CMW/C/IDN/1"
    assert "CEDAW/C/IDN/1" in symbols("idn 1")
    assert look("idn 1").jump != look("CEDAW/C/IDN/1").jump == under_cedaw


def test_a_state_that_is_party_to_another_treaty_alone_says_so(under_cedaw: Submission) -> None:
    hit = look("France").only_state
    assert hit is not None
    assert (hit.state.iso3, hit.elsewhere) == ("FRA", ("CEDAW",))


def test_what_was_filed_under_another_treaty_is_found_by_those_who_act_for_it(
    under_cedaw: Submission,
) -> None:
    under_cedaw.status, under_cedaw.sent_on = SubmissionStatus.FILED, date(2026, 11, 20)
    under_cedaw.received_on = None
    under_cedaw.save()
    assert look("CEDAW/C/IDN/8", "IDN").filed == [under_cedaw]
    assert look("CMW/C/IDN/8", "IDN").filed == []
    assert look("CEDAW/C/IDN/8").filed == []


def test_names_that_are_searched_are_in_every_language() -> None:
    text = search_text(iso3="FJI", m49="242", name="Fiji")
    assert text == "|fiji|fji|fj|242|fidji|فيجي|фиджи|斐济|fiyi|斐濟|"


def test_a_state_that_is_saved_is_found_by_its_new_name() -> None:
    party = StatePartyFactory.create(
        state=State.objects.create(iso3="FRA", name="France"), treaty=Treaty.objects.get(code="CMW")
    )
    assert only("法国") == party.state
