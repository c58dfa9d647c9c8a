"""The pages on which a person says which addresses are told of changes."""

import pytest

from reporting.models import User, Webhook, WebhookDelivery
from reporting.queries.log import FACTS
from reporting.services.webhook import ledger
from reporting.services.webhook.managing import Registration, make_webhook
from tests.factories import NOW, StatePartyFactory, UserFactory
from tests.names_of_hosts import hosts as hosts  # noqa: PLC0414 - a fixture
from tests.views.cast import as_
from tests.views.conftest import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hosts")]
HERE = "/account/webhooks/"
TOLD = f"{HERE}deliveries/"
ADDRESS = "https://tracker.example.org/own"


def made(owner: User) -> Webhook:
    return make_webhook(user=owner, wanted=Registration(address=ADDRESS), at=NOW)[0]


def made_elsewhere(owner: User) -> Webhook:
    wanted = Registration(address="https://another.example.org/")
    return make_webhook(user=owner, wanted=wanted, at=NOW)[0]


def test_a_webhook_is_made_and_its_secret_shown_once() -> None:
    StatePartyFactory.create()
    client = as_(UserFactory.create())
    assert "You have no webhook." in Page(client.get(HERE)).text
    given = {"address": ADDRESS, "state": "IDN", "treaty": "", "events": ["obligation", "review"]}
    page = Page(client.post(HERE, given))
    (field,) = page.having("input", id="made-secret")
    assert field["value"].startswith("whsec_")
    later = Page(client.get(HERE))
    assert field["value"] not in later.html
    told = "Told of reviews, obligations that are set, move, lapse or are met"
    for text in (told, "State Indonesia", "Treaty all treaties", "Send a test"):
        assert text in later.text


def test_an_address_whose_host_is_not_found_is_made_with_a_warning(hosts: dict[str, str]) -> None:
    client = as_(UserFactory.create())
    said = (
        "The webhook is made, but nothing can be delivered now: the name of the host was not found."
    )
    page = Page(client.post(HERE, {"address": ADDRESS, "events": "review"}))
    assert said in page.text
    assert page.having("p", class_="notice notice-warning", role="status")
    hosts["found.example.org"] = "9.9.9.9"
    elsewhere = {"address": "https://found.example.org/changes", "events": "review"}
    found = Page(client.post(HERE, elsewhere)).text
    assert "This is the secret" in found
    assert "nothing can be delivered" not in found


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "Enter the address that is to be told."),
        ("http://10.0.0.1/", "This address is not on the public network."),
        ("tracker.example.org", "This is no address, as in https://tracker.example.org/changes."),
        ("ftp://tracker.example.org/", "The address must begin with https://."),
    ],
)
def test_an_address_that_may_not_be_told_is_refused_at_its_field(address: str, said: str) -> None:
    page = Page(as_(UserFactory.create()).post(HERE, {"address": address, "events": "review"}))
    assert page.has_problem
    assert f"Address of the program: {said}" in page.text
    assert not Webhook.objects.exists()


def test_the_facts_are_chosen_until_somebody_chooses_and_something_has_to_be() -> None:
    client = as_(UserFactory.create())
    boxes = Page(client.get(HERE)).having("input", type="checkbox", name="events")
    chosen = [box["value"] for box in boxes if "checked" in box]
    assert len(boxes) == 7
    assert "obligation" not in chosen
    assert len(chosen) == 6
    page = Page(client.post(HERE, {"address": ADDRESS}))
    assert "What it is told of: Choose at least one." in page.text
    assert not Webhook.objects.exists()


def test_it_is_tried_switched_renewed_and_ended() -> None:
    owner = UserFactory.create()
    client, hook = as_(owner), made(owner)
    change = f"{HERE}{hook.pk}/change/"

    def does(what: str) -> str:
        return Page(client.post(change, {"do": what}, follow=True)).text

    assert "A test will be sent within a minute." in does("test")
    assert "The webhook is off." in does("off")
    assert "No test was sent" in does("test")
    assert "It is told what has changed since." in does("on")
    assert "shown this once" in does("secret")
    assert "You have no webhook." not in does("nonsense")
    assert "You have no webhook." in does("end")
    assert "You have no webhook." in does("secret")


def test_what_became_of_deliveries_is_shown_and_they_are_sent_again() -> None:
    owner = UserFactory.create()
    client, hook = as_(owner), made(owner)
    assert "Nothing has been delivered yet." in Page(client.get(TOLD)).text
    ledger.plan_test(hook, now=NOW)
    row = WebhookDelivery.objects.get()
    WebhookDelivery.objects.update(state="failed", trouble="code", code=503, attempts=8)
    page = Page(client.get(f"{TOLD}?webhook={hook.pk}"))
    for shown in (page, Page(client.get(HERE))):
        assert f" {ADDRESS} " in shown.text
    for text in (row.event, "Failed HTTP 503 it answered that it did not take it", "Send again"):
        assert text in page.text
    assert row.event not in Page(client.get(f"{TOLD}?webhook={hook.pk + 1}")).text
    sent = Page(client.post(f"{TOLD}{row.pk}/again/", follow=True))
    assert "It will be sent again within a minute." in sent.text
    assert WebhookDelivery.objects.get().state == "planned"


def test_what_was_left_out_or_may_not_be_seen_any_more_is_not_sent_again() -> None:
    owner = UserFactory.create()
    client, hook = as_(owner), made(owner)
    ledger.plan_test(hook, now=NOW)
    row = WebhookDelivery.objects.get()

    def said(**given: str) -> str:
        WebhookDelivery.objects.update(state="failed", **given)
        return Page(client.post(f"{TOLD}{row.pk}/again/", follow=True)).text

    left_out = said(event="obligation-8", trouble="code")
    assert "It was not sent again: the webhook is told no more of its kind." in left_out
    hidden = said(event="review-8", trouble="hidden", body="")
    assert "It was not sent again: you may not see it any more." in hidden
    assert "Failed you may not see it any more; it was not sent" in hidden
    assert "Send again" not in hidden
    assert WebhookDelivery.objects.get().state == "failed"


def test_nobody_sees_or_changes_the_webhook_of_somebody_else() -> None:
    hook, other = made(UserFactory.create()), as_(UserFactory.create())
    ledger.plan_test(hook, now=NOW)
    row = WebhookDelivery.objects.get()
    WebhookDelivery.objects.update(state="failed")
    assert ADDRESS not in Page(other.get(HERE)).html
    assert row.event not in Page(other.get(TOLD)).html
    for what in ("end", "off", "secret", "test"):
        answer = other.post(f"{HERE}{hook.pk}/change/", {"do": what}, follow=True)
        assert "whsec_" not in Page(answer).html
    kinds = {f"webhook-{hook.pk}-events": "decision"}
    other.post(f"{HERE}{hook.pk}/kinds/", kinds)
    other.post(f"{TOLD}{row.pk}/again/")
    assert "decision" in (Webhook.objects.get().kinds or [])
    assert len(Webhook.objects.get().kinds or []) == 6
    assert Webhook.objects.get().off_since is None
    assert WebhookDelivery.objects.get().state == "failed"


def test_what_a_webhook_is_told_of_is_changed_on_the_page() -> None:
    owner = UserFactory.create()
    client, hook = as_(owner), made(owner)
    name, change = f"webhook-{hook.pk}-events", f"{HERE}{hook.pk}/kinds/"
    boxes = Page(client.get(HERE)).having("input", type="checkbox", name=name)
    assert [box["value"] for box in boxes if "checked" not in box] == ["obligation"]
    page = Page(client.post(change, {name: ["obligation", "review"]}, follow=True))
    assert "What the webhook is told of is changed." in page.text
    assert "Told of reviews, obligations that are set, move, lapse or are met" in page.text
    again = Page(client.post(change, {name: ["review", "obligation"]}, follow=True))
    assert "is changed" not in again.text


def test_a_choice_of_nothing_is_refused_at_its_webhook() -> None:
    owner = UserFactory.create()
    client, hook, other = as_(owner), made(owner), made_elsewhere(owner)
    page = Page(client.post(f"{HERE}{hook.pk}/kinds/", {}))
    assert "What it is told of: Choose at least one." in page.text
    first = f"id_webhook-{hook.pk}-events_0"
    assert page.having("a", href=f"#{first}")
    assert page.having("input", id=first)
    assert len(page.having("details", open="")) == 1
    kept = Webhook.objects.get(pk=hook.pk)
    assert (kept.kinds, other.kinds) == (list(FACTS), FACTS)


def test_a_delivery_is_named_as_its_kind_is_chosen() -> None:
    owner = UserFactory.create()
    ledger.plan_test(made(owner), now=NOW)
    WebhookDelivery.objects.update(event="universal review-8")
    text = Page(as_(owner).get(TOLD)).text
    assert "universal-review-8" in text
    assert "universal review-8" not in text
