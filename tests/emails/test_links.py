"""Signed links."""

import pytest
from django.conf import LazySettings
from django.utils.translation import override

from reporting.emails import links
from reporting.models import Message
from tests.factories import NOW, ContactFactory

pytestmark = pytest.mark.django_db


def token(link: str) -> str:
    return link.split("/")[-3]


def test_a_link_leads_to_the_public_address(settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://reports.example"
    link = links.to_reader(links.UNSUBSCRIBE, ContactFactory.create())
    assert link.startswith("https://reports.example/alerts/")
    assert link.endswith("/unsubscribe/")


@pytest.mark.parametrize("language", ["fr", "zh-hans", "en"])
def test_a_link_leads_to_the_language_of_the_text_around_it(
    settings: LazySettings, language: str
) -> None:
    settings.PUBLIC_URL = "https://reports.example"
    settings.LANGUAGES_OFFERED = ["en", "fr", "zh-hans"]
    with override(language):
        assert links.address("reporting:my") == f"https://reports.example/my/?language={language}"
    page = "https://reports.example/?as_at=2017-12-31"
    assert links.in_language(page, language) == f"{page}&language={language}"


def test_a_link_names_no_language_where_there_is_no_other(settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://reports.example"
    settings.LANGUAGES_OFFERED = ["en"]
    assert links.address("reporting:my") == "https://reports.example/my/"


def test_a_link_of_one_action_does_not_do_another() -> None:
    contact = ContactFactory.create()
    found = token(links.to_reader(links.PREFERENCES, contact))
    assert links.contact_of(links.PREFERENCES, found) == contact
    with pytest.raises(links.BrokenLinkError):
        links.contact_of(links.UNSUBSCRIBE, found)
    with pytest.raises(links.BrokenLinkError):
        links.message_of(found)


def test_a_link_of_one_reader_does_not_lead_to_another() -> None:
    mine, yours = ContactFactory.create(), ContactFactory.create()
    found = token(links.to_reader(links.PREFERENCES, mine))
    with pytest.raises(links.BrokenLinkError):
        links.contact_of(links.PREFERENCES, found.replace(str(mine.pk), str(yours.pk), 1))


def test_a_link_ends_when_the_address_is_another_persons() -> None:
    contact = ContactFactory.create()
    found = token(links.to_reader(links.PREFERENCES, contact))
    contact.email = "successor@example.org"
    contact.save()
    with pytest.raises(links.BrokenLinkError):
        links.contact_of(links.PREFERENCES, found)


@pytest.mark.parametrize("bad", ["", "x", "1", "1:x", "99999999999999999999:x", "x:y"])
def test_what_is_no_token_is_a_broken_link(bad: str) -> None:
    for read in (
        lambda: links.message_of(bad),
        lambda: links.contact_of(links.PREFERENCES, bad),
    ):
        with pytest.raises(links.BrokenLinkError):
            read()


def test_a_mail_that_is_gone_is_a_broken_link() -> None:
    message = Message.objects.create(to="a@example.org", language="en", made_at=NOW)
    found = token(links.to_acknowledge(message))
    assert links.message_of(found) == message
    message.delete()
    with pytest.raises(links.BrokenLinkError):
        links.message_of(found)
