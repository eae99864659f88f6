"""A search as an Atom feed: what it newly finds, the newest meeting first."""

from __future__ import annotations

import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from search.index.engines.base import Sort
from search.query import QueryError, text_queries
from search.query.params import find_all, parse_params
from search.results.hits import Hit, load_hits
from search.service import SearchUnavailable

ENTRIES = 50
# A feed has one order and no pages.
_MEANINGLESS = ("page", "sort", "view")
# Characters that XML cannot hold: most control characters, and two that are no characters.
_NOT_IN_XML = dict.fromkeys([*range(0x20), 0xFFFE, 0xFFFF]) | {ord(each): each for each in "\t\n\r"}


class _SearchFeed(Atom1Feed):
    """An Atom feed that was updated when its newest entry was, and without entries when the index was."""

    def latest_post_date(self) -> datetime.datetime:
        """Return when there was something new."""
        return max((item["updateddate"] for item in self.items), default=self.feed["index_updated_at"])


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Return the newest results of a search as a feed."""
    try:
        search = parse_params(request.GET, _MEANINGLESS)
        found = find_all(search, Sort.NEWEST, most=ENTRIES)
    except QueryError as error:
        return _in_plain_words(f"没有这个订阅源。{error}", 400)
    except SearchUnavailable:
        return _in_plain_words("检索暂不可用，请过几分钟再试。", 503)
    page = f"{reverse('search')}?{request.GET.urlencode()}"
    atom = _SearchFeed(
        title=_for_xml(f"{search.text or '全部议题'} · 会议纪要档案"),
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
    return HttpResponse(atom.writeString("utf-8"), content_type=Atom1Feed.content_type)


def _add(atom: Atom1Feed, found: Hit, request: HttpRequest) -> None:
    address = request.build_absolute_uri(found.url)
    title = "".join(part.text for part in found.title)
    when = f"{found.meeting.date:%Y-%m-%d} " if found.meeting.date else ""
    atom.add_item(
        title=_for_xml(title),
        link=request.build_absolute_uri(found.snippet_url),
        unique_id=address,
        description=_for_xml(format_html("<p>{}{}</p><p>{}</p>", when, found.meeting, _marked(found))),
        updateddate=found.meeting.updated_at,
        pubdate=found.meeting.published_at,
    )


def _marked(found: Hit) -> str:
    if found.snippet is None:
        return ""
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", part.text) if part.marked else part.text,) for part in found.snippet.parts),
    )


def _for_xml(text: str) -> str:
    return text.translate(_NOT_IN_XML)


def _in_plain_words(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", content_type="text/plain; charset=utf-8", status=status)
