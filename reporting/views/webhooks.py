"""The pages on which a person says which addresses are told of changes, and sees what became of it."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reporting.forms.errors import problems
from reporting.forms.refusals import put_on_fields
from reporting.forms.webhook import NAMES_OF_EVENTS, KindsForm, WebhookForm
from reporting.models import State, Treaty, User, Webhook, WebhookDelivery
from reporting.queries.log import kinds_of
from reporting.services.webhook import managing
from reporting.services.webhook.request import trouble_ahead
from reporting.views.acting import person
from reporting.views.presenters.pages import page_asked, turn

_ON_A_PAGE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """Show the webhooks of the person; make one, whose secret is shown this once."""
    form, secret = _form(request), ""
    if request.method == "POST" and form.is_valid():
        wanted = managing.Registration(**form.cleaned_data)
        try:
            made, secret = managing.make_webhook(
                user=person(request), wanted=wanted, at=timezone.now()
            )
        except ValidationError as error:
            put_on_fields(form, error)
        else:
            _warn(request, made)
            form = _form(request, empty=True)
    return _page(request, form, secret)


@never_cache
@require_POST
def webhook_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a webhook, switch it, end it, or give it another secret, which is shown this once."""
    who, now, asked = person(request), timezone.now(), request.POST.get("do", "")
    if asked == "secret" and (secret := managing.renew_secret(user=who, pk=pk, at=now)):
        return _page(request, _form(request, empty=True), secret)
    if act := _ACTS.get(asked):
        act(request, who, pk)
    return redirect("reporting:webhooks")


@never_cache
@require_POST
def webhook_kinds(request: HttpRequest, pk: int) -> HttpResponse:
    """Change of what a webhook is told from now on."""
    form = _kinds_form(pk, request.POST)
    if form.is_valid():
        kinds = form.cleaned_data["events"]
        try:
            changed = managing.choose_kinds(
                user=person(request), pk=pk, kinds=kinds, at=timezone.now()
            )
        except ValidationError as error:
            put_on_fields(form, error)
        else:
            if changed:
                messages.success(request, _("What the webhook is told of is changed."))
            return redirect("reporting:webhooks")
    return _page(request, _form(request, empty=True), "", asked={pk: form})


@never_cache
@require_safe
def webhook_deliveries(request: HttpRequest) -> HttpResponse:
    """List what the person's webhooks were told, the latest first."""
    rows = WebhookDelivery.objects.filter(webhook__user=person(request))
    asked = request.GET.get("webhook", "")
    if asked.isascii() and asked.isdecimal() and len(asked) < 18:
        rows = rows.filter(webhook=int(asked))
    found = rows.select_related("webhook").order_by("-pk")
    page, wrong = page_asked(Paginator(found, _ON_A_PAGE), request)
    context = {"deliveries": page, "results": turn(page, request), "errors": wrong}
    return render(request, "webhook/deliveries.html", context)


@require_POST
def webhook_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a delivery be sent again."""
    try:
        if managing.send_again(user=person(request), pk=pk, at=timezone.now()):
            messages.success(request, _("It will be sent again within a minute."))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    return redirect("reporting:webhook-deliveries")


def _form(request: HttpRequest, *, empty: bool = False) -> WebhookForm:
    states = State.objects.filter(parties__isnull=False).distinct()
    treaties = Treaty.objects.order_by("pk")
    given = None if empty else request.POST or None
    return WebhookForm(given, states=states, treaties=treaties)


def _kinds_form(pk: int, data: Any = None, kinds: Iterable[str] = ()) -> KindsForm:
    address = reverse("reporting:webhook-kinds", args=[pk])
    return KindsForm(data, address=address, prefix=f"webhook-{pk}", initial={"events": [*kinds]})


def _page(
    request: HttpRequest,
    form: WebhookForm,
    secret: str,
    asked: Mapping[int, KindsForm] = MappingProxyType({}),
) -> HttpResponse:
    """Show the webhooks; ``asked`` is a form that was refused, by the number of its webhook."""
    own = Webhook.objects.filter(user=person(request)).select_related("state", "treaty")
    context = {
        "webhooks": [
            (
                hook,
                [NAMES_OF_EVENTS[kind] for kind in kinds_of(hook)],
                asked.get(hook.pk) or _kinds_form(hook.pk, kinds=kinds_of(hook)),
            )
            for hook in own
        ],
        "secret": secret,
        "form": form,
        "errors": [wrong for each in (form, *asked.values()) for wrong in problems(each)],
    }
    return render(request, "webhook/list.html", context)


def _warn(request: HttpRequest, made: Webhook) -> None:
    """Say of an address with a slip of the hand, or that is still to come to life, that it is one."""
    if trouble := trouble_ahead(made.address):
        said = _("The webhook is made, but nothing can be delivered now: %(why)s.")
        messages.warning(request, said % {"why": trouble.label})


def _test(request: HttpRequest, who: User, pk: int) -> None:
    if managing.test_webhook(user=who, pk=pk, at=timezone.now()):
        messages.success(request, _("A test will be sent within a minute."))
    else:
        said = _("No test was sent: the webhook is off, or tests are waiting.")
        messages.warning(request, said)


def _on(request: HttpRequest, who: User, pk: int) -> None:
    if managing.switch_webhook(user=who, pk=pk, on=True, at=timezone.now()):
        messages.success(request, _("The webhook is on. It is told what has changed since."))


def _off(request: HttpRequest, who: User, pk: int) -> None:
    if managing.switch_webhook(user=who, pk=pk, on=False, at=timezone.now()):
        messages.success(request, _("The webhook is off."))


def _end(request: HttpRequest, who: User, pk: int) -> None:
    managing.end_webhook(user=who, pk=pk, at=timezone.now())
    messages.success(request, _("The webhook is gone."))


_ACTS: dict[str, Callable[[HttpRequest, User, int], None]] = {
    "test": _test,
    "on": _on,
    "off": _off,
    "end": _end,
}
