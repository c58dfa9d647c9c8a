"""The contacts of States and of the secretariat, and who keeps them."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Contact, Role, User
from reporting.services.contact import save_contact, tell, version
from reporting.services.errors import ConflictError, NotAllowedError
from tests.factories import ContactFactory, StateFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry() -> User:
    person = UserFactory.create(role=Role.MINISTRY)
    person.states.add(StateFactory.create())
    return person


@pytest.fixture
def stranger() -> User:
    person = UserFactory.create(role=Role.MINISTRY)
    person.states.add(StateFactory.create(iso3="SYR", name="Syrian Arab Republic"))
    return person


def new(**given: Any) -> Contact:
    return ContactFactory.build(**{"state": StateFactory.create()} | given)


def test_a_ministry_keeps_the_contacts_of_its_state_and_history_says_who(ministry: User) -> None:
    contact = save_contact(contact=new(email="Siti@Example.ORG"), by=ministry)
    assert contact.email == "siti@example.org"
    assert contact.history.latest().history_user == ministry
    contact.role = Contact.Role.ALTERNATE
    save_contact(contact=contact, by=ministry, seen=version(contact))
    assert Contact.objects.get().role == "alternate"
    assert Contact.history.count() == 2


def test_the_secretariat_keeps_the_contacts_of_every_state_and_its_own() -> None:
    officer = UserFactory.create()
    save_contact(contact=new(), by=officer)
    save_contact(contact=new(state=None, role=Contact.Role.DESK_OFFICER), by=officer)
    assert Contact.objects.count() == 2


def test_a_stranger_keeps_none(ministry: User, stranger: User) -> None:
    contact = save_contact(contact=new(), by=ministry)
    with pytest.raises(NotAllowedError):
        save_contact(contact=new(), by=stranger)
    with pytest.raises(NotAllowedError):
        tell(contact=contact, active=False, by=stranger)
    assert [(row.pk, row.active) for row in Contact.objects.all()] == [(contact.pk, True)]


def test_a_contact_of_another_state_cannot_be_taken_over(ministry: User, stranger: User) -> None:
    contact = save_contact(contact=new(), by=ministry)
    contact.state = stranger.states.get()
    with pytest.raises(NotAllowedError):
        save_contact(contact=contact, by=stranger, seen=version(contact))
    assert Contact.objects.get().state == StateFactory.create()


def test_a_ministry_makes_no_contact_of_the_secretariat(ministry: User) -> None:
    with pytest.raises(NotAllowedError):
        save_contact(contact=new(state=None, role=Contact.Role.DESK_OFFICER), by=ministry)
    with pytest.raises(ValidationError, match="A desk officer belongs to the secretariat"):
        save_contact(contact=new(role=Contact.Role.DESK_OFFICER), by=ministry)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Siti\nBcc: all@example.org"),
        ("name", "Siti\u2028Bcc"),
        ("name", "Siti\u202e"),
        ("name", ""),
        ("email", "siti@example.org\nBcc: all@example.org"),
        ("email", "not an address"),
        ("role", "queen"),
        ("language", "tlh"),
    ],
)
def test_what_would_break_an_e_mail_is_refused_at_its_field(
    ministry: User, field: str, value: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        save_contact(contact=new(**{field: value}), by=ministry)
    assert list(caught.value.message_dict) == [field]
    assert not Contact.objects.exists()


def test_one_address_is_one_contact_of_a_state_however_it_is_written(ministry: User) -> None:
    save_contact(contact=new(email="siti@example.org"), by=ministry)
    with pytest.raises(ValidationError, match="This address is a contact already"):
        save_contact(contact=new(email="SITI@example.org"), by=ministry)


def test_who_leaves_is_no_longer_told_and_can_come_back(ministry: User) -> None:
    contact = save_contact(contact=new(), by=ministry)
    assert not tell(contact=contact, active=False, by=ministry).active
    assert not tell(contact=contact, active=False, by=ministry).active
    assert tell(contact=contact, active=True, by=ministry).active
    assert contact.history.count() == 3


def test_the_second_of_two_people_is_told_what_the_first_has_changed(ministry: User) -> None:
    contact = save_contact(contact=new(), by=ministry)
    seen = version(contact)
    contact.name = "Siti R."
    save_contact(contact=contact, by=ministry, seen=seen)
    late = Contact.objects.get()
    late.name = "S. Rahayu"
    with pytest.raises(ConflictError) as caught:
        save_contact(contact=late, by=ministry, seen=seen)
    said = [(each.field, each.theirs, each.yours) for each in caught.value.differences]
    assert said == [("name", "Siti R.", "S. Rahayu")]
    assert Contact.objects.get().name == "Siti R."
