"""Filing a report: once, for one's own State, and only what it owes."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from reporting.models import (
    DecisionKind,
    Obligation,
    Role,
    StateParty,
    Submission,
    SubmissionDocument,
    User,
)
from reporting.rules.partial_date import PartialDate
from reporting.services.document import Draft, keep_document
from reporting.services.errors import NotAllowedError
from reporting.services.submission import Filing, file_submission
from reporting.services.timetable import refresh
from tests.factories import (
    NOW,
    TODAY,
    DecisionFactory,
    ReviewFactory,
    StateFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.files import docx, upload
from tests.parties import refreshed_party

pytestmark = pytest.mark.django_db
NOT_IN_A_ROW = "A combined report covers reports that follow each other: choose those between too."
TOO_LONG = (
    "%s words are more than the %s that this report may have. Shorten it, or confirm that it was "
    "sent like this."
)


@pytest.fixture
def party() -> StateParty:
    return refreshed_party()


@pytest.fixture
def ministry(party: StateParty) -> User:
    person = UserFactory.create(role=Role.MINISTRY)
    person.states.add(party.state)
    return person


@pytest.fixture
def draft(party: StateParty, ministry: User) -> Draft:
    made = Draft(uuid4(), party, ministry)
    keep_document(draft=made, upload=upload(), language="en", now=NOW)
    return made


def filing(**given: Any) -> Filing:
    usual: dict[str, Any] = {"covers": (1, 2), "sent_on": date(2026, 11, 20)}
    return Filing(**(usual | given))


def send(draft: Draft, **given: Any) -> Submission:
    return file_submission(filing=filing(**given), draft=draft, as_at=TODAY, now=NOW)


def refusals(draft: Draft, **given: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        send(draft, **given)
    assert not Submission.objects.filter(draft=draft.key).exists()
    return caught.value.message_dict


def open_now() -> list[str]:
    rows = Obligation.objects.open(as_at=TODAY).order_by("arises_on", "pk")
    return [row.title for row in rows]


def test_a_filed_report_meets_what_it_covers_at_once(draft: Draft, ministry: User) -> None:
    report = send(draft, symbol="cmw/c/idn/1-2", languages=("en", "Indonesian"), word_count=31_800)
    assert open_now() == ["third periodic report", "fourth periodic report"]
    met = Obligation.objects.get(submission=report, first_report=1)
    assert (met.closed_as, met.received_on) == ("met", PartialDate(2026, 11, 20))
    assert (report.status, report.filed_by, report.filed_at) == ("filed", ministry, NOW)
    assert (report.symbol, report.span, report.received_on) == ("CMW/C/IDN/1-2", "1-2", None)
    assert [file.name for file in report.documents.all()] == ["report.pdf"]
    assert report.history.latest().history_user == ministry


def test_the_same_form_sent_twice_files_once(draft: Draft) -> None:
    first = send(draft)
    again = send(draft, covers=(3,), sent_on=date(2030, 1, 1))
    assert again == first
    assert Submission.objects.count() == 1


def test_another_form_for_the_same_report_gets_a_sentence(draft: Draft) -> None:
    send(draft)
    other = replace(draft, key=uuid4())
    keep_document(draft=other, upload=upload("b.docx", docx()), language="fr", now=NOW)
    assert refusals(other, covers=(2,)) == {
        "covers": ["The second periodic report has been logged already and waits to be confirmed."]
    }


def test_a_document_that_was_logged_already_is_logged_again_only_if_that_is_meant(
    draft: Draft,
) -> None:
    send(draft, covers=(1,))
    again = replace(draft, key=uuid4())
    keep_document(draft=again, upload=upload(), language="en", now=NOW)
    assert refusals(again, covers=(2,)) == {
        "documents": [
            (
                "This document was logged already (initial report, 22 November 2026). "
                "Choose another file, or confirm that it was sent for this too."
            )
        ]
    }
    assert send(again, covers=(2,), same_confirmed=True).span == "2"


def test_an_annex_that_was_logged_before_may_come_with_a_new_report(draft: Draft) -> None:
    send(draft, covers=(1,))
    again = replace(draft, key=uuid4())
    keep_document(draft=again, upload=upload(), language="en", now=NOW)
    keep_document(draft=again, upload=upload("b.docx", docx()), language="en", now=NOW)
    assert send(again, covers=(2,)).documents.count() == 2


def test_a_report_is_not_sent_before_the_review_that_it_follows(draft: Draft) -> None:
    SubmissionFactory.create(state_party=draft.state_party)
    ReviewFactory.create(state_party=draft.state_party)
    refresh(party=draft.state_party, as_at=TODAY)
    assert refusals(draft, covers=(2,), sent_on=date(2017, 9, 12)) == {
        "sent_on": [
            (
                "This lies before the Committee considered the initial report, on 13 September "
                "2017, and the report that you log follows that. Check the year."
            )
        ]
    }
    assert send(draft, covers=(2,), sent_on=date(2017, 9, 13)).span == "2"


def test_a_report_is_not_sent_before_it_is_owed(draft: Draft) -> None:
    assert refusals(draft, sent_on=date(2013, 9, 1)) == {
        "sent_on": [
            (
                "The second periodic report was not owed yet on this day, but since 2 September "
                "2013. Check the year."
            )
        ]
    }
    assert send(draft, sent_on=date(2013, 9, 2)).span == "1-2"


def test_a_returned_report_opens_the_obligation_again_and_can_be_filed_again(draft: Draft) -> None:
    report = send(draft)
    report.status, report.returned_because = "returned", "The annex is missing."
    report.save()
    refresh(party=draft.state_party, as_at=TODAY)
    assert open_now()[0] == "initial report"
    again = replace(draft, key=uuid4())
    keep_document(draft=again, upload=upload(), language="en", now=NOW)
    assert send(again).status == "filed"
    assert Submission.objects.count() == 2


def test_the_secretariat_may_file_for_a_state(draft: Draft) -> None:
    officer = replace(draft, by=UserFactory.create())
    keep_document(draft=officer, upload=upload(), language="en", now=NOW)
    assert send(officer).filed_by == officer.by


def test_a_stranger_files_nothing_and_cannot_use_the_draft_of_another(draft: Draft) -> None:
    stranger = UserFactory.create(role=Role.MINISTRY)
    stranger.states.add(StateFactory.create(iso3="SYR", name="Syrian Arab Republic"))
    with pytest.raises(NotAllowedError):
        send(replace(draft, by=stranger))
    assert open_now()[0] == "initial report"


def test_a_colleague_does_not_file_the_documents_of_another_form(draft: Draft) -> None:
    colleague = UserFactory.create(role=Role.MINISTRY)
    colleague.states.add(draft.state_party.state)
    said = refusals(replace(draft, by=colleague))
    assert said == {"documents": ["Add the report as at least one document."]}
    assert SubmissionDocument.objects.get().submission is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"sent_on": date(2026, 11, 23)},
            {"sent_on": ["This day is still to come: log the report when it has been sent."]},
        ),
        (
            {"sent_on": date(2012, 8, 31)},
            {
                "sent_on": [
                    "On this day the treaty did not bind the State yet; it does since 1 September 2012."
                ]
            },
        ),
        ({"covers": ()}, {"covers": ["Choose what you sent."]}),
        ({"covers": (1, 3)}, {"covers": [NOT_IN_A_ROW]}),
        ({"covers": (5,)}, {"covers": ["The fifth periodic report is not owed yet."]}),
        (
            {"symbol": "CMW/C/SYR/1-2"},
            {
                "symbol": [
                    "CMW/C/SYR/1-2 is a document of another State or treaty: write CMW/C/IDN/…"
                ]
            },
        ),
        (
            {"symbol": "CMW/C/IDN/3"},
            {"symbol": ["CMW/C/IDN/3 is about report 3, but this covers report 1-2."]},
        ),
        ({"word_count": 31_801}, {"word_count": [TOO_LONG % ("31,801", "31,800")]}),
        (
            {"covers": (2,), "word_count": 21_201},
            {"word_count": [TOO_LONG % ("21,201", "21,200")]},
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_stored(
    draft: Draft, given: dict[str, Any], said: dict[str, list[str]]
) -> None:
    assert refusals(draft, **given) == said
    assert open_now()[0] == "initial report"


def test_everything_that_is_wrong_is_said_at_once(party: StateParty, ministry: User) -> None:
    empty = Draft(uuid4(), party, ministry)
    said = refusals(empty, covers=(), sent_on=date(2027, 1, 1), symbol="x", word_count=99_999)
    assert sorted(said) == ["covers", "documents", "sent_on", "symbol"]


def test_a_length_that_was_confirmed_is_let_pass(draft: Draft) -> None:
    assert send(draft, word_count=40_000, length_confirmed=True).word_count == 40_000


def test_a_report_that_was_received_cannot_be_logged_again(draft: Draft) -> None:
    SubmissionFactory.create(state_party=draft.state_party)
    refresh(party=draft.state_party, as_at=TODAY)
    said = refusals(draft, covers=(1,))
    assert said == {"covers": ["The initial report has been received already."]}


def test_a_report_sent_before_an_earlier_one_came_is_a_contradiction(draft: Draft) -> None:
    SubmissionFactory.create(state_party=draft.state_party)
    refresh(party=draft.state_party, as_at=TODAY)
    with pytest.raises(ValidationError, match="the later report came on 1 August 2014, before"):
        send(draft, covers=(2,), sent_on=date(2014, 8, 1))
    assert not Submission.objects.filter(draft=draft.key).exists()


@pytest.mark.parametrize(
    ("asked", "kind", "symbol"),
    [
        (DecisionKind.ADDITIONAL_REPORT, "additional report", "CMW/C/IDN/1"),
        (DecisionKind.FOLLOW_UP, "follow-up", "CMW/C/IDN/FCO/1"),
        (DecisionKind.LIST_OF_ISSUES, "replies to a list of issues", "CMW/C/IDN/RQ/1"),
    ],
)
def test_an_answer_to_a_request_meets_the_request_alone(
    draft: Draft, asked: DecisionKind, kind: str, symbol: str
) -> None:
    request = DecisionFactory.create(
        state_party=draft.state_party,
        kind=asked,
        first_report=1,
        decided_on=PartialDate(2026, 1, 10),
        due_on=PartialDate(2027, 1, 10),
    )
    refresh(party=draft.state_party, as_at=TODAY)
    answer = send(draft, covers=(), answers=request, symbol=symbol)
    assert (answer.kind, answer.answers, answer.symbol) == (kind, request, symbol)
    assert open_now()[0] == "initial report"
    met = Obligation.objects.get(submission=answer)
    assert (met.kind, met.closed_as) == (kind, "met")
    second = replace(draft, key=uuid4())
    keep_document(draft=second, upload=upload(), language="en", now=NOW)
    assert refusals(second, covers=(), answers=request) == {
        "covers": ["This request is not open any more: it was answered, or withdrawn."]
    }


def test_a_report_meets_the_list_of_issues_prior_to_it(draft: Draft) -> None:
    DecisionFactory.create(
        state_party=draft.state_party,
        kind=DecisionKind.LIST_OF_ISSUES_PRIOR,
        first_report=1,
        decided_on=PartialDate(2025),
        due_on=None,
    )
    refresh(party=draft.state_party, as_at=TODAY)
    report = send(draft, procedure="simplified")
    assert report.kind == "report"
    assert set(report.obligations.values_list("kind", flat=True)) == {
        "report",
        "replies to a list of issues",
    }
