"""Entry points of the API: index, OpenAPI document and HTML page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from api.description.page import EXAMPLE, records_described
from api.description.schema import description
from api.views import refuse_unknown


@extend_schema(exclude=True)
class Index(APIView):
    """Links to the API versions, its description, the search and the bulk files."""

    def get(self, request: Request) -> Response:
        refuse_unknown(request, set())
        addresses = {
            "v1": "api-v1",
            "search": "api-v1-search",
            "schema": "api-schema",
            "documentation": "api-docs",
            "data": "data",
        }
        return Response({name: reverse(view, request=request) for name, view in addresses.items()})


@extend_schema(exclude=True)
class IndexOfRecords(APIView):
    """The kinds of records of version 1, with the URLs of their lists."""

    # The name of each kind, and the URL name of its list.
    lists: Mapping[str, str] = {}

    def get(self, request: Request) -> Response:
        refuse_unknown(request, set())
        return Response({name: reverse(view, request=request) for name, view in self.lists.items()})


@extend_schema(exclude=True)
class Schema(APIView):
    """The OpenAPI 3 document as JSON."""

    def get(self, request: Request) -> Response:
        refuse_unknown(request, set())
        return Response(description(), content_type="application/vnd.oai.openapi+json")


@extend_schema(exclude=True)
class NoSuchAddress(APIView):
    """Answer 404 to every other URL below /api/v1/."""

    def get(self, request: Request, **kwargs: Any) -> Response:
        raise Http404


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Show the description of the API as an HTML page."""
    example = f"{reverse('api-v1-item-list')}?{urlencode(EXAMPLE)}"
    return render(request, "api/docs.html", {"kinds": records_described(), "example": unquote(example)})
