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
from search.index.holdings import holdings
from search.pages.querystring import Choice, page_address, with_only, without, without_filters
from search.query import Node, Phrase, Term, sought_texts
from search.query.filters import SORT_LABELS, SearchFilters
from search.results.explain import changes, how_it_was_understood, in_a_sentence, parts_of
from search.results.facets import conditions_in_force, counted_beside, facets_of
from search.results.grouping import grouped_by_meeting
from search.results.histogram import histogram_of
from search.results.hits import Found, load_found
from search.results.relaxed import any_word_of, nearest
from search.results.zero_results import ways_out
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
        filters = conditions.wanted()
        results = service.search(
            values["q"],
            filters,
            conditions.order(),
            values["page"] or 1,
            conditions.exactly(),
            counted_beside(filters),
        )
        page |= _results_page(results, filters, conditions, request.GET)
    except PageOutOfRange as error:
        page |= {"page_error": str(error), "last_page": page_address(request.GET, error.last_page)}
        return render(request, "search/search.html", page, status=400)
    except QueryError as error:
        form.add_error("q", str(error))
        return render(request, "search/search.html", page, status=400)
    except SearchUnavailable:
        return render(request, "search/unavailable.html", page, status=503)
    return render(request, "search/search.html", page)


def _results_page(results: Results, filters: Filters, conditions: SearchFilters, asked: QueryDict) -> dict[str, object]:
    """What the page shows of the results."""
    sought = sought_texts(results.query)
    found = load_found(results.answer.keys, sought_texts(results.asked))
    in_force = conditions_in_force(filters, asked)
    histogram = histogram_of(results.answer.counts["year"], filters.of("year"), asked)
    return {
        "results": results,
        "holdings": holdings(results.state),
        "groups": grouped_by_meeting(found),
        "changed_since": len(results.answer.keys) - len(found),
        "histogram": histogram if histogram.offers_a_choice else None,
        "facets": [facet for facet in facets_of(results.answer, filters, asked) if facet.name != "year"],
        "understood": how_it_was_understood(results.query, asked),
        "added": [in_a_sentence(expansion) for expansion in results.expansions],
        "exactly": with_only(asked, "exact", "1") if any(changes(each) for each in results.expansions) else "",
        "with_additions": without(asked, "exact") if conditions.exactly() else "",
        "in_force": in_force,
        "without_filters": without_filters(asked) if in_force else "",
        "orders": _orders(conditions.order(), asked) if sought else [],
        "ways_out": None if results.answer.total else ways_out(results.query, filters, asked, conditions.exactly()),
        "together": [] if results.answer.total else _together(results, filters, conditions.exactly()),
        "nearest": [] if results.answer.total else _nearest(results, filters, conditions.exactly()),
        "take_away": take_away(asked),
        "trend_address": _trend_address(results.query),
        "previous_page": page_address(asked, results.page - 1) if results.page > 1 else "",
        "next_page": page_address(asked, results.page + 1) if results.page < results.pages else "",
    }


def _together(results: Results, filters: Filters, exact: bool) -> list[Meeting]:
    """The meetings to offer when no item holds all words: those that hold them in different items."""
    return service.meetings_together(results.query, filters, exact) if len(parts_of(results.query)) > 1 else []


def _nearest(results: Results, filters: Filters, exact: bool) -> list[Found]:
    """What to offer below "nothing found": what holds some of the words, best first."""
    keys = nearest(results.query, filters, exact)
    return load_found(keys, sought_texts(any_word_of(results.query)))


def take_away(asked: QueryDict) -> dict[str, str]:
    """The addresses under which all results can be had otherwise than as this page, by the name of the view."""
    return {
        "csv": reverse("search-csv") + without(asked, "page"),
        "jsonl": reverse("search-jsonl") + without(asked, "page"),
        "feed": reverse("search-feed") + without(asked, "page", "sort"),
        "alert": reverse("search-alert") + without(asked, "page", "sort"),
        "api": reverse("api-search") + without(asked, "page"),
    }


def _trend_address(query: Node | None) -> str:
    """How often the words stand in the minutes as time goes by, for queries of a few words."""
    terms = [part.text for part in sought_texts(query) if isinstance(part, Term | Phrase)]
    if not 0 < len(terms) <= MOST_TERMS or any(len(term) > LONGEST_TERM for term in terms):
        return ""
    return f"{reverse('search-trend')}?{urlencode({'term': terms}, doseq=True)}"


def _orders(chosen: Sort, asked: QueryDict) -> list[Choice]:
    return [Choice(SORT_LABELS[sort], with_only(asked, "sort", sort), selected=sort == chosen) for sort in Sort]
