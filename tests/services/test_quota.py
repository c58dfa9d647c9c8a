"""How much room documents may take."""

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError

from reporting.services.quota import refuse_beyond_quota
from tests.factories import StatePartyFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_file_that_fills_the_room_of_its_state_finds_it_and_a_byte_more_does_not(
    settings: LazySettings,
) -> None:
    settings.STATE_QUOTA_BYTES, settings.STORAGE_QUOTA_BYTES = 1000, 0
    state, person = StatePartyFactory.create().state, UserFactory.create()
    refuse_beyond_quota(state=state, by=person, size=1000)
    with pytest.raises(ValidationError, match=f"documents of {state.local_name} may take"):
        refuse_beyond_quota(state=state, by=person, size=1001)


def test_where_all_together_are_too_many_the_administrator_is_named(
    settings: LazySettings,
) -> None:
    settings.STATE_QUOTA_BYTES, settings.STORAGE_QUOTA_BYTES = 0, 1000
    state, person = StatePartyFactory.create().state, UserFactory.create()
    with pytest.raises(ValidationError, match="Tell the administrator"):
        refuse_beyond_quota(state=state, by=person, size=1001)
