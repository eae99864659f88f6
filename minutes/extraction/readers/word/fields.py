"""Fields of Word files, whose text Word computes or a person chooses: page numbers, dates, check boxes."""

from __future__ import annotations

import re

from lxml.etree import _Element

from minutes.extraction.readers.marks import COMPUTED, FORMULA, clean, strip_marks
from minutes.extraction.readers.word.margins import PAGE_NUMBER
from minutes.extraction.readers.word.numbering import is_on, key, number, value

# PAGE \* MERGEFORMAT · NUMPAGES (PAGEREF, of a table of contents, refers to another page)
PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.I)
# DATE \@ "yyyy年M月d日" (SAVEDATE and PRINTDATE change as well; CREATEDATE does not)
DATE_FIELD = re.compile(r"\s*(?:DATE|TIME|SAVEDATE|PRINTDATE)\b", re.I)
# EQ \o\ac(○,印) · eq \s\up 5(上) (characters arranged within each other)
ARRANGED_FIELD = re.compile(r"\s*EQ\b", re.I)
SWITCH_OF_ARRANGED = re.compile(r"\\[a-z]+\s*\d*|[(),;]", re.I)


def text_of_code(code: str) -> str:
    """Return what the code of a field adds to the text: a mark, or characters that are nowhere else."""
    if DATE_FIELD.match(code):
        return COMPUTED
    if arranged := ARRANGED_FIELD.match(code):
        return "".join(SWITCH_OF_ARRANGED.sub("", clean(code[arranged.end() :])).split()) + FORMULA
    return ""


def form_field(start: _Element) -> str:
    """Return the displayed value of a check box or list, which is not in the text."""
    box = start.find("{*}ffData/{*}checkBox")
    if box is not None:
        checked = box.find("{*}checked")
        return "☑" if is_on(checked if checked is not None else box.find("{*}default")) else "□"
    choices = start.find("{*}ffData/{*}ddList")
    if choices is None:
        return ""
    chosen = choices.find("{*}result")
    place = number(value(chosen if chosen is not None else choices.find("{*}default"))) or 0
    entries = [value(entry) or "" for entry in choices.iterfind("{*}listEntry")]
    return clean(entries[place]) if place < len(entries) else ""


def is_page_number(paragraph: _Element, text: str) -> bool:
    """Return whether a paragraph has the number of its page, which Word computes, and nothing else."""
    codes = [code.text or "" for code in paragraph.iter("{*}instrText")]
    simple = [key(field, "instr") or "" for field in paragraph.iter("{*}fldSimple")]
    is_computed = any(PAGE_FIELD.match(code) for code in ("".join(codes), *simple))
    return is_computed and PAGE_NUMBER.fullmatch(strip_marks(text)) is not None
