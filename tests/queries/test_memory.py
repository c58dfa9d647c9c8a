"""What is remembered is computed once, however many ask for it at the same time."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Event, Lock
from time import sleep
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.utils.translation import override

from reporting.models import Revision
from reporting.queries import memory
from reporting.queries.memory import (
    code_of,
    computed_by_one,
    remembered,
    remembered_as_asked,
    remembered_markup,
)

MANY, A_WHILE = 6, 0.3
KEY = "overdue-reports"


class Counting:
    """A count, and how often it was begun; what is called with the number of each time takes the time."""

    def __init__(self, takes: Callable[[int], object]) -> None:
        """Begin with none."""
        self.takes, self.begun, self._lock = takes, 0, Lock()

    def __call__(self) -> dict[str, int]:
        """Count; the answer says which time it was."""
        with self._lock:
            self.begun += 1
            time = self.begun
        self.takes(time)
        return {"time": time}


def ask_together(counting: Counting, many: int = MANY) -> list[Any]:
    """Let so many ask at one moment; return what each was told, errors too."""
    start = Barrier(many)

    def ask(_number: int) -> Any:
        start.wait(timeout=20)
        try:
            return computed_by_one(counting, KEY, seconds=60)
        except ZeroDivisionError as error:
            return type(error)

    with ThreadPoolExecutor(many) as threads:
        return list(threads.map(ask, range(many)))


@contextmanager
def one_who_never_ends() -> Iterator[None]:
    """Let somebody begin to count before, who is not done until the end, as one who died."""
    begun, end = Event(), Event()

    def takes(_time: int) -> None:
        begun.set()
        end.wait(timeout=20)

    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(computed_by_one, Counting(takes), KEY, seconds=60)
        begun.wait(timeout=20)
        try:
            yield
        finally:
            end.set()
        asked.result()


@pytest.fixture(params=["shared memory, or Redis", "files"], autouse=True)
def _cache(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> None:
    """Take the cache of this run, and then the files that every process of a machine shares."""
    if request.param == "files":
        files = {"BACKEND": "config.file_cache.FileCache", "LOCATION": tmp_path}
        settings.CACHES = {"default": files, "own": files}
    cache.clear()


def test_of_many_who_ask_together_one_computes_for_all() -> None:
    counting = Counting(lambda _time: sleep(A_WHILE))
    assert ask_together(counting) == [{"time": 1}] * MANY
    assert counting.begun == 1


def test_what_is_computed_at_once_is_computed_once_too() -> None:
    counting = Counting(lambda _time: None)
    assert ask_together(counting) == [{"time": 1}] * MANY
    assert counting.begun == 1


def test_in_the_place_of_one_who_died_one_other_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "LONGEST", 1)
    counting = Counting(lambda _time: sleep(A_WHILE))
    with one_who_never_ends():
        assert ask_together(counting) == [{"time": 1}] * MANY
    assert counting.begun == 1


def test_one_who_fails_is_told_so_and_another_computes() -> None:
    def takes(time: int) -> None:
        sleep(A_WHILE)
        assert 1 / (time - 1)

    counting = Counting(takes)
    told = ask_together(counting)
    assert told.count(ZeroDivisionError) == 1
    assert told.count({"time": 2}) == MANY - 1
    assert counting.begun == 2


def test_nobody_waits_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "PATIENCE", 0.1)
    counting = Counting(lambda _time: None)
    with one_who_never_ends():
        assert computed_by_one(counting, KEY, seconds=60) == {"time": 1}


def test_an_answer_of_nothing_lets_nobody_wait() -> None:
    for _time in range(2):
        assert computed_by_one(lambda: None, KEY, seconds=60) is None


@pytest.mark.django_db
def test_an_answer_is_computed_once_for_each_state_of_the_obligations(
    django_assert_num_queries: Any,
) -> None:
    counting = Counting(lambda _time: None)
    Revision.objects.renew()
    for time in (1, 1, 1):
        with django_assert_num_queries(1):
            assert remembered(counting, "overdue") == {"time": time}
    assert remembered(counting, "another question") == {"time": 2}
    Revision.objects.renew()
    assert remembered(counting, "overdue") == {"time": 3}


def test_what_follows_from_the_question_alone_outlives_a_change() -> None:
    counting = Counting(lambda _time: None)
    for question, time in (((1.5, 2), 1), ((1.5, 2), 1), ((1.5, 3), 2)):
        assert remembered_as_asked(counting, question) == {"time": time}


def test_other_code_asks_anew_what_was_remembered_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert remembered_as_asked(lambda: "before", "a question") == "before"
    (tmp_path / "rule.py").write_text("DAYS = 30")
    monkeypatch.setattr(memory, "code_of", lambda _folder: code_of(tmp_path))
    assert remembered_as_asked(lambda: "after", "a question") == "after"


def test_code_is_told_apart_by_what_stands_in_its_files(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, text in ((one, "DAYS = 30"), (other, "DAYS = 31")):
        folder.mkdir()
        (folder / "rule.py").write_text(text)
    assert code_of(one) != code_of(other)
    (other / "rule.py").write_text("DAYS = 30")
    code_of.cache_clear()
    assert code_of(one) == code_of(other)


@pytest.mark.django_db
def test_markup_is_rendered_once_in_each_language_and_for_each_look(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    counting = Counting(lambda _time: None)
    for language, time in (("en", 1), ("en", 1), ("fr", 2), ("fr", 2)):
        with override(language):
            assert remembered_markup(counting, "a map") == {"time": time}
    Revision.objects.renew()
    assert remembered_markup(counting, "a map") == {"time": 3}
    monkeypatch.setattr(memory, "_looks", lambda: "other templates")
    assert remembered_markup(counting, "a map") == {"time": 4}
    settings.DEBUG = True
    assert [remembered_markup(counting, "a map") for _time in range(2)] == [
        {"time": 5},
        {"time": 6},
    ]


@pytest.mark.parametrize(
    "file",
    [
        "templates/overview/_map.html",
        "reporting/locale/fr/LC_MESSAGES/django.mo",
        "reporting/models/data/state_names.csv",
        "requirements.txt",
        "package-lock.json",
    ],
)
def test_markup_is_of_another_look_where_what_it_is_rendered_from_is_another(
    file: str, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BASE_DIR = tmp_path
    app = apps.get_app_config("reporting")
    monkeypatch.setattr(app, "path", str(tmp_path / "reporting"))
    looks = []
    for text in ("before", "after", "before"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
        memory._looks.cache_clear()
        code_of.cache_clear()
        looks.append(memory._looks())
    memory._looks.cache_clear()
    assert looks[0] == looks[2] != looks[1]
