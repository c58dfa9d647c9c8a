"""The histories of the facts, in order, for programs that keep asking."""

from datetime import UTC, date, datetime, timedelta

import pytest

from reporting.models import ObligationChange, Review, StateParty
from reporting.queries.log import (
    KINDS,
    SETTLED,
    Entry,
    Position,
    Wanted,
    changes_after,
    position_at,
)
from reporting.services.timetable import refresh
from tests.factories import (
    TODAY,
    CoreDocumentFactory,
    ReviewFactory,
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
    UniversalReviewFactory,
)

pytestmark = pytest.mark.django_db
AT = datetime(2100, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_position_is_read_back_and_nothing_else_is_one() -> None:
    assert Position.parse(str(Position((1, 0, 22, 3, 4, 5, 6)))) == Position((1, 0, 22, 3, 4, 5, 6))
    for text in ("", "1.2.3", "1.2.3.4.5", "1.2.3.-4", "1.2.3.x", "1.2.3.٤", "1.2.3." + "9" * 30):
        with pytest.raises(ValueError, match=r".*"):
            Position.parse(text)


def test_what_was_written_a_moment_ago_is_told_when_others_have_committed() -> None:
    ReviewFactory.create()
    start = position_at(AT)
    review = Review.objects.get()
    review.note = "later"
    review._history_date = AT  # type: ignore[attr-defined] # a name of django-simple-history
    review.save()
    early, position = changes_after(start, now=AT + SETTLED - SECOND, most=5, wanted=Wanted())
    assert (early, position) == ([], start)
    (only,), _after = changes_after(position, now=AT + SETTLED, most=5, wanted=Wanted())
    assert (only.kind, only.pk, only.what, only.at) == ("review", review.pk, "corrected", AT)


def test_parts_follow_each_other_whatever_the_kind() -> None:
    party = StatePartyFactory.create()
    for _time in range(3):
        ReviewFactory.create(state_party=party)
        SubmissionFactory.create(state_party=party)
    told, position = [], Position()
    while part := changes_after(position, now=AT, most=2, wanted=Wanted()):
        entries, position = part
        if not entries:
            break
        told += entries
    moments = [each.at for each in told]
    assert moments == sorted(moments)
    assert sorted({each.kind for each in told}) == ["review", "state party", "submission"]
    assert len({(each.kind, each.number) for each in told}) == len(told)


def test_what_was_filed_is_told_to_those_who_act_for_the_state_alone() -> None:
    filed = SubmissionFactory.create(status="filed", received_on=None, sent_on=date(2026, 1, 1))

    def told(*codes: str) -> list[tuple[int, str]]:
        wanted = Wanted(acting_for=StateParty.objects.filter(state__iso3__in=codes))
        entries, _after = changes_after(Position(), now=AT, most=9, wanted=wanted)
        return [(each.pk, each.what) for each in entries if each.kind == "submission"]

    assert told() == told("SYR") == []
    assert told("IDN", "SYR") == [(filed.pk, "recorded")]


def test_what_is_of_a_state_is_told_under_no_treaty() -> None:
    review = UniversalReviewFactory.create()
    document = CoreDocumentFactory.create(state=review.state)
    document.delete()
    told, _after = changes_after(Position(), now=AT, most=9, wanted=Wanted(iso3="IDN"))
    assert [(each.kind, each.what, each.iso3, each.treaty) for each in told] == [
        ("universal review", "recorded", "IDN", None),
        ("core document", "recorded", "IDN", None),
        ("core document", "taken off", "IDN", None),
    ]
    of_treaty = Wanted(treaty=TreatyFactory.create())
    assert changes_after(Position(), now=AT, most=9, wanted=of_treaty)[0] == []


def test_a_position_from_before_a_kind_was_told_begins_with_it_where_it_stands() -> None:
    ReviewFactory.create()
    before, later = CoreDocumentFactory.create(), UniversalReviewFactory.create()
    for row, at in ((before, AT - SECOND), (later, AT + SECOND)):
        type(row).history.filter(id=row.pk).update(history_date=at)
    Review.history.update(history_date=AT)
    start = ".".join("0000")
    four = ".".join(str(position_at(AT)).split(".")[:4])
    for position in (Position.parse(four), Position.parse(start, since=AT)):
        told, _after = changes_after(position, now=AT + 2 * SETTLED, most=9, wanted=Wanted())
        assert {each.kind for each in told} & {"core document", "universal review"} == {
            "universal review"
        }
    assert Position.parse(start) == Position()


def test_what_became_of_obligations_is_told_where_it_is_asked_for() -> None:
    party = StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)
    SubmissionFactory.create(state_party=party)
    refresh(party=party, as_at=TODAY, recorded=True)
    assert {each.kind for each in _told(Wanted())} == {"state party", "submission"}
    (met,) = _told(Wanted(kinds=["obligation"], iso3="IDN", treaty=party.treaty))
    assert (met.name, met.pk) == ("obligation.met", party.obligations.get(closed_as="met").pk)
    assert met.owed == {
        "replaces": None,
        "kind": "report",
        "first_report": 1,
        "last_report": 1,
        "due_on": "2013-09-01",
        "due_on_precision": "day",
        "basis": "treaty",
        "due_on_before": None,
        "due_on_before_precision": None,
        "basis_before": None,
        "closed_as": "met",
        "also_under": [],
        "confirmed": True,
    }
    assert _told(Wanted(kinds=KINDS, iso3="SYR")) == []
    ObligationChange.objects.update(at=AT)
    until = Wanted(kinds=["obligation"])
    assert changes_after(Position(), now=AT + SETTLED - SECOND, most=9, wanted=until)[0] == []


def test_what_was_met_says_whether_it_is_confirmed_that_the_report_came() -> None:
    party = StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)
    report = SubmissionFactory.create(
        state_party=party, status="filed", sent_on=TODAY, received_on=None
    )
    refresh(party=party, as_at=TODAY, recorded=True)
    wanted = Wanted(kinds=["obligation"])
    assert [(each.what, each.owed and each.owed["confirmed"]) for each in _told(wanted)] == [
        ("met", False)
    ]
    type(report).objects.update(status="received")
    (met,) = _told(wanted)
    assert met.owed
    assert met.owed["confirmed"]


def _told(wanted: Wanted) -> list[Entry]:
    return changes_after(Position(), now=AT, most=99, wanted=wanted)[0]
