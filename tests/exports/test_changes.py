"""What was recorded as sentences, and as an Atom feed."""

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from reporting.exports.changes import atom, said
from reporting.models import StateParty
from reporting.queries.changes import Change, pages_of_changes
from reporting.rules.partial_date import PartialDate
from tests.factories import (
    DecisionFactory,
    ReviewFactory,
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
)

pytestmark = pytest.mark.django_db
NAMES = {"": "http://www.w3.org/2005/Atom"}
UPDATED = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def party() -> StateParty:
    made: StateParty = StatePartyFactory.create()
    return made


def found(party: StateParty) -> list[Change]:
    pages = pages_of_changes(treaty=party.treaty, as_at=date(2026, 11, 22))
    return list(pages.page(1).object_list)


def read(party: StateParty) -> ET.Element:
    ways = {"self": "/changes.atom"}
    text = atom(found(party), treaty=party.treaty, state=None, ways=ways, updated=UPDATED)
    return ET.fromstring(text)  # noqa: S314 - we wrote it


def test_each_change_is_said_with_its_day_and_document(party: StateParty) -> None:
    review = ReviewFactory.create(state_party=party)
    SubmissionFactory.create(state_party=party)
    DecisionFactory.create(state_party=party, review=review)
    DecisionFactory.create(
        state_party=party,
        kind="list of issues prior to reporting",
        symbol="",
        due_on=PartialDate(2022, 5),
        withdrawn_on=PartialDate(2021),
    )
    assert [(each.title, each.lines) for each in map(said, found(party))] == [
        (
            "decision withdrawn: list of issues prior to reporting",
            ["Withdrawn: 2021.", "Due: May 2022."],
        ),
        (
            "due date set: 1 October 2022",
            ["Decided: 13 September 2017.", "Document: CMW/C/IDN/CO/1."],
        ),
        (
            "requested: list of issues prior to reporting",
            ["Issued: 13 September 2017.", "Due: May 2022."],
        ),
        (
            "initial report considered",
            [
                "Dialogue: 6 September 2017.",
                "Document: CMW/C/IDN/CO/1.",
                "Concluding observations adopted: 13 September 2017.",
            ],
        ),
        ("initial report received", ["Received: 1 September 2014.", "Document: CMW/C/IDN/1."]),
    ]


def test_an_entry_keeps_its_name_when_it_is_corrected(party: StateParty) -> None:
    report = SubmissionFactory.create(state_party=party, symbol="<b>&\x0b")
    before = read(party).find("entry", NAMES)
    report.save()
    after = read(party).find("entry", NAMES)
    assert before is not None
    assert after is not None
    assert after.findtext("id", "", NAMES) == f"tag:localhost,2026:submission-{report.pk}"
    assert before.findtext("id", "", NAMES) == after.findtext("id", "", NAMES)
    assert after.findtext("title", "", NAMES) == "Indonesia: initial report received"
    link = after.find("link", NAMES)
    assert link is not None
    assert link.get("href", "").endswith(f"/states/IDN/?language=en#submission-{report.pk}")


def test_a_feed_without_an_entry_is_one_all_the_same(party: StateParty) -> None:
    feed = read(party)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert feed.findall("entry", NAMES) == []
    assert feed.findtext("updated", "", NAMES) == "2026-11-22T00:00:00+00:00"
    assert feed.findtext("id", "", NAMES) == "tag:localhost,2026:changes/CMW"


def test_a_feed_names_its_treaty_and_the_day_for_which_its_parties_are_known() -> None:
    treaty = TreatyFactory.create(
        code="CRC",
        name="Convention on the Rights of the Child",
        data_as_at=date(2015, 3, 14),
        reports_on_record=False,
    )
    feed = read(StatePartyFactory.create(treaty=treaty))
    assert feed.findtext("title", "", NAMES) == (
        "What was recorded: Convention on the Rights of the Child"
    )
    assert feed.findtext("id", "", NAMES) == "tag:localhost,2026:changes/CRC"
    assert feed.findtext("subtitle", "", NAMES) == (
        "CRC: data as at 14 March 2015. What its States parties have sent is not on record here, "
        "except where the page of a State says so."
    )


def test_a_title_has_the_colon_of_its_language(party: StateParty) -> None:
    SubmissionFactory.create(state_party=party)
    with override("fr"):
        titles = [each.text or "" for each in read(party).findall(".//entry/title", NAMES)]
    assert titles
    assert all(title.startswith("Indonésie\xa0: ") for title in titles)
