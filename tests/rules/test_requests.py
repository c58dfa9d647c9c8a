"""What the Committee asks for beside the cycle (rules 4, 5 and 7 of the life of a report)."""

from datetime import date

import pytest

from reporting.rules.contradictions import ContradictionsError
from reporting.rules.facts import Decision, DecisionKind, Submission, SubmissionKind
from reporting.rules.obligation import Basis, Kind, Obligation
from tests.rules.build import answer, decision, known, owed, report, review

LIST, PRIOR = DecisionKind.LIST_OF_ISSUES, DecisionKind.LIST_OF_ISSUES_PRIOR


def requests(*facts: object, as_at: date = date(2026, 11, 22)) -> list[Obligation]:
    """Return what is owed beside the cycle."""
    return [each for each in owed(*facts, as_at=as_at) if each.kind is not Kind.REPORT]


def ending(*facts: object, as_at: date = date(2026, 11, 22)) -> tuple[str, str, str]:
    """Say how the only request ended, when and by what."""
    (only,) = requests(*facts, as_at=as_at)
    return (only.closed_as or "open", str(only.closed_on), only.closed_by)


def asked(kind: DecisionKind, span: str = "1", **more: str) -> Decision:
    """Write down a request of 1 October 2013."""
    return decision(kind, "2014-12-31", decided="2013-10-01", span=span, ref="asked", **more)


def answered(kind: SubmissionKind, received: str = "2014-10-01") -> Submission:
    """Write down the answer to it."""
    return answer("asked", received, kind=kind, symbol="the answer")


@pytest.mark.parametrize(
    ("kind", "owed_kind", "sentence"),
    [
        (
            DecisionKind.ADDITIONAL_REPORT,
            Kind.ADDITIONAL_REPORT,
            "The Committee has requested an additional report outside the cycle.",
        ),
        (
            DecisionKind.FOLLOW_UP,
            Kind.FOLLOW_UP,
            (
                "The Committee has requested written information in follow-up to its concluding "
                "observations."
            ),
        ),
        (
            LIST,
            Kind.REPLIES,
            (
                "The Committee has asked for replies to its list of issues on the initial report before "
                "the dialogue."
            ),
        ),
        (
            PRIOR,
            Kind.REPLIES,
            (
                "Under the simplified reporting procedure the replies to the list of issues prior to "
                "reporting are the initial report; this deadline stands beside the due date of the "
                "report."
            ),
        ),
    ],
)
def test_a_request_is_owed_by_its_own_date_and_says_why(
    kind: DecisionKind, owed_kind: Kind, sentence: str
) -> None:
    (request,) = requests(asked(kind, symbol="CMW/C/IDN/Q/1", paragraph="3"))

    assert (request.kind, request.due, request.basis) == (
        owed_kind,
        known("2014-12-31"),
        Basis.COMMITTEE,
    )
    assert (request.source, request.arises_on) == ("CMW/C/IDN/Q/1, para. 3", date(2013, 10, 1))
    assert str(request.explanation) == sentence


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (
            LIST,
            (
                "The Committee has asked for replies to its list of issues on the combined reports: initial "
                "report and second periodic report; the date by which they are due is not on record."
            ),
        ),
        (
            PRIOR,
            (
                "Under the simplified reporting procedure the replies to the list of issues prior to "
                "reporting are the combined reports: initial report and second periodic report; a "
                "deadline for them beside the due date of the report is not on record."
            ),
        ),
    ],
)
def test_a_list_without_a_reply_date_on_record_has_no_date(
    kind: DecisionKind, sentence: str
) -> None:
    (request,) = requests(decision(kind, decided="2013-10-01", span="1-2"))

    assert (request.due, request.basis, request.source) == (None, Basis.NONE, "letter")
    assert str(request.explanation) == sentence


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        (DecisionKind.ADDITIONAL_REPORT, SubmissionKind.ADDITIONAL_REPORT),
        (DecisionKind.FOLLOW_UP, SubmissionKind.FOLLOW_UP),
        (LIST, SubmissionKind.REPLIES),
        (PRIOR, SubmissionKind.REPLIES),
    ],
)
def test_an_answer_meets_the_request_that_it_answers(
    kind: DecisionKind, sent: SubmissionKind
) -> None:
    assert ending(asked(kind), answered(sent)) == ("met", "2014-10-01", "the answer")


def test_a_second_answer_leaves_the_first_one_standing() -> None:
    second = answer("asked", "2014-11-01", kind=SubmissionKind.FOLLOW_UP, ref="second")
    facts = (asked(DecisionKind.FOLLOW_UP), answered(SubmissionKind.FOLLOW_UP), second)

    assert ending(*facts) == ("met", "2014-10-01", "the answer")


def test_follow_up_without_a_date_of_its_own_is_asked_on_the_day_of_the_review() -> None:
    facts = (
        review("1", "2017-09-13"),
        decision(DecisionKind.FOLLOW_UP, "2019-10-01", review="review-1"),
    )
    (request,) = requests(*facts)

    assert (request.arises_on, request.first, request.key) == (
        date(2017, 9, 13),
        None,
        "follow_up/decision-follow_up",
    )


def test_a_follow_up_is_not_closed_by_the_next_review() -> None:
    facts = (
        review("1", "2017-09-13"),
        decision(DecisionKind.FOLLOW_UP, "2019-10-01", review="review-1"),
        review("2", "2023-09-13"),
    )

    assert ending(*facts) == ("open", "None", "")


def test_an_answer_of_unknown_day_came_by_the_dialogue() -> None:
    replies = answer("asked", kind=SubmissionKind.REPLIES, first=1, last=1)
    facts = (asked(LIST), replies, review("1", "2017-09-13", dialogue="2017-09-06"))

    assert ending(*facts) == ("met", "2017-09-06", "replies to a list of issues 1")


def test_the_report_itself_meets_the_list_of_issues_prior_to_it() -> None:
    facts = (asked(PRIOR), report("1", "2014-09-01"))

    assert ending(*facts) == ("met", "2014-09-01", "report 1")


def test_the_report_does_not_meet_a_list_prior_to_another_report() -> None:
    facts = (asked(PRIOR, span="2"), report("1", "2014-09-01"))

    assert ending(*facts, as_at=date(2014, 9, 1)) == ("open", "None", "")


def test_the_report_does_not_meet_the_questions_after_it() -> None:
    facts = (report("1", "2013-09-01"), asked(LIST))

    assert ending(*facts) == ("open", "None", "")


def test_the_dialogue_overtakes_a_list_of_issues_without_replies() -> None:
    facts = (asked(LIST), review("1", "2017-09-13"))

    assert ending(*facts) == ("lapsed", "2017-09-13", "review of report 1")


def test_the_dialogue_meets_a_list_prior_to_the_report_that_it_considered() -> None:
    facts = (asked(PRIOR), review("1", "2017-09-13"))

    assert ending(*facts) == ("met", "2017-09-13", "review of report 1")


@pytest.mark.parametrize("kind", [LIST, PRIOR])
def test_a_review_in_absence_closes_the_list_that_was_never_answered(kind: DecisionKind) -> None:
    facts = (asked(kind), review("1", "2017-09-13", in_absence=True))

    assert ending(*facts) == ("considered in absence", "2017-09-13", "review of report 1")


@pytest.mark.parametrize("kind", list(DecisionKind)[1:])
def test_a_request_can_be_withdrawn(kind: DecisionKind) -> None:
    withdrawn = decision(
        kind, "2014-12-31", decided="2013-10-01", span="1", withdrawn_on=known("2014-02")
    )

    assert ending(withdrawn, as_at=date(2014, 2, 27)) == ("open", "None", "")
    assert ending(withdrawn) == ("withdrawn", "2014-02-28", f"{kind} 1")


def test_withdrawing_what_was_answered_changes_nothing() -> None:
    withdrawn = decision(
        DecisionKind.FOLLOW_UP,
        "2014-12-31",
        decided="2013-10-01",
        ref="asked",
        withdrawn_on=known("2015"),
    )

    assert ending(withdrawn, answered(SubmissionKind.FOLLOW_UP)) == (
        "met",
        "2014-10-01",
        "the answer",
    )


def test_an_answer_on_the_day_of_its_request_meets_it() -> None:
    facts = (
        decision(DecisionKind.FOLLOW_UP, "2014-12-31", decided="2013-10-01", ref="asked"),
        answer("asked", "2013-10-01", kind=SubmissionKind.FOLLOW_UP, first=1, last=1),
    )

    assert ending(*facts)[:2] == ("met", "2013-10-01")


def test_an_answer_before_its_request_is_refused_unless_it_says_why() -> None:
    early = answer("asked", "2013-09-01", kind=SubmissionKind.FOLLOW_UP, source="note verbale")
    excused = answer(
        "asked", "2013-09-01", kind=SubmissionKind.FOLLOW_UP, accepted_because="sent in advance"
    )

    with pytest.raises(
        ContradictionsError,
        match=r"^follow-up: it came on 1 September 2013, before follow-up 1 of 1 October 2013 "
        r"\(source: note verbale\)$",
    ):
        requests(asked(DecisionKind.FOLLOW_UP), early)
    assert ending(asked(DecisionKind.FOLLOW_UP), excused) == ("met", "2013-10-01", "follow-up")


def test_an_answer_of_another_kind_than_was_asked_for_is_refused() -> None:
    with pytest.raises(ContradictionsError, match="it answers follow-up 1, which asks for someth"):
        requests(asked(DecisionKind.FOLLOW_UP), answered(SubmissionKind.REPLIES))


def test_a_report_can_name_the_list_prior_to_reporting_that_it_answers() -> None:
    facts = (asked(PRIOR), report("1", "2014-09-01", answers="asked"))

    assert ending(*facts) == ("met", "2014-09-01", "report 1")
