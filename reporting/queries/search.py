"""What a reader looks for: States by name and code, documents by symbol, sessions by number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django_countries import countries

from reporting.models import (
    CommitteeDecision,
    Review,
    Session,
    State,
    StateParty,
    Submission,
    SubmissionStatus,
    Treaty,
)
from reporting.models.names import BETWEEN, all_names, name_of_state, searchable
from reporting.models.order import ByName
from reporting.queries.session_number import session_number
from reporting.rules.symbols import LooseSymbol

MOST = 20
_FEWEST_LETTERS = 3
_MOST_PARTS = 8
_HIGHEST_SESSION = 999
Document = Review | Submission | CommitteeDecision


class StateHit(NamedTuple):
    """A State party, and the name in another language, or the code, by which it was found."""

    state: State
    matched: str
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, the best first; ``jump`` is the one document whose symbol it was.

    ``filed`` is what was filed and not confirmed, or was returned, of the States that one acts for.
    ``not_party`` names a State of the world that is no State party.
    """

    states: list[StateHit] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    filed: list[Submission] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    jump: Document | None = None
    not_party: str = ""
    is_cut: bool = False

    @property
    def only_state(self) -> State | None:
        """The State whose name or code it was, where it was no other's."""
        exact = [hit.state for hit in self.states if hit.is_exact]
        return exact[0] if len(exact) == 1 else None

    def __bool__(self) -> bool:
        """Whether anything was found."""
        return bool(self.states or self.documents or self.filed or self.sessions)


def search(*, q: str, treaty: Treaty, acting_for: QuerySet[State]) -> Found:
    """Return what is found for these words, in at most six queries.

    ``acting_for`` are the States whose filed reports the reader may see.
    """
    loose = LooseSymbol.parse(q, treaty=treaty.code)
    number = _session_number(q)
    states = _states(q, loose, treaty)
    documents, jump = _documents(q, loose, number, treaty)
    sessions = Session.objects.filter(treaty=treaty, number=number) if number else ()
    mine = Submission.objects.filter(
        state_party__treaty=treaty, state_party__state__in=acting_for
    ).exclude(status=SubmissionStatus.RECEIVED)
    filed = _filed(q, loose, states, mine)
    found = Found(
        states=states[:MOST],
        documents=documents[:MOST],
        filed=filed[:MOST],
        sessions=list(sessions),
        jump=jump,
        is_cut=max(len(states), len(documents), len(filed)) > MOST,
    )
    return found or Found(not_party=_not_party(q))


def _states(q: str, loose: LooseSymbol | None, treaty: Treaty) -> list[StateHit]:
    folded = searchable(q)
    exact = Q(search_text__contains=f"{BETWEEN}{folded}{BETWEEN}")
    begins = Q(search_text__contains=f"{BETWEEN}{folded}")
    wanted, ranks = exact, [When(exact, Value(0)), When(begins, Value(1))]
    if loose:
        wanted |= Q(iso3=loose.iso3)
    if not folded.isdecimal():
        wanted |= begins
        word = Q(search_text__contains=f" {folded}")
        ranks.append(When(word, Value(2)))
        if len(folded) >= _FEWEST_LETTERS or not folded.isascii():
            wanted |= Q(search_text__contains=folded)
    rank = Case(*ranks, default=Value(3), output_field=IntegerField())
    parties = StateParty.objects.filter(treaty=treaty).values("state")
    rows = State.objects.filter(wanted, pk__in=parties).annotate(rank=rank)
    return [
        StateHit(state, _matched(state, folded), is_exact=state.rank == 0)
        for state in rows.order_by("rank", ByName(), "name")[: MOST + 1]
    ]


def _matched(state: Any, folded: str) -> str:
    """Return what of the State it was that was typed, where its name on the page does not show it."""
    if folded in searchable(state.local_name):
        return ""
    names = (*all_names(state.iso3), state.iso3, state.m49, countries.alpha2(state.iso3))
    return next((each for each in names if folded in searchable(each)), "")


def _documents(
    q: str, loose: LooseSymbol | None, number: int | None, treaty: Treaty
) -> tuple[list[Document], Document | None]:
    """Return the documents, those of the State that was meant first, and the one that was meant."""
    wanted = _wanted(q, loose, number)
    if wanted is None:
        return [], None
    rows = [row for model in _MODELS for row in _rows(model, wanted, treaty)]
    if loose is None or not loose.rest:
        return rows, None
    typed = [(row, LooseSymbol.parse(row.symbol, treaty=treaty.code)) for row in rows]
    exact = [row for row, symbol in typed if symbol == loose]
    begun = [row for row, symbol in typed if symbol and symbol.rest.startswith(loose.rest)]
    meant = exact or begun
    jump = meant[0] if exact or len({row.symbol for row in begun}) == 1 else None
    return meant, jump


# Where one symbol stands on several facts, the document is the record of the first of these.
_MODELS: tuple[type[Document], ...] = (Review, Submission, CommitteeDecision)


def _wanted(q: str, loose: LooseSymbol | None, number: int | None) -> Q | None:
    if number:
        return Q(session=number)
    if loose:
        return Q(state_party__state__iso3=loose.iso3) & ~Q(symbol="")
    parts = re.findall(r"[A-Za-z0-9.]+", q)[:_MOST_PARTS]
    if not parts or not re.search(r"[/\d]", q):
        return None
    wanted = Q()
    for part in parts:
        wanted &= Q(symbol__icontains=part)
    return wanted


def _rows(model: type[Document], wanted: Q, treaty: Treaty) -> Iterable[Document]:
    rows: Any = model._default_manager.filter(wanted, state_party__treaty=treaty)  # noqa: SLF001 - Django's documented name
    if model is Submission:
        rows = rows.filter(status=SubmissionStatus.RECEIVED)  # what is filed is not public yet
    ordered = rows.select_related("state_party__state").order_by(
        "state_party__state", "symbol", "pk"
    )
    return list(ordered[: 5 * MOST])


def _filed(
    q: str, loose: LooseSymbol | None, states: list[StateHit], mine: QuerySet[Submission]
) -> list[Submission]:
    """Return what was filed by the States that were found, or has that symbol, session or note verbale."""
    wanted = Q(state_party__state__in=[hit.state.pk for hit in states])
    if not loose:
        wanted |= _wanted(q, None, _session_number(q)) or Q(pk=None)
        if len(q) >= _FEWEST_LETTERS:
            wanted |= Q(note_verbale__icontains=q)
    rows = mine.filter(wanted).select_related("state_party__state", "state_party__treaty")
    found = rows.order_by("-sent_on", "-pk")[: 5 * MOST]
    return [row for row in found if not loose or _is_meant(row, loose)]


def _is_meant(row: Submission, loose: LooseSymbol) -> bool:
    """Whether the symbol, or without one the numbers of the reports, begin as what was typed."""
    symbol = LooseSymbol.parse(row.symbol, treaty=row.state_party.treaty.code)
    numbers = dict.fromkeys(str(each) for each in (row.first_report, row.last_report) if each)
    rest = symbol.rest if symbol else "".join(numbers)
    return rest.startswith(loose.rest)


def _session_number(q: str) -> int | None:
    number = session_number(searchable(q))
    return number if number and number <= _HIGHEST_SESSION else None


def _not_party(q: str) -> str:
    """Return the State of the world whose name or code it is, in the reader's language."""
    folded = searchable(q)
    for alpha2, name in countries:
        iso3 = countries.alpha3(alpha2)
        if folded in {searchable(each) for each in (alpha2, iso3, *all_names(iso3))}:
            return name_of_state(iso3, str(name))
    return ""
