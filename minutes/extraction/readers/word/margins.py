"""Headers and footers of Word files: the head and the imprint of the minutes may stand there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.etree import _Element

from minutes.extraction.readers.marks import strip_marks
from minutes.extraction.readers.word.numbering import is_on, key
from minutes.extraction.readers.word.parts import DocxParts

# word/header1.xml, word/footer12.xml
NAME_OF_MARGIN = re.compile(r"word/(?:header|footer)\d{1,2}\.xml")
# 第3页, — 12 —, 3/8
PAGE_NUMBER = re.compile(r"[\s第页共\d/—–\-－·.]*")
# 抄送：市委办公室 · 报 送：市长 · 云川市人民政府办公室  2021年3月12日印发
IMPRINT = re.compile(r"(?:抄\s*[送报]|[分报主]\s*送|发\s*送)\s*[：:]|日\s*(?:印|编)\s*发")


@dataclass(slots=True)
class Margins:
    """Lines of headers and footers: before the text, after it, and in neither."""

    head: list[str] = field(default_factory=list)
    imprint: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read_margins(parts: DocxParts, body: _Element, lines_of: Callable[[_Element], list[str]]) -> Margins:
    """Read the header of the first page as head, and a footer with words of the imprint as imprint."""
    margins = Margins()
    first = first_header(parts, body)
    for name in sorted(name for name in parts.names if NAME_OF_MARGIN.fullmatch(name)):
        lines = [line for line in lines_of(parts.part(name)) if not PAGE_NUMBER.fullmatch(strip_marks(line))]
        if name == first:
            margins.head += lines
        elif "footer" in name and any(IMPRINT.search(line) for line in lines):
            margins.imprint += [line for line in lines if line not in margins.imprint]
        else:
            written = [" ".join(strip_marks(line).split()) for line in lines]
            margins.left_out += [line for line in written if line not in margins.left_out]
    return margins


def first_header(parts: DocxParts, body: _Element) -> str | None:
    """Return the name of the header that only the first page has, or None."""
    section = next(body.iter("{*}sectPr"), None)
    if section is None or not is_on(section.find("{*}titlePg")):
        return None
    relations = parts.beside_text("_rels/document.xml.rels")
    for reference in section.iterfind("{*}headerReference"):
        place = next((target for name, target in reference.items() if name.endswith("}id")), None)
        if key(reference, "type") == "first" and relations is not None:
            return next((f"word/{each.get('Target')}" for each in relations if each.get("Id") == place), None)
    return None
