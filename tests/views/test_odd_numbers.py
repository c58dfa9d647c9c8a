"""Numbers that no list and no database has, found by asking every page for them (tests/faults)."""

import pytest

from reporting.models import Role
from tests.factories import UserFactory
from tests.views.cast import as_
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
ODD = ["9" * 5000, "99999999999999999999999999", "-1", "0", "\u0661"]


@pytest.mark.parametrize("number", ODD)
def test_a_page_of_that_number_is_another_page(number: str) -> None:
    client = as_(UserFactory.create(role=Role.ADMINISTRATOR))
    for path in ("/reminders/", "/outbox/"):
        assert client.get(path, {"page": number}).status_code == 200


@pytest.mark.parametrize("number", [*ODD[:3], "IDN", "\x00"])
def test_a_state_of_that_number_is_no_choice(number: str) -> None:
    client = as_(UserFactory.create(role=Role.ADMINISTRATOR))
    given = {"email": "new@example.org", "role": Role.MINISTRY, "states": number}
    for path in ("/people/invite/", f"/people/{UserFactory.create().pk}/"):
        answer = client.post(path, given)
        assert answer.status_code == 200
        assert Page(answer).has_problem
