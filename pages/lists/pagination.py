"""Long lists in pages; a page that does not exist is not found, never quietly another one."""

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest


def page_of(request: HttpRequest, rows: QuerySet, size: int) -> Page:
    """Return the page of rows that ?page= selects, or raise Http404."""
    try:
        return Paginator(rows, size).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404("no such page") from error
