"""The pages for repair."""

import pytest
from django.contrib import admin
from django.test import Client

from reporting.models import Review, Role, User
from tests.factories import UserFactory

pytestmark = pytest.mark.usefixtures("recorded")


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("administrator@example.org"))
    return client


def addresses() -> list[str]:
    models = [model._meta.model_name for model in admin.site._registry]
    return [f"/admin/reporting/{name}/" for name in models if name != "group"]


def test_an_administrator_sees_every_list_and_a_stranger_none(
    administrator: Client,
) -> None:
    found = addresses()
    assert len(found) == 8
    ministry = Client()
    ministry.force_login(UserFactory.create(role=Role.MINISTRY))
    for address in found:
        assert administrator.get(address).status_code == 200
        assert ministry.get(address).status_code == 302


def test_a_fact_is_shown_with_its_history_and_cannot_be_changed_past_the_services(
    administrator: Client,
) -> None:
    review = Review.objects.all()[0]
    page = f"/admin/reporting/review/{review.pk}"
    assert administrator.get(f"{page}/change/").status_code == 200
    assert administrator.get(f"{page}/history/").status_code == 200
    assert administrator.post(f"{page}/change/", {"symbol": "x"}).status_code == 403
    assert administrator.post(f"{page}/delete/", {"post": "yes"}).status_code == 403
    assert administrator.get("/admin/reporting/review/add/").status_code == 403


def test_an_administrator_makes_an_account_that_can_sign_in(administrator: Client) -> None:
    answer = administrator.post(
        "/admin/reporting/user/add/",
        {
            "email": "desk@example.org",
            "role": Role.SECRETARIAT,
            "usable_password": "true",
            "password1": "vier gelbe Kamele",
            "password2": "vier gelbe Kamele",
        },
    )
    assert answer.status_code == 302
    signed_in = Client().login(username="DESK@example.org", password="vier gelbe Kamele")  # noqa: S106 # made up here
    assert signed_in
