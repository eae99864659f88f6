"""Compute paragraph numbers that Word displays but does not store: 一、 （一） 1."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml.etree import _Element

from minutes.extraction.readers.word.numerals import CHINESE_NUMERALS, NUMERALS

# 第%1章, （%2）, %1.%2
PLACE_OF_A_NUMBER = re.compile(r"%([1-9])")
DEEPEST_LEVEL = 8
# %1? (LibreOffice writes “一、” of a list into an .rtf as “一?”)
LOST_SIGN = re.compile(r"(%[1-9])\?")
# Bullets use symbol fonts, in which any character can look like anything.
BULLET = "•"
MAX_CHAIN_OF_STYLES = 20


@dataclass(frozen=True, slots=True)
class Level:
    """The numbering of one level of a list."""

    start: int
    kind: str
    pattern: str
    suffix: str
    in_arabic: bool
    restarts_after: int | None


class Numbering:
    """Number the paragraphs in document order, as Word does."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self.lists = by_key(numbering, "num", "numId")
        self.abstract = by_key(numbering, "abstractNum", "abstractNumId")
        self.styles = by_key(styles, "style", "styleId")
        self.default_style = next((name for name, each in self.styles.items() if is_default_of_paragraphs(each)), None)
        self.levels: dict[tuple[str, int], Level | None] = {}
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.begun: set[str] = set()
        self.unknown_kinds: set[str] = set()
        self.has_lost_signs = False

    def label_of(self, paragraph: _Element) -> str:
        """Return the next paragraph's number and its separator, or ""."""
        list_id, depth = self.list_of(paragraph)
        if list_id is None or list_id not in self.lists:
            return ""
        level = self.level(list_id, depth)
        if level is None:
            return ""
        self.count(list_id, depth, level)
        if level.kind == "bullet":
            return BULLET + level.suffix
        shown = PLACE_OF_A_NUMBER.sub(lambda place: self.shown(list_id, int(place[1]) - 1, level), level.pattern)
        # Nobody types a space after 一、 or （一）.
        return shown + (level.suffix if shown and "!" <= shown[-1] <= "~" else "")

    def list_of(self, paragraph: _Element) -> tuple[str | None, int]:
        """Return list and level of a paragraph: its own, or those of its style."""
        list_id, depth = numbers_in(paragraph.find("{*}pPr"))
        name = value(paragraph.find("{*}pPr/{*}pStyle")) or self.default_style
        for _ in range(MAX_CHAIN_OF_STYLES):
            style = self.styles.get(name or "")
            if style is None or list_id is not None:
                break
            list_id, style_depth = numbers_in(style.find("{*}pPr"))
            depth = style_depth if depth is None else depth
            if list_id is not None and depth is None:
                depth = self.depth_of_style(list_id, name)
            name = value(style.find("{*}basedOn"))
        return list_id, min(depth or 0, DEEPEST_LEVEL)

    def hides_text(self, name: str | None) -> bool:
        """Return whether a style, or one that it is based on, hides text."""
        for _ in range(MAX_CHAIN_OF_STYLES):
            style = self.styles.get(name)
            hides = None if style is None else style.find("{*}rPr/{*}vanish")
            if style is None or hides is not None:
                return is_on(hides)
            name = value(style.find("{*}basedOn"))
        return False

    def depth_of_style(self, list_id: str, style: str | None) -> int | None:
        """Return the level that a list links with a style."""
        abstract = self.abstract.get(self.abstract_id(list_id))
        levels = [] if abstract is None else abstract.iterfind("{*}lvl")
        return next((number(key(each, "ilvl")) for each in levels if value(each.find("{*}pStyle")) == style), None)

    def abstract_id(self, list_id: str) -> str:
        """Return the definition of a list; it may be in another list with its style."""
        found = value(child(self.lists.get(list_id), "abstractNumId")) or ""
        abstract = self.abstract.get(found)
        linked = value(child(abstract, "numStyleLink"))
        if linked:
            for other, each in self.abstract.items():
                if value(each.find("{*}styleLink")) == linked:
                    return other
        return found

    def level(self, list_id: str, depth: int) -> Level | None:
        place = (list_id, depth)
        if place not in self.levels:
            self.levels[place] = self.read_level(list_id, depth)
        return self.levels[place]

    def read_level(self, list_id: str, depth: int) -> Level | None:
        abstract = self.abstract.get(self.abstract_id(list_id))
        own = level_at(self.lists[list_id], "{*}lvlOverride", depth)
        defined = None if own is None else own.find("{*}lvl")
        if defined is None and abstract is not None:
            defined = level_at(abstract, "{*}lvl", depth)
        if defined is None:
            return None
        kind = value(defined.find("{*}numFmt")) or "decimal"
        pattern = value(defined.find("{*}lvlText")) or ""
        if kind in CHINESE_NUMERALS and LOST_SIGN.search(pattern):
            pattern = LOST_SIGN.sub(r"\1、", pattern)
            self.has_lost_signs = True
        other_start = None if own is None else number(value(own.find("{*}startOverride")))
        start = number(value(defined.find("{*}start")))
        return Level(
            start=other_start if other_start is not None else start if start is not None else 0,
            kind=kind,
            pattern=pattern,
            suffix="" if value(defined.find("{*}suff")) == "nothing" else " ",
            in_arabic=is_on(defined.find("{*}isLgl")),
            restarts_after=number(value(defined.find("{*}lvlRestart"))),
        )

    def count(self, list_id: str, depth: int, level: Level) -> None:
        """Increment the counter of this level, and reset the deeper ones."""
        counts = self.counts[self.abstract_id(list_id)]
        if list_id not in self.begun:
            self.begun.add(list_id)
            for other in range(DEEPEST_LEVEL + 1):
                if self.restarts(list_id, other):
                    counts.pop(other, None)
        counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [each for each in counts if each > depth]:
            below = self.level(list_id, deeper)
            if below is None or below.restarts_after is None or depth < below.restarts_after:
                del counts[deeper]

    def restarts(self, list_id: str, depth: int) -> bool:
        own = level_at(self.lists[list_id], "{*}lvlOverride", depth)
        return own is not None and own.find("{*}startOverride") is not None

    def shown(self, list_id: str, depth: int, of: Level) -> str:
        level = self.level(list_id, depth)
        if level is None:
            return ""
        counted = self.counts[self.abstract_id(list_id)].get(depth, level.start)
        kind = "decimal" if of.in_arabic else level.kind
        if kind not in NUMERALS:
            self.unknown_kinds.add(kind)
            kind = "decimal"
        return NUMERALS[kind](counted)


def by_key(parent: _Element | None, tag: str, name: str) -> dict[str | None, _Element]:
    return {} if parent is None else {key(each, name): each for each in parent.iterfind(f"{{*}}{tag}")}


def is_default_of_paragraphs(style: _Element) -> bool:
    return key(style, "type") == "paragraph" and key(style, "default") in ("1", "true", "on")


def numbers_in(properties: _Element | None) -> tuple[str | None, int | None]:
    if properties is None:
        return None, None
    return value(properties.find("{*}numPr/{*}numId")), number(value(properties.find("{*}numPr/{*}ilvl")))


def child(element: _Element | None, tag: str) -> _Element | None:
    return None if element is None else element.find(f"{{*}}{tag}")


def level_at(parent: _Element, tag: str, depth: int) -> _Element | None:
    return next((each for each in parent.iterfind(tag) if key(each, "ilvl") == str(depth)), None)


def key(element: _Element, name: str) -> str | None:
    """Return an attribute in the namespace of its element, as in Word files."""
    return element.get(f"{element.tag.rpartition('}')[0]}}}{name}")


def value(element: _Element | None) -> str | None:
    return None if element is None else key(element, "val")


def is_on(element: _Element | None) -> bool:
    """Return the value of an on/off element: true for <w:isLgl/> and w:val="1".

    False for w:val="0", and if the element is missing.
    """
    return element is not None and value(element) not in ("0", "false", "off", "none")


def number(text: str | None) -> int | None:
    """Return a number from 0 to 99,999, or None."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 5 else None
