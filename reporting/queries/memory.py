"""Remembering what was counted until an obligation changes."""

from collections.abc import Callable, Iterable
from enum import Enum
from functools import cache as once
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar, cast

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language

from reporting.models import Revision

T = TypeVar("T")
_A_DAY = 24 * 60 * 60
_A_MONTH = 30 * _A_DAY
# Whoever counts for longer is taken for dead: one of those who wait counts in its place.
LONGEST = 10
# How long anybody waits for what others count, before counting too; and between two looks.
PATIENCE, PAUSE = 30.0, 0.05


class _Place(Enum):
    """What stands in the place of an answer that somebody is counting."""

    COUNTING = "counting"


def remembered(compute: Callable[[], T], *question: object) -> T:
    """Return the answer to the question, computed once for each state of the obligations.

    The parts of ``question`` must have a ``repr`` that tells them apart. One query, and none of
    ``compute`` where the answer is known, or another request is just computing it.
    """
    mark = Revision.objects.current()
    return computed_by_one(compute, _key("computed by one", mark, question), seconds=_A_DAY)


def remembered_as_asked(compute: Callable[[], T], *question: object) -> T:
    """Return the answer that follows from the question and the code alone; no query.

    For what takes long and is asked again with the same numbers after most changes.
    """
    return computed_by_one(compute, _key("as asked", question), seconds=_A_MONTH)


def remembered_markup(render: Callable[[], T], *question: object) -> T:
    """Return what is rendered for the question in the reader's language, once for each state of the obligations.

    ``render`` gets no request: what it returns is shown to everybody, and holds no person, nonce or
    token. While templates are being written (``DEBUG``) it is rendered each time.
    """
    if settings.DEBUG:
        return render()
    return remembered(render, "markup", _looks(), get_language(), *question)


@once
def _looks() -> str:
    """Return a text that is another one for other templates, translations, names or packages."""
    code, base = Path(apps.get_app_config("reporting").path), Path(settings.BASE_DIR)
    folders = {base / "templates": "*", code / "locale": "*.mo", code / "models" / "data": "*"}
    locks = [base / "requirements.txt", base / "package-lock.json"]
    read = [_digest(filter(Path.is_file, locks))]
    return " ".join([*read, *(code_of(folder, names=names) for folder, names in folders.items())])


def _key(*parts: object) -> str:
    text = repr((code_of(Path(apps.get_app_config("reporting").path)), *parts))
    return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


@once
def code_of(folder: Path, *, names: str = "*.py") -> str:
    """Return a text that is another one for other code in the folder, or other files of such names; read once.

    A cache outlives an upgrade, and what other code has remembered may have another shape or meaning.
    """
    return _digest(sorted(filter(Path.is_file, folder.rglob(names))))


def _digest(files: Iterable[Path]) -> str:
    digest = sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def computed_by_one(compute: Callable[[], T], key: str, *, seconds: int) -> T:
    """Return what the cache has under the key; else the first who asks computes it, and others wait.

    Where the first fails, or takes too long, one of the others computes; nobody waits without end.
    """
    until = monotonic() + PATIENCE
    while True:
        answer = cache.get(key)
        if answer is None and cache.add(key, _Place.COUNTING, LONGEST):
            return _kept(compute, key, seconds)
        if answer is not None and answer is not _Place.COUNTING:
            return cast("T", answer)
        if monotonic() > until:
            return compute()
        sleep(PAUSE)


def _kept(compute: Callable[[], T], key: str, seconds: int) -> T:
    """Compute the answer and put it into its place, or leave the place to another."""
    answer = None
    try:
        answer = compute()
    finally:
        cache.set(key, answer, 0 if answer is None else seconds)
    return answer
