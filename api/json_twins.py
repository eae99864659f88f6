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
# Pages with an API list of the same records under the same conditions, by URL name.
TWINS = {
    "search": "api-v1-search",
    "bodies": "api-v1-body-list",
    "body": "api-v1-body-detail",
    **{
        name: f"api-v1-{record}-{what}"
        for record, pages in {
            "meeting": ("meetings", "meeting"),
            "document": ("documents", "document"),
            "organization": ("organizations", "organization"),
            "person": ("people", "person"),
            "task": ("tasks", ""),
        }.items()
        for name, what in zip(pages, ("list", "detail"), strict=True)
        if name
    },
}


class AnswerAsJson:
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
        elif name in TWINS:
            address = reverse(TWINS[name], kwargs=kwargs)
            return redirect(f"{address}?{rest.urlencode()}" if rest else address)
        return None


class AlwaysJSON(BaseContentNegotiation):
    """Ignore the Accept header: JSON is the only representation."""

    def select_renderer(
        self, request: Request, renderers: list[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the only renderer, with its media type."""
        return renderers[0], renderers[0].media_type
