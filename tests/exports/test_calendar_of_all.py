"""The calendar of all recorded facts."""

from datetime import date
from typing import Any

import icalendar

from reporting.exports.calendar import feed
from reporting.models import Treaty
from reporting.queries.calendar import Scope, days, mark, state_scope

AS_AT = date(2026, 11, 22)


def test_all_recorded_facts_make_a_file_as_rfc_5545_wants_it(recorded: None) -> None:
    treaty = Treaty.objects.get(code="CMW")
    made = feed(days(scope=Scope(treaty), as_at=AS_AT), name="CMW", as_at=AS_AT)
    lines = made.encode().split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    found = icalendar.Calendar.from_ical(made)
    names = [str(event["UID"]) for event in found.events]
    assert len(names) == len(set(names)) > 100
    for event in found.events:
        assert not event.errors
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "STATUS", "SEQUENCE"} <= set(event)
        assert event.decoded("DTSTAMP").tzname() == "UTC"


def test_the_number_of_queries_does_not_grow_with_the_states(
    recorded: None, django_assert_num_queries: Any
) -> None:
    treaty = Treaty.objects.get(code="CMW")
    found, _state = state_scope(iso3="SYR", treaty=treaty)
    everything = Scope(treaty, with_steps=True)
    with django_assert_num_queries(11):
        assert len(days(scope=everything, as_at=AS_AT).obligations) > 100
    with django_assert_num_queries(11):
        assert days(scope=Scope(treaty, found.states, with_steps=True), as_at=AS_AT).plans
    with django_assert_num_queries(8):
        mark(scope=Scope(found.treaty), as_at=AS_AT, language="en")
