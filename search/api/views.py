"""The search endpoint: parameters and results of the search page as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.description.schema import problem_responses
from api.errors import BadParameters, Unavailable
from search import service
from search.index.engines.base import SearchUnavailable
from search.index.index_stats import index_stats
from search.pages.querystring import page_url
from search.query import MAX_CHARACTERS, QueryError, text_queries
from search.query.form import PageField, RecordsField, SearchForm, YearsField
from search.query.params import ParamsError, parse_params
from search.results.explain import explain_query
from search.results.facets import COUNTED, build_facets
from search.results.hits import load_hits
from search.results.serializers import HitSerializer
from search.service import Results

# Parameters that only concern the display of the page.
_UNSUPPORTED = ("view",)

MEANINGS = {
    "q": "检索词；写法同检索页：空格并列，引号连写，-词 排除。不写时列出全部。",
    "exact": "写 1 时只按所写的查：不添加别名、同义词，不把地名、年份、人名当作条件。",
    "only": "只要议题（item），或只要会议的开头、名单和落款（meeting）。",
    "sort": "结果的次序，不写时最相关的在前。",
    "page": "第几页，从 1 开始。",
}


class QueryPartSerializer(serializers.Serializer):
    text = serializers.CharField()
    cut = serializers.ListField(child=serializers.CharField())


class ExpansionSerializer(serializers.Serializer):
    kind = serializers.CharField()
    to = serializers.CharField(source="typed")
    texts = serializers.ListField(child=serializers.CharField(), source="added")


class IndexStatsSerializer(serializers.Serializer):
    version = serializers.CharField()
    updated_at = serializers.DateTimeField()
    items = serializers.IntegerField()
    meetings = serializers.IntegerField()
    first_year = serializers.IntegerField(allow_null=True)
    last_year = serializers.IntegerField(allow_null=True)
    meetings_behind = serializers.IntegerField()


class ChoiceSerializer(serializers.Serializer):
    label = serializers.CharField()
    count = serializers.IntegerField(allow_null=True)
    selected = serializers.BooleanField()
    url = serializers.URLField()


class SearchPageSerializer(serializers.Serializer):
    """One page of results, and how the query was interpreted."""

    query = serializers.CharField(help_text="检索词。")
    understood = QueryPartSerializer(many=True, help_text="检索词怎样理解、怎样分词。")
    added = ExpansionSerializer(many=True, help_text="为检索词添加的别名、同义词、条件。")
    total = serializers.IntegerField(help_text="共有多少结果。")
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    index = IndexStatsSerializer(help_text="回答所据的索引。")
    facets = serializers.DictField(child=ChoiceSerializer(many=True), help_text="各类结果的条数，和只看这一类的地址。")
    results = HitSerializer(many=True)


def value_schema(field: forms.Field) -> dict[str, Any]:
    """Return the OpenAPI schema of a parameter.

    For records, only ids are described, since their names change.
    """
    match field:
        case YearsField():
            return {"type": "array", "items": {"type": "string", "pattern": "^[1-9][0-9]{3}$"}}
        case RecordsField():
            return {"type": "array", "items": {"type": "string", "pattern": "^[0-9]{1,18}$"}}
        case forms.MultipleChoiceField():
            return {"type": "array", "items": choice_schema(field)}
        case PageField():
            return {"type": "integer", "minimum": 1}
        case forms.DateField():
            return {"type": "string", "format": "date"}
        case forms.ChoiceField():
            return choice_schema(field)
    return {"type": "string", "maxLength": MAX_CHARACTERS}


def choice_schema(field: Any) -> dict[str, Any]:
    return {"type": "string", "enum": [value for value, _ in field.choices if value]}


PARAMETERS = [
    OpenApiParameter(name, value_schema(field), description=MEANINGS.get(name, f"{field.label}。"))
    for name, field in SearchForm.base_fields.items()
    if name not in _UNSUPPORTED
]


class SearchView(APIView):
    """One page of results."""

    address = "api-v1-search"

    @extend_schema(
        operation_id="search",
        tags=["检索"],
        summary="检索：一页结果",
        description="检索的条件和结果，同检索页。",
        parameters=PARAMETERS,
        responses={
            200: OpenApiResponse(SearchPageSerializer, description="找到的结果。"),
            **problem_responses((400, 429, 503)),
        },
    )
    def get(self, request: Request) -> Response:
        """Return a page of results.

        400 for an invalid search, 503 if the index is unavailable.
        """
        try:
            search = parse_params(request.query_params, _UNSUPPORTED)
            results = service.search(search, COUNTED)
            page = self.page(results, request.query_params, request.build_absolute_uri)
        except ParamsError as error:
            raise BadParameters(error.errors) from error
        except QueryError as error:
            raise BadParameters({"q": [str(error)]}) from error
        except SearchUnavailable as error:
            raise Unavailable from error
        return Response(page)

    def page(self, results: Results, params: QueryDict, absolute: Callable[[str], str]) -> dict[str, Any]:
        """Return the page as JSON-compatible data."""
        search = results.params
        stats = index_stats(search.index)
        facets, _ = build_facets(results.response, search.filters, params, stats.bodies > 1)

        def address(querystring: str) -> str:
            return absolute(reverse(self.address) + querystring)

        return SearchPageSerializer(
            {
                "query": search.text,
                "understood": explain_query(search, params),
                "added": search.expanded.expansions,
                "total": results.total,
                "page": results.page,
                "pages": results.pages,
                "next": address(page_url(params, search.page + 1)) if search.page < results.pages else None,
                "previous": address(page_url(params, search.page - 1)) if search.page > 1 else None,
                "index": stats,
                "facets": {
                    facet.name: [
                        {
                            "label": str(choice.label),
                            "count": choice.count,
                            "selected": choice.selected,
                            "url": address(choice.url),
                        }
                        for choice in (*facet.choices, *facet.rest)
                    ]
                    for facet in facets
                },
                "results": load_hits(results.response.keys, text_queries(search.query)),
            },
            context={"absolute": absolute},
        ).data


@extend_schema(exclude=True)
class UnversionedSearchView(SearchView):
    """`/api/search/`, as it was before version 1.

    Pages are the same, errors have the former format.
    """

    address = "api-search"

    def page(self, results: Results, params: QueryDict, absolute: Callable[[str], str]) -> dict[str, Any]:
        """Return the page with the facet of units under its former name as well."""
        page = super().page(results, params, absolute)
        if "organization" in page["facets"]:
            page["facets"]["department"] = page["facets"]["organization"]
        return page

    def handle_exception(self, error: Exception) -> Response:
        """Return errors as {"error": {"status", "message"}}."""
        if not isinstance(error, BadParameters | Unavailable):
            return super().handle_exception(error)
        response = super().handle_exception(error)
        answer = Response({"error": {"status": response.status_code, "message": response.data["detail"]}})
        answer.status_code = response.status_code
        if isinstance(error, Unavailable):
            answer["Retry-After"] = response["Retry-After"]
        return answer
