"""The private address of a calendar."""

from datetime import timedelta

import pytest

from reporting.models import CalendarLink
from reporting.services.calendar_link import end_calendar_link, make_calendar_link, reader_of
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_whoever_has_the_address_reads_the_calendar_and_the_database_has_it_not() -> None:
    person = UserFactory.create()
    token = make_calendar_link(user=person, at=NOW)
    assert reader_of(token=token, at=NOW) == person
    assert reader_of(token=token[:-1], at=NOW) is None
    assert token not in str(CalendarLink.objects.values().get())


def test_a_new_address_ends_the_one_before() -> None:
    person = UserFactory.create()
    first = make_calendar_link(user=person, at=NOW)
    second = make_calendar_link(user=person, at=NOW)
    assert (reader_of(token=first, at=NOW), reader_of(token=second, at=NOW)) == (None, person)


def test_an_address_that_was_ended_works_no_more() -> None:
    person = UserFactory.create()
    token = make_calendar_link(user=person, at=NOW)
    end_calendar_link(user=person, at=NOW)
    end_calendar_link(user=person, at=NOW)
    assert reader_of(token=token, at=NOW) is None


def test_whoever_may_not_sign_in_has_no_calendar() -> None:
    person = UserFactory.create()
    token = make_calendar_link(user=person, at=NOW)
    person.is_active = False
    person.save()
    assert reader_of(token=token, at=NOW) is None


def test_when_it_was_read_last_is_noted_once_an_hour() -> None:
    token = make_calendar_link(user=UserFactory.create(), at=NOW)
    noted = []
    for at in (NOW, NOW + HOUR / 2, NOW + 2 * HOUR):
        reader_of(token=token, at=at)
        noted.append(CalendarLink.objects.get().last_used_at)
    assert noted == [NOW, NOW, NOW + 2 * HOUR]
