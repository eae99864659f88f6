"""Suggestions for the search box."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from search.index.engines.base import SearchUnavailable
from search.results.serializers import encode_json
from search.suggestions.candidates import KINDS, LONGEST_TYPED, Suggestion, suggest


@require_safe
@cache_control(max_age=60)
def suggest_as_typed(request: HttpRequest) -> HttpResponse:
    """Return suggestions in groups.

    Empty for overlong input, and if there is no index.
    """
    typed = request.GET.get("q", "").strip()
    try:
        found = suggest(typed) if typed and len(typed) <= LONGEST_TYPED else {}
    except SearchUnavailable:
        found = {}
    groups = [
        {"name": KINDS[kind], "suggestions": [{"text": each.text, "url": address_of(each)} for each in suggestions]}
        for kind, suggestions in found.items()
    ]
    return HttpResponse(encode_json({"groups": groups}), content_type="application/json; charset=utf-8")


def address_of(suggestion: Suggestion) -> str:
    """Return the URL of the suggested record, or of the results for the word."""
    if suggestion.pk is None:
        return f"{reverse('search')}?{urlencode({'q': suggestion.text})}"
    return reverse(suggestion.kind, args=[suggestion.pk])
