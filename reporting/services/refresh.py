"""Refreshing every timetable in chunks, by as many workers as there are; whoever is killed loses nothing.

A chunk is a row before it is worked on, claimed by one conditional update. As refreshing twice changes
nothing, what a killed worker had done of its chunk is done again by the next one, and costs time alone.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DatabaseError, Error, IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from reporting.models import RefreshChunk, RefreshRun, StateParty
from reporting.rules.errors import RulesError
from reporting.services.timetable import Changes, refresh

_log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
State = RefreshChunk.State
# Some seconds of work.
CHUNK = 50
# A worker that has held a chunk for so long is lost, or stands still.
LOST_AFTER = timedelta(minutes=5)
MOST_ATTEMPTS = 3
KEPT = timedelta(days=30)


def start(*, as_at: date, now: datetime) -> RefreshRun:
    """Return the refresh up to this day that has not ended, or begin one.

    One up to another day that has not ended is overtaken: what it would still write is not wanted.
    """
    return _open(as_at) or _begin(as_at, now)


def start_once(*, as_at: date, now: datetime) -> RefreshRun | None:
    """Return the refresh of the day; none where that has ended already, and a later fact is no reason.

    Whoever records a fact refreshes its State party with it.
    """
    ended = RefreshRun.objects.filter(as_at=as_at, overtaken=False).exclude(ended_at=None)
    return None if ended.exists() else start(as_at=as_at, now=now)


def go_on(run: RefreshRun, *, clock: Clock, until: datetime | None = None) -> Iterator[int]:
    """Refresh chunk after chunk as long as one can be had; yield how many States parties each had.

    What lost workers held is taken from them first. Ends where nothing is left to claim, which is
    not yet the end of the run while others work, and at ``until``.
    """
    while until is None or clock() < until:
        _release(run, now=clock())
        chunk = _claim(run, now=clock())
        if chunk is None:
            _end(run, now=clock())
            return
        work(chunk, run.as_at)
        yield chunk.parties


def work(chunk: RefreshChunk, as_at: date) -> None:
    """Refresh the chunk, and record it while it is held; whatever ends this early gives it back."""
    done = False
    try:
        changes, refused = _refreshed(chunk, as_at)
        written = {"created": changes.created, "updated": changes.updated}
        _held(chunk).update(state=State.DONE, deleted=changes.deleted, refused=refused, **written)
        done = True
    finally:
        if not done:
            _give_back(chunk)


def parts() -> Iterator[RefreshChunk]:
    """Go through the parts of a refresh that is begun now."""
    numbers = StateParty.objects.order_by("pk").values_list("pk", flat=True).iterator()
    while part := list(islice(numbers, CHUNK)):
        yield RefreshChunk(first=part[0], last=part[-1], parties=len(part))


def helpers_wanted(run: RefreshRun) -> int:
    """Return how many workers more than one have something to do, as far as the settings go."""
    most: int = settings.REFRESH_WORKERS - 1
    waiting = RefreshChunk.objects.filter(run=run, state=State.PLANNED)[: most + 1].count()
    return max(0, waiting - 1)


def _open(as_at: date) -> RefreshRun | None:
    return RefreshRun.objects.filter(as_at=as_at, ended_at=None).first()


def _begin(as_at: date, now: datetime) -> RefreshRun:
    try:
        with transaction.atomic():
            RefreshRun.objects.filter(ended_at__lt=now - KEPT).delete()
            others = RefreshRun.objects.filter(ended_at=None).exclude(as_at=as_at)
            others.update(ended_at=now, overtaken=True)
            chunks = list(parts())
            parties = sum(chunk.parties for chunk in chunks)
            run = RefreshRun.objects.create(as_at=as_at, parties=parties, started_at=now)
            for chunk in chunks:
                chunk.run = run
            RefreshChunk.objects.bulk_create(chunks)
    except IntegrityError:
        if begun_by_another := _open(as_at):
            return begun_by_another
        raise
    return run


def _claim(run: RefreshRun, *, now: datetime) -> RefreshChunk | None:
    """Take a chunk that nobody has; none where there is none, or the run was overtaken."""
    waiting = RefreshChunk.objects.filter(run=run, run__ended_at=None, state=State.PLANNED)
    while (first := waiting.order_by("pk").first()) is not None:
        ticket = uuid4()
        taken = {"state": State.WORKING, "claim": ticket, "claimed_at": now}
        still = RefreshChunk.objects.filter(pk=first.pk, state=State.PLANNED)
        if still.update(**taken, attempts=F("attempts") + 1):
            return RefreshChunk.objects.get(pk=first.pk)
    return None


def _refreshed(chunk: RefreshChunk, as_at: date) -> tuple[Changes, int]:
    """Refresh each State party in a transaction of its own; one that is refused holds up no other."""
    total, refused = Changes(), 0
    parties = StateParty.objects.filter(pk__range=(chunk.first, chunk.last))
    for party in parties.order_by("pk").select_related("state", "treaty"):
        try:
            total += refresh(party=party, as_at=as_at)
        except RulesError as error:
            refused += 1
            _log.error("The timetable of %s was left as it was: %s", party, error)
        except DatabaseError:
            raise
        except Exception:  # noqa: BLE001 - what one State party raises must not keep the others waiting
            refused += 1
            _log.exception("The timetable of %s was left as it was", party)
    return total, refused


def _give_back(chunk: RefreshChunk) -> None:
    """Let another one try; where the database is away, the chunk is released after a while."""
    try:
        _put_back(_held(chunk))
    except Error as error:
        _log.warning("A part of the refresh could not be given back: %s", error)


def _release(run: RefreshRun, *, now: datetime) -> None:
    """Take chunks from workers that were lost, and from a clock that was set back."""
    lost = Q(claimed_at__lt=now - LOST_AFTER) | Q(claimed_at__gt=now + LOST_AFTER)
    _put_back(RefreshChunk.objects.filter(lost, run=run, state=State.WORKING))


def _put_back(chunks: QuerySet[RefreshChunk]) -> None:
    """Let them wait again; those that were tried too often fail in the open."""
    chunks.filter(attempts__gte=MOST_ATTEMPTS).update(state=State.FAILED, claim=None)
    chunks.filter(attempts__lt=MOST_ATTEMPTS).update(state=State.PLANNED, claim=None)


def _held(chunk: RefreshChunk) -> QuerySet[RefreshChunk]:
    claim: UUID | None = chunk.claim
    return RefreshChunk.objects.filter(pk=chunk.pk, claim=claim, state=State.WORKING)


def _end(run: RefreshRun, *, now: datetime) -> None:
    """Say that the refresh has ended, where no chunk waits and nobody works on one."""
    left = RefreshChunk.objects.filter(run=run, state__in=(State.PLANNED, State.WORKING))
    if not left.exists():
        RefreshRun.objects.filter(pk=run.pk, ended_at=None).update(ended_at=now)
