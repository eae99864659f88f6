"""The results page; its whole state is in the URL."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from search import service
from search.index.documents import DocId
from search.index.engines.base import ITEM, MEETING, SearchRequest, SearchResponse, SearchUnavailable, Sort
from search.index.index_stats import index_stats
from search.pages.querystring import Choice, page_url, with_only, without, without_filters
from search.query import Node, Phrase, QueryError, Term, text_queries
from search.query.form import ONLY_LABELS, SORT_LABELS, TASKS, SearchForm
from search.query.params import SearchParams, read_form
from search.query.traversal import top_level_parts
from search.results.explain import changes_results, describe_expansion, explain_query
from search.results.facets import COUNTED, build_facets
from search.results.grouping import group_by_meeting
from search.results.histogram import build_histogram
from search.results.hit_tasks import tasks_of_hits
from search.results.hits import Hit, load_hits
from search.results.relaxed import FEW_RESULTS, nearest_items
from search.results.task_register import tasks_asked_for
from search.results.zero_results import zero_results
from search.service import PageOutOfRange, Results
from search.trend.views import LONGEST_TERM, MOST_TERMS

# Inputs of the form; all other parameters are hidden fields. Submitting the form leads to the first page.
_SENT_BY_THE_FORM = ("q", "date_after", "date_before", "page")
# Number of openings and attendance lists shown below the items; the others have a page of their own.
_MEETINGS_SHOWN = 5


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the results page.

    400 for an invalid search, 503 if the index is unavailable.
    """
    form = SearchForm(request.GET)
    page = {
        "content_parameters": form.fields,
        "form": form,
        "date_fields": [form[name] for name in ("date_after", "date_before")],
        "query": request.GET.get("q", ""),
        "kept": [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if value and name not in _SENT_BY_THE_FORM
        ],
    }
    if not form.is_valid():
        return render(request, "search/search.html", page, status=400)
    try:
        params = read_form(form)
        listed = replace(params, only=params.only or ITEM)
        results = service.search(listed, COUNTED)
        page |= _results_page(params, results, request.GET)
    except PageOutOfRange as error:
        page |= {"page_error": str(error), "last_page": page_url(request.GET, error.last_page)}
        return render(request, "search/search.html", page, status=400)
    except QueryError as error:
        form.add_error("q", str(error))
        return render(request, "search/search.html", page, status=400)
    except SearchUnavailable:
        return render(request, "search/unavailable.html", page, status=503)
    return render(request, "search/search.html", page)


def _results_page(search: SearchParams, results: Results, params: QueryDict) -> dict[str, object]:
    """Return the template context of the results."""
    found = results.response.keys
    meetings = _meetings_beside(search)
    offered = _offers(search, results)
    hits = {hit.key: hit for hit in load_hits([*found, *meetings.keys, *offered], text_queries(search.query))}
    items = [hits[key] for key in found if key in hits]
    stats = index_stats(search.index)
    facets, in_force = build_facets(results.response, search.filters, params, stats.bodies > 1)
    if search.only:
        in_force.append(Choice(f"只看{ONLY_LABELS[search.only]}", without(params, "only")))
    histogram = build_histogram(results.response.counts["year"], search.filters.of("year"), params)
    nothing = not results.total and not meetings.total
    expansions = search.expanded.expansions
    return {
        "results": results,
        "index_stats": stats,
        "groups": group_by_meeting(items),
        "changed_since": len(found) - len(items),
        "meeting_hits": _known(meetings.keys, hits),
        "meeting_total": meetings.total,
        "all_meetings": with_only(params, "only", MEETING),
        "histogram": histogram if histogram.offers_a_choice else None,
        "facets": [facet for facet in facets if facet.name != "year"],
        "understood": explain_query(search, params),
        "added": list(dict.fromkeys(sentence for each in expansions if (sentence := describe_expansion(each)))),
        "exactly": with_only(params, "exact", "1") if any(map(changes_results, expansions)) else "",
        "with_additions": without(params, "exact") if search.exact else "",
        "tasks_asked_for": tasks_asked_for(search),
        "in_force": in_force,
        "without_filters": without_filters(params) if in_force else "",
        "orders": _orders(search.sort, params) if text_queries(search.expanded.typed) else [],
        "nothing": nothing,
        "zero_results": zero_results(search, params) if nothing else None,
        "together": _together(search) if nothing else [],
        "offers": _known(offered, hits),
        "take_away": export_urls(params),
        "task_list": tasks_of_hits(items, search) if params.get("view") == TASKS else None,
        "as_tasks": with_only(params, "view", TASKS),
        "as_items": without(params, "view"),
        "trend_address": _trend_address(search.expanded.typed),
        "previous_page": page_url(params, search.page - 1) if search.page > 1 else "",
        "next_page": page_url(params, search.page + 1) if search.page < results.pages else "",
    }


def _known(keys: tuple[DocId, ...], hits: dict[DocId, Hit]) -> list[Hit]:
    return [hits[key] for key in keys if key in hits]


def _meetings_beside(search: SearchParams) -> SearchResponse:
    """Return the meetings whose own documents match, to show below the items."""
    if search.only or not text_queries(search.query):
        return SearchResponse(0, (), {})
    shown = _MEETINGS_SHOWN if search.page == 1 else 0
    request = SearchRequest(search.query, search.filters, search.sort, limit=shown, only=MEETING)
    return search.index.search(request)


def _offers(search: SearchParams, results: Results) -> tuple[DocId, ...]:
    """Return similar items if there are few results."""
    if search.only or results.total >= FEW_RESULTS or search.exact:
        return ()
    return nearest_items(search, results.response.keys)


def _together(search: SearchParams) -> list[Any]:
    """Return the meetings that match across items, if no single item matches."""
    several = len(top_level_parts(search.expanded.typed)) > 1
    return service.meetings_across_items(search) if several else []


def export_urls(params: QueryDict) -> dict[str, str]:
    """Return the URLs of the results in other formats, by view name."""
    return {
        "csv": reverse("search-csv") + without(params, "page", "view"),
        "jsonl": reverse("search-jsonl") + without(params, "page", "view"),
        "feed": reverse("search-feed") + without(params, "page", "sort", "view"),
        "alert": reverse("search-alert") + without(params, "page", "sort", "view"),
        "api": reverse("api-v1-search") + without(params, "page", "view"),
    }


def _trend_address(query: Node | None) -> str:
    """Return the URL of the trend of the words, for queries of a few words."""
    terms = [part.text for part in text_queries(query) if isinstance(part, Term | Phrase)]
    if not 0 < len(terms) <= MOST_TERMS or any(len(term) > LONGEST_TERM for term in terms):
        return ""
    return f"{reverse('search-trend')}?{urlencode({'term': terms}, doseq=True)}"


def _orders(chosen: Sort, params: QueryDict) -> list[Choice]:
    return [Choice(SORT_LABELS[sort], with_only(params, "sort", sort), selected=sort == chosen) for sort in Sort]
