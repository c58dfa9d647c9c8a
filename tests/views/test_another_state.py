"""Somebody of another State tries everything: every address, every verb, with forms that are filled in well."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from tests.views.addresses import ADDRESSES, Audience
from tests.views.forms import fields
from tests.views.test_every_address import MAY, ComeAs, address, come_as

__all__ = ["come_as"]  # a fixture
pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("recorded")]
VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
CLOSED = [
    name
    for name, audience in ADDRESSES.items()
    if audience in {Audience.OF_INDONESIA, Audience.SECRETARIAT, Audience.ADMINISTRATORS}
]
OVERRIDES = ("X-HTTP-Method-Override", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL")
# What the walk itself leaves: who came, and what was refused.
NOT_FACTS = {"reporting.AuditEntry", "reporting.Heartbeat"}


def models() -> Iterator[type[Model]]:
    return (model for model in apps.get_app_config("reporting").get_models() if model._meta.managed)


def on_record() -> dict[str, list[Any]]:
    """Return every row of every table of ours, without what requests leave by themselves."""
    return {
        model._meta.label: sorted(map(repr, model._default_manager.values_list()))
        for model in models()
        if model._meta.label not in NOT_FACTS and "Audit" not in model._meta.label
    }


@pytest.mark.parametrize("name", CLOSED)
def test_no_verb_opens_or_changes_what_is_not_for_that_person(come_as: ComeAs, name: str) -> None:
    path = address(name)
    filled = fields(come_as("administrator"), path)
    without = {"visitor", "stranger", "ministry", "secretariat"} - MAY[ADDRESSES[name]]
    assert "stranger" in without
    before = on_record()
    for person in sorted(without):
        for verb in VERBS:
            client = come_as(person)
            posted = verb == "POST"
            answer: Any = client.post(path, filled) if posted else client.generic(verb, path)
            seen = (person, verb, answer.status_code)
            if person == "visitor":
                assert answer.status_code in {302, 405}, seen
            else:
                assert answer.status_code in {404, 405}, seen
            assert not answer.has_header("Content-Disposition"), seen
    assert on_record() == before


@pytest.mark.parametrize("name", CLOSED)
def test_no_header_turns_an_open_address_into_a_closed_one(come_as: ComeAs, name: str) -> None:
    path = address(name)
    before = on_record()
    for header in OVERRIDES:
        value = path if header.endswith("URL") else "DELETE"
        closed = come_as("stranger").post(path, headers={header: value})
        assert closed.status_code in {404, 405}, header
        shown = come_as("stranger").get("/", headers={header: value})
        assert shown.resolver_match.view_name == "reporting:dashboard"
    assert on_record() == before
