"""How the API changes: what will go is announced in every answer, months ahead."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from http import HTTPStatus
from typing import Any

from django.utils.http import http_date
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


@dataclass(frozen=True, slots=True, kw_only=True)
class Deprecation:
    """Since when something should not be used any more, when it will be gone, and what to do."""

    since: date
    gone_on: date
    guide: str

    @property
    def headers(self) -> dict[str, str]:
        """What RFC 9745 and RFC 8594 want said."""
        return {
            "Deprecation": f"@{_seconds(self.since)}",
            "Sunset": http_date(_seconds(self.gone_on)),
            "Link": f'<{self.guide}>; rel="deprecation"',
        }


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())


class Endpoint(APIView):
    """An address of the API; ``deprecation`` is set where it will go."""

    deprecation: Deprecation | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Look at who asks, except where it is what may be asked: that is no secret."""
        if request.method == "OPTIONS":
            self.check_throttles(request)
        else:
            super().initial(request, *args, **kwargs)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Say in the header “Allow” what may be asked."""
        del request, args, kwargs
        return Response(status=HTTPStatus.NO_CONTENT)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Announce that it will go, errors too."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        for name, value in (self.deprecation.headers if self.deprecation else {}).items():
            answer[name] = value
        return answer
