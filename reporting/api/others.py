"""The OpenAPI document, and what there is not."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from reporting.api.access import TokenAuthentication
from reporting.api.versions import Endpoint


class Schema(Endpoint, SpectacularAPIView):
    """The OpenAPI document of this version."""

    authentication_classes = [TokenAuthentication]
    renderer_classes = [
        OpenApiJsonRenderer,
        OpenApiYamlRenderer,
        OpenApiJsonRenderer2,
        OpenApiYamlRenderer2,
    ]


class Nothing(Endpoint):
    """Whatever is no address of the API: answers 404 in the form of every error."""

    permission_classes = []
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Say so, whatever the method."""
        del request, args, kwargs
        raise NotFound(_("The API has no such address. See /api/v1/schema."))
