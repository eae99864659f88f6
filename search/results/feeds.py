"""A search as an Atom feed, the newest meeting first."""

from __future__ import annotations

import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_safe

from minutes.filters import plain_text
from open_data.spreadsheets import for_xml
from pages.discovery.atom import ReadableAtomFeed, shown_in_browsers
from search.index.engines.base import SearchUnavailable, Sort
from search.query import QueryError, text_queries
from search.query.params import find_all, parse_params
from search.results.hits import Hit, load_hits
from search.results.serializers import snippet_text
from search.service import UNAVAILABLE

ENTRIES = 50
# A feed has a fixed order and no pages.
_UNSUPPORTED = ("page", "sort", "view")


class _SearchFeed(ReadableAtomFeed):
    """An Atom feed dated by its newest entry, or by the index if it is empty."""

    def latest_post_date(self) -> datetime.datetime:
        """Return the time of the newest entry."""
        return max((item["updateddate"] for item in self.items), default=self.feed["index_updated_at"])


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Return the newest results of a search as a feed."""
    try:
        search = parse_params(request.GET, _UNSUPPORTED)
        found = find_all(search, Sort.NEWEST, most=ENTRIES)
    except QueryError as error:
        return plain_text(f"没有这个订阅源。{error}", 400)
    except SearchUnavailable:
        return plain_text(UNAVAILABLE, 503)
    page = f"{reverse('search')}?{request.GET.urlencode()}"
    atom = _SearchFeed(
        title=for_xml(f"{search.text or '全部议题'} · 会议纪要档案"),
        link=request.build_absolute_uri(page),
        description="",
        subtitle="检索结果，最近的会议在前。",
        feed_url=request.build_absolute_uri(),
        feed_guid=request.build_absolute_uri(),
        author_name="会议纪要档案",
        language="zh-Hans",
        index_updated_at=found.state.updated_at,
    )
    for each in load_hits(found.keys, text_queries(search.query)):
        _add(atom, each, request)
    response = HttpResponse(atom.writeString("utf-8"), content_type=ReadableAtomFeed.content_type)
    return shown_in_browsers(request, response)


def _add(atom: ReadableAtomFeed, found: Hit, request: HttpRequest) -> None:
    address = request.build_absolute_uri(found.url)
    title = "".join(part.text for part in found.title)
    when = f"{found.meeting.date:%Y-%m-%d} " if found.meeting.date else ""
    atom.add_item(
        title=for_xml(title),
        link=request.build_absolute_uri(found.snippet_url),
        unique_id=address,
        description=for_xml(escape(f"{when}{found.meeting}：{snippet_text(found.snippet)}")),
        updateddate=found.meeting.updated_at,
        pubdate=found.meeting.published_at,
    )
