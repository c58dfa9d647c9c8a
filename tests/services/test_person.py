"""A person is shown what is stored, and is erased; what was done and sent stays, as nobody's."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import models

from reporting.exports.person import label, person_json
from reporting.models import (
    AuditEntry,
    Contact,
    Message,
    Reminder,
    Role,
    Submission,
    User,
)
from reporting.queries.person import stored_about
from reporting.services.api_token import make_api_token
from reporting.services.audit import What, note
from reporting.services.calendar_link import make_calendar_link
from reporting.services.contact import save_contact
from reporting.services.errors import NotAllowedError
from reporting.services.person import erase_person, export_person
from tests.factories import (
    NOW,
    ContactFactory,
    InvitationFactory,
    StatePartyFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
EMAIL, NAME = "siti.rahayu@example.org", "Siti Rahayu"


@pytest.fixture
def officer() -> User:
    made: User = UserFactory.create(name="Noor")
    return made


@pytest.fixture
def person(officer: User) -> User:
    """Return somebody who has an account, is a contact, was invited, was written to and filed."""
    made: User = UserFactory.create(email=EMAIL, name=NAME, role=Role.MINISTRY)
    party = StatePartyFactory.create()
    contact = ContactFactory.create(state=party.state, email=EMAIL, name=NAME)
    contact.language = "fr"
    save_contact(contact=contact, by=officer)
    InvitationFactory.create(email=EMAIL, invited_by=officer)
    message = Message.objects.create(
        to=EMAIL, language="en", subject="Due", text=f"Dear {NAME}", html=NAME, made_at=NOW
    )
    for number, state in enumerate(("sent", "planned")):
        Reminder.objects.create(
            occasion="requested",
            contact=contact,
            state_party=party,
            event=f"event {number}",
            planned_for=date(2026, 11, 22),
            planned_at=NOW,
            state=state,
            state_since=NOW,
            message=message if state == "sent" else None,
            error=f"550 <{EMAIL}>" if state == "sent" else "",
        )
    note(what=What.SIGNED_IN, at=NOW, by=made, account=made, address="192.0.2.7")
    make_calendar_link(user=made, at=NOW)
    make_api_token(user=made, name=NAME, scope="read", at=NOW)
    submission = SubmissionFactory.create(state_party=party, filed_by=made)
    submission.changed_by(made)
    submission.save()
    return made


def everywhere(words: str) -> list[str]:
    """Return the columns of all tables in which these words stand."""
    from django.apps import apps

    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                rows = model._base_manager.values_list(field.attname, flat=True)
                if any(words.lower() in str(value).lower() for value in rows):
                    found.append(f"{model._meta.label_lower}.{field.name}")
    return found


def test_what_is_stored_is_found_wherever_it_is_without_proofs(person: User) -> None:
    found = stored_about(email=EMAIL.upper())
    counts = {name: len(rows) for name, rows in found.rows.items() if rows}
    assert counts == {
        "account": 1,
        "calendar address": 1,
        "tokens of programs": 1,
        "contacts": 1,
        "contacts, earlier": 2,
        "invitations": 1,
        "mails": 1,
        "reminders": 2,
        "audit log": 3,
        "changes made: submission": 1,
    }
    assert all(label(name) for name in found.rows)
    told = json.loads(person_json(found, at=NOW))
    assert told["mails"][0]["text"] == f"Dear {NAME}"
    assert "password" not in told["account"][0]
    assert "token_hash" not in told["calendar address"][0]
    assert "token_hash" not in told["tokens of programs"][0]


def test_an_erased_person_stands_nowhere_and_what_was_done_stays(
    person: User, officer: User
) -> None:
    assert everywhere(EMAIL) != []
    erased = erase_person(email=EMAIL, by=officer, at=NOW)
    assert (erased.accounts, erased.contacts, erased.mails, erased.mentions) == (1, 1, 1, [])
    assert everywhere(EMAIL) == []
    assert everywhere(NAME) == []
    assert everywhere("192.0.2.7") == []
    person.refresh_from_db()
    assert not person.is_active
    assert not person.has_usable_password()
    assert Submission.objects.get().filed_by == person
    assert Submission.history.latest().history_user == person
    contact = Contact.objects.get()
    assert not contact.is_told
    states = Reminder.objects.order_by("event").values_list("state", flat=True)
    assert list(states) == ["sent", "cancelled"]
    assert list(
        AuditEntry.objects.filter(what=What.PERSON_ERASED).values_list("by", "account")
    ) == [(officer.pk, person.pk)]


def test_two_erased_contacts_of_one_state_do_not_collide(officer: User) -> None:
    state = StatePartyFactory.create().state
    for number in range(2):
        ContactFactory.create(state=state, email=f"p{number}@example.org")
        erase_person(email=f"p{number}@example.org", by=officer, at=NOW)
    assert Contact.objects.count() == 2


def test_who_is_mentioned_in_a_text_is_named_for_somebody_to_correct(
    person: User, officer: User
) -> None:
    submission = Submission.objects.get()
    submission.note = f"Sent by {NAME}."
    submission.save()
    mentions = erase_person(email=EMAIL, by=officer, at=NOW).mentions
    assert f"submission {submission.pk}: note" in mentions
    assert any(place.startswith("historical submission") for place in mentions)


def test_nobody_erases_oneself_and_the_secretariat_no_administrator(officer: User) -> None:
    above = UserFactory.create(role=Role.ADMINISTRATOR, email="ada@example.org")
    ministry = UserFactory.create(role=Role.MINISTRY)
    for by, email in ((officer, officer.email), (officer, above.email), (ministry, above.email)):
        with pytest.raises(NotAllowedError):
            erase_person(email=email, by=by, at=NOW)
    with pytest.raises(NotAllowedError):
        export_person(email=above.email, by=ministry, at=NOW)
    assert User.objects.filter(is_active=True).count() == 3


def test_where_nothing_is_stored_nothing_is_erased(officer: User) -> None:
    with pytest.raises(ValidationError, match="Nothing is stored under this address"):
        erase_person(email="nobody@example.org", by=officer, at=NOW)


def test_the_command_writes_a_file_for_its_owner_alone_and_erases(
    person: User, tmp_path: Path
) -> None:
    file, out = tmp_path / "siti.json", StringIO()
    call_command("person", EMAIL, "--export", str(file), stdout=out)
    assert file.stat().st_mode & 0o077 == 0
    assert json.loads(file.read_text())["account"][0]["name"] == NAME
    with pytest.raises(CommandError, match="cannot be written: File exists"):
        call_command("person", EMAIL, "--export", str(file))
    call_command("person", EMAIL, "--erase", stdout=out)
    assert out.getvalue().endswith("Erased are accounts: 1, contacts: 1, mails: 1.\n")
    with pytest.raises(CommandError, match="Nothing is stored"):
        call_command("person", EMAIL, "--erase")


def test_every_column_for_an_address_is_known_to_what_erases() -> None:
    """A new column that holds e-mail addresses fails here until erasing knows it."""
    from django.apps import apps

    columns = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, models.EmailField)
    }
    assert columns == {
        "account.emailaddress.email",
        "reporting.contact.email",
        "reporting.historicalcontact.email",
        "reporting.invitation.email",
        "reporting.message.to",
        "reporting.user.email",
    }
