"""The page on which everything is found. Its whole state is its address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minutes.models import AgendaItem
from search import service
from search.engines.base import Sort
from search.facets import conditions_in_force, facets_of
from search.filters import SORT_LABELS, SearchFilters
from search.found import load_found
from search.links import Choice, page_address, with_only, without_filters
from search.query import sought_texts
from search.service import PageOutOfRange, QueryError, Results, SearchUnavailable
from search.ways_out import ways_out

# Kept when the words or dates in the form change.
_KEPT_BY_THE_FORM = ("year", "department", "role", "kind", "sort")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The results page; with status 400 what cannot be asked for, with 503 that there is no answer now."""
    conditions = SearchFilters(request.GET, queryset=AgendaItem.objects.none())
    form = conditions.form
    page = {
        "form": form,
        "query": request.GET.get("q", ""),
        "kept": [(name, value) for name in _KEPT_BY_THE_FORM for value in request.GET.getlist(name) if value],
    }
    if not form.is_valid():
        return render(request, "search/search.html", page, status=400)
    values = form.cleaned_data
    try:
        results = service.search(values["q"], conditions.wanted(), conditions.order(), values["page"] or 1)
        page |= _results_page(results, conditions, request.GET)
    except PageOutOfRange as error:
        page |= {"page_error": str(error), "last_page": page_address(request.GET, error.last_page)}
        return render(request, "search/search.html", page, status=400)
    except QueryError as error:
        form.add_error("q", str(error))
        return render(request, "search/search.html", page, status=400)
    except SearchUnavailable:
        return render(request, "search/unavailable.html", page, status=503)
    return render(request, "search/search.html", page)


def _results_page(results: Results, conditions: SearchFilters, asked: QueryDict) -> dict[str, object]:
    """What the page shows of the results."""
    sought = sought_texts(results.query)
    found = load_found(results.answer.keys, sought)
    filters = conditions.wanted()
    in_force = conditions_in_force(filters, asked)
    return {
        "results": results,
        "found": found,
        "changed_since": len(results.answer.keys) - len(found),
        "facets": facets_of(results.answer, filters, asked),
        "in_force": in_force,
        "without_filters": without_filters(asked) if in_force else "",
        "orders": _orders(conditions.order(), asked) if sought else [],
        "ways_out": [] if results.answer.total else ways_out(results.query, filters, asked),
        "previous_page": page_address(asked, results.page - 1) if results.page > 1 else "",
        "next_page": page_address(asked, results.page + 1) if results.page < results.pages else "",
    }


def _orders(chosen: Sort, asked: QueryDict) -> list[Choice]:
    return [Choice(SORT_LABELS[sort], with_only(asked, "sort", sort), selected=sort == chosen) for sort in Sort]
