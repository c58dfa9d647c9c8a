"""The days of alerts: seen by the secretariat, set by administrators after they saw what changes."""

import pytest
from django.test import Client

from reporting.models import AlertOffsets
from reporting.rules.partial_date import PartialDate
from tests.views.conftest import Page
from tests.views.reminder.world import contact_of, days_from_now, party_of

pytestmark = pytest.mark.usefixtures("recorded")
PAGE = "/reminders/offsets/report/"
GOOD = {"before": "60, 30, 0", "after": "1", "every": "30", "until": "365", "later": "90"}


def test_the_secretariat_reads_the_days_and_does_not_change_them(secretariat: Client) -> None:
    page = Page(secretariat.get("/reminders/offsets/"))
    assert "Days before: 540, 365, 180, 90, 30, 7, 1, 0" in page.text
    assert "Then every 30 days, up to day 365 after it. From there every 90 days." in page.text
    assert not page.having("a", href=PAGE)
    assert secretariat.get(PAGE).status_code == 404
    assert secretariat.post(PAGE, GOOD | {"step": "save"}).status_code == 404


def test_what_changes_for_whom_is_seen_before_it_is_saved(administrator: Client) -> None:
    due = PartialDate.parse(days_from_now(45).isoformat())
    party_of("IDN").obligations.filter(closed_on__isnull=True).update(
        due_on=due, due_from=due.first_day, due_by=due.last_day, basis="committee"
    )
    contact_of("IDN")
    assert Page(administrator.get(PAGE)).having(
        "input", name="before", value="540, 365, 180, 90, 30, 7, 1, 0"
    )
    page = Page(administrator.post(PAGE, GOOD))
    assert "Nothing is saved yet." in page.text
    assert "Days before: 60, 30, 0" in page.text
    assert "Indonesia 15 13 Third periodic report: 1 Indonesia" in page.text
    assert page.having("input", name="before", type="hidden", value="60, 30, 0")
    assert not AlertOffsets.objects.exists()
    assert (
        "Days before the due date" in Page(administrator.post(PAGE, GOOD | {"step": "edit"})).text
    )
    saved = administrator.post(PAGE, GOOD | {"step": "save"}, follow=True)
    assert "The days are saved." in Page(saved).text
    assert AlertOffsets.objects.get().before == [60, 30, 0]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"before": "60, x"}, "Write whole numbers of days with commas between"),
        ({"before": "0, 0"}, "0 stands there twice: an alert goes out once."),
        ({"after": "0"}, "0 is out of range: write days from 1 to 3650."),
        ({"every": ""}, "Write a number of days; 0 is never."),
    ],
)
def test_days_that_make_no_sense_are_refused_at_their_field(
    administrator: Client, given: dict[str, str], sentence: str
) -> None:
    page = Page(administrator.post(PAGE, GOOD | given | {"step": "save"}))
    assert sentence in page.text
    assert page.has_problem
    assert not AlertOffsets.objects.exists()


def test_of_two_who_change_the_same_days_the_second_sees_the_difference(
    administrator: Client,
) -> None:
    administrator.post(PAGE, GOOD | {"step": "save"})
    page = Page(administrator.post(PAGE, GOOD | {"before": "10", "seen": "", "step": "save"}))
    assert "Somebody else has changed this since you opened it." in page.text
    assert AlertOffsets.objects.get().before == [60, 30, 0]


def test_a_kind_that_there_is_not_is_not_there(administrator: Client) -> None:
    assert administrator.get("/reminders/offsets/junk/").status_code == 404
