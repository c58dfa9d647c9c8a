"""Facts on the pages for repair: changed through the services that change them everywhere."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reporting.forms.repair import RepairForm
from reporting.models import User
from reporting.services.fact import retract


class ThroughServices:
    """Lets a ModelAdmin save by the services, so that every date follows and the history is kept."""

    form = RepairForm
    actions = None

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[RepairForm]:
        """Tell the form who asks, and on which day."""
        made: type[RepairForm] = cast("Any", super()).get_form(request, *args, **kwargs)
        made.by, made.as_at = cast("User", request.user), timezone.localdate()
        return made

    def save_model(self, _request: HttpRequest, obj: Any, form: RepairForm, _change: Any) -> None:
        """Save."""
        form.carry_out(obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Take the fact off the record."""
        retract(
            fact=obj,
            seen=obj.version,
            by=cast("User", request.user),
            as_at=timezone.localdate(),
            reason=str(_("taken off the record on the pages for repair")),
        )

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say what was refused between looking and saving; nothing was saved then."""
        try:
            return cast(
                "HttpResponse", cast("Any", super()).changeform_view(request, *args, **kwargs)
            )
        except ValidationError as error:
            return _refused(request, error)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say why a fact cannot be taken off the record."""
        try:
            return cast("HttpResponse", cast("Any", super()).delete_view(request, *args, **kwargs))
        except ValidationError as error:
            return _refused(request, error)


def _refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    for text in error.messages:
        messages.error(request, text)
    return redirect(request.path)
