"""Load the records of results, with the passage that matches the query.

A page names a hundred records and shows a few fields of each, so these are loaded as plain values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet
from django.utils.http import urlencode

from minutes.addresses import address, address_in_source
from minutes.fold import fold
from minutes.models import AgendaItem, Attendance, Decision, DocumentReference, Involvement, InvolvementRole, Meeting
from minutes.models.prepared import prepared
from pages.highlight import LONGEST_WORD, MARKED, MOST_WORDS, TextPart
from search.index.documents import (
    Attendee,
    DocId,
    Passage,
    item_source_passages,
    meeting_passages,
    meeting_source_passages,
)
from search.index.records import meetings_with_all_text
from search.query import Phrase, Term
from search.query.titles import may_be_a_title
from search.results.highlight import Snippet, densest_snippet, mark_matches, opening_snippet

TextQuery = Sequence[Term | Phrase]

_FIELDS_OF_MEETINGS = (
    *("body__name", "kind", "kind_text", "number", "doc_number", "distinction", "date"),
    *("opening", "closing", "published_at", "updated_at"),
)


@dataclass(slots=True)
class HitItem:
    """The fields of an agenda item in results."""

    pk: int
    meeting: int
    position: int
    title: str
    outcomes: list[str] = field(default_factory=list)  # as written, like the next steps
    next_steps: list[str] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    paragraphs: list[Passage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Hit:
    """A result: an agenda item, or a meeting's own document if `item` is None."""

    meeting: Meeting
    item: HitItem | None
    title: tuple[TextPart, ...]
    snippet: Snippet | None
    sought: tuple[str, ...] = ()

    @property
    def key(self) -> DocId:
        """Return the id of the document in the index."""
        return DocId(self.meeting.pk, is_meeting=True) if self.item is None else DocId(self.item.pk)

    @property
    def url(self) -> str:
        """Return the URL of the item or meeting."""
        if self.item is None:
            return self.meeting.get_absolute_url()
        return address("item", self.meeting.pk, self.item.position)

    @property
    def snippet_url(self) -> str:
        """Return the URL of the snippet: a paragraph of the item, or a source span."""
        passage = self.snippet.passage if self.snippet else None
        if passage and passage.source:
            return address_in_source(self.meeting.pk, *passage.source)
        if passage and passage.paragraph:
            return f"{self.url}#p{passage.paragraph}"
        return self.url

    @property
    def url_to_read(self) -> str:
        """Return the URL of the page with matches highlighted.

        For readers; programs get the plain URL.
        """
        return self._marking(self.url)

    @property
    def snippet_url_to_read(self) -> str:
        """Return the URL of the snippet with matches highlighted.

        In the source, its span is highlighted.
        """
        is_in_source = self.snippet and self.snippet.passage.source
        return self.snippet_url if is_in_source else self._marking(self.snippet_url)

    def _marking(self, address: str) -> str:
        shown = (*self.title, *(self.snippet.parts if self.snippet else ()))
        # Matches elsewhere in the item are highlighted too, as written there.
        texts = (*(part.text for part in shown if part.marked), *self.sought)
        words = tuple(dict.fromkeys(text for text in texts if len(text) <= LONGEST_WORD))[:MOST_WORDS]
        if not self.item or not words:
            return address
        page, hash_sign, place = address.partition("#")
        return f"{page}?{_query_marking(words)}{hash_sign}{place}"


# Most results of a page have the same words.
@lru_cache(maxsize=500)
def _query_marking(words: tuple[str, ...]) -> str:
    return urlencode({MARKED: words}, doseq=True)


def load_hits(keys: Sequence[DocId], sought: TextQuery) -> list[Hit]:
    """Return the published records of these ids in order, with fixed query count.

    Deleted or withdrawn records are left out; the worker will update the index.
    """
    items = _items([key.pk for key in keys if not key.is_meeting])
    apart = [key.pk for key in keys if key.is_meeting]
    meeting_ids = {*apart, *(item.meeting for item in items.values())}
    meetings = {meeting.pk: meeting for meeting in _published_meetings(meeting_ids)}
    short_titles = _short_titles(items, sought)
    attendance = _attendance(apart)
    found = []
    for key in keys:
        item = None if key.is_meeting else items.get(key.pk)
        meeting = meetings.get(item.meeting if item else key.pk)
        if meeting and item:
            found.append(_found_item(meeting, item, [*sought, *short_titles[item.pk]]))
        elif meeting and key.is_meeting:
            found.append(_found_meeting(meeting, attendance[meeting.pk], sought))
    return _with_places_in_source(_with_source_snippets(found, sought)) if sought else found


def _items(pks: Collection[int]) -> dict[int, HitItem]:
    """Return the items with these ids, published or not."""
    if not pks:
        return {}
    items: dict[int, HitItem] = {}
    for pk, meeting, position, title, place, marker, text in _items_with_paragraphs(pks):
        if pk not in items:
            items[pk] = HitItem(pk, meeting, position, title)
        if place is not None:
            items[pk].paragraphs.append(Passage(f"{marker}{text}", place))
    for pk, outcome, next_step in _decisions(pks):
        _add_new(items[pk].outcomes, outcome)
        _add_new(items[pk].next_steps, next_step)
    for pk, name in _leading(pks):
        items[pk].lead.append(name)
    return items


@prepared
def _items_with_paragraphs(pks: list[int]) -> QuerySet[Any, Any]:
    """Find one row per item and paragraph."""
    paragraph = ("paragraphs__position", "paragraphs__marker", "paragraphs__text")
    items = AgendaItem.objects.filter(pk__in=pks).order_by("paragraphs__position")
    return items.values_list("pk", "meeting", "position", "title", *paragraph)


@prepared
def _decisions(items: list[int]) -> QuerySet[Any, Any]:
    decisions = Decision.objects.filter(item__in=items).order_by("item", "position")
    return decisions.values_list("item", "outcome_text", "next_step")


@prepared
def _leading(items: list[int]) -> QuerySet[Any, Any]:
    lead = Involvement.objects.filter(item__in=items, role=InvolvementRole.LEAD).order_by("pk")
    return lead.values_list("item", "organization__name")


def _add_new(values: list[str], value: str) -> None:
    """Add the value unless it is empty or already there."""
    if value and value not in values:
        values.append(value)


@prepared
def _published_meetings(pks: list[int]) -> QuerySet[Meeting]:
    """Find the published meetings among these, without unused columns."""
    meetings = Meeting.objects.published().filter(pk__in=pks).select_related("body")
    return meetings.only(*_FIELDS_OF_MEETINGS).order_by()


def _attendance(meetings: Collection[int]) -> dict[int, list[Attendee]]:
    """Return the attendance of each meeting, in text order."""
    attendance: dict[int, list[Attendee]] = defaultdict(list)
    for meeting, *entry in _entries(meetings):
        attendance[meeting].append(Attendee(*entry))
    return attendance


@prepared
def _entries(meetings: list[int]) -> QuerySet[Any, Any]:
    entries = Attendance.objects.filter(meeting__in=meetings).order_by("meeting", "position")
    return entries.values_list("meeting", "role", "organization__name", "title", "person__name", "note")


def _short_titles(items: Collection[int], sought: TextQuery) -> dict[int, list[Phrase]]:
    """Return the short titles of searched documents in each item.

    Where it says 《若干意见》, it means the full title.
    """
    short: dict[int, list[Phrase]] = defaultdict(list)
    if items and any(may_be_a_title(each) for each in sought):
        for item, title, short_title in _titles_with_short_ones(items):
            if any(fold(title) in each.text for each in sought):
                short[item].append(Phrase(fold(f"《{short_title}》")))
    return short


@prepared
def _titles_with_short_ones(items: list[int]) -> QuerySet[Any, Any]:
    references = DocumentReference.objects.filter(item__in=items, short_title__gt="").order_by("start")
    return references.values_list("item", "document__title", "short_title")


def _found_item(meeting: Meeting, item: HitItem, sought: TextQuery) -> Hit:
    title = mark_matches(item.title, sought)
    snippet = densest_snippet(item.paragraphs, sought) or _across_paragraphs(
        [Passage(item.title), *item.paragraphs], sought
    )
    if not snippet and item.paragraphs and (not sought or any(part.marked for part in title)):
        snippet = opening_snippet(item.paragraphs[0])
    return Hit(meeting, item, title, snippet, tuple(each.text for each in sought))


def _found_meeting(meeting: Meeting, attendance: Sequence[Attendee], sought: TextQuery) -> Hit:
    _, *others = meeting_passages(meeting, attendance)
    marked = mark_matches(str(meeting), sought)
    snippet = densest_snippet(others, sought)
    if not snippet and meeting.opening and any(part.marked for part in marked):
        snippet = opening_snippet(Passage(meeting.opening))
    return Hit(meeting, None, marked, snippet)


def _across_paragraphs(passages: list[Passage], sought: TextQuery) -> Snippet | None:
    """Return a snippet for a match across two paragraphs."""
    for earlier, later in pairwise(passages):
        if snippet := densest_snippet([Passage(f"{earlier.text}\n{later.text}", earlier.paragraph)], sought):
            return snippet
    return None


def _with_source_snippets(found: list[Hit], sought: TextQuery) -> list[Hit]:
    """Add snippets of source lines to results without one.

    They match by a line that only the source has, such as a letterhead.
    """
    silent = {each.meeting.pk for each in found if each.snippet is None}
    if not silent:
        return found
    complete = {meeting.pk: meeting for meeting in meetings_with_all_text(Meeting.objects.filter(pk__in=silent))}
    return [
        replace(each, snippet=_snippet_from_source(complete[each.meeting.pk], each.item, sought))
        if each.meeting.pk in complete and each.snippet is None
        else each
        for each in found
    ]


def _with_places_in_source(found: list[Hit]) -> list[Hit]:
    """Add the source span of the first match to meeting hits, for highlighting."""
    unplaced = [hit.meeting.pk for hit in found if hit.item is None and hit.snippet and not hit.snippet.passage.source]
    if not unplaced:
        return found
    texts = dict(_source_texts(unplaced))
    return [
        replace(hit, snippet=_placed(hit.snippet, texts[hit.meeting.pk]))
        if hit.item is None and hit.snippet and hit.meeting.pk in texts
        else hit
        for hit in found
    ]


@prepared
def _source_texts(meetings: list[int]) -> QuerySet[Any, Any]:
    return Meeting.objects.filter(pk__in=meetings).order_by().values_list("pk", "source__text")


def _placed(snippet: Snippet, source: str) -> Snippet:
    match = next((part.text for part in snippet.parts if part.marked), "")
    start = source.find(match) if match and not snippet.passage.source else -1
    if start < 0:
        return snippet
    return replace(snippet, passage=replace(snippet.passage, source=(start, start + len(match))))


def _snippet_from_source(meeting: Meeting, found: HitItem | None, sought: TextQuery) -> Snippet | None:
    if found is None:
        return densest_snippet(meeting_source_passages(meeting), sought)
    items = [item for item in meeting.items.all() if item.pk == found.pk]
    return densest_snippet([passage for item in items for passage in item_source_passages(meeting, item)], sought)
