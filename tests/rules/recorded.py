"""The fact files as the engine's facts, without a database."""

import csv
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from reporting.rules.facts import (
    Decision,
    DecisionKind,
    Deposit,
    Facts,
    Review,
    Submission,
    SubmissionKind,
)
from reporting.rules.partial_date import PartialDate

FIXTURES = Path(__file__).parents[2] / "fixtures"
RECORDED_ON = date(2026, 11, 22)


def _rows(name: str) -> list[dict[str, str]]:
    with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _common(row: dict[str, str]) -> dict[str, Any]:
    return {
        "source": row["source"],
        "recorded_on": RECORDED_ON,
        "first": int(row["first_report"]),
        "last": int(row["last_report"]),
    }


@cache
def recorded_facts() -> dict[str, Facts]:
    """Return the facts of the 60 States parties by ISO code."""
    submissions: dict[str, list[Submission]] = defaultdict(list)
    reviews: dict[str, list[Review]] = defaultdict(list)
    decisions: dict[str, list[Decision]] = defaultdict(list)
    for number, row in enumerate(_rows("submissions.csv")):
        submissions[row["iso3"]].append(
            Submission(
                ref=f"submission-{number}",
                symbol=row["symbol"],
                received_on=_day(row["received_on"]),
                **_common(row),
            )
        )
    for number, row in enumerate(_rows("reviews.csv")):
        review = Review(
            ref=f"review-{number}",
            session=int(row["session"]) if row["session"] else None,
            dialogue_from=_day(row["dialogue_from"]),
            dialogue_to=_day(row["dialogue_to"]),
            in_absence=row["in_absence_of_report"] == "yes",
            symbol=row["concluding_observations"],
            adopted_on=_day(row["adopted_on"]),
            **_common(row),
        )
        reviews[row["iso3"]].append(review)
        if row["next_report_due"]:
            decisions[row["iso3"]].append(
                Decision(
                    ref=f"next-{number}",
                    kind=DecisionKind.NEXT_REPORT_DUE,
                    decided_on=review.adopted_on,
                    due_on=_day(row["next_report_due"]),
                    symbol=review.symbol,
                    review=review.ref,
                    source=review.source,
                    recorded_on=RECORDED_ON,
                )
            )
    for number, row in enumerate(_rows("lists_of_issues.csv")):
        listed = Decision(
            ref=f"list-{number}",
            kind=DecisionKind(row["kind"]),
            decided_on=_day(row["issued_on"]),
            due_on=_day(row["replies_due"]),
            symbol=row["symbol"],
            **_common(row),
        )
        decisions[row["iso3"]].append(listed)
        if row["replies_received_on"]:
            submissions[row["iso3"]].append(
                Submission(
                    ref=f"replies-{number}",
                    kind=SubmissionKind.REPLIES,
                    answers=listed.ref,
                    received_on=_day(row["replies_received_on"]),
                    **_common(row),
                )
            )
    return {
        row["iso3"]: Facts(
            deposit=Deposit(
                ref=f"deposit-{row['iso3']}",
                action=row["action"],
                deposited_on=PartialDate.parse(row["deposited_on"]),
                source=row["source"],
            ),
            submissions=tuple(submissions[row["iso3"]]),
            reviews=tuple(reviews[row["iso3"]]),
            decisions=tuple(decisions[row["iso3"]]),
        )
        for row in _rows("state_parties.csv")
    }
