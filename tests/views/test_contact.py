"""The contacts of a State on its pages."""

import pytest
from django.test import Client

from reporting.models import Contact, StateParty, User
from tests.factories import ContactFactory, StateFactory, StatePartyFactory, UserFactory
from tests.views.cast import as_, ministry_of, stranger
from tests.views.conftest import Page

pytestmark = pytest.mark.django_db
LIST = "/states/IDN/contacts/"
GIVEN = {
    "role": "focal point",
    "name": "Siti Rahayu",
    "email": "Siti@Example.org",
    "language": "id",
}


@pytest.fixture
def party() -> StateParty:
    return StatePartyFactory.create()


@pytest.fixture
def owner(party: StateParty) -> User:
    return ministry_of(party)


@pytest.fixture
def client(owner: User) -> Client:
    return as_(owner)


def test_a_ministry_adds_changes_and_stops_a_contact(client: Client) -> None:
    assert "Nobody is told yet" in Page(client.get(LIST)).text
    page = Page(client.post(f"{LIST}new/", GIVEN, follow=True))
    contact = Contact.objects.get()
    assert "Siti Rahayu is saved." in page.text
    head = "Name Role E-mail address Language Is told"
    row = "Siti Rahayu Focal point siti@example.org Indonesian yes Tell no longer"
    assert head in page.text
    assert row in page.text
    shown = Page(client.get(f"{LIST}{contact.pk}/"))
    (seen,) = shown.having("input", name="seen")
    changed = GIVEN | {"name": "Siti R.", "seen": seen["value"]}
    client.post(f"{LIST}{contact.pk}/", changed)
    assert Contact.objects.get().name == "Siti R."
    page = Page(client.post(f"{LIST}{contact.pk}/tell/", {"active": "no"}, follow=True))
    assert "Siti R. is no longer told." in page.text
    assert not Contact.objects.get().active
    client.post(f"{LIST}{contact.pk}/tell/", {"active": "yes"})
    assert Contact.objects.get().active


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "Siti\nBcc: all@example.org"),
        ("name", "x" * 201),
        ("email", "nobody"),
        ("email", "a@example.org\nBcc: b@example.org"),
        ("role", "desk officer"),
        ("language", "tlh"),
    ],
)
def test_nonsense_is_refused_at_its_field(client: Client, field: str, value: str) -> None:
    page = Page(client.post(f"{LIST}new/", GIVEN | {field: value}))
    assert page.having("a", href=f"#id_{field}")
    assert not Contact.objects.exists()


def test_an_address_that_is_a_contact_already_is_said(client: Client) -> None:
    client.post(f"{LIST}new/", GIVEN)
    page = Page(client.post(f"{LIST}new/", GIVEN))
    assert "This address is a contact already." in page.text
    assert Contact.objects.count() == 1


def test_the_second_of_two_people_sees_what_the_first_has_changed(client: Client) -> None:
    client.post(f"{LIST}new/", GIVEN)
    contact = Contact.objects.get()
    late = GIVEN | {"name": "S. Rahayu", "seen": str(contact.version)}
    client.post(f"{LIST}{contact.pk}/", GIVEN | {"name": "Siti R.", "seen": late["seen"]})
    page = Page(client.post(f"{LIST}{contact.pk}/", late))
    assert "Somebody else has changed this" in page.text
    assert "What differs" in page.text
    assert "Siti R." in page.text
    assert Contact.objects.get().name == "Siti R."
    (seen,) = page.having("input", name="seen")
    client.post(f"{LIST}{contact.pk}/", late | {"seen": seen["value"]})
    assert Contact.objects.get().name == "S. Rahayu"


def test_only_the_ministry_and_the_secretariat_see_and_keep_them(
    party: StateParty, owner: User
) -> None:
    contact = ContactFactory.create(name="Known to few")
    one = f"{LIST}{contact.pk}/"
    for allowed in (owner, ministry_of(party), UserFactory.create()):
        assert "Known to few" in Page(as_(allowed).get(LIST)).text
        assert as_(allowed).get(one).status_code == 200
    other = as_(stranger())
    assert {other.get(address).status_code for address in (LIST, one, f"{LIST}new/")} == {404}
    assert other.post(one, GIVEN).status_code == 404
    assert other.post(f"{one}tell/", {"active": "no"}).status_code == 404
    assert Client().get(LIST)["Location"].startswith("/sign-in/")
    assert Contact.objects.get().active


def test_a_contact_is_found_under_its_own_state_only(owner: User, client: Client) -> None:
    syria = StateFactory.create(iso3="SYR", name="Syrian Arab Republic")
    theirs = ContactFactory.create(state=syria)
    assert client.get(f"{LIST}{theirs.pk}/").status_code == 404
    assert client.post(f"{LIST}{theirs.pk}/tell/", {"active": "no"}).status_code == 404
    assert Contact.objects.get().active
