"""What a reader looks for: States by name and code, documents by symbol, sessions by number."""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django_countries import countries

from reporting.models import (
    CommitteeDecision,
    CoreDocument,
    Review,
    Session,
    State,
    StateParty,
    Submission,
    SubmissionStatus,
    Treaty,
)
from reporting.models.names import BETWEEN, all_names, name_of_state, searchable
from reporting.models.order import ByName, place_field
from reporting.queries.memory import remembered
from reporting.queries.session_number import session_number
from reporting.queries.state_fact import core_documents_like
from reporting.rules.regimes import REGIMES
from reporting.rules.symbols import LooseSymbol

MOST = 20
_FEWEST_LETTERS = 3
_MOST_PARTS = 8
_HIGHEST_SESSION = 999
# So many times as many rows are read as are shown, of each kind, where not all of them are what was meant.
_READ = 10
# Among so many States parties to other treaties a part of a symbol is looked for before all: mostly they have
# as many documents as are read. Where there are not so many times as many, all are asked at once.
_FIRST, _MANY_TIMES = 100, 4
Document = Review | Submission | CommitteeDecision


class StateHit(NamedTuple):
    """A State party, and the name in another language, or the code, by which it was found.

    ``elsewhere`` are the treaties that it is a party to where it is none to the one that is shown.
    """

    state: State
    matched: str
    is_exact: bool
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What was found under all treaties, the best first, and of documents those of the treaty shown.

    ``jump`` is the one document whose symbol it was.

    ``filed`` is what was filed and not confirmed, or was returned, of the States that one acts for.
    ``not_party`` names a State of the world that is no State party.
    """

    states: list[StateHit] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    core_documents: list[CoreDocument] = field(default_factory=list)
    filed: list[Submission] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    jump: Document | None = None
    not_party: str = ""
    is_cut: bool = False

    @property
    def only_state(self) -> StateHit | None:
        """The State whose name or code it was, where it was no other's."""
        exact = [hit for hit in self.states if hit.is_exact]
        return exact[0] if len(exact) == 1 else None

    def __bool__(self) -> bool:
        """Whether anything was found."""
        documents = self.documents or self.core_documents or self.filed
        return bool(self.states or documents or self.sessions)


def search(*, q: str, treaty: Treaty, acting_for: QuerySet[StateParty]) -> Found:
    """Return what is found for these words, that of this treaty first, in at most sixteen queries.

    ``acting_for`` are the State parties whose filed reports the reader may see.
    """
    typed = _symbol(q, treaty)
    loose, number = typed and typed.loose, _session_number(q)
    states = _states(q, loose, treaty)
    documents, jump = _documents(q, typed, number, treaty)
    core = core_documents_like(q, most=MOST + 1)
    sessions = list(_sessions(number, treaty)) if number else []
    mine = Submission.objects.filter(state_party__in=acting_for)
    filed = _filed(q, typed, states, mine.exclude(status=SubmissionStatus.RECEIVED))
    found = Found(
        states=states[:MOST],
        documents=documents[:MOST],
        core_documents=core[:MOST],
        filed=filed[:MOST],
        sessions=sessions,
        jump=jump,
        is_cut=max(len(states), len(documents), len(core), len(filed)) > MOST,
    )
    return found or Found(not_party=_not_party(q))


class _Typed(NamedTuple):
    """What was typed of a symbol, and the treaty of its root; none where it could be of any."""

    loose: LooseSymbol
    code: str | None


def _symbol(q: str, treaty: Treaty) -> _Typed | None:
    """Read a symbol of the treaty shown, or of another one, whose root has to stand before it then.

    It is none with the code of no State: what is read so of CCPR/CO/70/ARG is CPR.
    """
    for code in dict.fromkeys((treaty.code, *REGIMES)):
        loose = LooseSymbol.parse(q, treaty=code)
        if loose and (not loose.iso3 or countries.alpha2(loose.iso3)):
            has_root = code != treaty.code or LooseSymbol.has_root(q, treaty=code)
            return _Typed(loose, code if has_root else None)
    return None


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
    parties = StateParty.objects.values("state")
    rows = State.objects.filter(wanted, pk__in=parties).annotate(rank=rank)
    ordered = list(rows.order_by("rank", ByName(), "name")[: MOST + 1])
    bound = _codes(ordered)
    return [
        StateHit(
            state,
            _matched(state, folded),
            is_exact=state.rank == 0,
            elsewhere=() if treaty.code in bound[state.pk] else tuple(bound[state.pk]),
        )
        for state in ordered
    ]


def _codes(states: Iterable[State]) -> dict[int, list[str]]:
    """Return the codes of the treaties that each of the States is a party to."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = StateParty.objects.filter(state__in=states).order_by("treaty")
    for state, code in rows.values_list("state", "treaty__code"):
        found[state].append(code)
    return found


def _matched(state: Any, folded: str) -> str:
    """Return what of the State it was that was typed, where its name on the page does not show it."""
    if folded in searchable(state.local_name):
        return ""
    names = (*all_names(state.iso3), state.iso3, state.m49, countries.alpha2(state.iso3))
    return next((each for each in names if folded in searchable(each)), "")


def _documents(
    q: str, typed: _Typed | None, number: int | None, treaty: Treaty
) -> tuple[list[Document], Document | None]:
    """Return the documents, those of the State that was meant first, and the one that was meant."""
    loose = typed and typed.loose
    wanted = _wanted(q, typed, number)
    if wanted is None:
        return [], None
    read = _Read(
        treaty=treaty,
        first=array("q") if typed or number else _first_parties(treaty),
        most=_READ * MOST if loose and loose.rest else MOST + 1,  # one more tells that there are
    )
    rows = [row for model in _MODELS for row in _rows(model, wanted, read)]
    rows.sort(key=lambda row: row.state_party.treaty_id != treaty.pk)
    if loose is None or not loose.rest:
        return rows, None
    symbols = [(row, _read(row)) for row in rows]
    exact = [row for row, symbol in symbols if symbol == loose]
    begun = [row for row, symbol in symbols if symbol and symbol.rest.startswith(loose.rest)]
    meant = exact or begun
    here = [row for row in exact if row.state_party.treaty_id == treaty.pk]
    is_one = bool(here) or len({row.symbol for row in meant}) == 1
    return meant, meant[0] if is_one else None


def _read(row: Document) -> LooseSymbol | None:
    return LooseSymbol.parse(row.symbol, treaty=row.state_party.treaty.code)


# Where one symbol stands on several facts, the document is the record of the first of these.
_MODELS: tuple[type[Document], ...] = (Review, Submission, CommitteeDecision)


def _wanted(q: str, typed: _Typed | None, number: int | None) -> Q | None:
    if number:
        return Q(session=number)
    if typed and typed.code and not typed.loose.iso3:
        begins = Q(symbol__iregex=typed.loose.pattern(treaty=typed.code))
        return begins & Q(state_party__treaty__code=typed.code)
    if typed:
        of_state = Q(state_party__state__iso3=typed.loose.iso3) & ~Q(symbol="")
        return of_state & Q(state_party__treaty__code=typed.code) if typed.code else of_state
    parts = re.findall(r"[A-Za-z0-9.]+", q)[:_MOST_PARTS]
    if not parts or not re.search(r"[/\d]", q):
        return None
    wanted = Q()
    for part in parts:
        wanted &= Q(symbol__icontains=part)
    return wanted


class _Read(NamedTuple):
    """Of which treaty documents come first, how many are read, and whose it is enough to ask for mostly."""

    treaty: Treaty
    first: "array[int]"
    most: int


def _rows(model: type[Document], wanted: Q, read: _Read) -> list[Document]:
    """Return the first of what is wanted: of the treaty, then of others, each by State."""
    rows: Any = model._default_manager.filter(wanted)  # noqa: SLF001 - Django's documented name
    if model is Submission:
        rows = rows.filter(status=SubmissionStatus.RECEIVED)  # what is filed is not public yet
    related = rows.select_related("state_party__state", "state_party__treaty")
    other = Case(When(state_party__treaty=read.treaty, then=Value(0)), default=Value(1))
    ordered = related.order_by(other, "state_party__state", "symbol", "pk")
    if read.first:
        # Without order, and without asking where they belong, it ends at the first so many.
        few = list(rows.order_by().values_list("pk", flat=True)[: read.most + 1])
        if len(few) <= read.most:
            return list(ordered.filter(pk__in=few))
        near = list(ordered.filter(state_party__treaty=read.treaty)[: read.most])
        near += ordered.filter(state_party__in=read.first)[: read.most - len(near)]
        if len(near) == read.most:
            return near
    return list(ordered[: read.most])


def _first_parties(treaty: Treaty) -> "array[int]":
    """Return the States parties to other treaties whose documents come first, and all in the place of the last.

    None where there are not many times as many.
    """

    def find() -> "array[int]":
        others = StateParty.objects.exclude(treaty=treaty).order_by("state")
        if others.count() < _MANY_TIMES * _FIRST:
            return array("q")
        first = array("q")
        placed = others.values_list("pk", f"state__{place_field()}", "state__name")
        for _place, group in groupby(placed.iterator(), key=lambda row: row[1:]):
            first.extend(pk for pk, *_place in group)
            if len(first) >= _FIRST:
                break
        return first

    return remembered(find, "States parties found first", treaty.pk, place_field(), _FIRST)


def _filed(
    q: str, typed: _Typed | None, states: list[StateHit], mine: QuerySet[Submission]
) -> list[Submission]:
    """Return what was filed by the States that were found, or has that symbol, session or note verbale."""
    wanted = Q(state_party__state__in=[hit.state.pk for hit in states])
    if not typed:
        wanted |= _wanted(q, None, _session_number(q)) or Q(pk=None)
        if len(q) >= _FEWEST_LETTERS:
            wanted |= Q(note_verbale__icontains=q)
    rows = mine.filter(wanted).select_related("state_party__state", "state_party__treaty")
    found = rows.order_by("-sent_on", "-pk")[: _READ * MOST]
    return [row for row in found if not typed or _is_meant(row, typed)]


def _is_meant(row: Submission, typed: _Typed) -> bool:
    """Whether the symbol, or without one the numbers of the reports, begin as what was typed."""
    if typed.code and row.state_party.treaty.code != typed.code:
        return False
    symbol = _read(row)
    numbers = dict.fromkeys(str(each) for each in (row.first_report, row.last_report) if each)
    rest = symbol.rest if symbol else "".join(numbers)
    return rest.startswith(typed.loose.rest)


def _sessions(number: int, treaty: Treaty) -> Iterable[Session]:
    rows = Session.objects.filter(number=number).select_related("treaty").order_by("treaty")
    return sorted(rows, key=lambda each: each.treaty_id != treaty.pk)


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
