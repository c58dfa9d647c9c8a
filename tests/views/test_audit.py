"""What the log notes of what people do, and how the secretariat reads it."""

import csv
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client

from reporting.exports.audit import NAMES
from reporting.models import AuditEntry, Role, SubmissionDocument, User
from reporting.services.audit import What, note
from tests.factories import NOW, ReviewFactory, SubmissionFactory, UserFactory
from tests.views.cast import as_
from tests.views.conftest import Page

pytestmark = pytest.mark.django_db
PASSWORD = "a long and secret phrase"  # noqa: S105 - of an account that a test makes


@pytest.fixture
def person() -> User:
    made: User = UserFactory.create(email="noor@example.org", name="Noor")
    made.set_password(PASSWORD)
    made.save()
    return made


def noted() -> list[tuple[str, Any, Any, str]]:
    rows = AuditEntry.objects.order_by("pk")
    return [(each.what, each.by, each.account, each.about) for each in rows]


def sign_in(client: Client, email: str, password: str) -> None:
    client.post("/sign-in/", {"login": email, "password": password})


def test_signing_in_and_out_is_noted_with_the_network_address(client: Client, person: User) -> None:
    sign_in(client, "noor@example.org", PASSWORD)
    client.post("/sign-out/")
    assert noted() == [
        (What.SIGNED_IN, person, person, ""),
        (What.SIGNED_OUT, person, person, ""),
    ]
    assert {each.address for each in AuditEntry.objects.all()} == {"127.0.0.1"}


def test_a_refused_sign_in_names_the_account_and_never_what_was_typed(
    client: Client, person: User
) -> None:
    sign_in(client, "Noor@example.org", "wrong")
    sign_in(client, "nobody@example.org", "wrong")
    assert noted() == [
        (What.REFUSED, None, person, ""),
        (What.REFUSED, None, None, "no such account"),
    ]


def test_being_locked_out_is_noted(client: Client, person: User) -> None:
    for _time in range(10):
        cache.clear()  # the limit of a few minutes, which comes before the one of an hour
        sign_in(client, "noor@example.org", "wrong")
    assert noted().count((What.LOCKED_OUT, None, person, "")) == 1


def test_a_changed_password_is_noted(client: Client, person: User) -> None:
    sign_in(client, "noor@example.org", PASSWORD)
    new = {
        "oldpassword": PASSWORD,
        "password1": "another long phrase",
        "password2": "another long phrase",
    }
    client.post("/account/password/", new)
    assert (What.PASSWORD, person, person, "") in noted()


def test_files_that_signed_in_people_take_are_noted_before_they_go_out(person: User) -> None:
    document = SubmissionDocument.objects.create(
        submission=SubmissionFactory.create(),
        draft=uuid4(),
        file=ContentFile(b"%PDF-", "report.pdf"),
        name="report.pdf",
        media_type="application/pdf",
        size=5,
        uploaded_at=NOW,
    )
    client = as_(person)
    client.get("/exports/obligations.csv?status=overdue")
    client.get("/tables/compliance.csv")
    client.get(f"/documents/{document.pk}/")
    client.get("/exports/obligations.csv?as_at=junk")  # no file
    client.get("/exports/")  # a page
    Client().get("/exports/obligations.csv")  # a stranger
    assert noted()[1:] == [
        (What.EXPORTED, person, None, "/exports/obligations.csv?status=overdue"),
        (What.EXPORTED, person, None, "/tables/compliance.csv"),
        (What.READ, person, None, f"/documents/{document.pk}/"),
    ]


def test_every_address_that_hands_out_a_file_to_one_who_has_signed_in_is_noted() -> None:
    from reporting.urls import urlpatterns
    from reporting.views.audited import FILES

    handed_out = {
        f"reporting:{pattern.name}"
        for pattern in urlpatterns
        if pattern.name
        and (pattern.name.endswith(("-file", "attachment")) or pattern.name == "document")
    }
    noted_by_its_service = {"reporting:person-file"}
    assert handed_out - FILES.keys() - noted_by_its_service == set()


def test_an_administrator_who_repairs_an_account_is_noted_with_the_fields_alone(
    person: User,
) -> None:
    administrator = UserFactory.create(role=Role.ADMINISTRATOR, is_staff=True, is_superuser=True)
    sent = {"email": "other@example.org", "name": "Other"}
    as_(administrator).post(f"/admin/reporting/user/{person.pk}/change/", sent)
    person.refresh_from_db()
    assert person.email == "other@example.org"
    what, by, account, about = noted()[-1]
    assert (what, by, account) == (What.REPAIRED, administrator, person)
    assert "@" not in about
    assert "name" in about.lower()


def test_the_page_tells_who_did_what_and_leads_to_the_history_of_a_fact(person: User) -> None:
    review = ReviewFactory.create()
    note(what=What.READ, at=NOW, by=person, about="/documents/7/", address="192.0.2.7")
    client = as_(person)
    page = Page(client.get("/audit/"))
    assert "Noor /documents/7/ 192.0.2.7" in page.text
    assert "put on record: review" in page.text
    assert page.having("a", href=f"/facts/review/{review.pk}/history/")
    assert not page.has_problem
    narrowed = Page(client.get(f"/audit/?what=read&person={person.pk}&q=documents"))
    assert "1 entry" in narrowed.text
    assert narrowed.having("a", href=f"/audit.csv?q=documents&what=read&person={person.pk}")


def test_an_address_that_makes_no_sense_is_said_and_ignored(person: User) -> None:
    client = as_(person)
    for asked in ("start=9999-99-99", "what=junk", "end=9999-12-31", "q=%00", f"q={'x' * 101}"):
        answer = client.get(f"/audit/?{asked}&page=99999999999")
        assert answer.status_code == 200
        assert Page(answer).has_problem is (asked != "q=%00") or asked == "q=%00"
    assert client.get("/audit.csv?what=junk").status_code == 400


def test_the_file_holds_what_the_page_shows_and_taking_it_is_noted(person: User) -> None:
    note(what=What.READ, at=NOW, by=person, about="=cmd|' /C calc'!A0")
    answer = as_(person).get("/audit.csv?what=read")
    assert answer["Content-Disposition"] == 'attachment; filename="audit-log-2026-11-22.csv"'
    text = b"".join(answer.streaming_content).decode().lstrip("\ufeff")  # type: ignore[attr-defined]
    names, row = csv.reader(text.splitlines())
    assert tuple(names) == NAMES
    assert row[:6] == [
        *("2026-11-22T12:00:00+00:00", "read a document", "Noor"),
        *(str(person.pk), "", "'=cmd|' /C calc'!A0"),
    ]
    assert noted()[-1][0] == What.EXPORTED
