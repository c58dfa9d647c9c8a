"""A second click finds what the first has saved."""

import pytest
from django.contrib.sessions.backends.db import SessionStore

from reporting.services.second_click import remember, was_saved

pytestmark = pytest.mark.django_db


def test_another_request_of_the_same_person_sees_what_was_saved() -> None:
    first = SessionStore()
    first.create()
    second = SessionStore(first.session_key)
    assert not was_saved(session=second, mark="m")
    remember(session=first, mark="m")
    assert was_saved(session=second, mark="m")
    assert not was_saved(session=second, mark="n")
    assert not was_saved(session=second, mark="")
    assert not was_saved(session=SessionStore("another"), mark="m")
