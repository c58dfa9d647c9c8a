"""What will go out, page by page: what is remembered is what is true, whatever changes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils.translation import override

from reporting.models import (
    AlertOffsets,
    Contact,
    Mute,
    Obligation,
    Reminder,
    Role,
    StateParty,
    User,
    Why,
)
from reporting.queries.coming import Asked, Coming, coming
from reporting.queries.coming_list import ComingList
from reporting.services.contact import save_contact, tell, version
from reporting.services.on_record import Statement, say_on_record, take_back_on_record
from reporting.services.reminder import ledger
from reporting.services.reminder.acting import retry_all_failed
from reporting.services.reminder.follow import refuse_address
from reporting.services.reminder.mute import end_mute, mute_alerts
from reporting.services.reminder.offsets import save_offsets
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.reader import acknowledge, subscribe, unsubscribe
from reporting.services.timetable import refresh
from tests.factories import (
    ContactFactory,
    DecisionFactory,
    ReviewFactory,
    StateFactory,
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
    UserFactory,
)
from tests.factories import partial as day_of

pytestmark = pytest.mark.django_db
AUGUST = date(2022, 8, 15)
MORNING = datetime.combine(AUGUST, time(5), UTC)
YEAR = 365


def owing(iso3: str = "IDN", name: str = "Indonesia", treaty: str = "CMW") -> StateParty:
    """Return a State whose second report the Committee set for 1 October 2022."""
    state = StateFactory.create(iso3=iso3, name=name)
    party: StateParty = StatePartyFactory.create(
        state=state, treaty=TreatyFactory.create(code=treaty, reports_on_record=treaty == "CMW")
    )
    review = ReviewFactory.create(state_party=party)
    SubmissionFactory.create(state_party=party)
    DecisionFactory.create(state_party=party, review=review)
    refresh(party=party, as_at=date(2021, 1, 1))
    return party


class World:
    """Three States that owe a report, their readers and the desk."""

    def __init__(self) -> None:
        """Plan and send what was due before, and let the alert of today wait."""
        self.boss: User = UserFactory.create(role=Role.ADMINISTRATOR)
        self.parties = [
            owing(*named) for named in (("IDN", "Indonesia"), ("ECU", "Ecuador"), ("FJI", "Fiji"))
        ]
        self.party, *_others = self.parties
        self.siti: Contact = ContactFactory.create(state=self.party.state)
        self.minister: Contact = ContactFactory.create(
            state=self.party.state, role=Contact.Role.VALIDATING_AUTHORITY, name="Budi"
        )
        ContactFactory.create(state=self.parties[1].state, name="Pía")
        self.desk: Contact = ContactFactory.create(
            state=None, role=Contact.Role.DESK_OFFICER, name="Ana"
        )
        plan_alerts(as_at=AUGUST, now=MORNING)

    def asked(self, as_at: date = AUGUST, days: int = YEAR, **asked: Any) -> ComingList:
        """Return the list, as somebody asks for it."""
        person = asked.pop("person", self.boss)
        return ComingList(Asked(person, as_at, days, asked.pop("state", None)), **asked)

    def send(self) -> None:
        """Let what waits go out."""
        for each in self._claimed():
            ledger.hand_over(each, now=MORNING)
            ledger.record_sent(each, now=MORNING)

    def fail(self) -> None:
        """Let what waits fail."""
        for each in self._claimed():
            ledger.record_failed(each, now=MORNING, why=Why.REJECTED, error="550 no")

    def greylist(self) -> None:
        """Let the mail server ask to wait until tomorrow."""
        for each in self._claimed():
            ledger.put_back(
                each, now=MORNING + timedelta(days=1), why=Why.WAITING, error="450 later"
            )

    def _claimed(self) -> list[ledger.Claimed]:
        claimed = ledger.claim(as_at=AUGUST, now=MORNING, most=50)
        ledger.keep_words([each.message for each in claimed])
        return claimed


@pytest.fixture
def world() -> World:
    return World()


def whole(asked: Asked, occasion: str = "") -> list[Coming]:
    """Return the same as found anew, nothing of it remembered."""
    days = coming(person=asked.person, as_at=asked.as_at, days=asked.days, state=asked.state)
    return [each for day in days for each in day.mails if occasion in {"", each.occasion}]


def turned(found: ComingList, at_once: int = 7) -> list[Coming]:
    """Return the rows of all pages, which are as many as the list says."""
    parts = (found[start : start + at_once] for start in range(0, len(found), at_once))
    rows = [row for part in parts for row in part]
    assert len(rows) == len(found)
    return rows


@pytest.mark.parametrize("language", ["en", "fr", "zh-hans"])
def test_the_pages_are_what_is_found_whole(world: World, language: str) -> None:
    mute_alerts(mute=muting(world.siti), by=world.boss, as_at=AUGUST, now=MORNING)
    questions = (
        (None, YEAR, ""),
        (None, 0, ""),
        (None, YEAR, "escalation"),
        (world.party.state, 30, ""),
        (world.party.state, YEAR, "alert"),
    )
    with override(language):
        for state, days, occasion in questions:
            expected = whole(Asked(world.boss, AUGUST, days, state), occasion)
            for _asked_again in range(2):
                found = world.asked(days=days, state=state, occasion=occasion)
                assert turned(found) == expected
                assert [found[0], found[-1]] == [expected[0], expected[-1]]


def test_the_order_is_that_of_the_names_in_the_readers_language(world: World) -> None:
    world.send()
    StateFactory.create(iso3="DEU", name="Germany")
    ContactFactory.create(state=owing("DEU", "Germany").state)
    orders = {}
    for language in ("en", "fr", "en"):
        with override(language):
            rows = turned(world.asked(days=20))
        orders[language] = [row.state_party.state.iso3 for row in rows if row.state_party]
    assert sorted(orders["en"]) == sorted(orders["fr"])
    assert orders["en"] != orders["fr"]  # Germany, Indonesia; Allemagne, Indonésie


def muting(contact: Contact) -> Mute:
    return Mute(
        contact=contact, starts_on=AUGUST, until=AUGUST + timedelta(days=60), because="Announced."
    )


def filing(world: World) -> None:
    """Put the second report of Indonesia on record."""
    SubmissionFactory.create(
        state_party=world.party,
        first_report=2,
        symbol="CMW/C/IDN/2",
        received_on=day_of("2022-08-10"),
    )
    refresh(party=world.party, as_at=AUGUST)


def adding(world: World) -> None:
    """Add somebody who is told for Fiji."""
    contact = Contact(state=world.parties[2].state, role="focal point", name="Josefa")
    contact.email = "josefa@example.org"
    save_contact(contact=contact, by=world.boss, as_at=AUGUST)


def muted_from_the_start(world: World) -> None:
    """Mute somebody who has been added and not been told of anything."""
    adding(world)
    josefa = Contact.objects.get(name="Josefa")
    mute_alerts(mute=muting(josefa), by=world.boss, as_at=AUGUST, now=MORNING)


def changing(world: World, who: str, **given: Any) -> None:
    """Change a contact."""
    contact = Contact.objects.get(pk=getattr(world, who).pk)
    treaties = given.pop("treaties", None)
    for name, value in given.items():
        setattr(contact, name, value)
    save_contact(contact=contact, by=world.boss, seen=version(contact), treaties=treaties)


def narrowing(world: World) -> None:
    """Let the desk officer be told of another treaty only."""
    changing(world, "desk", treaties=[TreatyFactory.create(code="CED")])


def fewer_alerts(_world: World) -> None:
    """Let reports be alerted to two weeks ahead, and then no more."""
    boss = UserFactory.create(role=Role.ADMINISTRATOR)
    save_offsets(offsets=AlertOffsets(kind="report", before=[14]), by=boss)


def earlier_alerts(_world: World) -> None:
    """Let reports be alerted to on a day that what has gone out has overtaken, and on one ahead."""
    boss = UserFactory.create(role=Role.ADMINISTRATOR)
    save_offsets(offsets=AlertOffsets(kind="report", before=[100, 20]), by=boss)


def acknowledging(world: World) -> None:
    """Acknowledge what Siti was sent."""
    message = Reminder.objects.get(contact=world.siti, state="sent").message
    assert message
    acknowledge(message=message, at=MORNING)


def _stating(world: World) -> tuple[StateParty, User]:
    party = StateParty.objects.filter(treaty__code="CAT").first()
    party = party or owing(treaty="CAT")
    person = UserFactory.create(role=Role.MINISTRY)
    person.states.add(party.state)
    return party, person


def stating(world: World) -> None:
    """Say that what Indonesia sent under another treaty is on record."""
    party, person = _stating(world)
    said = Statement(party=party, on=AUGUST, seen=party.version)
    say_on_record(said=said, by=person, as_at=AUGUST, now=MORNING)


def taking_back(world: World) -> None:
    """Take that back."""
    party, person = _stating(world)
    take_back_on_record(party=party, because="Not so.", seen=party.version, by=person)


Step = Callable[[World], object]
NOTHING: Step = bool
# What happens first, and what changes the list then.
CHANGES: dict[str, tuple[Step, Step]] = {
    "a report came": (NOTHING, filing),
    "it was planned": (adding, lambda _world: plan_alerts(as_at=AUGUST, now=MORNING)),
    "it was planned and held back": (
        muted_from_the_start,
        lambda _world: plan_alerts(as_at=AUGUST, now=MORNING),
    ),
    "it went out": (NOTHING, World.send),
    "it was put back": (NOTHING, World.greylist),
    "it failed": (NOTHING, World.fail),
    "it is sent again": (World.fail, lambda world: retry_all_failed(by=world.boss, now=MORNING)),
    "it was acknowledged": (World.send, acknowledging),
    "a contact was added": (NOTHING, adding),
    "a contact is told no more": (
        NOTHING,
        lambda world: tell(contact=world.siti, active=False, by=world.boss),
    ),
    "a contact has another role": (
        NOTHING,
        partial(changing, who="siti", role="validating authority"),
    ),
    "a contact is told of another treaty": (NOTHING, narrowing),
    "a contact unsubscribed": (NOTHING, lambda world: unsubscribe(contact=world.siti, at=MORNING)),
    "a contact came back": (
        lambda world: unsubscribe(contact=world.siti, at=MORNING),
        lambda world: subscribe(contact=world.siti),
    ),
    "an address was refused": (
        NOTHING,
        lambda world: refuse_address(world.minister, because="550", now=MORNING),
    ),
    "a contact was muted": (
        NOTHING,
        lambda world: mute_alerts(
            mute=muting(world.siti), by=world.boss, as_at=AUGUST, now=MORNING
        ),
    ),
    "a mute was ended": (
        lambda world: mute_alerts(
            mute=muting(world.siti), by=world.boss, as_at=AUGUST, now=MORNING
        ),
        lambda world: end_mute(mute=Mute.objects.get(), by=world.boss, as_at=AUGUST),
    ),
    "alerts go out on other days": (NOTHING, fewer_alerts),
    "alerts are overtaken": (World.send, earlier_alerts),
    "reports are said to be on record": (_stating, stating),
    "that was taken back": (stating, taking_back),
}


@pytest.mark.parametrize(("first", "change"), CHANGES.values(), ids=CHANGES.keys())
def test_a_change_is_shown_at_once(world: World, first: Step, change: Step) -> None:
    first(world)
    before = turned(world.asked())
    change(world)
    asked = Asked(world.boss, AUGUST, YEAR)
    assert turned(world.asked()) == whole(asked) != before


@pytest.mark.parametrize(
    ("change", "back"),
    [
        (
            lambda world: unsubscribe(contact=world.siti, at=MORNING),
            lambda world: subscribe(contact=world.siti),
        ),
        (
            lambda world: refuse_address(world.siti, because="550", now=MORNING),
            partial(changing, who="siti", email="siti@example.org"),
        ),
        (
            World.fail,
            lambda world: retry_all_failed(by=world.boss, now=MORNING + timedelta(hours=1)),
        ),
    ],
)
def test_what_changes_and_changes_back_while_the_order_is_found_is_not_taken_for_what_was_before(
    world: World, change: Step, back: Step
) -> None:
    class Disturbed(ComingList):
        """A list of which something changes after it has been asked for and before it is read."""

        def _find(self) -> Any:
            change(world)
            return super()._find()

    asked = Asked(world.boss, AUGUST, YEAR)
    assert len(Disturbed(asked))  # is remembered
    assert turned(world.asked()) == whole(asked)
    back(world)
    assert turned(world.asked()) == whole(asked)


def test_each_reader_day_span_and_state_has_a_list_of_its_own(
    world: World, settings: LazySettings
) -> None:
    ministry: User = UserFactory.create(role=Role.MINISTRY)
    ministry.states.add(world.parties[1].state)
    bound: User = UserFactory.create()
    bound.treaties.add(TreatyFactory.create(code="CED"))
    questions = [
        Asked(world.boss, AUGUST, YEAR),
        Asked(ministry, AUGUST, YEAR),
        Asked(bound, AUGUST, YEAR),
        Asked(world.boss, AUGUST + timedelta(days=1), YEAR),
        Asked(world.boss, AUGUST, 30),
        Asked(world.boss, AUGUST, YEAR, world.party.state),
    ]
    lists = [turned(ComingList(asked)) for asked in questions]
    assert lists == [whole(asked) for asked in questions]
    settings.ESCALATION_DAYS = 10
    assert turned(ComingList(questions[0])) == whole(questions[0]) != lists[0]
    # Who is asked for may change, too.
    bound.treaties.set([world.party.treaty])
    again = questions[2]._replace(person=User.objects.get(pk=bound.pk))
    assert turned(ComingList(again)) == whole(again) != lists[2]


def test_a_page_that_is_asked_for_again_asks_as_often_however_long_the_list(
    world: World, django_assert_num_queries: Any
) -> None:
    asked = Asked(world.boss, AUGUST, YEAR)
    turned(ComingList(asked))
    for number in range(2):
        with django_assert_num_queries(11):
            found = ComingList(asked)
            names = [str(each.state_party and each.state_party.state) for each in found[:10]]
        assert len(names) == 10
        for iso3 in ("JAM", "NER", "PER")[: 3 * (1 - number)]:
            ContactFactory.create(state=owing(iso3, iso3).state)
        turned(ComingList(asked))


def test_what_is_gone_since_is_left_out(world: World) -> None:
    world.send()
    found = world.asked()
    known = len(found)
    Obligation.objects.filter(state_party=world.party).update(closed_on=AUGUST, closed_as="met")
    assert len(found[:known]) < len(found) == known
