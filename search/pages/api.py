"""Search for programs: the conditions and results of the page, as JSON."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.views import APIView

from search import service
from search.index.index_stats import IndexStats, index_stats
from search.pages.api_schema import describes_search
from search.pages.querystring import page_url
from search.query import QueryError, text_queries
from search.query.params import SearchParams, parse_params
from search.results.explain import explain_query
from search.results.facets import build_facets, facet_names_to_count
from search.results.hits import load_hits
from search.results.serializers import AbsoluteAddress, hit_to_dict, to_json
from search.service import Results, SearchUnavailable


class Search(APIView):
    """One page of results; 400 with a sentence for what cannot be asked, 503 while there is no answer."""

    @describes_search
    def get(self, request: Request) -> HttpResponse:
        conditions = request.query_params
        try:
            search = parse_params(conditions)
            counted = facet_names_to_count(search.filters)
            results = service.search(search.words, search.filters, search.sort, search.page, search.exact, counted)
            return _json(_page(results, search, conditions, request.build_absolute_uri))
        except QueryError as error:
            return _json({"error": {"status": 400, "message": str(error)}}, status=400)
        except SearchUnavailable:
            response = _json({"error": {"status": 503, "message": "检索暂不可用，请过几分钟再试。"}}, status=503)
            response["Retry-After"] = "60"
            return response


def _page(results: Results, search: SearchParams, conditions: QueryDict, absolute: AbsoluteAddress) -> dict[str, Any]:
    found = load_hits(results.response.keys, text_queries(results.expanded))
    return {
        "query": search.words,
        "understood": [{"text": part.text, "cut": list(part.cut)} for part in explain_query(results.query, conditions)],
        "added": [{"kind": each.kind, "to": each.typed, "texts": list(each.added)} for each in results.expansions],
        "total": results.response.total,
        "page": results.page,
        "pages": results.pages,
        "next": _address(conditions, results.page + 1, absolute) if results.page < results.pages else None,
        "previous": _address(conditions, results.page - 1, absolute) if results.page > 1 else None,
        "index": _index_as_data(index_stats(results.state)),
        "facets": {
            facet.name: [
                {
                    "label": choice.label,
                    "count": choice.count,
                    "selected": choice.selected,
                    "url": _absolute(choice.url, absolute),
                }
                for choice in (*facet.choices, *facet.rest)
            ]
            for facet in build_facets(results.response, search.filters, conditions)
        },
        "results": [hit_to_dict(each, absolute) for each in found],
    }


def _index_as_data(held: IndexStats) -> dict[str, Any]:
    return {
        "version": held.version,
        "updated_at": held.updated_at.isoformat(),
        "items": held.items,
        "meetings": held.meetings,
        "first_year": held.first_year,
        "last_year": held.last_year,
        "meetings_behind": held.meetings_behind,
    }


def _address(search: QueryDict, page: int, absolute: AbsoluteAddress) -> str:
    return _absolute(page_url(search, page), absolute)


def _absolute(conditions: str, absolute: AbsoluteAddress) -> str:
    return absolute(reverse("api-search") + conditions)


def _json(data: dict[str, Any], status: int = 200) -> HttpResponse:
    return HttpResponse(to_json(data), content_type="application/json; charset=utf-8", status=status)
