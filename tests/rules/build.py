"""Short words for writing facts down and reading obligations back."""

from datetime import date
from typing import Any

from reporting.rules.facts import (
    Decision,
    DecisionKind,
    Denunciation,
    Deposit,
    Facts,
    Review,
    Submission,
    SubmissionKind,
)
from reporting.rules.obligation import Kind, Obligation
from reporting.rules.partial_date import PartialDate
from reporting.rules.regimes import CMW, Regime
from reporting.rules.status import status
from reporting.rules.timetable import timetable

TODAY = date(2026, 11, 22)


def day(text: str) -> PartialDate | None:
    """Read a partial date; nothing stands for "not on record"."""
    return PartialDate.parse(text) if text else None


def known(text: str) -> PartialDate:
    """Read a partial date that is on record."""
    return PartialDate.parse(text)


def deposit(on: str = "2012-05-31", **more: Any) -> Deposit:
    """Write down a deposit; Indonesia's unless told otherwise."""
    return Deposit(ref="deposit", deposited_on=known(on), source="UNTC", **more)


def _ordinals(span: str) -> dict[str, Any]:
    """Read ``2`` or ``2-3``; nothing where a fact does not say."""
    first, _, last = span.partition("-")
    return {"first": int(first) if first else None, "last": int(last or first) if first else None}


def report(span: str = "", received: str = "", **more: Any) -> Submission:
    """Write down a report."""
    more.setdefault("ref", f"report-{span or received}")
    more.setdefault("source", f"cover of report {span}")
    return Submission(received_on=day(received), **_ordinals(span), **more)


def answer(to: str, received: str = "", *, kind: SubmissionKind, **more: Any) -> Submission:
    """Write down what answers a request."""
    more.setdefault("ref", f"answer-{to}")
    return Submission(kind=kind, answers=to, received_on=day(received), **more)


def review(span: str, adopted: str = "", *, dialogue: str = "", **more: Any) -> Review:
    """Write down a review; ``dialogue`` is its last day."""
    more.setdefault("ref", f"review-{span}")
    more.setdefault("source", f"press release on report {span}")
    return Review(adopted_on=day(adopted), dialogue_to=day(dialogue), **_ordinals(span), **more)


def decision(
    kind: DecisionKind, due: str = "", *, decided: str = "", span: str = "", **more: Any
) -> Decision:
    """Write down a decision of the Committee."""
    more.setdefault("ref", f"decision-{kind.name.lower()}")
    more.setdefault("source", "letter")
    return Decision(kind=kind, due_on=day(due), decided_on=day(decided), **_ordinals(span), **more)


def date_set(due: str = "", *, decided: str = "", span: str = "", **more: Any) -> Decision:
    """Write down a due date that the Committee set, or its announcement of one."""
    more.setdefault("ref", f"set-{due}")
    return decision(DecisionKind.NEXT_REPORT_DUE, due, decided=decided, span=span, **more)


def facts(*all_facts: Any, deposited: Deposit | str = "2012-05-31") -> Facts:
    """Put the facts of one State together; Indonesia's deposit unless told otherwise."""
    return Facts(
        deposit=deposit(deposited) if isinstance(deposited, str) else deposited,
        submissions=tuple(fact for fact in all_facts if isinstance(fact, Submission)),
        reviews=tuple(fact for fact in all_facts if isinstance(fact, Review)),
        decisions=tuple(fact for fact in all_facts if isinstance(fact, Decision)),
        denunciation=next((fact for fact in all_facts if isinstance(fact, Denunciation)), None),
    )


def owed(
    *all_facts: Any,
    deposited: Deposit | str = "2012-05-31",
    as_at: date = TODAY,
    regime: Regime = CMW,
) -> tuple[Obligation, ...]:
    """Return the timetable of a State."""
    return timetable(regime, facts(*all_facts, deposited=deposited), as_at=as_at)


def span(obligation: Obligation) -> str:
    """Write the ordinals in the manner of document symbols."""
    if obligation.first == obligation.last:
        return str(obligation.first or "")
    return f"{obligation.first}-{obligation.last}"


def line(obligation: Obligation, *, as_at: date = TODAY) -> str:
    """Say an obligation in a line: what, due when, on which basis, how it stands."""
    kind = "" if obligation.kind is Kind.REPORT else f"{obligation.kind} "
    due = obligation.due or "-"
    standing = status(obligation, as_at=as_at)
    return f"{kind}{span(obligation)} due {due} {obligation.basis}: {standing.status}"


def open_lines(*all_facts: Any, as_at: date = TODAY, **more: Any) -> list[str]:
    """Say what is open."""
    return [
        line(each, as_at=as_at)
        for each in owed(*all_facts, as_at=as_at, **more)
        if each.is_open(as_at=as_at)
    ]


def all_lines(*all_facts: Any, as_at: date = TODAY, **more: Any) -> list[str]:
    """Say every obligation, closed ones too."""
    return [line(each, as_at=as_at) for each in owed(*all_facts, as_at=as_at, **more)]


def closures(obligations: tuple[Obligation, ...]) -> list[tuple[str, str, str]]:
    """Say how each obligation ended, and by what."""
    return [
        (f"{span(each)} due {each.due or '-'}", each.closed_as or "open", each.closed_by)
        for each in obligations
    ]
