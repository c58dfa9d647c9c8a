"""Logging a report on the page, and what the page shows afterwards."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.test import Client

from reporting.models import StateParty, Submission, SubmissionDocument, User
from reporting.services.timetable import refresh
from tests.factories import (
    TODAY,
    DecisionFactory,
    StatePartyFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.files import PDF, docx, upload
from tests.views.cast import as_, ministry_of, stranger
from tests.views.conftest import Page
from tests.views.logging_a_report import NEW, given
from tests.views.logging_a_report import client as client  # noqa: PLC0414 - a fixture
from tests.views.logging_a_report import owner as owner  # noqa: PLC0414 - a fixture
from tests.views.logging_a_report import party as party  # noqa: PLC0414 - a fixture

pytestmark = pytest.mark.django_db


def test_what_is_open_is_offered_and_a_new_form_has_a_draft_of_its_own(client: Client) -> None:
    first, second = Page(client.get(NEW)), Page(client.get(NEW))
    for text in ("Initial report, due 1 September 2013", "Fourth periodic report, due 1 September"):
        assert text in first.text
    assert "CMW/C/IDN/1, or CMW/C/IDN/1-2 for a combined one" in first.text
    (one,), (other,) = (each.having("input", name="draft") for each in (first, second))
    assert one["value"] != other["value"]


def test_going_back_a_browser_shows_a_new_form_and_ticks_nothing_again(client: Client) -> None:
    response = client.get(NEW)
    assert Page(response).having("form", class_="work-form", autocomplete="off")
    assert "no-store" in response["Cache-Control"]


def test_a_document_that_was_logged_already_is_asked_about(client: Client) -> None:
    client.post(NEW, given(covers=["report-1"], file_1=upload()))
    sent = given(covers=["report-2"], file_1=upload())
    page = Page(client.post(NEW, sent))
    assert "This document was logged already (initial report, 22 November 2026)" in page.text
    assert page.having("input", type="checkbox", name="same_confirmed", value="yes")
    del sent["file_1"]
    client.post(NEW, sent | {"same_confirmed": "yes"})
    assert Submission.objects.count() == 2


def test_a_combined_report_with_two_documents_is_filed_and_shown(client: Client) -> None:
    sent = given(
        file_1=upload(), file_2=upload("Annexe é.docx", docx()), symbol="CMW/C/IDN/1-2", note="<b>x"
    )
    page = Page(client.post(NEW, sent, follow=True))
    report = Submission.objects.get()
    assert (report.span, str(report.sent_on), report.symbol) == (
        "1-2",
        "2026-11-20",
        "CMW/C/IDN/1-2",
    )
    assert [file.language for file in report.documents.all()] == ["en", "fr"]
    for text in (
        "The report is logged.",
        "Filed, not yet confirmed",
        "Combined reports: initial report and second periodic report",
        "Annexe é.docx",
        report.documents.all()[0].sha256,
        "Siti Rahayu",
    ):
        assert text in page.text
    assert "&lt;b&gt;x" in page.html


def test_nothing_typed_or_uploaded_is_lost_when_something_is_wrong(client: Client) -> None:
    sent = given(
        sent_on="2026-12-24",
        note_verbale="No. 12/2026",
        symbol="CMW/C/SYR/1-2",
        note="two\nlines",
        file_1=upload(),
        file_2=upload("bad.pdf", b"<html>"),
    )
    page = Page(client.post(NEW, sent))
    assert not Submission.objects.exists()
    for name in ("sent_on", "symbol", "file_2"):
        assert page.having("a", href=f"#id_{name}"), name
        assert page.having("p", id=f"id_{name}_error"), name
    assert page.text.startswith("Error:")
    (kept,) = SubmissionDocument.objects.all()
    assert kept.sha256 in page.text
    assert page.having("input", name="sent_on", value="2026-12-24")
    assert page.having("input", name="note_verbale", value="No. 12/2026")
    assert page.having("input", name="covers", value="report-2", checked="")
    assert "two\nlines" in page.html
    mended = given(draft=sent["draft"], symbol="")
    client.post(NEW, mended)
    assert [file.name for file in Submission.objects.get().documents.all()] == ["report.pdf"]


def test_what_the_form_and_what_the_records_refuse_is_said_at_once(
    client: Client, party: StateParty
) -> None:
    SubmissionFactory.create(state_party=party)
    refresh(party=party, as_at=TODAY)
    sent = given(covers=["report-2"], sent_on="2014-08-01", languages=[], symbol="CMW/C/SYR/2")
    page = Page(client.post(NEW, sent))
    for name in ("sent_on", "symbol", "languages_0", "file_1"):
        assert page.having("a", href=f"#id_{name}"), name
    assert "the later report came on 1 August 2014, before CMW/C/IDN/1" in page.text
    assert not Submission.objects.filter(status="filed").exists()


def test_the_summary_names_each_field_and_has_the_focus(client: Client) -> None:
    page = Page(client.post(NEW, given(sent_on="", note_verbale="x" * 101, covers=[])))
    for said in (
        "Which report is it? Choose what you sent.",
        "Sent on: Enter the day on which it was sent.",
        "Reference of the note verbale: Write at most 100 characters",
    ):
        assert said in page.text
    assert page.having("section", class_="error-summary", tabindex="-1", autofocus="")


def test_an_uploaded_file_can_be_taken_off_and_more_be_added_before_filing(client: Client) -> None:
    draft = str(uuid4())
    page = Page(client.post(NEW, {"draft": draft, "more": "1", "file_1": upload()}))
    assert not page.has_problem
    kept = SubmissionDocument.objects.get()
    assert page.having("input", name="remove", value=str(kept.pk))
    more = {"draft": draft, "more": "1", "remove": [kept.pk, "x", "9" * 5000, "-1"]}
    page = Page(client.post(NEW, more | {"file_1": upload("b.docx", docx())}))
    assert [file.name for file in SubmissionDocument.objects.all()] == ["b.docx"]
    assert "report.pdf" not in page.text


def test_a_missing_document_is_said_at_the_first_file(client: Client) -> None:
    page = Page(client.post(NEW, given()))
    assert page.having("a", href="#id_file_1")
    assert "Add the report as at least one document." in page.text


def test_a_refused_file_is_not_said_to_be_missing_too(client: Client) -> None:
    page = Page(client.post(NEW, given(file_1=upload("bad.pdf", b"<html>"))))
    assert "bad.pdf: This file is neither" in page.text
    assert "Add the report as at least one document." not in page.text
    assert not Submission.objects.exists()


def test_the_same_form_sent_twice_leads_to_the_one_report(client: Client) -> None:
    draft = str(uuid4())
    first = client.post(NEW, given(draft=draft, file_1=upload()))
    again = client.post(NEW, given(draft=draft, file_1=upload()))
    assert first["Location"] == again["Location"]
    assert Submission.objects.count() == SubmissionDocument.objects.count() == 1


def test_a_long_report_asks_to_be_confirmed_and_is_then_filed(client: Client) -> None:
    draft = str(uuid4())
    page = Page(client.post(NEW, given(draft=draft, word_count="31801", file_1=upload())))
    assert page.having("input", type="checkbox", name="length_confirmed", value="yes")
    sent = given(draft=draft, word_count="31801", length_confirmed="yes")
    assert client.post(NEW, sent).status_code == 302
    assert Submission.objects.get().word_count == 31_801


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("covers", []),
        ("covers", ["report-1", "report-3"]),
        ("covers", ["report-99"]),
        ("covers", ["request-1"]),
        ("covers", ["<script>"]),
        ("sent_on", ""),
        ("sent_on", "31.12.2026"),
        ("sent_on", "0001-01-01"),
        ("note_verbale", "x" * 101),
        ("note_verbale", "x\x00"),
        ("symbol", "CMW/C/IDN/1-2/"),
        ("languages", []),
        ("languages", ["tlh"]),
        ("word_count", "many"),
        ("word_count", "0"),
        ("word_count", "9" * 20),
        ("procedure", "magic"),
        ("note", "x" * 4001),
    ],
)
def test_nonsense_is_refused_at_its_field(client: Client, field: str, value: Any) -> None:
    page = Page(client.post(NEW, given(**{field: value}, file_1=upload())))
    links = [each["href"] for each in page.having("a") if each.get("href", "").startswith("#id_")]
    assert re.sub(r"_0$", "", links[0]) == f"#id_{field}"
    assert not Submission.objects.exists()


def test_another_language_is_named(client: Client) -> None:
    sent = given(languages=["en", "other"], file_1=upload())
    assert "Say which other language." in Page(client.post(NEW, sent)).text
    client.post(NEW, sent | {"other_language": "Indonesian", "file_1": upload()})
    report = Submission.objects.get()
    assert report.languages == ["en", "Indonesian"]
    assert report.language_names == ["English", "Indonesian"]


def test_an_answer_to_a_request_is_offered_and_filed(client: Client, party: StateParty) -> None:
    request = DecisionFactory.create(
        state_party=party, kind="follow-up", first_report=1, symbol="CMW/C/IDN/CO/1"
    )
    refresh(party=party, as_at=TODAY)
    offered = "Follow-up on the initial report (CMW/C/IDN/CO/1), due 1 October 2022"
    assert offered in Page(client.get(NEW)).text
    client.post(NEW, given(covers=[f"request-{request.pk}"], file_1=upload()))
    assert Submission.objects.get().answers == request


def test_a_draft_that_is_nonsense_gets_a_new_one(client: Client) -> None:
    page = Page(client.post(NEW, given(draft="<script>", symbol="x", file_1=upload())))
    (hidden,) = page.having("input", name="draft")
    assert hidden["value"] == str(SubmissionDocument.objects.get().draft)


def test_a_file_that_is_too_large_is_refused_while_the_rest_is_kept(
    client: Client, settings: LazySettings
) -> None:
    settings.DOCUMENT_MAX_BYTES = 1000
    sent = given(file_1=upload("big.pdf", PDF + b"x" * 2000), file_2=upload(), note="kept")
    response = client.post(NEW, sent)
    page = Page(response)
    assert response.status_code == 413
    assert "This file is larger than 1000 bytes" in page.text
    assert "kept" in page.text
    assert [file.name for file in SubmissionDocument.objects.all()] == ["report.pdf"]


def test_a_request_that_is_too_large_stores_no_file_and_loses_no_words(
    client: Client, settings: LazySettings
) -> None:
    settings.REQUEST_MAX_BYTES = 3000
    sent = given(file_1=upload("a.pdf", PDF + b"x" * 3000), note="kept")
    page = Page(client.post(NEW, sent))
    assert page.having("a", href="#id_file_1")
    assert "are together larger than 2.9\xa0KB" in page.html
    assert "kept" in page.text
    assert not SubmissionDocument.objects.exists()


def test_the_form_says_how_much_room_is_taken_and_how_much_there_is(
    client: Client, settings: LazySettings
) -> None:
    settings.STATE_QUOTA_BYTES = 100 * 1024
    said = "The documents of Indonesia take {} of the 100.0 KB that there are for them."
    assert said.format("0 bytes") in Page(client.get(NEW)).text
    waiting = Page(client.post(NEW, given(file_1=upload(), languages=[])))
    assert said.format(f"{len(PDF)} bytes") in waiting.text
    settings.STATE_QUOTA_BYTES = 0
    assert "that there are for them" not in Page(client.get(NEW)).text


def test_a_very_long_name_of_a_file_is_shortened(client: Client) -> None:
    client.post(NEW, given(file_1=upload("é" * 3000 + ".pdf")))
    assert SubmissionDocument.objects.get().name == "é" * 120 + ".pdf"


def test_a_form_that_outlived_its_session_is_there_again_after_signing_in(
    owner: User,
) -> None:
    owner.set_password("a long password 1")
    owner.save()
    client, draft = as_(owner), str(uuid4())
    client.post(NEW, {"draft": draft, "more": "1", "file_1": upload()})
    client.logout()
    sent = given(draft=draft, note="an hour of work", sent_on="nonsense", symbol="x", more="1")
    to_sign_in = client.post(NEW, sent | {"file_2": upload("b.docx", docx())})
    assert "what you typed is kept" in Page(client.get(to_sign_in["Location"])).text
    credentials = {"login": owner.email, "password": "a long password 1", "next": NEW}
    page = Page(client.post("/sign-in/", credentials, follow=True))
    assert "What you typed is here again." in page.text
    assert "an hour of work" in page.html
    assert page.having("input", name="sent_on", value="nonsense")
    assert page.having("input", name="covers", value="report-2", checked="")
    assert "report.pdf" in page.text
    assert not page.has_problem
    client.post(NEW, given(draft=draft))
    assert [file.name for file in Submission.objects.get().documents.all()] == ["report.pdf"]
    assert "an hour of work" not in client.get(NEW).content.decode()


def test_what_a_stranger_sends_fills_no_session(party: StateParty) -> None:
    visitor = Client()
    visitor.post(NEW, given(note="x" * 30_000))
    visitor.post("/states/IDN/contacts/new/", given())
    assert "typed" not in visitor.session


def test_only_who_acts_for_the_state_logs_and_sees(party: StateParty, owner: User) -> None:
    as_(owner).post(NEW, given(file_1=upload()))
    report = Submission.objects.get()
    address = f"/states/IDN/submissions/{report.pk}/"
    for allowed in (owner, ministry_of(party), UserFactory.create()):
        assert as_(allowed).get(address).status_code == 200
        assert as_(allowed).get(NEW).status_code == 200
    other = as_(stranger())
    assert other.get(address).status_code == other.get(NEW).status_code == 404
    assert other.post(NEW, given(file_1=upload())).status_code == 404
    visitor = Client()
    for response in (visitor.get(address), visitor.get(NEW), visitor.post(NEW, given())):
        assert response["Location"].startswith("/sign-in/?next=/states/IDN/submissions/")
    assert Submission.objects.count() == 1


def test_a_report_is_found_under_its_own_state_only(party: StateParty, owner: User) -> None:
    as_(owner).post(NEW, given(file_1=upload()))
    report, foreigner = Submission.objects.get(), stranger()
    StatePartyFactory.create(state=foreigner.states.get())
    assert as_(foreigner).get(f"/states/SYR/submissions/{report.pk}/").status_code == 404
    assert as_(owner).get("/states/IDN/submissions/99999999999999999999/").status_code == 404


def test_where_nothing_is_open_there_is_nothing_to_log(client: Client, party: StateParty) -> None:
    party.obligations.all().delete()
    assert "there is nothing to log" in Page(client.get(NEW)).text


def test_a_filed_report_is_shown_as_not_confirmed_and_its_note_to_the_secretariat_alone(
    client: Client,
) -> None:
    client.post(NEW, given(file_1=upload(), note="for the secretariat"))
    report = Submission.objects.get()
    public, own = Page(Client().get("/states/IDN/")), Page(client.get("/states/IDN/"))
    assert "Met filed 20 November 2026, not yet confirmed" in public.text
    assert "for the secretariat" not in public.text
    assert not public.having("a", href=NEW)
    assert not public.having("a", href=f"/states/IDN/submissions/{report.pk}/")
    assert own.having("a", href=NEW)
    assert own.having("a", href="/states/IDN/contacts/")
    assert own.having("a", href=f"/states/IDN/submissions/{report.pk}/")
    assert not Page(as_(stranger()).get("/states/IDN/")).having("a", href=NEW)


def test_nobody_who_has_not_signed_in_can_upload(settings: LazySettings) -> None:
    visitor = Client()
    request = visitor.post("/sign-in/", {"file": upload()}).wsgi_request
    assert dict(request.FILES) == {}
