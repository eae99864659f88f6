"""Render part of a web page as a browser does: paragraphs, rows, list numbers."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree

from minutes.extraction.readers.marks import (
    DELETION,
    HIDDEN,
    INSERTION_BEGINS,
    INSERTION_ENDS,
    LEFT_OUT,
    MARKS,
    STRUCK,
)
from minutes.extraction.readers.web.tables import Line, Table, span_of
from minutes.extraction.readers.word.numerals import NUMERALS

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "textarea",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
NOT_TEXT = frozenset(
    [
        "head",
        "script",
        "style",
        "noframes",
        "noscript",
        "template",
        "select",
        "option",
        "button",
        "input",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "audio",
        "video",
        "canvas",
        "rt",
        "rp",
        "title",
        "link",
        "meta",
        "map",
        "xml",
    ]
)
# Not text, and with words in it that are lost.
DRAWINGS = ("svg", "math")
# Another page or file, shown in this one.
FRAMES = {"iframe": "src", "embed": "src", "object": "data"}
# Form fields with text.
TEXT_FIELDS = ("", "text", "date", "number", "tel")
# text-decoration: line-through
STRIKING_STYLE = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.I)
STRIKING_TAGS = ("s", "strike")
# display:none · mso-hide:all · mso-element:comment-list. Not visibility or opacity, which slow-loading pages start
# with.
HIDING_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|mso-element\s*:\s*comment", re.I)
# mso-element:footnote-list (of Word)
FOOTNOTES_STYLE = re.compile(r"mso-element\s*:\s*(?:foot|end)note", re.I)
# #_ftn1 · #_edn2 · #sdfootnote1sym: target of a footnote mark; sdfootnote1: the note (of LibreOffice)
NOTE_REFERENCE = re.compile(r"#(?:_ftn|_edn|sd(?:foot|end)note)\d")
NOTE_NAME = re.compile(r"sd(?:foot|end)note\d")
# white-space: pre-wrap
PREFORMATTED_TAGS = ("pre", "textarea")
PREFORMATTED = re.compile(r"white-space\s*:\s*pre", re.I)
LIST_NUMBER_OF_WORD = re.compile(r"mso-list\s*:\s*ignore", re.I)
BLANKS = re.compile(r"[ \t\r\n\f]+")
# Zero-width spaces and joiners, byte order marks and soft hyphens, which pages contain by accident.
INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
HAN = re.compile(r"[\u3400-\u9fff]")
# 一、 · （二） · 3. · ③
OWN_NUMBER = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[①-⑳]|第[一二三四五六七八九十]{1,3})")
LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.I)
# List styles: `type` of HTML or `list-style-type` of CSS, with Word's name for it and the separator.
NUMBERINGS = {
    "1": ("decimal", "."), "decimal": ("decimal", "."), "decimal-leading-zero": ("decimalZero", "."),
    "a": ("lowerLetter", "."), "lower-alpha": ("lowerLetter", "."), "lower-latin": ("lowerLetter", "."),
    "A": ("upperLetter", "."), "upper-alpha": ("upperLetter", "."), "upper-latin": ("upperLetter", "."),
    "i": ("lowerRoman", "."), "lower-roman": ("lowerRoman", "."),
    "I": ("upperRoman", "."), "upper-roman": ("upperRoman", "."),
    "cjk-ideographic": ("chineseCounting", "、"), "simp-chinese-informal": ("chineseCounting", "、"),
    "trad-chinese-informal": ("chineseCounting", "、"), "japanese-informal": ("chineseCounting", "、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"), "cjk-heavenly-stem": ("ideographTraditional", "、"),
}  # fmt: skip


@dataclass(slots=True)
class NumberedList:
    next_number: int
    numbering: tuple[str, str] | None


def lines_of(root: etree._Element, left_out: Collection[etree._Element] = (), with_hidden: bool = False) -> list[Line]:
    """Return the lines of an element.

    Hidden text leaves a mark; elements of `left_out` leave nothing.
    """
    renderer = Renderer(frozenset(left_out), with_hidden)
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            renderer.end(element, is_root=element is root)
        elif not renderer.start(element):
            walk.skip_subtree()
    renderer.break_line()
    return renderer.lines


class Renderer:
    """Collect lines while walking an element, without recursion, at any depth."""

    def __init__(self, left_out: frozenset[etree._Element], with_hidden: bool) -> None:
        self.left_out = left_out
        self.with_hidden = with_hidden
        self.lines: list[Line] = []
        self.pieces: list[str] = []
        self.has_plain_text = False
        self.links = 0
        self.preformatted = 0
        self.tables: list[Table] = []
        self.lists: list[NumberedList | None] = []
        # The lines outside the current cell, while those of the cell are collected.
        self.outer: list[list[Line]] = []
        self.skipped: set[etree._Element] = set()
        self.label = ""

    def start(self, element: etree._Element) -> bool:
        """Start an element; return whether to walk its content."""
        name = tag_of(element)
        style = element.get("style") or ""
        if element in self.left_out or name in NOT_TEXT:
            self.skipped.add(element)
            if name in BLOCKS:
                self.break_line()
            self.add_replaced(name, element)
            return False
        if not self.with_hidden and is_hidden(element, style):
            self.skipped.add(element)
            if HAN.search("".join(element.itertext())):
                self.pieces.append(HIDDEN)
            return False
        if is_note(element, style):
            self.skipped.add(element)
            self.pieces.append(LEFT_OUT)
            return False
        if name == "del":
            self.skipped.add(element)
            self.pieces.append(DELETION)
            return False
        self.open(name, element, style)
        if LIST_NUMBER_OF_WORD.search(style):
            # 一、 followed by spaces in another font size.
            self.pieces.append("".join("".join(element.itertext()).split()))
            self.has_plain_text = True
            self.skipped.add(element)
            return False
        self.add(element.text)
        return True

    def add_replaced(self, name: str, element: etree._Element) -> None:
        """Add what a form field says, and a mark for a frame or drawing, whose text is lost."""
        if element in self.left_out:
            return
        if self.has_plain_text and name in ("input", "select"):
            # A field without a label before it is one to search or log in.
            self.add(value_of(name, element))
            return
        shows_a_file = name in FRAMES and element.get(FRAMES[name])
        if shows_a_file or (name in DRAWINGS and HAN.search("".join(element.itertext()))):
            self.pieces.append(LEFT_OUT)

    def open(self, name: str, element: etree._Element, style: str) -> None:
        """Record the formatting that an element applies to its content."""
        if name in BLOCKS or name in ("td", "th", "br", "caption"):
            self.break_line()
        if name == "a":
            self.links += 1
        elif name == "img" and self.has_plain_text:
            # Within a line, a formula or a character; a photograph has a line of its own, an icon stands before text.
            self.pieces.append(LEFT_OUT)
        elif name == "ins":
            self.pieces.append(INSERTION_BEGINS)
        elif name in PREFORMATTED_TAGS or PREFORMATTED.search(style):
            self.preformatted += 1
        elif name in ("ol", "ul"):
            self.lists.append(list_of(element, style) if name == "ol" else None)
        elif name == "li":
            self.label = self.label_of(element)
        elif name == "table":
            self.tables.append(Table(first_line=len(self.lines)))
        elif name == "tr" and self.tables:
            self.tables[-1].start_row()
        elif name in ("td", "th") and self.tables:
            self.tables[-1].fill()
            self.outer.append(self.lines)
            self.lines = []

    def end(self, element: etree._Element, is_root: bool) -> None:
        """End an element, and add the text following it."""
        if element in self.skipped:
            self.skipped.discard(element)
        else:
            self.close(tag_of(element), element, element.get("style") or "")
        if not is_root:
            self.add(element.tail)

    def close(self, name: str, element: etree._Element, style: str) -> None:
        if name in BLOCKS or name in ("td", "th", "caption"):
            self.break_line()
        if name in STRIKING_TAGS or (style and STRIKING_STYLE.search(style)):
            self.pieces.append(STRUCK)
        if name == "a":
            self.links -= 1
        elif name == "ins":
            self.pieces.append(INSERTION_ENDS)
        elif name in PREFORMATTED_TAGS or PREFORMATTED.search(style):
            self.preformatted -= 1
        elif name in ("ol", "ul") and self.lists:
            self.lists.pop()
        elif name == "table" and self.tables:
            table = self.tables.pop()
            self.lines[table.first_line :] = table.by_column(self.lines[table.first_line :])
        elif name == "tr" and self.tables:
            self.lines += self.tables[-1].end_row()
        elif name in ("td", "th") and self.tables and self.outer:
            self.end_cell(element)

    def add(self, text: str | None) -> None:
        """Add text to the line, collapsing white space as a browser does."""
        if not text:
            return
        text = INVISIBLE.sub("", MARKS.sub("", text))
        if self.preformatted:
            *whole, text = text.replace("\r\n", "\n").split("\n")
            for line in whole:
                self.add_piece(line)
                self.break_line()
        else:
            text = BLANKS.sub(" ", text)
            if text.startswith(" ") and (not self.pieces or self.pieces[-1].endswith(" ")):
                text = text[1:]
        self.add_piece(text)

    def add_piece(self, text: str) -> None:
        if not text:
            return
        if self.label and text.strip():
            if not OWN_NUMBER.match(text):
                self.pieces.append(self.label)
            self.label = ""
        self.pieces.append(text)
        if not self.links and text.strip():
            self.has_plain_text = True

    def break_line(self) -> None:
        text = "".join(self.pieces).replace("\u00a0", " ").replace("\t", " ").strip(" \u3000")
        if text and MARKS.sub("", text):
            self.lines.append(Line(text, not self.has_plain_text))
        elif text and self.lines:
            # A mark for something left out between lines goes to the end of the preceding line.
            self.lines[-1] = self.lines[-1]._replace(text=self.lines[-1].text + text)
        self.pieces = []
        self.has_plain_text = False

    def label_of(self, item: etree._Element) -> str:
        numbered = self.lists[-1] if self.lists else None
        if numbered is None:
            return ""
        value = item.get("value") or ""
        if value.isascii() and value.isdigit() and len(value) < 6:
            numbered.next_number = int(value)
        number = numbered.next_number
        numbered.next_number += 1
        if numbered.numbering is None:
            return ""
        kind, suffix = numbered.numbering
        return NUMERALS[kind](number) + suffix

    def end_cell(self, cell: etree._Element) -> None:
        table, lines = self.tables[-1], self.lines
        self.lines = self.outer.pop()
        table.has_plain_text |= any(not line.is_link for line in lines)
        table.add([line.text for line in lines], span_of(cell, "rowspan"), span_of(cell, "colspan"))


def list_of(element: etree._Element, style: str) -> NumberedList:
    start = element.get("start") or ""
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
    chosen = LIST_STYLE.search(style)
    kind = chosen[1].lower() if chosen else element.get("type") or "1"
    return NumberedList(first, NUMBERINGS.get(kind))


def value_of(name: str, field: etree._Element) -> str:
    """Return the text that a form field shows."""
    if name == "input":
        return (field.get("value") or "") if (field.get("type") or "").lower() in TEXT_FIELDS else ""
    options = field.findall(".//option")
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    return "".join("".join(option.itertext()) for option in chosen)


def is_hidden(element: etree._Element, style: str) -> bool:
    return bool(
        element.get("hidden") is not None
        or (element.get("aria-hidden") or "").lower() == "true"
        or (style and HIDING_STYLE.search(style))
    )


def is_note(element: etree._Element, style: str) -> bool:
    """Return whether this is a footnote, or the mark that links to one."""
    return bool(
        NOTE_REFERENCE.match(element.get("href") or "")
        or NOTE_NAME.match(element.get("id") or "")
        or (style and FOOTNOTES_STYLE.search(style))
    )


def tag_of(element: etree._Element) -> str:
    """Return the tag name of an element in lower case."""
    return element.tag.lower() if isinstance(element.tag, str) else ""
