"""Cursor pagination: following `next` returns every record there at the start."""

from __future__ import annotations

from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

from api.errors import BadParameters

RECORDS_A_PAGE = 50
MOST_RECORDS_A_PAGE = 200
LONGEST_POSITION = 18


class RecordPages(CursorPagination):
    """Pages ordered by id, which is unique and ascending by creation."""

    ordering = "id"
    page_size = RECORDS_A_PAGE
    max_page_size = MOST_RECORDS_A_PAGE
    page_size_query_param = "page_size"
    page_size_query_description = f"每页的条数，1 到 {MOST_RECORDS_A_PAGE}，不写时为 {RECORDS_A_PAGE}。"
    cursor_query_description = "翻页的位置，照前一次回答的 next 或 previous 来写。"

    def get_page_size(self, request: Request) -> int:
        """Return the page size; raise BadParameters instead of falling back to another."""
        written = request.query_params.get(self.page_size_query_param)
        if written is None:
            return self.page_size
        if written.isascii() and written.isdigit() and 1 <= int(written[:6]) <= self.max_page_size:
            return int(written)
        raise BadParameters({"page_size": [f"请写 1 到 {self.max_page_size} 之间的整数。"]})

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Return the cursor; reject positions that are not ids before the query fails."""
        refusal = BadParameters({"cursor": ["这不是翻页的位置：请照前一次回答的 next 或 previous 来写，或删去。"]})
        try:
            cursor = super().decode_cursor(request)
        except NotFound as error:
            raise refusal from error
        if cursor and cursor.position is not None and not is_an_id(cursor.position):
            raise refusal
        return cursor


def is_an_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_POSITION
