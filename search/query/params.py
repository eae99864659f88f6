"""A search as given by URL parameters, parsed and expanded once.

Shared by pages, API, exports, feeds and alerts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.http import QueryDict

from search.index.documents import DocId
from search.index.engines.base import Filters, IndexState, SearchRequest, Sort
from search.index.public_index import PublicIndex, open_index
from search.query import Node, QueryError
from search.query.expansion import ExpandedQuery, parse_and_expand
from search.query.form import SearchForm


@dataclass(frozen=True, slots=True)
class SearchParams:
    """A search: expanded query, conditions, and the index to use."""

    text: str
    expanded: ExpandedQuery
    index: PublicIndex
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    exact: bool = False
    only: str = ""

    @property
    def query(self) -> Node | None:
        """Return the query with all expansions."""
        return self.expanded.query


class ParamsError(QueryError):
    """Invalid parameters; `errors` maps each parameter to its messages."""

    def __init__(self, errors: dict[str, list[str]], labels: dict[str, str]) -> None:
        super().__init__(
            " ".join(
                f"{labels[name]}（{name}）：{sentence}" if name in labels else sentence
                for name, sentences in errors.items()
                for sentence in sentences
            )
        )
        self.errors = errors


@dataclass(frozen=True, slots=True)
class AllHits:
    """The ids of all results, from one state of the index."""

    keys: tuple[DocId, ...]
    state: IndexState


def new_search(text: str, filters: Filters | None = None, exact: bool = False, only: str = "") -> SearchParams:
    """Return the search for a text; raise QueryError if it is invalid."""
    index = open_index()
    expanded = parse_and_expand(text, index, exact)
    return SearchParams(text, expanded, index, filters or Filters(), exact=exact, only=only)


def parse_params(params: QueryDict, unsupported: Collection[str] = ()) -> SearchParams:
    """Return the search of URL parameters; raise ParamsError or QueryError.

    Parameters in `unsupported` are errors, too: ignored silently, they would appear to have an effect.
    """
    for name in unsupported:
        if name in params:
            raise ParamsError({"": [f"这里不能用条件 {name}：请从地址中删去。"]}, {})
    form = SearchForm(params)
    if not form.is_valid():
        errors = {"" if name == "__all__" else name: list(map(str, reasons)) for name, reasons in form.errors.items()}
        raise ParamsError(errors, {name: str(each.label) for name, each in form.fields.items()})
    return read_form(form)


def read_form(form: SearchForm) -> SearchParams:
    """Return the search of a valid form; raise QueryError for invalid words."""
    values = form.cleaned_data
    exact = bool(values["exact"])
    index = open_index()
    return SearchParams(
        values["q"],
        parse_and_expand(values["q"], index, exact),
        index,
        form.filters(),
        Sort(values["sort"] or Sort.RELEVANCE),
        values["page"] or 1,
        exact,
        values["only"],
    )


def find_all(params: SearchParams, sort: Sort | None = None, most: int | None = None) -> AllHits:
    """Return all results without paging, or the first ones in some order."""
    state = params.index.state()
    # The index may grow between the two requests; later results are ignored.
    limit = state.documents if most is None else most
    request = SearchRequest(params.query, params.filters, sort or params.sort, limit=limit, only=params.only)
    return AllHits(params.index.search(request).keys, state)
