"""Common core documents and dates of the Universal Periodic Review: who keeps them, and what can be."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from reporting.models import CoreDocument, Role, StateParty, UniversalReview, User
from reporting.queries.audit import AuditAsked, audit_page
from reporting.queries.person import stored_about
from reporting.services.errors import ConflictError, NotAllowedError
from reporting.services.state_fact import (
    as_printed,
    retract_state_fact,
    save_state_fact,
    state_fact_slips,
)
from tests.factories import (
    TODAY,
    CoreDocumentFactory,
    StateFactory,
    StatePartyFactory,
    TreatyFactory,
    UniversalReviewFactory,
    UserFactory,
    partial,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry() -> User:
    """Return a person of the ministry of Indonesia."""
    party: StateParty = StatePartyFactory.create()
    person: User = UserFactory.create(role=Role.MINISTRY)
    person.states.add(party.state)
    return person


def new_document(**given: object) -> CoreDocument:
    made: CoreDocument = CoreDocumentFactory.build(state=StateFactory.create(), **given)
    return made


def new_review(**given: object) -> UniversalReview:
    made: UniversalReview = UniversalReviewFactory.build(state=StateFactory.create(), **given)
    return made


def slips(fact: CoreDocument | UniversalReview) -> dict[str, str]:
    return dict(state_fact_slips(fact, as_at=TODAY))


def test_a_ministry_records_corrects_and_takes_off_and_the_history_keeps_it(ministry: User) -> None:
    made = save_state_fact(fact=new_review(), by=ministry, as_at=TODAY)
    made.report_due_on = partial("2027-07-20")
    save_state_fact(
        fact=made, by=ministry, as_at=TODAY, seen=made.version, reason="the note verbale came"
    )
    retract_state_fact(fact=made, seen=made.version, by=ministry, reason="recorded twice")
    assert not UniversalReview.objects.exists()
    rows = UniversalReview.history.order_by("history_id")
    assert [(row.history_type, row.history_user, row.history_change_reason) for row in rows] == [
        ("+", ministry, None),
        ("~", ministry, "the note verbale came"),
        ("-", ministry, "recorded twice"),
    ]


def test_every_change_stands_in_the_audit_log_with_its_state(ministry: User) -> None:
    save_state_fact(fact=new_document(), by=ministry, as_at=TODAY)
    made = save_state_fact(fact=new_review(), by=ministry, as_at=TODAY)
    lines = audit_page(asked=AuditAsked(person=ministry), page=1)
    assert [(line.source, line.about, line.state.iso3, line.by) for line in lines] == [
        ("universal-review", "Universal Periodic Review, cycle 5", "IDN", ministry),
        ("core-document", "HRI/CORE/IDN/2010", "IDN", ministry),
    ]
    assert lines[0].fact == ("universal-review", made.pk)
    (found,) = audit_page(asked=AuditAsked(q="HRI/CORE"), page=1)
    assert found.about == "HRI/CORE/IDN/2010"


def test_what_a_person_recorded_and_where_it_names_somebody_is_found_for_that_person(
    ministry: User,
) -> None:
    save_state_fact(fact=new_document(note=f"Ask {ministry.email}"), by=ministry, as_at=TODAY)
    found = stored_about(email=ministry.email)
    assert [row["symbol"] for row in found.rows["changes made: core-document"]] == [
        "HRI/CORE/IDN/2010"
    ]
    assert any("common core document" in each and "note" in each for each in found.mentions)


def test_nobody_keeps_what_is_of_another_state(ministry: User) -> None:
    france = StateFactory.create(iso3="FRA", name="France")
    bound: User = UserFactory.create()
    bound.treaties.add(TreatyFactory.create(code="CAT"))
    theirs = CoreDocumentFactory.create(state=france, symbol="HRI/CORE/FRA/2017")
    with pytest.raises(NotAllowedError):
        save_state_fact(fact=theirs, by=ministry, as_at=TODAY, seen=theirs.version)
    with pytest.raises(NotAllowedError):
        retract_state_fact(fact=theirs, by=bound, seen=theirs.version, reason="a test")
    with pytest.raises(NotAllowedError):
        save_state_fact(fact=new_review(), by=bound, as_at=TODAY)


def test_the_second_editor_is_told(ministry: User) -> None:
    made = save_state_fact(fact=new_document(), by=ministry, as_at=TODAY)
    seen, mine = made.version, CoreDocument.objects.get()
    made.note = "with annexes"
    save_state_fact(fact=made, by=ministry, as_at=TODAY, seen=seen, reason="a test")
    mine.dated_on = partial("2011")
    with pytest.raises(ConflictError) as caught:
        save_state_fact(fact=mine, by=ministry, as_at=TODAY, seen=seen, reason="a test")
    assert [each.field for each in caught.value.differences] == ["note", "date of the document"]
    with pytest.raises(ConflictError):
        retract_state_fact(fact=mine, by=ministry, seen=seen, reason="a test")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("hri/core/idn/2010", "HRI/CORE/IDN/2010"),
        (" HRI/CORE/1/ADD.95 ", "HRI/CORE/1/Add.95"),
        ("HRI/CORE/IDN/2010/rev.1", "HRI/CORE/IDN/2010/Rev.1"),
    ],
)
def test_a_symbol_is_written_as_documents_print_it(typed: str, printed: str) -> None:
    fact = new_document(symbol=typed, source="")
    as_printed(fact)
    assert (fact.symbol, fact.source) == (printed, printed)
    assert slips(fact) == {}


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"symbol": "CMW/C/IDN/1"}, "symbol", "is not the symbol of a common core document"),
        ({"symbol": "HRI/CORE/"}, "symbol", "write it as in HRI/CORE/IDN/2010."),
        ({"symbol": "HRI/CORE/FRA/2017"}, "symbol", "is about another State than Indonesia."),
        ({"dated_on": partial("2026-11-23")}, "dated_on", "This day lies ahead."),
        ({"dated_on": partial("9999")}, "dated_on", "This day lies ahead."),
        ({"dated_on": partial("0201-05-01")}, "dated_on", "founded, on 24 October 1945."),
    ],
)
def test_a_document_that_cannot_be_is_refused_at_its_field(
    given: dict[str, object], field: str, said: str
) -> None:
    ((name, text),) = slips(new_document(**given)).items()
    assert name == field
    assert said in text


def test_a_document_stands_once() -> None:
    CoreDocumentFactory.create()
    assert slips(new_document()) == {"symbol": "HRI/CORE/IDN/2010 is on record already."}


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        (
            {"reviewed_on": partial("2027-07-31")},
            "reviewed_on",
            "31 July 2027 lies before the day on which the national report is due, August 2027.",
        ),
        (
            {"adopted_on": partial("2027-10")},
            "adopted_on",
            "October 2027 lies before the day of the review, 8 November 2027. Check both.",
        ),
        ({"adopted_on": partial("9999")}, "adopted_on", "This lies more than 10 years ahead."),
        (
            {"report_due_on": partial("2006-03-14")},
            "report_due_on",
            "was established, on 15 March 2006.",
        ),
        ({"report_due_on": None, "reviewed_on": None}, "report_due_on", "at least one date"),
    ],
)
def test_a_cycle_that_cannot_be_is_refused_at_its_field(
    given: dict[str, object], field: str, said: str
) -> None:
    ((name, text),) = slips(new_review(**given)).items()
    assert name == field
    assert said in text


def test_days_that_may_be_in_order_are_kept(ministry: User) -> None:
    made = new_review(report_due_on=partial("2027"), adopted_on=partial("2027-11"))
    assert save_state_fact(fact=made, by=ministry, as_at=TODAY).recorded_on == TODAY


def test_a_cycle_stands_once_and_between_its_neighbours() -> None:
    UniversalReviewFactory.create(cycle=4, report_due_on=None, reviewed_on=partial("2022-11-09"))
    assert slips(new_review(cycle=4)) == {
        "cycle": "Cycle 4 of Indonesia is on record already. Correct it there."
    }
    early = new_review(report_due_on=None, reviewed_on=partial("2017-05-03"))
    assert slips(early) == {
        "reviewed_on": "The cycles follow each other, and in cycle 4 this is on 9 November 2022."
    }
    assert slips(new_review(cycle=3, report_due_on=None)).keys() == {"reviewed_on"}


@pytest.mark.parametrize("cycle", [0, 51])
def test_a_cycle_has_a_number_that_can_be(ministry: User, cycle: int) -> None:
    with pytest.raises(ValidationError, match="The first cycle has number 1"):
        save_state_fact(fact=new_review(cycle=cycle), by=ministry, as_at=date(2026, 11, 22))
