"""What is looked up for a query before an engine sees it, and what is added to it.

Places, years, units and people in the words become conditions; units are looked for under their other names, documents
under their titles, everyday words under official terms. All of it is reported, so that a page can show it and offer the
search without it.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from minutes.fold import fold, stored_form
from minutes.ingest.department_names import departments_by_name
from minutes.models import Body, Document, DocumentReference, Organization, OrganizationAlias, Person
from minutes.parser.vocabulary.numerals import as_number
from search.analysis.words import PARTICLES, tokens, words
from search.index.engines.base import Filters, SearchRequest
from search.index.facet_fields import ITEM_ROLES
from search.index.public_index import PublicIndex
from search.query import (
    Alternative,
    And,
    Dated,
    Field,
    Implied,
    InField,
    NameRef,
    Node,
    OneOf,
    Or,
    Phrase,
    Term,
    TextQuery,
    Verbatim,
    parse_query,
)
from search.query.names import Names, Unit, load_names
from search.query.synonyms import Synonyms, load_synonyms
from search.query.traversal import all_of, either, excludes, leaves, replace_leaves, top_level_parts

# A shorter text says too little to mean a document by it.
_SHORTEST_TITLE = 6
# More names than a reader would look through help nobody.
_MOST_ADDED = 12
# Who is responsible has a task: to take the item's document further, alone or with others, or any other work.
_ROLES_BY_FIELD = {
    "organization": ITEM_ROLES,
    "lead": frozenset({"lead"}),
    "responsible": frozenset({"lead", "supporting", "responsible"}),
}
# 2019年 · 2019 · 二〇一九年
_YEAR_WRITTEN = r"(?P<year>(?:19|20)\d{2}|二[〇零][〇零一二三四五六七八九]{2})"
_YEAR = re.compile(rf"{_YEAR_WRITTEN}年?")
# 2019年停车场 · 二〇一九年停车场, but 2019年度, 2019年1月 and 2019年底 are words of a text
_YEAR_BEFORE = re.compile(rf"(?P<written>{_YEAR_WRITTEN}年)(?=[^\d度底初末来])")
# 市财政局2019年
_YEAR_BEHIND = re.compile(rf"(?<=\D\D)(?P<written>{_YEAR_WRITTEN}年?)$")
# 市长陆砚青 · 陆砚青局长
_OFFICE = r"(?:副?(?:省|市|县|区|州|镇|局|厅|处|科)长|副?主任|副?书记|副?秘书长)"
_OFFICE_BESIDE = re.compile(rf"^{_OFFICE}|{_OFFICE}$")
# A shorter word is no compound of words.
_SHORTEST_COMPOUND = 4
_MOST_PREFIXES = 3


@dataclass(frozen=True, slots=True)
class Expansion:
    """What was added to a part of a query, for the reader to see.

    Kinds: place, year, person: a condition recognized in the words; unit: other names; meant: the records that a name
    stands for; short_title: what a document is called; synonym: official terms; cut: the parts of a compound that
    stands nowhere; ignored: words that only ask.
    """

    kind: str
    typed: str
    added: tuple[str, ...]
    within: str = ""  # the term that it was recognized in


@dataclass(frozen=True, slots=True)
class ExpandedQuery:
    """A query as typed and as searched, part by part, and what makes the difference."""

    typed: Node | None
    query: Node | None
    expansions: tuple[Expansion, ...] = ()
    parts: tuple[tuple[Node, Node], ...] = ()  # each typed part that results must answer, and what it became


def parse_and_expand(text: str, index: PublicIndex, exact: bool = False) -> ExpandedQuery:
    """Return what a reader's words mean.

    Raises QueryError when they cannot be searched for.
    """
    [expanded] = expand_each({text: parse_query(text)}, index, exact)
    return expanded


def expand_each(typed: Mapping[str, Node | None], index: PublicIndex, exact: bool = False) -> list[ExpandedQuery]:
    """Return these queries, by their texts, expanded with one look-up for all.

    `exact` adds nothing to them.
    """
    parts = list(dict.fromkeys(leaf for each in typed.values() for leaf in leaves(each)))
    named = [leaf.condition for leaf in parts if isinstance(leaf, Field) and isinstance(leaf.condition, NameRef)]
    meanings = {each: _records_named(each) for each in named}
    if exact:
        return [_Expander(index, meanings).expand(*each) for each in typed.items()]
    terms = [leaf.text for leaf in parts if isinstance(leaf, Term)]
    expander = _Expander(
        index,
        meanings,
        load_names({name for term in terms for name in (term, _without_year(term), _without_office(term))}),
        load_synonyms() if terms else Synonyms({}),
        _short_titles({title for leaf in parts if (title := _possible_title(leaf))}),
    )
    return [expander.expand(*each) for each in typed.items()]


def may_be_a_title(sought: TextQuery) -> bool:
    """Return whether these words may be, or hold, the title of a document."""
    return len(sought.text) >= _SHORTEST_TITLE or (isinstance(sought, Phrase) and sought.titled)


@dataclass(slots=True)
class _Expander:
    """Expands queries with what was looked up for them.

    Without names and synonyms it adds nothing.
    """

    index: PublicIndex
    meanings: Mapping[NameRef, Mapping[int, str]]
    names: Names | None = None
    synonyms: Synonyms = field(default_factory=lambda: Synonyms({}))
    short_titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    expansions: list[Expansion] = field(default_factory=list)

    def expand(self, text: str, typed: Node | None) -> ExpandedQuery:
        """Return one query as it is searched."""
        self.expansions = []
        parts = top_level_parts(typed)
        places = self._places_beside_words(parts)
        expanded = [self._part(part, places, alone=len(parts) == 1) for part in parts]
        query = None if typed is None else expanded[0] if len(expanded) == 1 else And(tuple(expanded))
        pairs = tuple(zip(parts, expanded, strict=True))
        if query is not None and excludes(query):
            query = Verbatim(fold(text), query)
        return ExpandedQuery(typed, query, tuple(dict.fromkeys(self.expansions)), pairs)

    def _places_beside_words(self, parts: Sequence[Node]) -> frozenset[int]:
        """Return the governments that the words name beside others.

        What is said of units is meant of theirs.
        """
        terms = [part.text for part in parts if isinstance(part, Term)]
        if self.names is None or len(parts) < 2:
            return frozenset()
        return frozenset().union(*(self.names.bodies_named(text) for text in terms))

    def _part(self, part: Node, places: frozenset[int], alone: bool) -> Node:
        if self.names is not None and isinstance(part, Term):
            if not alone and (implied := self._implied(part)):
                return implied
            return self._term(part, places, split=True)
        return replace_leaves(part, lambda leaf, excluded: self._leaf(leaf, places, excluded))

    def _leaf(self, leaf: Node, places: frozenset[int], excluded: bool) -> Node:
        if isinstance(leaf, Field) and isinstance(leaf.condition, NameRef):
            records = self.meanings[leaf.condition]
            self._report("meant", leaf.condition.name, records.values())
            return Field(leaf.written, _one_of(leaf.condition, records))
        if self.names is None:
            return leaf
        if isinstance(leaf, Term) and not excluded:
            return self._term(leaf, places)
        # Of what is excluded the other names are excluded too, but no more than that.
        names = self._other_names(leaf.text, (), places) if isinstance(leaf, Term) else ()
        if names and isinstance(leaf, Term):
            self._report("unit", leaf.text, names)
        return either(leaf, [*(Phrase(name) for name in names), *self._documents(leaf)])

    def _implied(self, term: Term, within: str = "") -> Implied | None:
        """Return the condition that a whole term names, or nothing."""
        assert self.names is not None
        if bodies := self.names.bodies_named(term.text):
            self._report("place", term.text, self.names.bodies_called(bodies), within)
            return Implied(term, OneOf("body", bodies))
        if (match := _YEAR.fullmatch(term.text)) and (dated := self._year(match["year"])):
            self._report("year", term.text, [f"{dated.first.year}年" if dated.first else ""], within)
            return Implied(term, dated)
        name = term.text if term.text in self.names.people else _without_office(term.text)
        if people := self.names.people.get(name):
            self._report("person", term.text, [name], within)
            return Implied(term, OneOf("person", frozenset(people)), ranks_as_text=True)
        return None

    def _year(self, written: str) -> Dated | None:
        """Return the days of a year in which there are meetings."""
        year = as_number(written)
        filters = Filters(chosen={"year": frozenset({year})})
        if year is None or not self.index.count(SearchRequest(filters=filters)):
            return None
        return Dated(datetime.date(year, 1, 1), datetime.date(year, 12, 31))

    def _term(self, term: Term, places: frozenset[int], split: bool = False) -> Node:
        """Return a term, or the unit, the document, the official terms or the conditions that it may mean."""
        alternatives: list[Node] = self._units(term, places) or self._synonyms(term) or self._compound(term)
        alternatives += self._documents(term)
        if split and (apart := self._split(term)):
            alternatives.append(apart)
        return either(term, alternatives)

    def _units(self, term: Term, places: frozenset[int]) -> list[Node]:
        """Return the unit as a condition, which puts it first, and its other names."""
        assert self.names is not None
        named = self.names.units_named(term.text, places)
        other_names = self._other_names(term.text, named, places)
        if other_names:
            self._report("unit", term.text, other_names)
        found: list[Node] = [Alternative(Phrase(name)) for name in other_names]
        if named:
            units = OneOf("organization", frozenset(unit.pk for unit in named), ITEM_ROLES)
            found.insert(0, Implied(term, units, ranks_as_text=True))
        return found

    def _other_names(self, text: str, named: Sequence[Unit], places: Collection[int]) -> tuple[str, ...]:
        assert self.names is not None
        known = [unit.names | unit.aliases for unit in named]
        if not places:
            known += [unit.names | unit.aliases for unit in self.names.units.values()]
        known += [set(rows[0].names) for rows in [departments_by_name().get(text, ())] if len(rows) == 1]
        of_unit = [names for names in known if text in names or places]
        return _shortest({name for names in of_unit for name in names if text not in name})

    def _documents(self, leaf: Node) -> list[Node]:
        title = _possible_title(leaf)
        if title and (short := self.short_titles.get(title)):
            self._report("short_title", title, short)
        return [InField("document", Phrase(title))] if title else []

    def _synonyms(self, term: Term) -> list[Node]:
        """Return the term part by part, each with what minutes say for it."""
        parts: list[Node] = []
        segments = self.synonyms.segments_of(term.text)
        for segment in segments:
            if segment.is_ignored:
                self._report("ignored", segment.text, (), term.text)
            elif segment.written:
                self._report("synonym", segment.text, segment.written[:_MOST_ADDED], term.text)
                added = [Alternative(Phrase(text)) for text in segment.written[:_MOST_ADDED]]
                parts.append(either(Term(segment.text), added))
            elif segment.text not in PARTICLES:
                parts.append(Term(segment.text))
        if len(segments) == 1 and parts and isinstance(parts[0], Or):
            return list(parts[0].parts[1:])
        return [all_of(parts)] if parts else []

    def _compound(self, term: Term) -> list[Node]:
        """Return the term with words that stand nowhere cut into shorter ones."""
        parts: list[Node] = []
        for token in tokens(term.text):
            shorter = self._parts_of(token) if len(token) >= _SHORTEST_COMPOUND else []
            if shorter:
                self._report("cut", token, shorter, term.text)
            parts += [Term(word) for word in shorter or [token]]
        is_cut = [part.text for part in parts if isinstance(part, Term)] != list(tokens(term.text))
        return [Alternative(all_of(parts))] if is_cut else []

    def _parts_of(self, token: str) -> list[str]:
        """Return the shorter words in a token that stand somewhere, if the token does not."""
        if self._stands_somewhere(token):
            return []
        shorter = dict.fromkeys(word for word in words(token) if 1 < len(word) < len(token))
        return [word for word in shorter if self._stands_somewhere(word)]

    def _split(self, term: Term) -> Node | None:
        """Return the places and years before a term or the year behind it, and the term less these.

        Nothing where they are its text.
        """
        assert self.names is not None
        implied: list[Node] = []
        bodies: frozenset[int] = frozenset()
        rest, reported = term.text, list(self.expansions)
        for _ in range(_MOST_PREFIXES):
            place = self.names.place_before(rest)
            match = _YEAR_BEFORE.match(rest)
            written = place or (match["written"] if match else "")
            condition = self._implied(Term(written), term.text) if written else None
            if condition is None or len(rest) - len(written) < 2:
                break
            implied.append(condition)
            bodies |= self.names.bodies_named(written)
            rest = rest.removeprefix(written)
        if (behind := _YEAR_BEHIND.search(rest)) and (year := self._implied(Term(behind["written"]), term.text)):
            implied.append(year)
            rest = rest.removesuffix(behind["written"])
        is_unit = bool(bodies and self.names.units_named(rest, bodies))
        if not implied or not (is_unit or not self._stands_somewhere(term.text)):
            self.expansions = reported
            return None
        return And((*implied, self._term(Term(rest), bodies)))

    def _stands_somewhere(self, text: str) -> bool:
        return self.index.count(SearchRequest(Phrase(text))) > 0

    def _report(self, kind: str, typed: str, added: Collection[str], within: str = "") -> None:
        self.expansions.append(Expansion(kind, typed, tuple(dict.fromkeys(added))[:_MOST_ADDED], within))


def _without_year(text: str) -> str:
    return _YEAR_BEHIND.sub("", text)


def _without_office(text: str) -> str:
    """Return 陆砚青 for 市长陆砚青 and for 陆砚青市长; what would leave one character stays."""
    name = _OFFICE_BESIDE.sub("", text)
    return name if len(name) > 1 else text


def _possible_title(leaf: Node) -> str:
    """Return the words as the title of a document, if they may be one.

    An exact phrase is none unless written 《》.
    """
    if isinstance(leaf, Phrase) and leaf.titled:
        return leaf.text
    return leaf.text if isinstance(leaf, Term) and may_be_a_title(leaf) else ""


def _shortest(names: set[str]) -> tuple[str, ...]:
    """Return the names that hold no other one of them.

    A text that holds a longer one holds that.
    """
    needed = [name for name in names if not any(other in name for other in names if other != name)]
    return tuple(sorted(needed, key=lambda name: (len(name), name))[:_MOST_ADDED])


def _short_titles(titles: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return what published items call these documents for short."""
    if not titles:
        return {}
    # The bodies are named so that the database finds the titles by its index of body and title.
    stored = {stored_form(title) for title in titles} | set(titles)
    documents = Document.objects.filter(body__in=Body.objects.all(), title__in=stored)
    references = DocumentReference.objects.published().filter(document__in=documents).exclude(short_title="")
    short: dict[str, set[str]] = defaultdict(set)
    for title, short_title in references.values_list("document__title", "short_title").distinct():
        short[fold(title)].add(short_title)
    return {title: tuple(sorted(names)[:_MOST_ADDED]) for title, names in short.items()}


def _records_named(named: NameRef) -> dict[int, str]:
    """Return the units or people of exactly this name, or else those that have it in theirs; merged ones as kept."""
    name, stored = named.name, stored_form(named.name)
    for match in (Q(name__in=(name, stored)), Q(name__icontains=name) | Q(name__icontains=stored)):
        if named.field == "person":
            records: QuerySet[Any] = Person.objects.filter(match)
        else:
            aliases = OrganizationAlias.objects.filter(match).values("organization")
            records = Organization.objects.filter(match | Q(pk__in=aliases))
        if found := [each.kept for each in records.select_related("merged_into")]:
            return {each.pk: each.name for each in found}
    return {}


def _one_of(named: NameRef, records: Mapping[int, str]) -> OneOf:
    if named.field == "person":
        return OneOf("person", frozenset(records))
    return OneOf("organization", frozenset(records), _ROLES_BY_FIELD[named.field])
