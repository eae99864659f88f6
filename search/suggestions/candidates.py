"""Suggest units, people, documents, meetings and words for partial input.

Only published data is suggested. The names are loaded once per process for each state of the index.
"""

from __future__ import annotations

import datetime
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Count, Exists, OuterRef, Q

from minutes.fold import fold
from minutes.models import Document, DocumentReference, Meeting, Organization, OrganizationAlias, Person
from minutes.pinyin import pinyin_of, typed_pinyin
from search.index.engines.base import SearchRequest
from search.index.public_index import PublicIndex, open_index
from search.query import Phrase
from search.query.names import with_place

# In display order.
KINDS = {"organization": "单位", "person": "人员", "document": "文件", "meeting": "会议", "word": "常用词"}
MOST_OF_A_KIND = 5
LONGEST_TYPED = 50
# Rarer words are not suggested.
_MOST_WORDS = 5_000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested record or word; `pk` is None for a word."""

    kind: str
    text: str
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A folded name of a suggestion, and its number of results."""

    folded: str
    suggestion: Suggestion
    weight: int = 0


def suggest(typed: str) -> dict[str, list[Suggestion]]:
    """Return the suggestions for partial input by kind, best first.

    Kinds without suggestions are left out. Raise SearchUnavailable if there is no index.
    """
    folded = fold(typed[:LONGEST_TYPED])
    if not folded:
        return {}
    index = open_index()
    names = all_names(index)
    found = sorted(_containing(names, folded), key=lambda name: _rank(name, folded))
    by_kind: dict[str, list[Suggestion]] = {kind: [] for kind in KINDS}
    for suggestion in dict.fromkeys(name.suggestion for name in found):
        if len(by_kind[suggestion.kind]) < MOST_OF_A_KIND and _is_public(suggestion, index):
            by_kind[suggestion.kind].append(suggestion)
    return {kind: suggestions for kind, suggestions in by_kind.items() if suggestions}


def all_names(index: PublicIndex) -> tuple[Name, ...]:
    """Return all names of published records and frequent words of the index."""
    return _names_of(replace(index, pending=frozenset()), index.state().updated_at)


def names_sharing(characters: Iterable[str], index: PublicIndex) -> list[Name]:
    """Return the names with one of these characters."""
    names = all_names(index)
    places = _places_of_characters(replace(index, pending=frozenset()), index.state().updated_at)
    return [names[place] for place in set().union(*(places.get(each, ()) for each in characters))]


def _is_public(suggestion: Suggestion, index: PublicIndex) -> bool:
    """Return whether a word occurs in a published meeting.

    Records are published when they are loaded.
    """
    return suggestion.pk is not None or not index.excluded or index.count(SearchRequest(Phrase(suggestion.text))) > 0


@lru_cache(maxsize=2)
def _names_of(index: PublicIndex, updated_at: datetime.datetime) -> tuple[Name, ...]:
    """Load the names once for each state of the index and its excluded meetings."""
    words = index.frequent_words(_MOST_WORDS)
    return (
        *_organizations(),
        *_people(),
        *_documents(),
        *_meetings(),
        *(Name(word, Suggestion("word", word), weight) for word, weight in words),
    )


@lru_cache(maxsize=2)
def _places_of_characters(index: PublicIndex, updated_at: datetime.datetime) -> dict[str, array[int]]:
    """Return the places of the names that contain each character."""
    places: dict[str, array[int]] = defaultdict(lambda: array("L"))
    for place, name in enumerate(_names_of(index, updated_at)):
        for character in set(name.folded):
            places[character].append(place)
    return dict(places)


def _containing(names: Iterable[Name], folded: str) -> Iterator[Name]:
    sound = typed_pinyin(folded)
    for name in names:
        if folded in name.folded or (sound and pinyin_of(name.folded).contains(sound)):
            yield name


def _rank(name: Name, folded: str) -> tuple[bool, int, int, str]:
    """Return the sort key: prefix matches first, then more results, then shorter."""
    return (not name.folded.startswith(folded), -name.weight, len(name.folded), name.folded)


def _organizations() -> Iterator[Name]:
    published = Q(involvements__item__meeting__in=Meeting.objects.published())
    attended = Exists(Meeting.objects.published().filter(attendance__organization=OuterRef("pk")))
    units = Organization.objects.annotate(uses=Count("involvements", filter=published)).filter(Q(uses__gt=0) | attended)
    rows = list(units.values_list("pk", "name", "full_name", "body__name", "uses"))
    several = len({body for *_, body, _ in rows}) > 1
    suggestions = {}
    for pk, name, full_name, body, uses in rows:
        suggestions[pk] = Suggestion("organization", with_place(name, body) if several else name, pk), uses
        yield from (Name(fold(each), *suggestions[pk]) for each in {name, full_name} - {""})
    for pk, name in OrganizationAlias.objects.filter(organization__in=suggestions).values_list("organization", "name"):
        yield Name(fold(name), *suggestions[pk])


def _people() -> Iterator[Name]:
    """Yield people by name and unit: 市教育局季敏 distinguishes two 季敏."""
    published = Q(attendance__meeting__in=Meeting.objects.published())
    people = Person.objects.annotate(uses=Count("attendance", filter=published)).filter(uses__gt=0)
    for pk, name, unit, uses in people.values_list("pk", "name", "organization__name", "uses"):
        yield Name(fold(name), Suggestion("person", f"{name}（{unit}）" if unit else name, pk), uses)


def _documents() -> Iterator[Name]:
    published = Q(references__item__meeting__in=Meeting.objects.published())
    documents = Document.objects.annotate(uses=Count("references", filter=published)).filter(uses__gt=0)
    suggestions = {}
    for pk, title, uses in documents.values_list("pk", "title", "uses"):
        suggestions[pk] = Suggestion("document", title, pk), uses
        yield Name(fold(title), *suggestions[pk])
    short = DocumentReference.objects.published_each().filter(document__in=suggestions).exclude(short_title="")
    for pk, name in short.values_list("document", "short_title").distinct():
        yield Name(fold(name), *suggestions[pk])


def _meetings() -> Iterator[Name]:
    for meeting in (
        Meeting.objects.published()
        .select_related("body")
        .only("body__name", "number", "kind", "kind_text", "distinction", "date")
    ):
        text = f"{meeting}（{meeting.date.isoformat()}）" if meeting.date else str(meeting)
        weight = meeting.date.toordinal() if meeting.date else 0
        yield Name(fold(text), Suggestion("meeting", text, meeting.pk), weight)
