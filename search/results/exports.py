"""Export all results of a search as a streamed file."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from minutes.filters import plain_text
from minutes.models import Deadline
from open_data.spreadsheets import BYTE_ORDER_MARK, CSV, csv_line
from search.index.engines.base import SearchUnavailable
from search.index.index_stats import version_of
from search.query import QueryError, text_queries
from search.query.params import AllHits, SearchParams, find_all, parse_params
from search.results.hits import Hit, load_hits
from search.results.serializers import HitSerializer, encode_json, snippet_text
from search.service import UNAVAILABLE

# Parameters without meaning for an export.
_UNSUPPORTED = ("page", "view")
_RECORDS_AT_ONCE = 200

_COLUMNS = (
    *("序号", "结果总数", "会议日期", "会议主体", "会议", "文号", "议题序号", "标题", "议定结果", "牵头单位", "下一步"),
    *("期限", "期限日期", "文字", "全文", "网址", "检索条件", "导出时间", "索引版本"),
)


@require_safe
def export_csv(request: HttpRequest) -> HttpResponseBase:
    """Return all results as CSV.

    Every row has query, time and index version.
    """
    return _export(request, _csv_lines, CSV, "csv")


@require_safe
def export_jsonl(request: HttpRequest) -> HttpResponseBase:
    """Return all results as JSON Lines.

    The first line has query, time and index version.
    """
    return _export(request, _jsonl_lines, "application/jsonl; charset=utf-8", "jsonl")


class _Export:
    """The results to export, with the metadata of the export."""

    def __init__(self, request: HttpRequest, search: SearchParams, everything: AllHits) -> None:
        self.absolute = request.build_absolute_uri
        self.conditions = "&".join(f"{name}={value}" for name, values in request.GET.lists() for value in values)
        self.url = request.build_absolute_uri()
        self.words = search.text
        self.at = timezone.localtime().replace(microsecond=0)
        self.index_version = version_of(everything.state.updated_at)
        self.total = len(everything.keys)
        self._keys = everything.keys
        self._sought = text_queries(search.query)

    def results(self) -> Iterator[Hit]:
        """Yield every result, except for meetings withdrawn since the index was written."""
        for hits in self.batches():
            yield from hits

    def batches(self) -> Iterator[list[Hit]]:
        """Yield the results in batches."""
        for start in range(0, self.total, _RECORDS_AT_ONCE):
            yield load_hits(self._keys[start : start + _RECORDS_AT_ONCE], self._sought)


def _export(
    request: HttpRequest, lines_of: Callable[[_Export], Iterator[str]], content_type: str, ending: str
) -> HttpResponseBase:
    try:
        search = parse_params(request.GET, _UNSUPPORTED)
        export = _Export(request, search, find_all(search))
    except QueryError as error:
        return plain_text(f"不能导出。{error}", 400)
    except SearchUnavailable:
        return plain_text(UNAVAILABLE, 503)
    response = StreamingHttpResponse(lines_of(export), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="minutes-{_compact(export.at)}.{ending}"'
    return response


def _jsonl_lines(export: _Export) -> Iterator[str]:
    yield _line(
        {
            "export": {
                "query": export.words,
                "url": export.url,
                "exported_at": export.at.isoformat(),
                "index_version": export.index_version,
                "total": export.total,
            }
        }
    )
    for found in export.results():
        yield _line(HitSerializer(found, context={"absolute": export.absolute}).data)


def _line(data: dict[str, Any]) -> str:
    return f"{encode_json(data)}\n"


def _csv_lines(export: _Export) -> Iterator[str]:
    yield BYTE_ORDER_MARK
    yield csv_line(_COLUMNS)
    number = 0
    for hits in export.batches():
        deadlines = _deadlines_of([hit.item.pk for hit in hits if hit.item])
        for found in hits:
            number += 1
            yield csv_line(_cells(number, found, deadlines[found.item.pk] if found.item else [], export))


def _deadlines_of(items: list[int]) -> dict[int, list[Deadline]]:
    """Return the deadlines of these items, in one query."""
    by_item: dict[int, list[Deadline]] = defaultdict(list)
    for deadline in Deadline.objects.published_each().filter(item__in=items).order_by("start"):
        if deadline.item_id is not None:
            by_item[deadline.item_id].append(deadline)
    return by_item


def _cells(number: int, found: Hit, deadlines: list[Deadline], export: _Export) -> list[object]:
    meeting, item = found.meeting, found.item
    return [
        *(number, export.total, meeting.date or "", meeting.body.name, str(meeting), meeting.doc_number),
        *(item.position if item else "", "".join(part.text for part in found.title)),
        "；".join(item.outcomes) if item else "",
        "、".join(item.lead) if item else "",
        "；".join(item.next_steps) if item else "",
        "；".join(dict.fromkeys(each.text for each in deadlines)),
        "；".join(dict.fromkeys(f"{each.date}" for each in deadlines if each.date)),
        *(snippet_text(found.snippet), "\n".join(passage.text for passage in item.paragraphs) if item else ""),
        export.absolute(found.snippet_url),
        *(export.conditions, export.at.isoformat(), export.index_version),
    ]


def _compact(at: datetime.datetime) -> str:
    return at.strftime("%Y%m%d-%H%M%S")
