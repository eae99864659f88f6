"""Expand a query with names, titles, synonyms and conditions.

Places, years, units and people in the words become conditions; units are also searched for by other names, documents
by title, and everyday words as official terms. Every expansion is reported, so that a page can show it and offer the
search without it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from minutes.fold import fold
from minutes.ingest.department_names import departments_by_name
from search.analysis.words import PARTICLES, has_letters, tokens, words
from search.index.facet_fields import ITEM_ROLES
from search.index.public_index import PublicIndex
from search.query import (
    Alternative,
    And,
    Field,
    Implied,
    InField,
    NameRef,
    Node,
    Not,
    OneOf,
    Or,
    Phrase,
    Term,
    Verbatim,
    parse_query,
)
from search.query.names import Names, Unit, load_names, one_of, records_named
from search.query.recognition import Context, Recognizer, Segmented
from search.query.report import Expansion, Report
from search.query.synonyms import Segment, Synonyms, load_synonyms
from search.query.term_forms import (
    choices_in,
    document_number,
    may_be_cut,
    possible_names,
    submitted_to,
    with_other_numerals,
    with_other_unit,
    without_office,
)
from search.query.titles import MOST_ADDED, possible_title, short_titles
from search.query.traversal import all_of, either, excludes, leaves, top_level_parts

# Shorter words are not compounds.
_SHORTEST_COMPOUND = 3


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
    report = Report()
    terms = [leaf.text for leaf in parts if isinstance(leaf, Term) and not exact]
    synonyms = load_synonyms() if terms else Synonyms({})
    names = load_names({name for term in terms for name in possible_names(term, synonyms)})
    titles = set() if exact else {title for leaf in parts if (title := possible_title(leaf))}
    recognizer = Recognizer(index, names, synonyms, report)
    expander = _Expander(index, meanings, names, synonyms, short_titles(titles), recognizer, report, exact)
    return [expander.expand(*each) for each in typed.items()]


@dataclass(frozen=True, slots=True)
class _Expander:
    """Expand queries with the names and synonyms looked up for them."""

    index: PublicIndex
    meanings: Mapping[NameRef, Mapping[int, str]]
    names: Names
    synonyms: Synonyms
    short_titles: Mapping[str, tuple[str, ...]]
    recognizer: Recognizer
    report: Report
    exact: bool  # add nothing

    def expand(self, text: str, typed: Node | None) -> ExpandedQuery:
        """Return one query as it is searched."""
        self.report.expansions.clear()
        parts = self._sought(top_level_parts(typed))
        context = self.recognizer.context(parts, Context())
        expanded = [self._node(part, context) for part in parts]
        query = all_of(expanded) if expanded else None
        pairs = tuple(zip(parts, expanded, strict=True))
        if query is not None and excludes(query):
            query = Verbatim(fold(text), query)
        return ExpandedQuery(typed, query, tuple(dict.fromkeys(self.report.expansions)), pairs)

    def _node(self, node: Node, context: Context, excluded: bool = False) -> Node:
        if isinstance(node, And):
            parts = self._sought(node.parts)
            context = self.recognizer.context(parts, context)
            return all_of([self._node(part, context, excluded) for part in parts])
        if isinstance(node, Or):
            return Or(tuple(self._node(part, context, excluded) for part in node.parts))
        if isinstance(node, Not):
            return Not(self._node(node.part, replace(context, is_alone=False), not excluded))
        return self._leaf(node, context, excluded)

    def _sought(self, parts: Sequence[Node]) -> Sequence[Node]:
        """Return the parts, those of a list of units apart, without those that only ask: 停车 of 停车 怎么办."""
        if self.exact:
            return parts
        parts = [each for part in parts for each in self._units_of_list(part)]
        asking = [part for part in parts if isinstance(part, Term) and self.synonyms.only_asks(part.text)]
        if len(asking) == len(parts):
            return parts
        for part in asking:
            self.report.add("ignored", part.text)
        return [part for part in parts if part not in asking]

    def _units_of_list(self, part: Node) -> Sequence[Node]:
        """Return the units of a list, 市财政局、市住建局, or else the part itself."""
        listed = part.text.split("、") if isinstance(part, Term) else []
        is_list = len(listed) > 1 and all(map(self.names.units_named, listed))
        return [Term(unit) for unit in listed] if is_list else [part]

    def _leaf(self, leaf: Node, context: Context, excluded: bool) -> Node:
        if isinstance(leaf, Field) and isinstance(leaf.condition, NameRef):
            records = self.meanings[leaf.condition]
            self.report.add("meant", leaf.condition.name, records.values())
            return Field(leaf.written, one_of(leaf.condition, records))
        if self.exact:
            return leaf
        if not isinstance(leaf, Term):
            return either(leaf, self._documents(leaf))
        if condition := self.recognizer.condition(leaf, context):
            return condition
        if excluded:
            return self._excluded(leaf, context.places)
        apart = self.recognizer.segment(leaf, context.places)
        split = [self._split(apart, leaf, context.places)] if apart else self._with_role(leaf, context.places)
        is_split_whole = apart.is_matter_alone if apart else bool(split)
        whole = self._documents(leaf) if is_split_whole else self._alternatives(leaf, context.places)
        return either(leaf, [*whole, *split])

    def _excluded(self, term: Term, places: frozenset[int]) -> Node:
        """Return an excluded term with other names, but without further expansions."""
        names = self._other_names(term.text, (), places)
        if names:
            self.report.add("unit", term.text, names)
        return either(term, [*(Phrase(name) for name in names), *self._documents(term)])

    def _alternatives(self, term: Term, places: frozenset[int]) -> list[Node]:
        """Return the alternatives of a term: unit or terms, document, other numerals."""
        found: list[Node] = (
            self._person(term)
            or self._units(term, places)
            or self._choices(term)
            or self._synonyms(term)
            or self._compound(term)
        )
        found += self._documents(term) + self._submitted(term)
        for renumbered in with_other_numerals(term.text):
            same = Term(renumbered)
            found.append(Alternative(either(same, self._synonyms(same))))
        for other in filter(None, (with_other_unit(term.text), document_number(term.text))):
            self.report.add("synonym", term.text, [other])
            found.append(Alternative(Phrase(other)))
        return found

    def _person(self, term: Term) -> list[Node]:
        """Return the name of a known person without the office: 陆砚青 of 市长陆砚青."""
        name = without_office(term.text)
        if name == term.text or name not in self.names.people:
            return []
        self.report.add("synonym", term.text, [name])
        # Not as an alternative, which matches whole words alone: the name of a person may be none.
        return [Phrase(name)]

    def _split(self, apart: Segmented, term: Term, places: frozenset[int]) -> Node:
        """Return the term split into conditions, a unit and the rest."""
        parts = list(apart.conditions)
        if apart.unit:
            parts.append(either(apart.unit, self._units(apart.unit, apart.bodies or places)))
        asks = self.synonyms.without_leading_question(term.text) != term.text
        if not apart.rest.text:
            return all_of(parts)
        if self.synonyms.only_asks(apart.rest.text, asks):
            self.report.add("ignored", apart.rest.text, (), term.text)
        else:
            found = self._alternatives(apart.rest, apart.bodies) + self._with_role(apart.rest, apart.bodies)
            parts.append(either(apart.rest, found))
        return all_of(parts)

    def _with_role(self, term: Term, places: frozenset[int]) -> list[Node]:
        """Return the term split into a unit, its role and the matter, if it has these: 县水利局负责清淤."""
        of_unit = self.recognizer.unit_with_role(term, places)
        if of_unit is None:
            return []
        unit, role, rest = of_unit
        parts = [either(unit, self._units(unit, places)), role]
        if rest.text and not self.synonyms.only_asks(rest.text, asks=True):
            parts.append(either(rest, self._alternatives(rest, places)))
        return [And(tuple(parts))]

    def _units(self, term: Term, places: frozenset[int]) -> list[Node]:
        """Return the unit as a condition, which ranks first, and its other names."""
        named = self.names.units_named(term.text, places)
        other_names = self._other_names(term.text, named, places)
        if other_names:
            self.report.add("unit", term.text, other_names)
        found: list[Node] = [Alternative(Phrase(name)) for name in other_names]
        found += self._successors(term, other_names) if named or other_names else []
        if named:
            units = OneOf("organization", frozenset(unit.pk for unit in named), ITEM_ROLES)
            found.insert(0, Implied(term, units, ranks_as_text=True))
        return found

    def _successors(self, term: Term, known: Collection[str]) -> list[Node]:
        """Return official terms for a unit besides its names: 自然资源局 for 市国土局."""
        written = self.synonyms.written
        terms = written.get(term.text) or written.get(term.text[1:]) or ()
        added = [each for each in terms if not any(each in name for name in (term.text, *known))]
        if added:
            self.report.add("synonym", term.text, added)
        return [Alternative(Phrase(each)) for each in added]

    def _other_names(self, text: str, named: Sequence[Unit], places: Collection[int]) -> tuple[str, ...]:
        known = [unit.names | unit.aliases for unit in named]
        if not places:
            known += [unit.names | unit.aliases for unit in self.names.units.values()]
        known += [set(rows[0].names) for rows in [departments_by_name().get(text, ())] if len(rows) == 1]
        of_unit = [names for names in known if text in names or places]
        return _shortest({name for names in of_unit for name in names if text not in name})

    def _documents(self, leaf: Node) -> list[Node]:
        title = possible_title(leaf)
        if title and (short := self.short_titles.get(title)):
            self.report.add("short_title", title, short)
        return [InField("document", Phrase(title))] if title else []

    def _synonyms(self, term: Term) -> list[Node]:
        """Return the term with official terms for its parts, and without vague words."""
        segments = [each for each in self.synonyms.segments_of(term.text) if has_letters(each.text)]
        parts = [(segment, node) for segment in segments if (node := self._segment(segment, term))]
        if len(segments) == 1 and parts:
            return list(parts[0][1].parts[1:]) if isinstance(parts[0][1], Or) else []
        found: list[Node] = [all_of([node for _, node in parts])] if parts else []
        if found and any(segment.is_ignored for segment in segments):
            found += self._matter_of_question(parts, term)
        return found

    def _submitted(self, term: Term) -> list[Node]:
        """Return the words of minutes for a matter submitted: 提请市委常委会 and 审议 of 报市委常委会审议."""
        words = submitted_to(term.text)
        if words is None:
            return []
        self.report.add("synonym", term.text, ["……".join(words)])
        return [And((Phrase(words[0]), Term(words[1])))]

    def _choices(self, term: Term) -> list[Node]:
        """Return the alternatives within a term, where no text holds the whole: 停车 and 公交 of 停车或公交."""
        choices = choices_in(term.text)
        if not choices or self._occurs(term.text):
            return []
        self.report.add("choices", term.text, choices)
        return [either(Term(each), self._synonyms(Term(each))) for each in choices]

    def _matter_of_question(self, parts: Sequence[tuple[Segment, Node]], term: Term) -> list[Node]:
        """Return the subject of a question, without vague words.

        If nothing contains all of it, words without synonyms are left out, too.
        """
        if vague := [segment.text for segment, _ in parts if segment.is_vague]:
            self.report.add("vague", "、".join(vague), (), term.text)
        matter = [sought for segment, node in parts for sought in self._matter(segment, node)]
        known = [node for segment, node in parts if segment.written]
        if known and not self.index.has(all_of(matter)):
            unknown = [each.text for each in matter if isinstance(each, Term)]
            if unknown:
                self.report.add("unmet", "、".join(unknown), (), term.text)
            matter = known
        return [Alternative(all_of(matter))] if matter and matter != [node for _, node in parts] else []

    def _segment(self, segment: Segment, term: Term) -> Node | None:
        """Return a part of a term with its synonyms; None for question words."""
        if segment.is_ignored:
            self.report.add("ignored", segment.text, (), term.text)
            return None
        if not segment.written:
            if segment.text in PARTICLES:
                return None
            unknown = Term(segment.text)
            return either(unknown, self._submitted(unknown) or self._compound(unknown))
        self.report.add("synonym", segment.text, segment.written[:MOST_ADDED], term.text)
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
                self.report.add("cut", token, shorter, term.text)
            parts += [Term(word) for word in shorter or [token]]
        is_cut = [part.text for part in parts if isinstance(part, Term)] != list(tokens(term.text))
        return [Alternative(all_of(parts))] if is_cut else []

    def _parts_of(self, token: str) -> list[str]:
        """Return the indexed words within a token that is not indexed itself."""
        if len(token) < _SHORTEST_COMPOUND or not may_be_cut(token) or self._occurs(token):
            return []
        shorter = dict.fromkeys(word for word in words(token) if 1 < len(word) < len(token))
        return [word for word in shorter if self._occurs(word)]

    def _occurs(self, text: str) -> bool:
        return self.index.has(Phrase(text))


def _shortest(names: set[str]) -> tuple[str, ...]:
    """Return the names that contain no other one of them.

    A text with a longer name contains the shorter one anyway.
    """
    needed = [name for name in names if not any(other in name for other in names if other != name)]
    return tuple(sorted(needed, key=lambda name: (len(name), name))[:MOST_ADDED])
