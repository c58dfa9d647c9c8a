"""The pages for repair."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.test import Client

from reporting.models import Review, Role, State, User
from tests.factories import UserFactory
from tests.views.reminder.world import contact_of, mail, reminder

pytestmark = pytest.mark.usefixtures("recorded")


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("administrator@example.org"))
    return client


def addresses() -> list[str]:
    models = [model._meta for model in admin.site._registry]
    return [f"/admin/{meta.app_label}/{meta.model_name}/" for meta in models]


def test_an_administrator_sees_every_list_and_a_stranger_none(
    administrator: Client,
) -> None:
    found = addresses()
    assert {
        "/admin/reporting/user/",
        "/admin/mfa/authenticator/",
        "/admin/axes/accessattempt/",
    } <= {*found}
    assert not [address for address in found if "social" in address or "emailaddress" in address]
    ministry = Client()
    ministry.force_login(UserFactory.create(role=Role.MINISTRY))
    for address in found:
        assert administrator.get(address).status_code == 200
        assert ministry.get(address).status_code == 404


def test_a_fact_is_shown_with_its_history_and_nobody_goes_back_past_the_services(
    administrator: Client,
) -> None:
    review = Review.objects.all()[0]
    page = f"/admin/reporting/review/{review.pk}"
    assert administrator.get(f"{page}/change/").status_code == 200
    assert administrator.get(f"{page}/history/").status_code == 200
    assert administrator.get("/admin/reporting/review/add/").status_code == 200
    before = review.history.create(
        **{
            field.attname: getattr(review, field.attname)
            for field in Review.history.model.tracked_fields
        },
        history_date=datetime(2026, 11, 21, tzinfo=UTC),
        history_type="~",
    )
    earlier = f"{page}/history/{before.pk}/"
    assert administrator.get(earlier).status_code == 200
    assert administrator.post(earlier, {"symbol": "x"}).status_code == 403


def test_what_an_account_may_do_is_changed_on_its_own_page_alone(administrator: Client) -> None:
    officer = UserFactory.create(name="Noor", role=Role.MINISTRY)
    officer.states.set(State.objects.filter(iso3="IDN"))
    page = f"/admin/reporting/user/{officer.pk}"
    assert f'href="/people/{officer.pk}/"' in administrator.get(f"{page}/change/").content.decode()
    sent = {"email": officer.email, "name": "Noor A.", "role": "administrator", "states": []}
    assert administrator.post(f"{page}/change/", sent).status_code == 302
    officer.refresh_from_db()
    assert (officer.name, officer.role, officer.is_staff) == ("Noor A.", Role.MINISTRY, False)
    assert (officer.is_active, officer.states.get().iso3) == (True, "IDN")
    own = User.objects.get(role=Role.ADMINISTRATOR)
    shown = administrator.get(f"/admin/reporting/user/{own.pk}/change/").content.decode()
    assert "Somebody else changes what your own account may do." in shown


def test_nobody_adds_or_deletes_an_account_past_the_services(administrator: Client) -> None:
    officer = UserFactory.create()
    for way in ("add", f"{officer.pk}/delete"):
        assert administrator.get(f"/admin/reporting/user/{way}/").status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": officer.pk, "post": "yes"}
    administrator.post("/admin/reporting/user/", chosen)
    assert User.objects.filter(pk=officer.pk).exists()
    assert administrator.get("/admin/auth/group/").status_code == 404


def test_a_second_factor_is_removed_for_somebody_without_showing_its_secret(
    administrator: Client,
) -> None:
    factor = Authenticator.objects.create(
        user=UserFactory.create(), type=Authenticator.Type.TOTP, data={"secret": "SHOWN-NOWHERE"}
    )
    page = f"/admin/mfa/authenticator/{factor.pk}"
    assert "SHOWN-NOWHERE" not in administrator.get(f"{page}/change/").content.decode()
    assert administrator.post(f"{page}/change/", {"data": "{}"}).status_code == 403
    assert administrator.post(f"{page}/delete/", {"post": "yes"}).status_code == 302
    assert not Authenticator.objects.exists()


def test_the_right_to_repair_goes_with_the_role(administrator: Client) -> None:
    User.objects.update(role=Role.MINISTRY)
    assert administrator.get("/admin/").status_code == 404


def test_there_is_one_way_to_sign_in(administrator: Client) -> None:
    assert Client().get("/admin/")["Location"] == "/sign-in/?next=/admin/"
    assert Client().post("/admin/login/", {})["Location"] == "/sign-in/?next=/admin/login/"
    assert administrator.get("/admin/login/")["Location"] == "/admin/"


def test_the_ledger_of_reminders_is_shown_and_nobody_changes_it(administrator: Client) -> None:
    siti = contact_of("IDN")
    row = reminder(siti, "sent", message=mail(siti))
    for model, pk in (("reminder", row.pk), ("message", row.message_id)):
        page = f"/admin/reporting/{model}/"
        assert siti.email in administrator.get(f"{page}?q={siti.email}").content.decode()
        assert administrator.get(f"{page}{pk}/change/").status_code == 200
        assert administrator.post(f"{page}{pk}/change/", {"state": "failed"}).status_code == 403
        assert administrator.get(f"{page}add/").status_code == 403


@pytest.mark.parametrize(
    "lookup",
    [
        *("refreshrun/?as_at__year=0", "refreshrun/?as_at__year=10000"),
        *("refreshrun/?as_at__year=-1", "refreshrun/?started_at__year=0"),
        *("message/?made_at__year=0", "user/?last_login__year=0"),
        *("user/?last_login__year=99999999999999999999", "refreshrun/?as_at__year=0&e=1"),
    ],
)
def test_a_year_that_no_calendar_has_leads_to_the_whole_list(
    administrator: Client, lookup: str
) -> None:
    page = f"/admin/reporting/{lookup}"
    answer = administrator.get(page)
    assert (answer.status_code, answer["Location"]) == (302, f"{page.partition('?')[0]}?e=1")
    assert administrator.get(answer["Location"]).status_code == 200
