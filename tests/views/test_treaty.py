"""The treaty that the address asks for, and all treaties of a State on its page."""

from pathlib import Path

import icalendar
import pytest
from django.test import Client

from reporting.models import StateParty
from reporting.services.loading import load_facts
from tests.factories import TODAY, SubmissionFactory, UserFactory
from tests.views.cast import as_, ministry_of
from tests.views.conftest import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded(folder: Path) -> None:
    load_facts(folder=folder, as_at=TODAY, treaty="CMW", all_treaties=True)


def test_the_page_of_a_state_shows_all_its_treaties_and_the_day_of_the_data() -> None:
    page = Page(Client().get("/states/IDN/"))
    assert page.having("a", href="/states/IDN/?treaty=CEDAW")
    assert "Data as at 14 March 2015" in page.text
    assert "Of 9 reporting treaties in force, 9 with a report overdue: compliance 0 per cent." in (
        page.text
    )


def test_a_report_that_is_also_one_under_a_protocol_is_open_under_both() -> None:
    text = " ".join(Page(Client().get("/states/IDN/?treaty=OPAC")).text.split())
    assert "CRC · Eighth periodic report also the report under OPAC, OPSC" in text
    text = " ".join(Page(Client().get("/states/IDN/?treaty=CRC")).text.split())
    assert text.count("ighth periodic report also the report under OPAC, OPSC") == 2
    assert "CRC · Eighth" not in text


def test_links_keep_the_treaty_like_the_day() -> None:
    page = Page(Client().get("/states/?treaty=CRC&as_at=2017-12-31"))
    assert page.having("a", href="/states/IDN/?as_at=2017-12-31&treaty=CRC")
    (chosen,) = [each for each in page.having("option", value="CRC") if "selected" in each]
    assert chosen["title"] == "Convention on the Rights of the Child"
    assert page.having("a", href="/overview/?as_at=2017-12-31&treaty=CRC")


def test_the_slider_of_the_overview_keeps_the_treaty() -> None:
    page = Page(Client().get("/overview/?treaty=CRC&as_at=2017-12-31"))
    assert page.having("div", **{"data-history": "/overview/history.json?treaty=CRC"})
    assert page.having("input", name="treaty", value="CRC", type="hidden")
    assert page.having("a", id="today", href="/overview/?treaty=CRC")
    answer = Client().get("/overview/?treaty=CRC&year=2010")
    assert answer["Location"] == "/overview/?as_at=2010-12-31&treaty=CRC"
    history = Client().get("/overview/history.json?treaty=CRC").json()
    assert set(history["states"]) == {"IDN"}
    first, *_rest, last = history["frames"]
    assert (first["query"], last["query"]) == ("?as_at=1990-12-31&treaty=CRC", "?treaty=CRC")
    assert 'href="/overview/?treaty=CRC"' in first["dayLine"]


def test_the_list_of_a_treaty_has_its_own_states_parties() -> None:
    def shown(query: str) -> list[str]:
        return [row.name for row in Client().get(f"/states/{query}").context["rows"]]

    assert shown("?treaty=crc") == ["Indonesia"]
    assert shown("?treaty=OPAC") == ["Indonesia", "United States of America"]
    assert shown("") == []


def test_the_day_of_the_data_stands_above_every_list_of_such_a_treaty() -> None:
    for address in ("/?treaty=CRC", "/states/?treaty=CRC", "/overview/?treaty=CRC"):
        text = Page(Client().get(address)).text
        assert "CRC: data as at 14 March 2015" in text, address
        assert "What its States parties have sent is not on record here, except where" in text, (
            address
        )
    assert "14 March 2015" not in Page(Client().get("/")).text


def test_the_day_of_the_data_stands_above_what_is_planned_or_compared_under_it() -> None:
    secretariat = as_(UserFactory.create())
    for address in ("/planner/?treaty=CRC", "/compare/?treaty=CRC"):
        page = Page(secretariat.get(address))
        assert "CRC: data as at 14 March 2015" in page.text, address
        named = page.text.count("Convention on the Rights of the Child")
        assert named == 2, f"{address}: at its head and at its foot"


def test_a_code_of_no_treaty_is_one_sentence() -> None:
    response = Client().get("/states/?treaty=CREDO")
    assert response.status_code == 404
    assert "“CREDO” is no treaty on record." in Page(response).text


def test_a_ministry_has_one_calendar_for_all_treaties() -> None:
    party = StateParty.objects.get(state__iso3="IDN", treaty__code="CERD")
    page = Page(as_(ministry_of(party)).get("/my/"))
    assert page.having("a", href="/states/IDN/?treaty=CERD")
    assert "Within six months of it:" in page.text


def test_the_feed_of_a_state_has_all_its_treaties_or_the_one_that_is_asked_for() -> None:
    every = Client().get("/states/IDN/calendar.ics").content.decode()
    one = Client().get("/states/IDN/calendar.ics?treaty=CERD").content.decode()
    assert "X-WR-CALNAME:Indonesia: all treaties" in every
    named = [
        code for code in ("CERD", "CRC", "CCPR", "CMW") if f"UID:{code.lower()}" in _uids(every)
    ]
    assert named == ["CERD", "CRC", "CCPR"]
    assert "X-WR-CALNAME:CERD: Indonesia" in one
    assert "UID:crc" not in _uids(one)


def test_the_feed_of_a_protocol_has_the_reports_that_its_own_go_into() -> None:
    def told(query: str) -> dict[str, str]:
        feed = Client().get(f"/states/IDN/calendar.ics{query}").content.decode()
        events = icalendar.Calendar.from_ical(feed).events
        return {str(each["UID"]).partition("@")[0]: str(each["DESCRIPTION"]) for each in events}

    under_both = told("?treaty=OPAC")
    assert {"CRC/IDN/report/6", "CRC/IDN/report/8", "OPAC/IDN/report/1"} <= set(under_both)
    assert "CRC/IDN/report/5" not in under_both
    assert "\nAlso the report under OPAC, OPSC.\n" in under_both["CRC/IDN/report/8"]
    assert told("?treaty=CRC")["CRC/IDN/report/8"] == under_both["CRC/IDN/report/8"]
    assert "Also the report" not in told("")["CRC/IDN/report/5"]


def test_the_api_names_the_protocols_under_which_a_report_is_one_too() -> None:
    lines = Client().get("/api/v1/obligations?state=IDN&limit=500").json()["results"]
    told = {(each["treaty"], each["due_on"]): each["also_under"] for each in lines}
    assert told["CRC", "2027-10-05"] == ["OPAC", "OPSC"]
    assert told["CRC", "2012-10-05"] == told["OPAC", "2014-10-24"] == []
    for code in ("OPAC", "CRC", "CAT"):
        asked = Client().get(f"/api/v1/obligations?state=IDN&limit=500&treaty={code}").json()
        wanted = [each for each in lines if code in {each["treaty"], *each["also_under"]}]
        assert asked["results"] == wanted, code


def _uids(feed: str) -> str:
    return feed.lower().replace("uid:", "UID:")


def test_what_is_logged_from_the_page_of_a_treaty_goes_to_that_treaty() -> None:
    party = StateParty.objects.get(state__iso3="IDN", treaty__code="CERD")
    client = as_(ministry_of(party))
    page = Page(client.get("/states/IDN/?treaty=CERD"))
    address = "/states/IDN/submissions/new/?treaty=CERD"
    assert page.having("a", href=address)
    response = client.get(address)
    assert response.status_code == 200
    assert response.context["party"] == party
    form = Page(response)
    named = "International Convention on the Elimination of All Forms of Racial Discrimination"
    assert f"Indonesia {named} Log a report" in form.text
    assert form.having("a", href="/states/IDN/?treaty=CERD")
    sent = SubmissionFactory.create(state_party=party, first_report=1, last_report=1)
    shown = client.get(f"/states/IDN/submissions/{sent.pk}/")
    assert shown.context["party"] == party
    assert f"Indonesia {named} Initial report" in Page(shown).text
    assert Page(shown).having("a", href="/states/IDN/?treaty=CERD")


def test_a_returned_report_is_logged_again_under_its_treaty() -> None:
    party = StateParty.objects.get(state__iso3="IDN", treaty__code="CERD")
    sent = SubmissionFactory.create(
        state_party=party,
        first_report=1,
        last_report=1,
        status="returned",
        returned_because="The annex is missing.",
        note_verbale="No. 12",
    )
    client = as_(ministry_of(party))
    again = f"/states/IDN/submissions/new/?treaty=CERD&again={sent.pk}"
    assert Page(client.get(f"/states/IDN/submissions/{sent.pk}/")).having("a", href=again)
    assert Page(client.get(again)).having("input", name="note_verbale", value="No. 12")


def test_a_ministry_of_a_state_outside_the_usual_treaty_reaches_its_contacts() -> None:
    party = StateParty.objects.get(state__iso3="USA", treaty__code="OPAC")
    assert as_(ministry_of(party)).get("/states/USA/contacts/").status_code == 200


def test_the_table_of_compliance_has_every_state_the_least_compliant_first() -> None:
    response = Client().get("/compliance/?as_at=2001-07-01")
    told = [
        (row.state.iso3, row.indicator.overdue, row.indicator.instruments)
        for row in response.context["rows"]
    ]
    assert told == [("IDN", 4, 4), ("USA", 3, 3)]
    page = Page(response)
    assert "Data as at 14 March 2015" in page.text
    assert page.having("a", href="/states/IDN/?as_at=2001-07-01")


def test_the_table_of_compliance_is_shown_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.views.compliance.PAGE_SIZE", 1)
    first = Page(Client().get("/compliance/?as_at=2001-07-01"))
    assert "2 States" in first.text
    assert first.having("a", rel="next", href="/compliance/?as_at=2001-07-01&page=2")
    response = Client().get("/compliance/?as_at=2001-07-01&page=2")
    assert [row.state.iso3 for row in response.context["rows"]] == ["USA"]
    beyond = Page(Client().get("/compliance/?as_at=2001-07-01&page=9"))
    assert beyond.has_problem
    assert "There is no page 9: this is the last one, page 2." in beyond.text


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/states/", "/overview/", "/timeline/"),
        *("/tables/", "/tables/compliance/", "/exports/", "/changes/"),
    ],
)
def test_a_list_switches_to_another_treaty_beside_the_day(path: str) -> None:
    page = Page(Client().get(path, {"treaty": "CAT", "as_at": "2020-01-01"}))
    assert page.having("select", id="shown-treaty", name="treaty")
    offered = [each for each in page.having("option") if each.get("title")]
    assert {"CERD", "CAT", "CRC"} <= {each["value"] for each in offered}
    assert [each["value"] for each in offered if "selected" in each] == ["CAT"]
    assert page.having("input", id="as_at", name="as_at", value="2020-01-01")
    assert not page.having("input", name="treaty", form="day")


def test_files_and_the_feed_are_of_the_treaty_of_their_page() -> None:
    files = Page(Client().get("/exports/?treaty=CAT&state=IDN&as_at=2020-01-01"))
    chosen = "?state=IDN&as_at=2020-01-01&treaty=CAT"
    assert files.having("a", href=f"/exports/obligations.csv{chosen}")
    tables = Page(Client().get("/tables/?treaty=CAT"))
    assert tables.having("a", href="/tables/compliance.csv?treaty=CAT")
    changes = Page(Client().get("/changes/?treaty=CAT&state=IDN&as_at=2020-01-01"))
    assert changes.having("a", href="/changes.atom?state=IDN&treaty=CAT")
    assert changes.having("a", id="today", href="/changes/?state=IDN&treaty=CAT")


def test_there_is_nothing_to_switch_to_where_one_treaty_is_on_record() -> None:
    StateParty.objects.exclude(treaty__code="CRC").delete()
    page = Page(Client().get("/?treaty=CRC"))
    assert not page.having("select", id="shown-treaty")
    assert page.having("input", name="treaty", value="CRC")


def test_the_map_of_compliance_has_the_states_in_bands_with_their_table() -> None:
    StateParty.objects.filter(state__iso3="USA").exclude(treaty__code="OPAC").delete()
    response = Client().get("/compliance/?as_at=2005-01-01")
    page = Page(response)
    bands = [(each.label, each.codes) for each in response.context["map"].groups if each.codes]
    assert bands == [("0 per cent", ["IDN"]), ("100 per cent", ["USA"])]
    assert "2 States. 0 per cent: 1; 100 per cent: 1." in page.text
    assert "do not imply official endorsement or acceptance by the United Nations" in page.text
    assert page.having("script", id="frame", type="application/json")
    assert response.context["frame"]["map"]["groups"] == {
        "none of it": ["IDN"],
        "all of it": ["USA"],
    }
    assert page.having("a", href="/overview/?as_at=2005-01-01")


def test_the_overview_leads_to_the_compliance_over_all_treaties() -> None:
    assert Page(Client().get("/overview/?as_at=2005-01-01&treaty=CRC")).having(
        "a", href="/compliance/?as_at=2005-01-01&treaty=CRC"
    )
