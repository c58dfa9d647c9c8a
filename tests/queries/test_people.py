"""Who has an account, and who is invited."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reporting.models import Role
from reporting.queries.people import people
from tests.factories import InvitationFactory, StateFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_an_invitation_stands_in_the_list_until_it_is_taken_up_or_withdrawn() -> None:
    by = UserFactory.create()
    given: dict[str, Any] = {"invited_by": by, "expires_at": NOW + timedelta(days=1)}
    waiting = InvitationFactory.create(**given)
    expired = InvitationFactory.create(**given | {"expires_at": NOW})
    InvitationFactory.create(**given, accepted_at=NOW)
    InvitationFactory.create(**given, withdrawn_at=NOW)
    found = {row.pk: row.is_expired for row in people(at=NOW).invitations}  # type: ignore[attr-defined]
    assert found == {waiting.pk: False, expired.pk: True}


def test_the_number_of_queries_does_not_grow_with_the_people(
    django_assert_num_queries: Any,
) -> None:
    for _number in range(5):
        UserFactory.create(role=Role.MINISTRY).states.add(StateFactory.create())
        InvitationFactory.create().states.add(StateFactory.create())
    with django_assert_num_queries(6):
        found = people(at=NOW)
    assert (len(found.accounts), len(found.invitations)) == (10, 5)
