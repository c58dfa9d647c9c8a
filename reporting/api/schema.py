"""The OpenAPI document: what the framework does not know by itself."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from reporting.api.access import MaySeeStatus
from reporting.api.problems import MEDIA_TYPE

_ALWAYS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.NOT_ACCEPTABLE,
    HTTPStatus.PRECONDITION_FAILED,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_OF_SENDING = (
    HTTPStatus.FORBIDDEN,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)
_OF_KEYS = {"file_submission"}
_TEXT = {"type": "string"}
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/ProblemError"}},
    },
    "required": ["type", "title", "status"],
}
_PROBLEM_ERROR: dict[str, Any] = {
    "type": "object",
    "description": "A field that is wrong, and why.",
    "properties": {"field": _TEXT, "code": _TEXT, "detail": _TEXT},
    "required": ["field", "code", "detail"],
}


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # it is registered by that
    """How a token is shown."""

    target_class = "reporting.api.access.TokenAuthentication"
    name = "token"

    def get_security_definition(self, _auto_schema: Any) -> dict[str, Any]:
        """Describe it."""
        return {"type": "http", "scheme": "bearer"}


class Described(AutoSchema):
    """An address of the API, with who may ask and whether it will go."""

    def get_auth(self) -> list[dict[str, Any]]:
        """Add that visitors may ask, where the status pages are for visitors."""
        auth: list[dict[str, Any]] = super().get_auth()
        is_open = MaySeeStatus in self.view.permission_classes
        return [*auth, {}] if is_open and {} not in auth else auth

    def get_operation(self, *where: Any) -> Any:
        """Add to a list with an ETag that nothing may have changed."""
        operation = super().get_operation(*where)
        if operation and self.method == "GET" and hasattr(self.view, "mark"):
            operation["responses"]["304"] = {"description": "Nothing has changed since."}
        return operation

    def is_deprecated(self) -> bool:
        """Tell what will go."""
        return bool(getattr(self.view, "deprecation", None))

    def _get_serializer_name(self, serializer: Any, direction: Any, *args: Any, **kw: Any) -> str:
        """Name a shape after what it is the shape of: programs have it as a class."""
        name: str = super()._get_serializer_name(serializer, direction, *args, **kw)
        return name.replace("Shape", "")

    def get_tags(self) -> list[str]:
        """Name the part of the API after the first word of the path."""
        return [self.path.removeprefix("/api/v1/").partition("/")[0]]


def with_problems(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Add the shape of errors, which every address shares."""
    schemas = result["components"]["schemas"]
    schemas |= {"Problem": _PROBLEM, "ProblemError": _PROBLEM_ERROR}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            kinds = _ALWAYS + (_OF_SENDING if method in {"post", "delete"} else ())
            if operation["operationId"] in _OF_KEYS:
                kinds += (HTTPStatus.CONFLICT,)
            for status in kinds:
                operation["responses"].setdefault(str(status.value), _answer(status))
    return result


def _answer(status: HTTPStatus) -> dict[str, Any]:
    shape = {"$ref": "#/components/schemas/Problem"}
    return {"description": status.phrase, "content": {MEDIA_TYPE: {"schema": shape}}}


def operations() -> Iterator[dict[str, Any]]:
    """Go through what the API can do: method, path, what it says and the parameters, for people."""
    made: Any = SchemaGenerator()  # type: ignore[no-untyped-call] # it has no types
    document = made.get_schema(request=None, public=True)
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield {
                "id": operation["operationId"],
                "method": method.upper(),
                "path": path,
                "says": operation.get("description", ""),
                "parameters": [
                    (each["name"], _said_of(each)) for each in operation.get("parameters", [])
                ],
            }


def _said_of(parameter: dict[str, Any]) -> str:
    """Return what is said of a parameter, without the list of its values."""
    said: str = parameter.get("description", "")
    return said.partition("\n\n*")[0] if not said.startswith("*") else ""
