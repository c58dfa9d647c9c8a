"""The ledger as a page: what goes out, what was sent, what failed, what was held back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reporting.models import Contact, Heartbeat, Reminder, Why
from reporting.rules.partial_date import PartialDate
from tests.factories import NOW, ContactFactory
from tests.views.conftest import Page
from tests.views.reminder.world import contact_of, days_from_now, mail, mute, party_of, reminder

pytestmark = pytest.mark.usefixtures("recorded")
State = Reminder.State


def shown(client: Client, query: str = "", **headers: str) -> Page:
    response = client.get(f"/reminders/{query}", headers=headers or None)
    assert response.status_code == 200
    return Page(response)


def tab(page: Page, name: str) -> str:
    """Return the count that stands in a tab."""
    _before, after = page.html.split(f'class="tab-{name}"', 1)
    inside = after.split("</a>", 1)[0]
    return str(inside.rsplit("</span>", 1)[0].rpartition(">")[2])


def due_on(iso3: str, days: int) -> None:
    """Let what a State owes be due so many days from now, by the Committee."""
    due = PartialDate.parse(days_from_now(days).isoformat())
    party_of(iso3).obligations.filter(closed_on__isnull=True).update(
        due_on=due, due_from=due.first_day, due_by=due.last_day, basis="committee"
    )


def test_what_goes_out_is_said_day_by_day_with_its_reader(secretariat: Client) -> None:
    due_on("IDN", 37)
    contact_of("IDN", name="Siti Rahayu")
    ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER, name="Ana Torres")
    page = shown(secretariat, "?state=IDN&days=30")
    assert (
        "22 December 2026 Indonesia Third periodic report due 29 December 2026 "
        "7 days before Siti Rahayu Ana Torres"
    ) in page.text
    assert "1 day before" not in page.text


def test_what_a_mute_will_hold_back_is_said_where_it_would_go_out(secretariat: Client) -> None:
    due_on("IDN", 37)
    mute(contact=contact_of("IDN"))
    assert "held back: muted until 21 January 2027" in shown(secretariat, "?state=IDN").text


def test_each_part_shows_its_own_and_is_counted(secretariat: Client) -> None:
    siti = contact_of("IDN")
    reminder(siti, State.SENT, days_before=90, message=mail(siti, acknowledged_at=NOW))
    said = "550 5.1.1 User unknown"
    reminder(siti, State.FAILED, days_before=30, reason=Why.ADDRESS, error=said)
    reminder(siti, State.SKIPPED, days_before=180, reason=Why.OVERTAKEN)
    reminder(siti, State.CANCELLED, days_before=365, reason=Why.MOVED)
    sent, failed = shown(secretariat, "?show=sent"), shown(secretariat, "?show=failed")
    assert [tab(sent, name) for name in ("sent", "failed", "held")] == ["1", "1", "2"]
    assert "90 days before Siti Rahayu" in sent.text
    assert "Sent Acknowledged" in sent.text
    assert "Failed The mail server refused the address 550 5.1.1 User unknown" in failed.text
    held = shown(secretariat, "?show=held")
    assert "Skipped Overtaken by a later alert" in held.text
    assert "Cancelled The due date moved" in held.text
    assert "Overtaken" not in shown(secretariat, "?show=held&reason=moved").html.split("<table")[1]


def test_filters_stay_where_another_part_is_opened(secretariat: Client) -> None:
    page = shown(secretariat, "?show=held&state=IDN&days=90&reason=moved")
    (tab_of_sent,) = page.having("a", class_="tab-sent")
    assert tab_of_sent["href"] == "/reminders/?show=sent&state=IDN&days=90"
    assert page.having("option", value="IDN", selected="")


def test_only_the_state_occasion_and_time_asked_for_are_shown(secretariat: Client) -> None:
    for iso3 in ("IDN", "NER"):
        reader = contact_of(iso3, name=f"Reader of {iso3}")
        reminder(reader, State.SENT, message=mail(reader))
    old = NOW - timedelta(days=40)
    reminder(contact_of("MEX", name="Reader of MEX"), State.SENT, state_since=old)
    cells = shown(secretariat, "?show=sent&state=NER").text
    assert "Reader of NER" in cells
    assert "Reader of IDN" not in cells
    assert "Reader of MEX" not in shown(secretariat, "?show=sent&days=30").text
    assert (
        "Nothing matches these filters." in shown(secretariat, "?show=sent&occasion=worklist").text
    )


@pytest.mark.parametrize(
    "query", ["?show=junk", "?state=XXX", "?days=-1", "?occasion=x", "?page=x"]
)
def test_an_address_that_makes_no_sense_shows_the_list_all_the_same(
    secretariat: Client, query: str
) -> None:
    assert shown(secretariat, query).has_problem


def test_a_script_gets_the_list_alone_and_the_shortest_address(secretariat: Client) -> None:
    response = secretariat.get(
        "/reminders/?show=sent&state=&occasion=&days=30", headers={"HX-Request": "true"}
    )
    assert response["HX-Push-Url"] == "/reminders/?show=sent&days=30"
    assert not Page(response).having("html")


def test_a_long_list_is_turned_with_its_filters(secretariat: Client) -> None:
    siti = contact_of("IDN")
    for days in range(53):
        reminder(siti, State.SENT, days_before=days)
    page = shown(secretariat, "?show=sent&state=IDN&page=2")
    assert len(page.having("th", role="rowheader")) == 3
    (back,) = page.having("a", rel="prev")
    assert back["href"] == "/reminders/?show=sent&state=IDN&page=1"


@pytest.mark.parametrize("query", ["", "?show=sent", "?show=failed", "?show=held"])
def test_a_page_takes_as_many_queries_for_many_as_for_few(secretariat: Client, query: str) -> None:
    due_on("IDN", 37)
    taken = []
    for number in (1, 12):
        for _each in range(number):
            siti = contact_of("IDN")
            for days, state in enumerate(State.values):
                reminder(siti, state, days_before=days, message=mail(siti))
        shown(secretariat, query)  # what is remembered is asked for once
        with CaptureQueriesContext(connection) as queries:
            shown(secretariat, query)
        taken.append(len(queries))
    assert taken[0] == taken[1] < 26


def test_states_of_which_nobody_can_be_told_are_named(secretariat: Client) -> None:
    before = shown(secretariat).text
    contact_of("IDN")
    assert "owe something and nobody there can be told" in before
    assert "Indonesia" in before.split("nobody there can be told")[1]
    assert "Indonesia" not in shown(secretariat).text.split("nobody there can be told")[1]


def test_failures_are_counted_in_the_navigation_and_lead_to_their_list(
    secretariat: Client, ministry: Client
) -> None:
    assert Page(secretariat.get("/")).having("a", href="/reminders/")
    reminder(contact_of("IDN"), State.FAILED)
    assert Page(secretariat.get("/")).having("a", href="/reminders/?show=failed")
    assert not Page(ministry.get("/")).having("a", href="/reminders/?show=failed")


@pytest.mark.parametrize("address", ["/", "/reminders/"])
def test_a_silent_worker_or_beat_is_a_red_line_for_the_secretariat(
    secretariat: Client, ministry: Client, address: str
) -> None:
    Heartbeat.objects.beat("worker", now=NOW - timedelta(minutes=9))
    Heartbeat.objects.beat("beat", now=NOW - timedelta(minutes=11))
    text = shown(secretariat).text if address != "/" else Page(secretariat.get("/")).text
    assert "The beat has been silent since 22 November 2026, 11:49 UTC" in text
    assert "The worker has been silent" not in text
    assert "silent" not in Page(ministry.get("/")).text
