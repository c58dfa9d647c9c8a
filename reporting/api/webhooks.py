"""Webhooks of the person whose token is shown: registered, looked at, tried and ended by programs."""

from http import HTTPStatus
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from reporting.api import limits
from reporting.api.access import HasToken, MayManageWebhooks
from reporting.api.problems import refusal
from reporting.api.questions import state_code, treaty_of
from reporting.api.shapes import Shape, number, text
from reporting.api.versions import Endpoint
from reporting.models import State, Treaty, Trouble, User, Webhook, WebhookDelivery
from reporting.models.webhook import LONGEST_ADDRESS, event_of
from reporting.queries.log import EVENTS, kinds_of
from reporting.services.webhook.managing import (
    Registration,
    choose_kinds,
    end_webhook,
    make_webhook,
    renew_secret,
    test_webhook,
)
from reporting.services.webhook.request import trouble_ahead

_LATEST = 100
_LARGEST = 2**63
_PRIVATE = {"Cache-Control": "private, no-store"}


def _events(help_text: Any, *, required: bool) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.ChoiceField([*EVENTS]),
        required=required,
        min_length=1,
        max_length=len(EVENTS),
        help_text=help_text,
    )


class WebhookChangeShape(Shape):
    """What an address is to be told from now on."""

    events = _events(_("all that is told from now on"), required=True)

    def validate_events(self, names: list[str]) -> tuple[str, ...]:
        """Name the kinds."""
        return tuple(kind for name, kind in EVENTS.items() if name in names)


class WebhookAskedShape(WebhookChangeShape):
    """What is to be told where."""

    address = serializers.CharField(
        max_length=LONGEST_ADDRESS, help_text=_("https:// on the public network")
    )
    state = serializers.CharField(
        required=False, max_length=3, help_text=_("ISO 3166-1 alpha-3; all States without it")
    )
    treaty = serializers.CharField(
        required=False, max_length=10, help_text=_("code of a treaty; all of them without it")
    )
    events = _events(_("one or several; all facts without it"), required=False)

    def validate_state(self, code: str) -> State:
        """Find the State."""
        return State.objects.get(iso3=state_code(code))

    def validate_treaty(self, code: str) -> Treaty:
        """Find the treaty."""
        return treaty_of(code)


class WebhookShape(Shape):
    """An address that is told what changes."""

    id = serializers.IntegerField()
    address = serializers.CharField()
    state = serializers.CharField(allow_null=True, help_text=_("ISO 3166-1 alpha-3"))
    treaty = serializers.CharField(allow_null=True, help_text=_("code of the treaty"))
    events = serializers.ListField(
        child=serializers.ChoiceField([*EVENTS]), help_text=_("what is told")
    )
    made_at = serializers.DateTimeField()
    failing_since = serializers.DateTimeField(
        allow_null=True, help_text=_("since when nothing could be delivered")
    )
    off_since = serializers.DateTimeField(allow_null=True, help_text=_("empty while it is on"))
    off_because = serializers.ChoiceField(Webhook.Off.choices, allow_null=True)


class WebhookMadeShape(WebhookShape):
    """The same, with the secret, which is told this once."""

    secret = serializers.CharField()
    trouble = serializers.ChoiceField(
        Trouble.choices,
        allow_null=True,
        help_text=_("why nothing could be delivered now, as far as the name of the host says"),
    )


class WebhookSecretShape(Shape):
    """The new secret, which is told this once."""

    secret = serializers.CharField()


class WebhookListShape(Shape):
    """All webhooks of the person."""

    results = WebhookShape(many=True)


class DeliveryShape(Shape):
    """One change told to one address."""

    id = serializers.CharField(help_text=_("as in the header “webhook-id”"))
    event = serializers.CharField(help_text=_("the kind, and the number of the change"))
    type = serializers.CharField(
        allow_null=True, help_text=_("as in the body; empty where that was deleted")
    )
    about = number(_("number of what it is about: the id in the body"))
    state = serializers.ChoiceField(WebhookDelivery.State.choices)
    since = serializers.DateTimeField(help_text=_("since when it is in this state"))
    attempts = serializers.IntegerField()
    next_at = serializers.DateTimeField(
        allow_null=True,
        help_text=_("not before then it is tried: an address that failed waits as a whole"),
    )
    code = number(_("status code of the answer"))
    trouble = serializers.ChoiceField(Trouble.choices, allow_null=True)
    error = text()


class DeliveryListShape(Shape):
    """The latest deliveries, the last one first."""

    results = DeliveryShape(many=True)


class Webhooks(Endpoint):
    """The webhooks of the person whose token is shown."""

    limit_of_posts = limits.WEBHOOKS

    def get_permissions(self) -> Any:
        """Let every token see them, and one that may manage them make one."""
        return [MayManageWebhooks()] if self.request.method == "POST" else [HasToken()]

    @extend_schema(operation_id="webhooks", responses=WebhookListShape)
    def get(self, request: Request) -> Response:
        """List the webhooks."""
        rows = _own(request).order_by("pk")
        return Response({"results": [_line(each) for each in rows]}, headers=_PRIVATE)

    @extend_schema(
        operation_id="make_webhook",
        request=WebhookAskedShape,
        responses={HTTPStatus.CREATED: WebhookMadeShape},
    )
    def post(self, request: Request) -> Response:
        """Register an address that is told what changes from now on.

        The answer holds the secret by which deliveries are signed; it is told this once.
        """
        wanted = Registration(**_valid(request, WebhookAskedShape))
        try:
            made, secret = make_webhook(user=_user(request), wanted=wanted, at=timezone.now())
        except ValidationError as error:
            raise refusal(error) from error
        place = {"Location": reverse("api:webhook", args=[made.pk])}
        body = _line(made) | {"secret": secret, "trouble": trouble_ahead(made.address)}
        return Response(body, HTTPStatus.CREATED, headers=_PRIVATE | place)


class OneWebhook(Endpoint):
    """A webhook of the person whose token is shown."""

    def get_permissions(self) -> Any:
        """Let every token see it, and one that may manage it change and end it."""
        changes = self.request.method in {"PATCH", "DELETE"}
        return [MayManageWebhooks()] if changes else [HasToken()]

    @extend_schema(operation_id="webhook", responses=WebhookShape)
    def get(self, request: Request, pk: int) -> Response:
        """Show it, with how its deliveries go."""
        return Response(_line(_found(request, pk)), headers=_PRIVATE)

    @extend_schema(
        operation_id="change_webhook", request=WebhookChangeShape, responses=WebhookShape
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Choose what it is told from now on: of what is added nothing that is older."""
        hook, asked = _found(request, pk), _valid(request, WebhookChangeShape)
        try:
            choose_kinds(user=_user(request), pk=hook.pk, kinds=asked["events"], at=timezone.now())
        except ValidationError as error:
            raise refusal(error) from error
        return Response(_line(_found(request, pk)), headers=_PRIVATE)

    @extend_schema(operation_id="end_webhook", responses={HTTPStatus.NO_CONTENT: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Tell the address nothing any more."""
        end_webhook(user=_user(request), pk=_found(request, pk).pk, at=timezone.now())
        return Response(status=HTTPStatus.NO_CONTENT)


class WebhookSecret(Endpoint):
    """The secret of a webhook."""

    permission_classes = [MayManageWebhooks]
    limit_of_posts = limits.WEBHOOKS

    @extend_schema(operation_id="renew_secret", request=None, responses=WebhookSecretShape)
    def post(self, request: Request, pk: int) -> Response:
        """Make another secret, by which everything is signed from now on."""
        hook = _found(request, pk)
        secret = renew_secret(user=_user(request), pk=hook.pk, at=timezone.now())
        return Response({"secret": secret}, headers=_PRIVATE)


class WebhookTest(Endpoint):
    """A message that says nothing but that it is a test."""

    permission_classes = [MayManageWebhooks]
    limit_of_posts = limits.WEBHOOKS

    @extend_schema(
        operation_id="test_webhook", request=None, responses={HTTPStatus.ACCEPTED: WebhookShape}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Let a test be sent within a minute; its delivery says what became of it."""
        hook = _found(request, pk)
        if not test_webhook(user=_user(request), pk=hook.pk, at=timezone.now()):
            sentence = gettext("No test was sent: the webhook is off, or tests are waiting.")
            raise serializers.ValidationError(sentence)
        return Response(_line(hook), HTTPStatus.ACCEPTED, headers=_PRIVATE)


class WebhookDeliveries(Endpoint):
    """What a webhook was told."""

    permission_classes = [HasToken]

    @extend_schema(operation_id="webhook_deliveries", responses=DeliveryListShape)
    def get(self, request: Request, pk: int) -> Response:
        """List the latest deliveries, with what became of them."""
        rows = _found(request, pk).deliveries.order_by("-pk")[:_LATEST]
        return Response({"results": [_delivery(each) for each in rows]}, headers=_PRIVATE)


def _user(request: Request) -> User:
    return cast("User", request.user)


def _own(request: Request) -> Any:
    return Webhook.objects.filter(user=_user(request)).select_related("state", "treaty")


def _found(request: Request, pk: int) -> Webhook:
    """Return the webhook; whose is somebody else's is not there."""
    found: Webhook | None = _own(request).filter(pk=pk).first() if pk < _LARGEST else None
    if found is None:
        raise NotFound
    return found


def _valid(request: Request, shape: type[Shape]) -> dict[str, Any]:
    """Return what was sent; raise where it makes no sense."""
    body = shape(data=request.data)
    body.is_valid()
    errors = dict(body.errors)
    for name in sorted({*request.data} - {*body.fields}) if isinstance(request.data, dict) else ():
        errors[str(name)[:30]] = [gettext("There is no such field here.")]
    if errors:
        raise serializers.ValidationError(errors)
    given: dict[str, Any] = body.validated_data
    return given


def _line(hook: Webhook) -> dict[str, Any]:
    return {
        "id": hook.pk,
        "address": hook.address,
        "state": hook.state.iso3 if hook.state else None,
        "treaty": hook.treaty.code if hook.treaty else None,
        "events": [event_of(kind) for kind in kinds_of(hook)],
        "made_at": hook.made_at,
        "failing_since": hook.failing_since,
        "off_since": hook.off_since,
        "off_because": hook.off_because or None,
    }


def _delivery(row: WebhookDelivery) -> dict[str, Any]:
    told = row.told
    return {
        "id": row.header_id,
        "event": row.name,
        "type": told.get("type"),
        "about": told.get("data", {}).get("id"),
        "state": row.state,
        "since": row.state_since,
        "attempts": row.attempts,
        "next_at": row.next_at,
        "code": row.code,
        "trouble": row.trouble or None,
        "error": row.error,
    }
