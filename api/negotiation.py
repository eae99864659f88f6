"""Support ?format=json: pages redirect to the same records in the API.

The API itself accepts and ignores the parameter, since it only speaks JSON.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

FORMAT, JSON = "format", "json"
# The API view with the records of each page that has one, under the same conditions; by URL name.
API_OF_PAGES = {
    "search": "api-v1-search",
    "bodies": "api-v1-body-list",
    "body": "api-v1-body-detail",
    "meetings": "api-v1-meeting-list",
    "meeting": "api-v1-meeting-detail",
    "documents": "api-v1-document-list",
    "document": "api-v1-document-detail",
    "organizations": "api-v1-organization-list",
    "organization": "api-v1-organization-detail",
    "people": "api-v1-person-list",
    "person": "api-v1-person-detail",
    "tasks": "api-v1-task-list",
}


class RedirectToApi:
    """Redirect ?format=json on pages to the API; remove it from API requests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Return the redirect for a page; remove the parameter from API requests."""
        if request.GET.getlist(FORMAT) != [JSON]:
            return None
        name = request.resolver_match.url_name or ""
        rest = request.GET.copy()
        del rest[FORMAT]
        if name.startswith("api-"):
            request.GET = rest
        elif name in API_OF_PAGES:
            address = reverse(API_OF_PAGES[name], kwargs=kwargs)
            return redirect(f"{address}?{rest.urlencode()}" if rest else address)
        return None


class AlwaysJSON(BaseContentNegotiation):
    """Ignore the Accept header: JSON is the only representation."""

    def select_renderer(
        self, request: Request, renderers: list[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the only renderer, with its media type."""
        return renderers[0], renderers[0].media_type
