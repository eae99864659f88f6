"""What an engine found, as a reader sees it: the records behind the keys, with the passage that answers the query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from minutes.models import AgendaItem, DocumentReference, Involvement, InvolvementRole, Meeting
from search.documents import (
    Key,
    Passage,
    item_passages,
    item_source_passages,
    meeting_passages,
    meeting_source_passages,
    meetings_with_all_text,
)
from search.fold import fold
from search.highlight import Part, Snippet, densest_snippet, mark_matches, opening_snippet
from search.query import Phrase, Term

Sought = Sequence[Term | Phrase]


@dataclass(frozen=True, slots=True)
class Found:
    """One result: an agenda item, or a meeting around its items when `item` is None."""

    meeting: Meeting
    item: AgendaItem | None
    title: tuple[Part, ...]
    snippet: Snippet | None
    lead: tuple[Involvement, ...] = ()

    @property
    def url(self) -> str:
        """The page of the item or meeting."""
        return (self.item or self.meeting).get_absolute_url()

    @property
    def snippet_url(self) -> str:
        """Where the snippet stands: a paragraph of the item, or characters of the source."""
        passage = self.snippet.passage if self.snippet else None
        if passage and passage.source:
            start, end = passage.source
            return f"{reverse('source', args=[self.meeting.pk])}?from={start}&to={end}#mark"
        if passage and passage.paragraph:
            return f"{self.url}#p{passage.paragraph}"
        return self.url


def load_found(keys: Sequence[Key], sought: Sought) -> list[Found]:
    """The published records behind these keys in their order, in a fixed number of queries.

    A key whose record is gone or was withdrawn gives nothing: the index will hear of it from the worker.
    """
    items = {item.pk: item for item in _items([key.pk for key in keys if not key.is_meeting])}
    meetings = {meeting.pk: meeting for meeting in _meetings([key.pk for key in keys if key.is_meeting])}
    found = [
        _found_meeting(meetings[key.pk], sought) if key.is_meeting else _found_item(items[key.pk], sought)
        for key in keys
        if key.pk in (meetings if key.is_meeting else items)
    ]
    return _with_source_snippets(found, sought) if sought else found


def _items(pks: list[int]) -> QuerySet[AgendaItem]:
    lead = Involvement.objects.filter(role=InvolvementRole.LEAD).select_related("organization")
    shortened = DocumentReference.objects.exclude(short_title="").select_related("document")
    return (
        AgendaItem.objects.filter(pk__in=pks, meeting__in=Meeting.objects.published())
        .select_related("meeting__body", "decision")
        .prefetch_related("paragraphs", Prefetch("involvements", lead), Prefetch("references", shortened))
    )


def _meetings(pks: list[int]) -> QuerySet[Meeting]:
    return (
        Meeting.objects.published()
        .filter(pk__in=pks)
        .select_related("body")
        .prefetch_related("attendance__person", "attendance__organization")
    )


def _found_item(item: AgendaItem, sought: Sought) -> Found:
    sought = [*sought, *_short_titles(item, sought)]
    title, *paragraphs = item_passages(item)
    marked = mark_matches(title.text, sought)
    snippet = densest_snippet(paragraphs, sought) or _across_paragraphs([title, *paragraphs], sought)
    if not snippet and paragraphs and (not sought or any(part.marked for part in marked)):
        snippet = opening_snippet(paragraphs[0])
    return Found(item.meeting, item, marked, snippet, tuple(item.involvements.all()))


def _short_titles(item: AgendaItem, sought: Sought) -> list[Phrase]:
    """What this item calls the documents that are sought: where it says 《若干意见》, it speaks of the full title."""
    return [
        Phrase(fold(f"《{reference.short_title}》"))
        for reference in item.references.all()
        if any(_names(each, reference.document.title) for each in sought)
    ]


def _names(sought: Term | Phrase, title: str) -> bool:
    """Whether what is sought is the title of a document, or holds it."""
    return fold(title) in sought.text


def _found_meeting(meeting: Meeting, sought: Sought) -> Found:
    _, *others = meeting_passages(meeting)
    marked = mark_matches(str(meeting), sought)
    snippet = densest_snippet(others, sought)
    if not snippet and meeting.opening and any(part.marked for part in marked):
        snippet = opening_snippet(Passage(meeting.opening))
    return Found(meeting, None, marked, snippet)


def _across_paragraphs(passages: list[Passage], sought: Sought) -> Snippet | None:
    """The snippet of what begins in one paragraph and ends in the next."""
    for earlier, later in pairwise(passages):
        if snippet := densest_snippet([Passage(f"{earlier.text}\n{later.text}", earlier.paragraph)], sought):
            return snippet
    return None


def _with_source_snippets(found: list[Found], sought: Sought) -> list[Found]:
    """The same results; those found by a line that only the source holds, such as a letterhead, now show that line."""
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


def _snippet_from_source(meeting: Meeting, item: AgendaItem | None, sought: Sought) -> Snippet | None:
    passages = item_source_passages(meeting, item) if item else meeting_source_passages(meeting)
    return densest_snippet(passages, sought)
