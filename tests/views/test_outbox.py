"""The e-mails of the embedded mode can be read in the application, and do nothing there."""

import os
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from reporting.models import Role
from reporting.queries.outbox import letters
from tests.factories import NOW, ContactFactory, UserFactory
from tests.views.cast import as_
from tests.views.conftest import Page
from tests.views.reminder.world import mail

pytestmark = pytest.mark.django_db
SCRIPT = "<html><head><title>x</title></head><body><script>steal()</script><a href='/x'>x</a>"


@pytest.fixture
def folder(tmp_path: Path, settings: LazySettings) -> Path:
    made = tmp_path / "outbox"
    made.mkdir()
    settings.EMAIL_OUTBOX = made
    return made


@pytest.fixture
def administrator() -> Client:
    return as_(UserFactory.create(role=Role.ADMINISTRATOR))


@pytest.fixture
def secretariat() -> Client:
    return as_(UserFactory.create(email="desk@example.org"))


def write(
    folder: Path, name: str, *, subject: str = "Due soon", to: str = "a@b.int", **headers: str
) -> Path:
    message = EmailMultiAlternatives(subject, "In words: ä\n", to=[to], headers=headers)
    message.attach_alternative(SCRIPT, "text/html")
    message.attach("termin ü.ics", "BEGIN:VCALENDAR", "text/calendar")
    file = folder / name
    file.write_bytes(message.message().as_bytes())
    return file


def test_mails_are_listed_the_latest_first_and_what_is_none_is_said_so(
    folder: Path, administrator: Client
) -> None:
    for place, name in enumerate(("old.eml", "new.eml", "broken.eml")):
        os.utime(write(folder, name, subject=f"On {name}"), (place, place))
    (folder / "broken.eml").write_bytes(b"\xff\x00 cut")
    (folder / "beat.log").write_text("no mail")
    page = Page(administrator.get("/outbox/"))
    places = [page.text.index(words) for words in ("broken.eml", "On new.eml", "On old.eml")]
    assert places == sorted(places)
    assert "cannot be read as an e-mail" in page.text
    assert "beat.log" not in page.text
    assert "may have been cut off" in Page(administrator.get("/outbox/broken.eml/")).text


def test_a_mail_is_shown_with_its_parts_and_its_headers(
    folder: Path, administrator: Client
) -> None:
    write(folder, "a.eml", subject="Fällig", **{"Auto-Submitted": "auto-generated"})
    page = Page(administrator.get("/outbox/a.eml/"))
    assert "Fällig" in page.text
    assert "In words: ä" in page.text
    assert "Auto-Submitted auto-generated" in page.text
    (frame,) = page.having("iframe")
    assert (frame["src"], frame["sandbox"]) == ("/outbox/a.eml/html/", "")
    attached = administrator.get("/outbox/a.eml/1/")
    assert attached.content == b"BEGIN:VCALENDAR"
    assert attached["Content-Disposition"].startswith("attachment; filename*=utf-8''termin%20")
    assert administrator.get("/outbox/a.eml/2/").status_code == 404


def test_the_html_of_a_mail_is_locked_in_a_frame_where_its_links_lead_nowhere(
    folder: Path, administrator: Client
) -> None:
    write(folder, "a.eml")
    answer = administrator.get("/outbox/a.eml/html/")
    policy = {part.strip() for part in answer["Content-Security-Policy"].split(";")}
    assert {
        "sandbox",
        "default-src 'none'",
        "frame-ancestors 'self'",
        "form-action 'none'",
    } <= policy
    assert "script-src" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Cache-Control"] == "private, no-store"
    assert '<head><base target="_blank">' in answer.content.decode()


@pytest.mark.parametrize("name", ["..%2Fsecret.eml", "%2Fetc%2Fpasswd", "secret.eml", "link.eml"])
def test_nothing_outside_the_folder_is_read(folder: Path, administrator: Client, name: str) -> None:
    secret = write(folder.parent, "secret.eml")
    (folder / "link.eml").symlink_to(secret)
    for end in ("", "html/", "1/"):
        assert administrator.get(f"/outbox/{name}/{end}").status_code == 404


def test_what_is_about_an_account_is_opened_by_administrators_and_its_reader_alone(
    folder: Path, administrator: Client, secretariat: Client
) -> None:
    alert = mail(ContactFactory.create(state__iso3="IDN"))
    write(folder, "alert.eml", subject="An alert", **{"Message-ID": alert.message_id})
    write(folder, "reset.eml", subject="Your password", to="chief@example.org")
    write(folder, "mine.eml", subject="A test", to="desk@example.org")
    page = Page(secretariat.get("/outbox/"))
    assert "An alert" in page.text
    assert "A test" in page.text
    assert "Your password" not in page.text
    assert "About an account: administrators can open it" in page.text
    for name, status in (("alert", 200), ("mine", 200), ("reset", 404)):
        assert secretariat.get(f"/outbox/{name}.eml/").status_code == status
        assert secretariat.get(f"/outbox/{name}.eml/html/").status_code == status
        assert administrator.get(f"/outbox/{name}.eml/").status_code == 200


def test_there_is_no_outbox_where_mail_is_sent(
    settings: LazySettings, administrator: Client
) -> None:
    settings.EMAIL_OUTBOX = None
    for address in ("/outbox/", "/outbox/a.eml/", "/outbox/a.eml/html/", "/outbox/a.eml/1/"):
        assert administrator.get(address).status_code == 404


def test_an_outbox_that_nothing_was_written_to_is_empty(
    tmp_path: Path, settings: LazySettings, secretariat: Client
) -> None:
    settings.EMAIL_OUTBOX = tmp_path / "not yet"
    assert "Nothing has been written yet" in Page(secretariat.get("/outbox/?page=junk")).text


def test_a_long_outbox_is_turned_page_by_page(folder: Path) -> None:
    for number in range(53):
        file = write(folder, f"{number}.eml")
        os.utime(file, (NOW.timestamp() + number, NOW.timestamp() + number))
    found = letters(person=UserFactory.create(role=Role.ADMINISTRATOR), folder=folder, page=2)
    assert [each.name for each in found] == ["2.eml", "1.eml", "0.eml"]
