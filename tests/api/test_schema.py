"""The OpenAPI document."""

from datetime import date
from io import StringIO

import pytest
import yaml
from django.core.management import call_command
from django.test import Client, RequestFactory
from rest_framework.response import Response

from reporting.api.versions import Deprecation, Endpoint

OF_FACTS = {"submissions", "reviews", "decisions", "core-documents", "universal-reviews"}
LISTS = {"states", "state-parties", "obligations", "changes", *OF_FACTS}


@pytest.mark.django_db
def test_the_document_is_openapi_and_validates_without_a_warning() -> None:
    from openapi_spec_validator import validate  # takes more than a second, of every process

    written = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=written)
    document = yaml.safe_load(written.getvalue())
    assert document["openapi"] == "3.1.0"
    validate(document)
    assert {path.removeprefix("/api/v1/") for path in document["paths"]} >= LISTS
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert "application/problem+json" in operation["responses"]["400"]["content"], path
    told = {
        path
        for path, each in document["paths"].items()
        if "304" in each.get("get", {}).get("responses", {})
    }
    assert {path.removeprefix("/api/v1/") for path in told} == LISTS - {"changes"}
    assert "409" in document["paths"]["/api/v1/submissions"]["post"]["responses"]


@pytest.mark.django_db
def test_the_document_is_to_be_had_in_both_notations(settings: object) -> None:
    as_yaml = Client(headers={"Accept": "application/vnd.oai.openapi"}).get("/api/v1/schema")
    as_json = Client().get("/api/v1/schema")
    assert as_json.json() == yaml.safe_load(as_yaml.content)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "media_type",
    [
        "application/json",
        "application/vnd.oai.openapi+json",
        "application/yaml",
        "application/vnd.oai.openapi",
    ],
)
def test_the_document_is_to_be_had_under_each_of_its_media_types(media_type: str) -> None:
    answer = Client(headers={"Accept": media_type}).get("/api/v1/schema")
    assert answer.status_code == 200
    assert answer["Content-Type"].split(";")[0] == media_type
    assert yaml.safe_load(answer.content)["openapi"] == "3.1.0"  # JSON is YAML, too
    assert Client(headers={"Accept": "text/plain"}).get("/api/v1/schema").status_code == 406


class _Going(Endpoint):
    """Something that will go."""

    permission_classes = []
    authentication_classes = []
    deprecation = Deprecation(
        since=date(2027, 1, 1), gone_on=date(2027, 7, 1), guide="https://example.org/moved"
    )

    def get(self, _request: object) -> Response:
        """Answer."""
        return Response({})


def test_what_will_go_says_so_in_every_answer() -> None:
    for method, status in (("GET", 200), ("POST", 405)):
        answer = _Going.as_view()(RequestFactory().generic(method, "/"))
        assert answer.status_code == status
        assert answer["Deprecation"] == "@1798761600"
        assert answer["Sunset"] == "Thu, 01 Jul 2027 00:00:00 GMT"
        assert answer["Link"] == '<https://example.org/moved>; rel="deprecation"'
