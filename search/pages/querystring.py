"""Query strings of a search with conditions added, removed or replaced.

All state of a search is in its URL.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote_plus

from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet, or a condition in use.

    With its label, number of results, and the URL to choose or remove it.
    """

    label: str
    url: str
    count: int | None = None
    selected: bool = False


def with_value(params: QueryDict, name: str, value: object) -> str:
    """Return the query string with this value added, from the first page."""
    changed = _from_first_page(params)
    changed.appendlist(name, str(value))
    return _address(changed)


def with_each(kept: str, name: str, values: Iterable[str | int]) -> dict[str | int, str]:
    """Return the query string `kept` with each of these values added."""
    between = "&" if len(kept) > 1 else ""
    return {value: f"{kept}{between}{name}={quote_plus(str(value))}" for value in values}


def without_value(params: QueryDict, name: str, value: object) -> str:
    """Return the query string without this value, from the first page."""
    changed = _from_first_page(params)
    changed.setlist(name, [each for each in changed.getlist(name) if each != str(value)])
    return _address(changed)


def with_only(params: QueryDict, name: str, value: object) -> str:
    """Return the query string with this value replacing all others of the name."""
    changed = _from_first_page(params)
    changed[name] = str(value)
    return _address(changed)


def with_all(params: QueryDict, name: str, values: Iterable[object]) -> str:
    """Return the query string with exactly these values, from the first page."""
    changed = _from_first_page(params)
    changed.setlist(name, [str(value) for value in values])
    return _address(changed)


def without(params: QueryDict, *names: str) -> str:
    """Return the query string without these parameters, from the first page."""
    changed = _from_first_page(params)
    for name in names:
        changed.pop(name, None)
    return _address(changed)


def without_filters(params: QueryDict) -> str:
    """Return the query string with the words and their options only."""
    changed = QueryDict(mutable=True)
    for name in ("q", "exact"):
        changed.setlist(name, params.getlist(name))
    return _address(changed)


def page_url(params: QueryDict, page: int) -> str:
    """Return the query string of another page of the same results."""
    return with_only(params, "page", page)


def _from_first_page(params: QueryDict) -> QueryDict:
    changed = params.copy()
    changed.pop("page", None)
    return changed


def _address(params: QueryDict) -> str:
    """Return the parameters as a query string with "?", without empty ones."""
    for name, values in list(params.lists()):
        params.setlist(name, [value for value in values if value])
    return f"?{params.urlencode()}"
