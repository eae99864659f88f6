"""Pagination of long lists; an invalid page is a 404 that says so, not another page."""

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest


class NoSuchPage(Http404):
    """A page that a list does not have; `templates/404.html` knows the name of this class."""


class NumberedPage(Page):
    """A page that links to the first, the last and nearby pages."""

    @property
    def numbers(self) -> list[int | str]:
        """Return these numbers in order, with an ellipsis for each run left out."""
        return list(self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1))


class NumberedPaginator(Paginator):
    def _get_page(self, *args: Any, **kwargs: Any) -> NumberedPage:
        return NumberedPage(*args, **kwargs)


def page_of(request: HttpRequest, rows: QuerySet, size: int, count: int | None = None) -> Page:
    """Return the page of rows that ?page= selects, or raise NoSuchPage; `count` is their number, if known."""
    paginator = NumberedPaginator(rows, size)
    if count is not None:
        paginator.count = count
    try:
        return paginator.page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise NoSuchPage from error
