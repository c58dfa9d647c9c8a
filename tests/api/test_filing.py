"""Filing a report with its documents by the API: what the page refuses, it refuses too."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.test import Client

from reporting.models import Scope, StateParty, Submission, SubmissionDocument, User
from reporting.services.timetable import refresh
from tests.api.conftest import problem, program_of
from tests.factories import TODAY, DecisionFactory, StatePartyFactory, TreatyFactory, UserFactory
from tests.files import docx, upload
from tests.views.cast import stranger
from tests.views.logging_a_report import owner as owner  # noqa: PLC0414 - a fixture
from tests.views.logging_a_report import party as party  # noqa: PLC0414 - a fixture

pytestmark = pytest.mark.django_db
HERE = "/api/v1/submissions"


@pytest.fixture
def program(owner: User) -> Client:
    return program_of(owner, Scope.FILE)


def given(**more: Any) -> dict[str, Any]:
    usual = {
        "state": "IDN",
        "treaty": "CMW",
        "covers": [1, 2],
        "sent_on": "2026-11-20",
        "languages": ["en", "Bahasa Indonesia"],
        "documents": [upload()],
    }
    return usual | more


def refused(answer: Any, status: int = 400) -> dict[str, str]:
    body = problem(answer)
    assert body["status"] == status, body
    assert (Submission.objects.count(), SubmissionDocument.objects.count()) == (0, 0)
    return {error["field"]: error["detail"] for error in body.get("errors", [])}


def test_a_report_with_two_documents_is_filed_and_followed(program: Client, owner: User) -> None:
    documents = [upload(), upload("Annex.docx", docx())]
    answer = program.post(HERE, given(documents=documents, document_languages=["en", "fr"]))
    report = Submission.objects.get()
    assert (answer.status_code, answer["Location"]) == (201, f"{HERE}/{report.pk}")
    assert (report.span, report.filed_by, report.languages) == (
        "1-2",
        owner,
        ["en", "Bahasa Indonesia"],
    )
    body = program.get(answer["Location"]).json()
    assert body == answer.json()
    told = {"state": "IDN", "treaty": "CMW", "status": "filed", "first_report": 1, "last_report": 2}
    assert told.items() <= body.items()
    assert [(each["name"], each["language"]) for each in body["documents"]] == [
        ("report.pdf", "en"),
        ("Annex.docx", "fr"),
    ]
    (line,) = program.get(HERE).json()["results"]
    assert (line["id"], line["status"], line["filed_on"]) == (report.pk, "filed", "2026-11-20")


def test_the_same_key_files_once(program: Client) -> None:
    key = str(uuid4())
    first = program.post(HERE, given(key=key))
    again = program.post(HERE, given(key=key))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (Submission.objects.count(), SubmissionDocument.objects.count()) == (1, 1)


def test_a_key_that_filed_something_files_nothing_else(program: Client) -> None:
    key = str(uuid4())
    first = program.post(HERE, given(key=key, note="one \u202etwo"))
    others: list[dict[str, Any]] = [
        {"covers": [3]},
        {"sent_on": "2026-11-19"},
        {"note": "two"},
        {"documents": [upload("Annex.docx", docx())]},
        {"procedure": "simplified"},
    ]
    for other in others:
        answer = program.post(HERE, given(**{"key": key, "note": "one two"} | other))
        assert problem(answer)["status"] == 409, other
        assert problem(answer)["detail"] == "This key has filed another report: make up a new one."
    same = program.post(HERE, given(key=key, note="one \u202etwo", covers=[2, 1]))
    assert (same.status_code, same.json()) == (200, first.json())


@pytest.mark.parametrize(
    "other",
    [
        {"symbol": "CMW/C/IDN/2-3"},
        {"symbol": ""},
        {"symbol": "no symbol"},
        {"document_languages": ["fr", "fr"]},
        {"document_languages": ["fr", "en"]},
        {"document_languages": []},
        {"covers": [1, 3]},
        {"word_count": 901},
        {"languages": ["en"]},
        {"note_verbale": "8/2026"},
    ],
)
def test_every_member_of_the_body_tells_one_report_of_a_key_from_another(
    program: Client, other: dict[str, Any]
) -> None:
    def sent(**more: Any) -> dict[str, Any]:
        documents = [upload(), upload("Annex.docx", docx())]
        usual = {
            "key": "8d0a5fa6-5e0f-4b39-9c53-8f5f2b8f3a11",
            "covers": [1, 2, 3],
            "symbol": "CMW/C/IDN/1-3",
            "documents": documents,
            "document_languages": ["en", "fr"],
            "word_count": 900,
            "note_verbale": "7/2026",
        }
        return given(**usual | more)

    first = program.post(HERE, sent())
    assert first.status_code == 201, first.json()
    assert problem(program.post(HERE, sent(**other)))["status"] == 409
    same = program.post(HERE, sent(symbol=" cmw/c/idn/1-3"))
    assert (same.status_code, same.json()) == (200, first.json())


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_kept(program: Client) -> None:
    sent = given(covers=[9], sent_on="2027-01-01", documents=[upload(), upload("a.pdf", b"text")])
    errors = refused(program.post(HERE, sent))
    assert "is not owed yet" in errors["covers"]
    assert "This day is still to come" in errors["sent_on"]
    assert errors["documents"].startswith("a.pdf: ")


def test_a_report_that_was_mended_meanwhile_is_the_same_to_its_key(program: Client) -> None:
    key = str(uuid4())
    program.post(HERE, given(key=key))
    report = Submission.objects.get()
    report.sent_on = date(2026, 11, 1)
    report.save()
    assert program.post(HERE, given(key=key)).status_code == 200


def test_the_key_of_one_person_is_none_of_another(program: Client) -> None:
    other = program_of(UserFactory.create(role="secretariat"), Scope.FILE)
    under = StatePartyFactory.create(treaty=TreatyFactory.create(code="CRC"))
    refresh(party=under, as_at=TODAY)
    key = str(uuid4())
    mine = program.post(HERE, given(key=key))
    theirs = other.post(HERE, given(key=key, treaty="CRC", same_confirmed=True))
    assert (mine.status_code, theirs.status_code) == (201, 201)
    under_another_treaty = other.post(HERE, given(key=key))
    assert problem(under_another_treaty)["status"] == 409


def test_a_corrected_request_with_the_same_key_files_what_came_with_it(program: Client) -> None:
    key = str(uuid4())
    refused(program.post(HERE, given(key=key, covers=[9], documents=[upload("wrong.pdf")])))
    answer = program.post(HERE, given(key=key, documents=[upload("right.pdf")]))
    assert [each["name"] for each in answer.json()["documents"]] == ["right.pdf"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"sent_on": "yesterday"}, "sent_on"),
        ({"covers": ["first"]}, "covers.0"),
        ({"documents": ["no file"]}, "documents.0"),
        ({"languages": []}, "languages"),
        ({"answers": 999}, "answers"),
        ({"covers": []}, "covers"),
        ({"procedure": "quick"}, "procedure"),
        ({"document_languages": ["en", "fr"]}, "document_languages"),
        ({"note": "a\x00b"}, "note"),
        ({"colour": "red"}, "colour"),
        ({"treaty": "XYZ"}, "treaty"),
        ({"state": "XYZ"}, "state"),
        ({"treaty": ["CMW", "CMW"]}, "treaty"),
        ({"symbol": "CEDAW/C/IDN/1"}, "symbol"),
        ({"word_count": 90000}, "word_count"),
        ({"key": "mine"}, "key"),
        ({"documents": [upload(), upload("Annex.pdf")]}, "documents"),
    ],
)
def test_a_body_of_the_wrong_shape_is_refused_by_its_field(
    program: Client, change: dict[str, Any], field: str
) -> None:
    assert field in refused(program.post(HERE, given(**change)))


def test_a_key_that_was_left_empty_is_refused(program: Client) -> None:
    assert refused(program.post(HERE, given(key=""))) == {"key": "This field may not be blank."}


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        ("{}", "application/json", 415),
        ("x", "multipart/form-data", 400),
        ("x", "multipart/form-data; boundary=b", 400),
        ("x", "text/plain", 415),
        ("", "text/plain", 400),
    ],
)
def test_a_body_that_is_no_form_is_refused(
    program: Client, body: str, media_type: str, status: int
) -> None:
    refused(program.generic("POST", HERE, body, content_type=media_type), status)


def test_a_document_that_is_too_large_is_refused(program: Client, settings: LazySettings) -> None:
    settings.DOCUMENT_MAX_BYTES = 100
    refused(program.post(HERE, given()), 413)


def test_a_request_of_the_committee_is_answered(program: Client, party: StateParty) -> None:
    asked = DecisionFactory.create(
        state_party=party, kind="follow-up", first_report=1, last_report=1, due_on="2026-12-01"
    )
    refresh(party=party, as_at=TODAY)
    sent = given(answers=asked.pk, key=str(uuid4()))
    del sent["covers"]
    answer = program.post(HERE, sent)
    assert (answer.status_code, answer.json()["kind"]) == (201, "follow-up")
    assert program.post(HERE, sent | {"documents": [upload()]}).status_code == 200
    also = program.post(HERE, sent | {"documents": [upload()], "covers": [1]})
    assert problem(also)["status"] == 409


def test_only_a_token_that_may_file_files(owner: User) -> None:
    visitor = Client().post(HERE, given())
    assert (refused(visitor, 401), visitor["WWW-Authenticate"]) == ({}, 'Bearer realm="api"')
    reader = program_of(owner).post(HERE, given())
    assert refused(reader, 403) == {}
    assert 'error="insufficient_scope"' in reader["WWW-Authenticate"]


def test_a_program_acts_for_the_states_of_its_person_alone(party: StateParty) -> None:
    other = program_of(stranger(), Scope.FILE)
    refused(other.post(HERE, given()), 404)
    desk = program_of(UserFactory.create(role="secretariat"), Scope.FILE)
    TreatyFactory.create(code="CRC")
    refused(desk.post(HERE, given(treaty="CRC")), 404)
    filed = desk.post(HERE, given())
    assert filed.status_code == 201
    address = filed["Location"]
    assert [client.get(address).status_code for client in (desk, other, Client())] == [
        200,
        404,
        401,
    ]
    for number in (0, 10**6, 2**63, 10**30):
        assert desk.get(f"{HERE}/{number}").status_code == 404


def test_filing_has_a_limit_of_its_own(program: Client, settings: LazySettings) -> None:
    settings.RATE_LIMITS = {"api": "1/d", "api-filing": "2/d"}
    statuses = [program.post(HERE, {}).status_code for _time in range(3)]
    assert statuses == [400, 400, 429]
    assert program.get(HERE).status_code == 200


def test_signs_that_turn_a_note_or_a_name_round_are_taken_out(program: Client) -> None:
    turned = given(note="see \u202efdp.exe", documents=[upload("re\u202efdp.pdf")])
    assert program.post(HERE, turned).status_code == 201
    report = Submission.objects.get()
    assert (report.note, report.documents.get().name) == ("see fdp.exe", "refdp.pdf")
