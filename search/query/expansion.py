"""Expand a query with names, titles, synonyms and conditions.

Places, years, units and people in the words become conditions; units are also searched for by other names, documents
by title, and everyday words as official terms. Every expansion is reported, so that a page can show it and offer the
search without it.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from minutes.fold import fold
from minutes.ingest.department_names import departments_by_name
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
    Verbatim,
    parse_query,
)
from search.query.names import Names, Unit, load_names, one_of, records_named
from search.query.periods import period_before, period_called, period_named
from search.query.synonyms import Segment, Synonyms, load_synonyms
from search.query.term_forms import (
    ROLES,
    YEAR,
    YEAR_BEFORE,
    YEAR_BEHIND,
    may_be_cut,
    possible_names,
    unit_and_role,
    with_other_numerals,
    without_office,
)
from search.query.titles import MOST_ADDED, possible_title, short_titles
from search.query.traversal import all_of, either, excludes, leaves, replace_leaves, top_level_parts

# Shorter words are not compounds.
_SHORTEST_COMPOUND = 3
_MOST_PREFIXES = 3


@dataclass(frozen=True, slots=True)
class Expansion:
    """An addition to a part of a query, as shown to the reader.

    Kinds: place, year, period, person: a condition recognized in the words; no_meetings: a period without any; role:
    what a unit in the query has to do with a matter; unit: other names; meant: the records that a name refers to;
    short_title: the short name of a document; synonym: official terms; cut: the parts of a compound that occurs
    nowhere; ignored: question words; vague, unmet: words that a result may lack, because they name no subject, or
    because nothing contains all of them.
    """

    kind: str
    typed: str
    added: tuple[str, ...]
    within: str = ""  # the term that contains the recognized part


@dataclass(frozen=True, slots=True)
class ExpandedQuery:
    """A query as typed and as searched, part by part, and the expansions."""

    typed: Node | None
    query: Node | None
    expansions: tuple[Expansion, ...] = ()
    parts: tuple[tuple[Node, Node], ...] = ()  # each typed part that results must match, and its expansion


def parse_and_expand(text: str, index: PublicIndex, exact: bool = False) -> ExpandedQuery:
    """Parse and expand a query; raise QueryError if it is invalid."""
    [expanded] = expand_each({text: parse_query(text)}, index, exact)
    return expanded


def expand_each(typed: Mapping[str, Node | None], index: PublicIndex, exact: bool = False) -> list[ExpandedQuery]:
    """Expand several queries, by text, with one lookup for all.

    `exact` turns off expansion.
    """
    parts = list(dict.fromkeys(leaf for each in typed.values() for leaf in leaves(each)))
    named = [leaf.condition for leaf in parts if isinstance(leaf, Field) and isinstance(leaf.condition, NameRef)]
    meanings = {each: records_named(each) for each in named}
    if exact:
        return [_Expander(index, meanings).expand(*each) for each in typed.items()]
    terms = [leaf.text for leaf in parts if isinstance(leaf, Term)]
    synonyms = load_synonyms() if terms else Synonyms({})
    expander = _Expander(
        index,
        meanings,
        load_names({name for term in terms for name in possible_names(term, synonyms)}),
        synonyms,
        short_titles({title for leaf in parts if (title := possible_title(leaf))}),
    )
    return [expander.expand(*each) for each in typed.items()]


@dataclass(slots=True)
class _Expander:
    """Expand queries with the names and synonyms looked up for them.

    Without these, nothing is added.
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
        units = self._units_beside(parts, places)
        expanded = [self._part(part, places, units, alone=len(parts) == 1) for part in parts]
        query = None if typed is None else expanded[0] if len(expanded) == 1 else And(tuple(expanded))
        pairs = tuple(zip(parts, expanded, strict=True))
        if query is not None and excludes(query):
            query = Verbatim(fold(text), query)
        return ExpandedQuery(typed, query, tuple(dict.fromkeys(self.expansions)), pairs)

    def _places_beside_words(self, parts: Sequence[Node]) -> frozenset[int]:
        """Return the bodies named beside other words.

        Units in the query are then units of these bodies.
        """
        terms = [part.text for part in parts if isinstance(part, Term)]
        if self.names is None or len(parts) < 2:
            return frozenset()
        return frozenset().union(*(self.names.bodies_named(text) for text in terms))

    def _units_beside(self, parts: Sequence[Node], places: frozenset[int]) -> tuple[Unit, ...]:
        """Return the units named beside words that may say what they have to do with a matter."""
        terms = [part.text for part in parts if isinstance(part, Term)]
        if self.names is None or not any(text in ROLES for text in terms):
            return ()
        return tuple(unit for text in terms for unit in self.names.units_named(text, places))

    def _part(self, part: Node, places: frozenset[int], units: Sequence[Unit], alone: bool) -> Node:
        if self.names is not None and isinstance(part, Term):
            implied = self._period(part, alone) or (None if alone else self._implied(part) or self._role(part, units))
            if implied:
                return implied
            return self._term(part, places, split=True)
        return replace_leaves(part, lambda leaf, excluded: self._leaf(leaf, places, excluded))

    def _leaf(self, leaf: Node, places: frozenset[int], excluded: bool) -> Node:
        if isinstance(leaf, Field) and isinstance(leaf.condition, NameRef):
            records = self.meanings[leaf.condition]
            self._report("meant", leaf.condition.name, records.values())
            return Field(leaf.written, one_of(leaf.condition, records))
        if self.names is None:
            return leaf
        if not isinstance(leaf, Term):
            return either(leaf, self._documents(leaf))
        if days := self._period(leaf) or (YEAR.fullmatch(leaf.text) and self._implied(leaf)):
            return days
        if not excluded:
            return self._term(leaf, places)
        # Exclusion covers other names as well, but no further expansions.
        names = self._other_names(leaf.text, (), places)
        if names:
            self._report("unit", leaf.text, names)
        return either(leaf, [*(Phrase(name) for name in names), *self._documents(leaf)])

    def _implied(self, term: Term, within: str = "") -> Implied | None:
        """Return the condition that a whole term names, or None."""
        assert self.names is not None
        if bodies := self.names.bodies_named(term.text):
            self._report("place", term.text, self.names.bodies_called(bodies), within)
            return Implied(term, OneOf("body", bodies))
        if (match := YEAR.fullmatch(term.text)) and (dated := self._year(match["year"])):
            self._report("year", term.text, [f"{dated.first.year}年" if dated.first else ""], within)
            return Implied(term, dated)
        name = term.text if term.text in self.names.people else without_office(term.text)
        if people := self.names.people.get(name):
            self._report("person", term.text, [name], within)
            return Implied(term, OneOf("person", frozenset(people)), ranks_as_text=True)
        return None

    def _year(self, written: str) -> Dated | None:
        """Return the range of a year that has meetings, or None."""
        year = as_number(written)
        return self._dated(datetime.date(year, 1, 1), datetime.date(year, 12, 31)) if year else None

    def _period(self, term: Term, alone: bool = False, within: str = "") -> Implied | None:
        """Return the condition that a period gives: 2020年8月, 去年三月.

        A day `alone` is text: its meeting is sought.
        """
        period = period_named(term.text, timezone.localdate())
        if period is None or (alone and period[0] == period[1]):
            return None
        dated = self._dated(*period)
        self._report("period" if dated else "no_meetings", term.text, [period_called(*period)], within)
        return Implied(term, dated) if dated else None

    def _dated(self, first: datetime.date, last: datetime.date) -> Dated | None:
        """Return the range of days, or None if there is no meeting in it."""
        request = SearchRequest(filters=Filters(date_from=first, date_to=last))
        return Dated(first, last) if self.index.count(request) else None

    def _role(self, term: Term, units: Sequence[Unit]) -> Node | None:
        """Return what units have to do with a matter, as a condition, or the word: 牵头 beside 市发改委."""
        if not units or term.text not in ROLES:
            return None
        self._report("role", term.text, sorted(name for unit in units for name in unit.names))
        roles = OneOf("organization", frozenset(unit.pk for unit in units), ROLES[term.text])
        return Implied(term, roles, ranks_as_text=True)

    def _term(self, term: Term, places: frozenset[int], split: bool = False) -> Node:
        """Return a term with its alternatives: unit, document, terms or conditions."""
        alternatives: list[Node] = self._units(term, places) or self._synonyms(term) or self._compound(term)
        alternatives += self._documents(term)
        if (renumbered := with_other_numerals(term.text)) != term.text:
            same = Term(renumbered)
            alternatives.append(Alternative(either(same, self._synonyms(same))))
        if split and (apart := self._split(term) or self._unit_with_role(term, places)):
            alternatives.append(apart)
        return either(term, alternatives)

    def _units(self, term: Term, places: frozenset[int]) -> list[Node]:
        """Return the unit as a condition, which ranks first, and its other names."""
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
        title = possible_title(leaf)
        if title and (short := self.short_titles.get(title)):
            self._report("short_title", title, short)
        return [InField("document", Phrase(title))] if title else []

    def _synonyms(self, term: Term) -> list[Node]:
        """Return the term with official terms for its parts, and without vague words."""
        segments = [each for each in self.synonyms.segments_of(term.text) if any(map(str.isalnum, each.text))]
        parts = [(segment, node) for segment in segments if (node := self._segment(segment, term))]
        if len(segments) == 1 and parts:
            return list(parts[0][1].parts[1:]) if isinstance(parts[0][1], Or) else []
        found: list[Node] = [all_of([node for _, node in parts])] if parts else []
        if found and any(segment.is_ignored for segment in segments):
            found += self._matter_of_question(parts, term)
        return found

    def _matter_of_question(self, parts: Sequence[tuple[Segment, Node]], term: Term) -> list[Node]:
        """Return the subject of a question, without vague words.

        If nothing contains all of it, words without synonyms are left out, too.
        """
        if vague := [segment.text for segment, _ in parts if segment.is_vague]:
            self._report("vague", "、".join(vague), (), term.text)
        matter = [sought for segment, node in parts for sought in self._matter(segment, node)]
        known = [node for segment, node in parts if segment.written]
        if known and not self._has_results(all_of(matter)):
            unknown = [each.text for each in matter if isinstance(each, Term)]
            if unknown:
                self._report("unmet", "、".join(unknown), (), term.text)
            matter = known
        return [Alternative(all_of(matter))] if matter and matter != [node for _, node in parts] else []

    def _segment(self, segment: Segment, term: Term) -> Node | None:
        """Return a part of a term with its synonyms; None for question words."""
        if segment.is_ignored:
            self._report("ignored", segment.text, (), term.text)
            return None
        if not segment.written:
            return None if segment.text in PARTICLES else Term(segment.text)
        self._report("synonym", segment.text, segment.written[:MOST_ADDED], term.text)
        return either(Term(segment.text), [Alternative(Phrase(text)) for text in segment.written[:MOST_ADDED]])

    def _matter(self, segment: Segment, node: Node) -> list[Node]:
        """Return the subject words of a part: itself if known, else longer tokens.

        A vague part has none.
        """
        if segment.written:
            return [node]
        found = [] if segment.is_vague else [word for word in tokens(segment.text) if len(word) > 1]
        return [Term(part) for word in found for part in self._parts_of(word) or [word]]

    def _compound(self, term: Term) -> list[Node]:
        """Return the term with compounds that occur nowhere split into shorter words."""
        parts: list[Node] = []
        for token in tokens(term.text):
            shorter = self._parts_of(token)
            if shorter:
                self._report("cut", token, shorter, term.text)
            parts += [Term(word) for word in shorter or [token]]
        is_cut = [part.text for part in parts if isinstance(part, Term)] != list(tokens(term.text))
        return [Alternative(all_of(parts))] if is_cut else []

    def _parts_of(self, token: str) -> list[str]:
        """Return the indexed words within a token that is not indexed itself."""
        if len(token) < _SHORTEST_COMPOUND or not may_be_cut(token) or self._occurs(token):
            return []
        shorter = dict.fromkeys(word for word in words(token) if 1 < len(word) < len(token))
        return [word for word in shorter if self._occurs(word)]

    def _split(self, term: Term) -> Node | None:
        """Return the term split into places, years and the rest, or None.

        None, too, if the year is a word of indexed texts, and for a period as a whole.
        """
        assert self.names is not None
        if period_named(term.text, timezone.localdate()):
            return None
        implied: list[Node] = []
        bodies: frozenset[int] = frozenset()
        rest, reported = self.synonyms.without_leading_question(term.text), list(self.expansions)
        for _ in range(_MOST_PREFIXES):
            place = self.names.place_before(rest) or period_before(rest, timezone.localdate())
            match = YEAR_BEFORE.match(rest)
            written = place or (match["written"] if match else "")
            named = Term(written)
            condition = (self._period(named, within=term.text) or self._implied(named, term.text)) if written else None
            if condition is None or len(rest) - len(written) < 2:
                break
            implied.append(condition)
            bodies |= self.names.bodies_named(written)
            rest = rest.removeprefix(written)
        if (behind := YEAR_BEHIND.search(rest)) and (year := self._implied(Term(behind["written"]), term.text)):
            implied.append(year)
            rest = rest.removesuffix(behind["written"])
        if not implied or self.names.bodies_named(term.text) or not (bodies or not self._occurs(term.text)):
            self.expansions = reported
            return None
        return And((*implied, self._term(Term(rest), bodies)))

    def _unit_with_role(self, term: Term, places: frozenset[int]) -> Node | None:
        """Return the unit and its role of a term such as 县水利局牵头, or None."""
        assert self.names is not None
        written = unit_and_role(term.text)
        units = self.names.units_named(written[0], places) if written else []
        role = self._role(Term(written[1]), units) if written else None
        return And((self._term(Term(written[0]), places), role)) if written and role else None

    def _occurs(self, text: str) -> bool:
        return self._has_results(Phrase(text))

    def _has_results(self, node: Node) -> bool:
        return self.index.count(SearchRequest(node)) > 0

    def _report(self, kind: str, typed: str, added: Collection[str], within: str = "") -> None:
        self.expansions.append(Expansion(kind, typed, tuple(dict.fromkeys(added))[:MOST_ADDED], within))


def _shortest(names: set[str]) -> tuple[str, ...]:
    """Return the names that contain no other one of them.

    A text with a longer name contains the shorter one anyway.
    """
    needed = [name for name in names if not any(other in name for other in names if other != name)]
    return tuple(sorted(needed, key=lambda name: (len(name), name))[:MOST_ADDED])
