"""Read a .docx as displayed: numbered paragraphs, tables, text boxes.

Tracked deletions are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.readers.marks import (
    COMMENT,
    DELETION,
    HIDDEN,
    INSERTION_BEGINS,
    INSERTION_ENDS,
    LEFT_OUT,
    STRUCK,
    SYMBOL,
    clean,
    resolve_marks,
    strip_marks,
)
from minutes.extraction.readers.tables import columns_of_names, is_repeated, row_lines
from minutes.extraction.readers.word.fields import form_field, is_page_number, text_of_code
from minutes.extraction.readers.word.formulas import FORMULAS, MATHEMATICS, before_part, mark_of_formula
from minutes.extraction.readers.word.margins import Margins, read_margins
from minutes.extraction.readers.word.numbering import Numbering, is_on, key, number, value
from minutes.extraction.readers.word.parts import DocxParts
from minutes.extraction.readers.word.symbols import symbol, with_symbols
from minutes.extraction.results import Extraction, Progress
from minutes.extraction.sandbox.confinement import Limits
from minutes.parser.types import Problem

WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VML = "{urn:schemas-microsoft-com:vml}"
# Diagrams and charts, whose text is in other parts of the file.
DRAWINGS_ELSEWHERE = (
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
)
# Text of a shape pasted from a presentation.
TEXT_OF_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
# Elements that represent one character or none.
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "commentReference": COMMENT}
REMOVED = ("del", "moveFrom")
ADDED = ("ins", "moveTo")
# Field codes (PAGE), phonetic guides and properties are not text.
NOT_TEXT = ("instrText", "delInstrText", "rt", "pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr", "sectPr")
NOT_READ = ("footnoteReference", "endnoteReference", "altChunk", "subDoc", "object")


def read_docx(content: bytes, limits: Limits, progress: Progress) -> Extraction:
    """Return the text of a .docx, and its problems."""
    parts = DocxParts(content, limits.file_bytes)
    body = parts.part(parts.text_name()).find("{*}body")
    if body is None:
        raise UnreadableText("Word 文件里没有正文。请用 Word 打开后另存为 .docx，再提交。")
    numbering = Numbering(parts.beside_text("numbering.xml"), parts.beside_text("styles.xml"))
    margins = read_margins(parts, body, Reader(Numbering(None, None)).lines)
    found = resolve_marks("\n".join([*margins.head, *Reader(numbering).lines(body), *margins.imprint]) + "\n")
    if not found.text.strip():
        raise UnreadableText("Word 文件里没有文字，也许只有图片。请另存为 PDF，按扫描件提交。")
    problems = (*found.problems, *numbering_problems(numbering), *margin_problems(margins))
    return Extraction(found.text, problems)


def numbering_problems(numbering: Numbering) -> Iterator[Problem]:
    if numbering.unknown_kinds:
        kinds = "、".join(sorted(clean(kind)[:40] for kind in numbering.unknown_kinds)[:5])
        message = f"自动编号的样式（{kinds}）无法还原，已改用阿拉伯数字，请与原件核对。"
        yield Problem("word-numbering", message, None)
    if numbering.has_lost_signs:
        message = "自动编号后的标点在文件里已丢失（“?”），已改用“、”，请与原件核对。"
        yield Problem("word-numbering", message, None)


def margin_problems(margins: Margins) -> Iterator[Problem]:
    if margins.left_out:
        message = f"页眉或页脚中的文字未收入正文，请核对是否需要：{'；'.join(margins.left_out)[:200]}"
        yield Problem("word-left-out", message, None)


class Reader:
    """Walk the document in order, and return its lines with marks."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        # Of the current field; Word writes it in several pieces.
        self.field_code = ""
        self.hidden_styles = {name for name in numbering.styles if numbering.hides_text(name)}

    def lines(self, container: _Element) -> list[str]:
        """Return the lines of the paragraphs and tables in a body, cell or text box."""
        lines: list[str] = []
        begun = ""
        for block, added in self.blocks(container):
            if word_name(block) == "p" and has_lost_its_end(block):
                before, text, after = self.paragraph(block)
                lines += [*before, *after]
                begun += text
                continue
            found = self.lines_of(block, begun)
            begun = ""
            lines += [INSERTION_BEGINS + line + INSERTION_ENDS for line in found] if added else found
        return [*lines, begun] if begun else lines

    def blocks(self, container: _Element, added: bool = False) -> Iterator[tuple[_Element, bool]]:
        """Yield each block, with whether it is a tracked insertion.

        Blocks are paragraphs, tables and what is left out.
        """
        for child in container:
            name = word_name(child)
            if name in ("p", "tbl", *REMOVED, *NOT_READ) or child.tag in FORMULAS:
                yield child, added
            elif (chosen := chosen_alternative(child)) is not None:
                yield from self.blocks(chosen, added)
            elif name not in NOT_TEXT:
                yield from self.blocks(child, added or name in ADDED)

    def lines_of(self, block: _Element, begun: str) -> list[str]:
        """Return the lines of a block.

        `begun` is the text of preceding paragraphs whose ends were deleted.
        """
        name = word_name(block)
        if name == "p":
            before, text, after = self.paragraph(block)
            if is_page_number(block, text):
                return [*before, *([begun] if begun else []), *after]
            return [*before, *(self.numbering.label_of(block) + begun + text).split("\n"), *after]
        if block.tag in FORMULAS:
            lines = ["".join(piece for piece in self.inline(block) if isinstance(piece, str))]
        elif name == "tbl":
            lines = self.table(block)
        elif name in NOT_READ:
            lines = [LEFT_OUT]
        else:
            lines = [DELETION] if contains_text(block) else []
        return [begun, *lines] if begun else lines

    def paragraph(self, paragraph: _Element) -> tuple[list[str], str, list[str]]:
        """Return the text of a paragraph, between the lines of anchored text boxes.

        The boxes are those at its beginning and at its end.
        """
        pieces: list[str] = []
        before: list[str] = []
        after: list[str] = []
        for piece in self.inline(paragraph):
            if isinstance(piece, str):
                pieces.append(piece)
            else:
                (after if strip_marks("".join(pieces)).strip() else before).extend(self.lines(piece))
        return before, "".join(pieces), after

    def inline(self, element: _Element) -> Iterator[str | _Element]:
        """Yield text with marks, and the content of text boxes where it occurs."""
        for child in element:
            name = word_name(child)
            if name == "t":
                yield clean(with_symbols(child.text or "", font_of(element)))
            elif name == "sym":
                yield symbol(key(child, "font") or "", number_of(key(child, "char"))) or f"□{SYMBOL}"
            elif name == "fldChar":
                yield form_field(child)
                yield self.field_part(child)
            elif name == "instrText":
                self.field_code += child.text or ""
            elif name == "fldSimple":
                yield text_of_code(key(child, "instr") or "")
                yield from self.inline(child)
            elif child.tag == f"{VML}textpath":
                yield clean(child.get("string") or "")
            elif child.tag in DRAWINGS_ELSEWHERE or (child.tag == TEXT_OF_DRAWING and child.text):
                yield LEFT_OUT
            elif name == "sdt" and is_on(child.find("{*}sdtPr/{*}showingPlcHdr")):
                continue
            elif name in SIGNS:
                yield SIGNS[name]
            elif name in NOT_READ:
                yield LEFT_OUT
            elif name in REMOVED:
                if contains_text(child):
                    yield DELETION
            elif name == "r" and self.is_hidden(child):
                if contains_text(child):
                    yield HIDDEN
            elif name == "txbxContent":
                yield child
            elif name in ADDED:
                yield INSERTION_BEGINS
                yield from self.inline(child)
                yield INSERTION_ENDS
            elif (chosen := chosen_alternative(child)) is not None:
                yield from self.inline(chosen)
            elif name not in NOT_TEXT:
                yield before_part(child)
                yield from self.inline(child)
                yield STRUCK if is_struck(child) else mark_of_formula(child)

    def field_part(self, limit: _Element) -> str:
        """Return what the code of a field adds to the text, where the code ends."""
        code, self.field_code = self.field_code, ""
        return "" if key(limit, "fldCharType") == "begin" else text_of_code(code)

    def is_hidden(self, run: _Element) -> bool:
        """Return whether a run is hidden: by itself, its style, or the style of its paragraph."""
        own = run.find("{*}rPr/{*}vanish")
        if own is not None or not self.hidden_styles:
            return is_on(own)
        paragraph = next(run.iterancestors("{*}p"))
        styles = (run.find("{*}rPr/{*}rStyle"), paragraph.find("{*}pPr/{*}pStyle"))
        return any(value(style) in self.hidden_styles for style in styles)

    def table(self, table: _Element) -> list[str]:
        """Return a tab-separated line for each row; running text as paragraphs."""
        lines: list[str] = []
        rows: list[list[list[str]]] = []
        # By column: the content of a merged cell for each row it spans.
        merged: dict[int, list[str]] = {}
        for row in parts_of(table, "tr"):
            properties = row.find("{*}trPr")
            if properties is not None and properties.find("{*}del") is not None:
                lines.append(DELETION)
                continue
            rows.append(list(self.cells(row, merged)))
            found = row_lines(rows[-1])
            if properties is not None and properties.find("{*}ins") is not None:
                found = [INSERTION_BEGINS + line + INSERTION_ENDS for line in found]
            lines += found
        is_changed = any(DELETION in line or INSERTION_BEGINS in line for line in lines)
        return (not is_changed and columns_of_names(rows)) or lines

    def cells(self, row: _Element, merged: dict[int, list[str]]) -> Iterator[list[str]]:
        """Yield the lines of each cell; vertically merged cells repeat the one above."""
        column = number(value(row.find("{*}trPr/{*}gridBefore"))) or 0
        for cell in parts_of(row, "tc"):
            spans = cell.find("{*}tcPr/{*}vMerge")
            is_deleted = cell.find("{*}tcPr/{*}cellDel") is not None
            lines = [DELETION] if is_deleted else [line for line in self.lines(cell) if line.strip()]
            if spans is not None and value(spans) != "restart" and not lines:
                lines = merged.get(column, [])
            elif spans is not None:
                said = [strip_marks(line) for line in lines]
                merged[column] = said if is_repeated(said) else []
            yield lines
            column += number(value(cell.find("{*}tcPr/{*}gridSpan"))) or 1


def font_of(run: _Element) -> str:
    """Return the font of a run if it is a symbol font, else ""."""
    fonts = run.find("{*}rPr/{*}rFonts")
    return "" if fonts is None else key(fonts, "ascii") or key(fonts, "hAnsi") or ""


def number_of(written: str | None) -> int:
    """Return the value of a hexadecimal number, or 0 if invalid."""
    try:
        return int(written or "", 16)
    except ValueError:
        return 0


def parts_of(parent: _Element, name: str) -> Iterator[_Element]:
    """Yield rows or cells, including those in content controls.

    Rows of a nested table are not.
    """
    for child in parent:
        if word_name(child) == name:
            yield child
        elif word_name(child) in ("sdt", "sdtContent", "customXml", *ADDED):
            yield from parts_of(child, name)


def is_struck(run: _Element) -> bool:
    """Return whether a run with text has a line through it."""
    properties = run.find("{*}rPr") if word_name(run) == "r" else None
    if properties is None or not any(is_on(properties.find(f"{{*}}{name}")) for name in ("strike", "dstrike")):
        return False
    return contains_text(run)


def chosen_alternative(element: _Element) -> _Element | None:
    """Return one version of content that Word wrote for new and for old programs."""
    if element.tag != f"{COMPATIBILITY}AlternateContent":
        return None
    versions = [each for name in ("Choice", "Fallback") for each in element.iterfind(f"{COMPATIBILITY}{name}")]
    return next((each for each in versions if contains_text(each)), versions[0] if versions else None)


def has_lost_its_end(block: _Element) -> bool:
    """Return whether a paragraph mark is deleted, joining it with the next one."""
    properties = block.find("{*}pPr/{*}rPr")
    return properties is not None and any(properties.find(f"{{*}}{name}") is not None for name in REMOVED)


def contains_text(element: _Element) -> bool:
    return any(each.text and each.text.strip() for each in element.iter("{*}t", "{*}delText"))


def word_name(element: _Element) -> str:
    """Return the local name of a Word element (p, r, t), or "" for another namespace."""
    for namespace in (*WORD, MATHEMATICS):
        if element.tag.startswith(namespace):
            return element.tag[len(namespace) :]
    return ""
