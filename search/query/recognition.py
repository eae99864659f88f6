"""Recognize entities in the terms of a query: places, periods, meetings, people, and the roles of units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from minutes.ingest.enums import meeting_kind_of
from minutes.models import Meeting
from minutes.parser.vocabulary.numerals import as_number
from search.index.engines.base import Filters, SearchRequest
from search.index.public_index import PublicIndex
from search.query.names import Names, Unit, people_in_office
from search.query.nodes import And, Dated, Implied, Node, OneOf, Phrase, Term
from search.query.periods import Period, period_before, period_behind, period_inside, period_named
from search.query.report import Report
from search.query.synonyms import Synonyms
from search.query.term_forms import (
    ROLES,
    chair_and_rest,
    role_called,
    surname_and_office,
    units_and_roles,
    without_office,
)
from search.query.titles import MOST_ADDED
from search.query.traversal import either

_MOST_PREFIXES = 4
# 3月22日 · 三月二十二号
_DAY_OF_ANY_YEAR = re.compile(
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]"
)
# 第49次常务会议 · 市政府第四十九次会议 · 第49次常务会议纪要 · 最近一次常务会议
_MEETING = re.compile(
    r"(?:[省市县区州旗](?:人民)?政府)?(?:第?(?P<number>\d{1,4}|[零〇一二三四五六七八九十百]{1,7})|(?:最近|最新|上)的?一?)次"
    r"(?:[省市县区州旗]?政府)?(?P<kind>常务|全体|专题)?会议?(?:纪要)?"
)


@dataclass(frozen=True, slots=True)
class Context:
    """The entities in the other parts of a query, which must match as well."""

    places: frozenset[int] = frozenset()  # units in the part are units of these bodies
    units: tuple[Unit, ...] = ()
    is_alone: bool = True


@dataclass(frozen=True, slots=True)
class Segmented:
    """A term split into entities and the rest: 云川市, 2020年, 财政局 and 停车."""

    conditions: tuple[Node, ...]
    bodies: frozenset[int]
    unit: Term | None
    rest: Term
    # A part of the name of a unit, 消防 of 市消防救援支队, or of a sentence, is no word of the matter.
    is_matter_alone: bool = False


@dataclass(frozen=True, slots=True)
class Recognizer:
    """Recognize the names that were looked up for some queries, and report them."""

    index: PublicIndex
    names: Names
    synonyms: Synonyms
    report: Report

    def context(self, parts: Sequence[Node], around: Context) -> Context:
        """Return the context of parts that must all match."""
        if len(parts) < 2:
            return around
        terms = [part.text for part in parts if isinstance(part, Term)]
        places = around.places.union(*(self.names.bodies_named(text) for text in terms))
        named = (self.names.units_named(text, places) for text in terms)
        return Context(places, (*around.units, *(unit for units in named for unit in units)), is_alone=False)

    def condition(self, term: Term, context: Context) -> Node | None:
        """Return the condition that a whole term gives, or None.

        The name of a place or person alone is text, and so is a day alone that a text contains.
        """
        if context.is_alone and _is_day(term.text) and self.index.has(Phrase(term.text)):
            return None
        if period := self._period(term):
            return period
        if context.is_alone:
            return self._office_holder(term) or (self._meeting(term, context.places) if _is_latest(term.text) else None)
        return self._place_or_person(term) or self._meeting(term, context.places) or self._role(term, context.units)

    def segment(self, term: Term, places: frozenset[int]) -> Segmented | None:
        """Split a term into places, periods, a meeting and a unit at its start, a period at its end, and the rest.

        None, if there are none of these, if indexed texts contain a term without places, and for a period as a whole.
        """
        today = timezone.localdate()
        if period_named(term.text, today):
            return None
        if chaired := self._chaired(term):
            return chaired
        if without_office(term.text) in self.names.people:
            return None
        conditions: list[Node] = []
        bodies: frozenset[int] = frozenset()
        unit = ""
        rest, reported = self.synonyms.without_leading_question(term.text), len(self.report.expansions)
        for _ in range(_MOST_PREFIXES):
            written = self.names.place_before(rest) or period_before(rest, today) or _meeting_before(rest)
            condition = self._period_or_name(written, term, bodies) if len(rest) - len(written) > 1 else None
            if condition:
                conditions.append(condition)
                bodies |= self.names.bodies_named(written)
            elif unit or not (unit := self._unit_before(rest, bodies or places)):
                break
            rest = rest.removeprefix(written if condition else unit)
        if conditions and (meeting := self._meeting(Term(rest), bodies, term.text)):
            conditions.append(meeting)
            rest = ""
        behind = period_behind(rest, today)
        if condition := self._period_or_name(behind, term, bodies):
            conditions.append(condition)
            rest = rest.removesuffix(behind)
        inside = period_inside(rest, today)
        if condition := self._period_or_name(inside, term, bodies):
            conditions.append(condition)
            rest = rest.replace(inside, ",", 1)
        is_name = bool(self.names.bodies_named(term.text)) or bool(self.names.units_named(term.text, places))
        found = self.report.expansions[reported:]
        is_text = bool(found or unit) and not bodies and self.index.has(Phrase(term.text))
        if is_name or is_text or not (conditions or unit):
            # What was reported above does not apply, but a period without meetings is none.
            told = [] if is_name or is_text else [each for each in found if each.kind == "no_meetings"]
            self.report.expansions[reported:] = told
            return None
        return Segmented(tuple(conditions), bodies, Term(unit) if unit else None, Term(rest), bool(unit))

    def _unit_before(self, text: str, bodies: frozenset[int]) -> str:
        """Return the unit at the start of a text, unless its role stands behind it."""
        return "" if self.unit_with_role(Term(text), bodies) else self.names.unit_before(text, bodies)

    def _chaired(self, term: Term) -> Segmented | None:
        """Return the person and the matter of 市长陆砚青主持的会议讨论了停车, or None."""
        written = chair_and_rest(term.text)
        person = self._place_or_person(Term(written[0]), term.text) if written else None
        return Segmented((person,), frozenset(), None, Term(written[1]), True) if written and person else None

    def unit_with_role(self, term: Term, places: frozenset[int]) -> tuple[Term, Node, Term] | None:
        """Return the unit, the role and the matter of a term such as 县水利局负责清淤, or None."""
        for unit, written, rest in units_and_roles(self.synonyms.without_leading_question(term.text)):
            if role := self._role(Term(written), self.names.units_named(unit, places)):
                return Term(unit), role, Term(rest)
        return None

    def _period_or_name(self, written: str, within: Term, bodies: frozenset[int]) -> Node | None:
        named = Term(written)
        if not written:
            return None
        period_or_place = self._period(named, within.text) or self._place_or_person(named, within.text)
        return period_or_place or self._meeting(named, bodies, within.text)

    def _place_or_person(self, term: Term, within: str = "") -> Implied | None:
        if bodies := self.names.bodies_named(term.text):
            self.report.add("place", term.text, self.names.bodies_called(bodies), within)
            return Implied(term, OneOf("body", bodies))
        name = term.text if term.text in self.names.people else without_office(term.text)
        if people := self.names.people.get(name):
            self.report.add("person", term.text, [name], within)
            return Implied(term, OneOf("person", frozenset(people)), ranks_as_text=True)
        return self._office_holder(term, within)

    def _office_holder(self, term: Term, within: str = "") -> Implied | None:
        """Return the condition on people called by surname and office: 陆市长."""
        people = people_in_office(*called) if (called := surname_and_office(term.text)) else {}
        if not people or self.index.has(Phrase(term.text)):
            return None
        self.report.add("person", term.text, sorted(set(people.values())), within)
        return Implied(term, OneOf("person", frozenset(people)), ranks_as_text=True)

    def _meeting(self, term: Term, places: frozenset[int], within: str = "") -> Node | None:
        """Return the condition on a meeting by its number: 第49次常务会议. Several bodies may have one."""
        named = _MEETING.fullmatch(term.text)
        meetings = _meetings(named, places) if named else []
        if not 0 < len(meetings) <= MOST_ADDED:
            return None
        self.report.add("meeting", term.text, [str(meeting) for meeting in meetings], within)
        first, *others = (_on_its_day(term, meeting) for meeting in meetings)
        return either(first, others)

    def _period(self, term: Term, within: str = "") -> Node | None:
        """Return the condition of a period with meetings: 2020年8月, 去年三月; of 3月22日, on that day of any year."""
        if day := _DAY_OF_ANY_YEAR.fullmatch(term.text):
            periods = _meeting_days(as_number(day["month"]) or 0, as_number(day["day"]) or 0)
        else:
            named = period_named(term.text, timezone.localdate())
            if named is None:
                return None
            periods = [named] if self._has_meetings(named) else []
            if not periods and not term.text.isdigit():
                self.report.add("no_meetings", term.text, [str(named)], within)
        if not periods:
            return None
        self.report.add("period", term.text, [str(period) for period in periods], within)
        first, *others = (Implied(term, Dated(period.first, period.last)) for period in periods)
        return either(first, others)

    def _has_meetings(self, period: Period) -> bool:
        filters = Filters(date_from=period.first, date_to=period.last)
        return self.index.count(SearchRequest(filters=filters)) > 0

    def _role(self, term: Term, units: Sequence[Unit]) -> Node | None:
        """Return the role of units in an item as a condition, or as the word: 牵头 beside 市发改委."""
        role = role_called(term.text)
        if not (units and role):
            return None
        self.report.add("role", role, sorted(name for unit in units for name in unit.names))
        roles = OneOf("organization", frozenset(unit.pk for unit in units), ROLES[role])
        return Implied(term, roles, ranks_as_text=True)


def _meeting_before(text: str) -> str:
    """Return the beginning of a text that names a meeting by its number and leaves a word, or ""."""
    found = _MEETING.match(text)
    return found[0] if found and found.end() < len(text) - 1 else ""


def _is_latest(text: str) -> bool:
    """Return whether a text means the latest meeting, which has no number to be found by: 最近一次常务会议."""
    named = _MEETING.fullmatch(text)
    return named is not None and not named["number"]


def _meetings(named: re.Match[str], places: frozenset[int]) -> list[Meeting]:
    held = Meeting.objects.published().filter(date__isnull=False)
    if named["number"]:
        held = held.filter(number=as_number(named["number"]))
    if places:
        held = held.filter(body__in=places)
    if named["kind"]:
        held = held.filter(kind=meeting_kind_of(named["kind"]))
    return list(held.select_related("body").order_by("-date")[: MOST_ADDED + 1 if named["number"] else 1])


def _on_its_day(term: Term, meeting: Meeting) -> Node:
    of_body = Implied(term, OneOf("body", frozenset({meeting.body_id})))
    return And((of_body, Implied(term, Dated(meeting.date, meeting.date))))


def _is_day(text: str) -> bool:
    named = period_named(text, timezone.localdate())
    return bool(_DAY_OF_ANY_YEAR.fullmatch(text)) or (named is not None and named.first == named.last)


def _meeting_days(month: int, day: int) -> list[Period]:
    """Return the days of meetings in any year, the latest first."""
    held = Meeting.objects.published().filter(date__month=month, date__day=day)
    days = held.order_by("-date").values_list("date", flat=True).distinct()
    return [Period(each, each) for each in days]
