"""What is looked at first is undone, and done only as it was seen."""

from typing import NamedTuple

import pytest

from reporting.models import State
from reporting.services.looked_at import done_as_seen, looked_at

pytestmark = pytest.mark.django_db


class Made(NamedTuple):
    """A State that some work makes."""

    mark: str
    does_something: bool = True


def make() -> Made:
    State.objects.create(iso3="IDN", name="Indonesia")
    return Made("one")


def test_what_is_looked_at_is_undone() -> None:
    assert looked_at(make) == Made("one")
    assert not State.objects.exists()


@pytest.mark.parametrize(("expected", "count"), [("one", 1), ("another", 0)])
def test_it_is_done_as_it_was_seen_or_not_at_all(expected: str, count: int) -> None:
    noted: list[Made] = []
    seen, is_done = done_as_seen(make, expected=expected, noted=noted.append)
    assert (seen, is_done) == (Made("one"), bool(count))
    assert (State.objects.count(), len(noted)) == (count, count)
