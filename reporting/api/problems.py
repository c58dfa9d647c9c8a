"""Errors as problem details (RFC 9457): one shape, whatever went wrong."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.http import Http404, HttpResponse, JsonResponse, UnreadablePostError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

MEDIA_TYPE = "application/problem+json"
TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
# RFC 9457 lets a title follow the language that was asked for; ``status`` is what programs read.
_TITLES = {
    HTTPStatus.BAD_REQUEST: pgettext_lazy("status of HTTP", "Bad Request"),
    HTTPStatus.UNAUTHORIZED: pgettext_lazy("status of HTTP", "Unauthorized"),
    HTTPStatus.FORBIDDEN: pgettext_lazy("status of HTTP", "Forbidden"),
    HTTPStatus.NOT_FOUND: pgettext_lazy("status of HTTP", "Not Found"),
    HTTPStatus.METHOD_NOT_ALLOWED: pgettext_lazy("status of HTTP", "Method Not Allowed"),
    HTTPStatus.NOT_ACCEPTABLE: pgettext_lazy("status of HTTP", "Not Acceptable"),
    HTTPStatus.CONFLICT: pgettext_lazy("status of HTTP", "Conflict"),
    HTTPStatus.PRECONDITION_FAILED: pgettext_lazy("status of HTTP", "Precondition Failed"),
    TOO_LARGE: pgettext_lazy("status of HTTP", "Request Entity Too Large"),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: pgettext_lazy("status of HTTP", "Unsupported Media Type"),
    HTTPStatus.TOO_MANY_REQUESTS: pgettext_lazy("status of HTTP", "Too Many Requests"),
    HTTPStatus.INTERNAL_SERVER_ERROR: pgettext_lazy("status of HTTP", "Internal Server Error"),
    HTTPStatus.SERVICE_UNAVAILABLE: pgettext_lazy("status of HTTP", "Service Unavailable"),
}


class TooLargeError(exceptions.APIException):
    """More was sent than is taken."""

    status_code = TOO_LARGE
    default_code = "too_large"


def answer_to(error: Exception, _context: dict[str, Any]) -> Response | None:
    """Return the answer to an error, or nothing where it is a fault of ours."""
    known = _known(error)
    if known is None:
        return None
    set_rollback()
    headers = _headers(known)
    body = problem(HTTPStatus(known.status_code), *_said(known))
    return Response(body, known.status_code, headers=headers, content_type=MEDIA_TYPE)


def problem(
    status: HTTPStatus, detail: str = "", errors: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    """Return the members of a problem; ``errors`` say which field is wrong, and why."""
    title = str(_TITLES.get(status, status.phrase))
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status.value}
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = errors
    return body


def fault(status: HTTPStatus, detail: str) -> HttpResponse:
    """Return the answer where no view caught what went wrong; needs no database."""
    return JsonResponse(problem(status, detail), status=status, content_type=MEDIA_TYPE)


def _known(error: Exception) -> exceptions.APIException | None:
    """Return the error as the framework knows it."""
    if isinstance(error, exceptions.APIException):
        return error
    if isinstance(error, Http404 | PermissionDenied):  # what somebody may not see is not there
        return exceptions.NotFound()
    if isinstance(error, ValidationError):
        return refusal(error)
    if isinstance(error, RequestDataTooBig):
        return TooLargeError(_("The request is larger than what is taken."))
    if isinstance(error, SuspiciousOperation | BadRequest | UnreadablePostError):
        return exceptions.ParseError(_("The request could not be read."))
    return None


def refusal(
    error: ValidationError, *, named: dict[str, str] | None = None
) -> exceptions.APIException:
    """Return what a service refused; ``named`` gives the fields other names."""
    named = named or {}
    by_field = error.update_error_dict({})
    detail = {
        named.get(field, field): [
            exceptions.ErrorDetail(text, each.code or "invalid")
            for each in errors
            for text in each.messages
        ]
        for field, errors in by_field.items()
    }
    return exceptions.ValidationError(detail)


def _headers(error: exceptions.APIException) -> dict[str, str]:
    headers = {"Cache-Control": "no-store"}
    if challenge := getattr(error, "auth_header", ""):
        headers["WWW-Authenticate"] = challenge
    wait = getattr(error, "wait", None)
    if wait is not None:
        headers["Retry-After"] = str(max(1, int(wait)))
    return headers


def _said(error: exceptions.APIException) -> tuple[str, list[dict[str, str]]]:
    if isinstance(error, exceptions.ValidationError):
        return _("Something in the request is wrong."), [*_errors(error.detail)]
    if isinstance(error, exceptions.Throttled):
        return _too_often(max(1, int(getattr(error, "wait", None) or 1))), []
    return str(error.detail), []


def _too_often(seconds: int) -> str:
    return ngettext(
        "There were too many requests from here. Try again in %(seconds)s second.",
        "There were too many requests from here. Try again in %(seconds)s seconds.",
        seconds,
    ) % {"seconds": seconds}


def _errors(detail: Any, field: str = "") -> Iterator[dict[str, str]]:
    """Go through what is wrong, each with its field; what is about the whole names none."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            own = "" if name in {NON_FIELD_ERRORS, "non_field_errors"} else str(name)
            yield from _errors(inner, ".".join(filter(None, (field, own))))
    elif isinstance(detail, list | tuple):
        for inner in detail:
            yield from _errors(inner, field)
    else:
        yield {"field": field, "code": str(getattr(detail, "code", "")), "detail": str(detail)}
