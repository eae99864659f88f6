"""The page on which everything is found. Its whole state is its address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from minutes.models import AgendaItem, Meeting
from search import service
from search.index.engines.base import Filters, Sort
from search.index.index_stats import index_stats
from search.pages.querystring import Choice, page_url, with_only, without, without_filters
from search.query import Node, Phrase, Term, text_queries
from search.query.filters import SORT_LABELS, SearchFilters
from search.results.explain import changes, describe_expansion, explain_query, top_level_parts
from search.results.facets import active_filters, build_facets, facet_names_to_count
from search.results.grouping import group_by_meeting
from search.results.histogram import build_histogram
from search.results.hits import Hit, load_hits
from search.results.relaxed import match_any_word, relaxed_hits
from search.results.zero_results import zero_results
from search.service import PageOutOfRange, QueryError, Results, SearchUnavailable
from search.trend.views import LONGEST_TERM, MOST_TERMS

# What the form itself asks for; every other condition goes along unseen when these change. A change of the words
# or dates leads to the first page.
_ASKED_BY_THE_FORM = ("q", "date_after", "date_before", "page")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The results page; with status 400 what cannot be asked for, with 503 that there is no answer now."""
    conditions = SearchFilters(request.GET, queryset=AgendaItem.objects.none())
    form = conditions.form
    page = {
        "form": form,
        "query": request.GET.get("q", ""),
        "kept": [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if value and name not in _ASKED_BY_THE_FORM
        ],
    }
    if not form.is_valid():
        return render(request, "search/search.html", page, status=400)
    values = form.cleaned_data
    try:
        filters = conditions.to_filters()
        results = service.search(
            values["q"],
            filters,
            conditions.sort_order(),
            values["page"] or 1,
            conditions.is_exact(),
            facet_names_to_count(filters),
        )
        page |= _results_page(results, filters, conditions, request.GET)
    except PageOutOfRange as error:
        page |= {"page_error": str(error), "last_page": page_url(request.GET, error.last_page)}
        return render(request, "search/search.html", page, status=400)
    except QueryError as error:
        form.add_error("q", str(error))
        return render(request, "search/search.html", page, status=400)
    except SearchUnavailable:
        return render(request, "search/unavailable.html", page, status=503)
    return render(request, "search/search.html", page)


def _results_page(
    results: Results, filters: Filters, conditions: SearchFilters, params: QueryDict
) -> dict[str, object]:
    """What the page shows of the results."""
    exact = conditions.is_exact()
    sought = text_queries(results.query)
    found = load_hits(results.response.keys, text_queries(results.expanded))
    in_force = active_filters(filters, params)
    histogram = build_histogram(results.response.counts["year"], filters.of("year"), params)
    return {
        "results": results,
        "index_stats": index_stats(results.state),
        "groups": group_by_meeting(found),
        "changed_since": len(results.response.keys) - len(found),
        "histogram": histogram if histogram.offers_a_choice else None,
        "facets": [facet for facet in build_facets(results.response, filters, params) if facet.name != "year"],
        "understood": explain_query(results.query, params),
        "added": [describe_expansion(expansion) for expansion in results.expansions],
        "exactly": with_only(params, "exact", "1") if any(changes(each) for each in results.expansions) else "",
        "with_additions": without(params, "exact") if conditions.is_exact() else "",
        "in_force": in_force,
        "without_filters": without_filters(params) if in_force else "",
        "orders": _orders(conditions.sort_order(), params) if sought else [],
        "zero_results": None if results.response.total else zero_results(results.query, filters, params, exact),
        "together": [] if results.response.total else _together(results, filters, exact),
        "relaxed_hits": [] if results.response.total else _relaxed(results, filters, exact),
        "take_away": take_away(params),
        "trend_address": _trend_address(results.query),
        "previous_page": page_url(params, results.page - 1) if results.page > 1 else "",
        "next_page": page_url(params, results.page + 1) if results.page < results.pages else "",
    }


def _together(results: Results, filters: Filters, exact: bool) -> list[Meeting]:
    """The meetings to offer when no item holds all words: those that hold them in different items."""
    return (
        service.meetings_across_items(results.query, filters, exact) if len(top_level_parts(results.query)) > 1 else []
    )


def _relaxed(results: Results, filters: Filters, exact: bool) -> list[Hit]:
    """What to offer below "nothing found": what holds some of the words, best first."""
    keys = relaxed_hits(results.query, filters, exact)
    return load_hits(keys, text_queries(match_any_word(results.query)))


def take_away(params: QueryDict) -> dict[str, str]:
    """The addresses under which all results can be had otherwise than as this page, by the name of the view."""
    return {
        "csv": reverse("search-csv") + without(params, "page"),
        "jsonl": reverse("search-jsonl") + without(params, "page"),
        "feed": reverse("search-feed") + without(params, "page", "sort"),
        "alert": reverse("search-alert") + without(params, "page", "sort"),
        "api": reverse("api-search") + without(params, "page"),
    }


def _trend_address(query: Node | None) -> str:
    """How often the words stand in the minutes as time goes by, for queries of a few words."""
    terms = [part.text for part in text_queries(query) if isinstance(part, Term | Phrase)]
    if not 0 < len(terms) <= MOST_TERMS or any(len(term) > LONGEST_TERM for term in terms):
        return ""
    return f"{reverse('search-trend')}?{urlencode({'term': terms}, doseq=True)}"


def _orders(chosen: Sort, params: QueryDict) -> list[Choice]:
    return [Choice(SORT_LABELS[sort], with_only(params, "sort", sort), selected=sort == chosen) for sort in Sort]
