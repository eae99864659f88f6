"""The breakdown table as a Word document, A4 landscape, with repeated header."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from open_data.spreadsheets import for_xml
from pages.tasks.breakdown import COLUMNS, HEAD_GREY, Breakdown, BreakdownGroup

A4 = (Cm(29.7), Cm(21.0))
TEXT_FONT, HEADING_FONT, TITLE_FONT = "仿宋", "黑体", "方正小标宋简体"


def document_of(breakdown: Breakdown) -> bytes:
    """Return the .docx file."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = Cm(1.7)
    section.top_margin = section.bottom_margin = Cm(1.8)
    number_pages(section.footer.paragraphs[0])
    write(document.add_paragraph(), breakdown.title, TITLE_FONT, 18, centred=True)
    write(document.add_paragraph(), breakdown.subtitle, TEXT_FONT, 11, centred=True)
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    write_head(table)
    for group in breakdown.groups:
        write_group(table, group)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def write_head(table: Table) -> None:
    """Set the widths and write the header row."""
    for column, (_, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = Cm(width)
    row = table.rows[0]
    for cell, (heading, width) in zip(row.cells, COLUMNS, strict=True):
        cell.width = Cm(width)
        fill(cell, heading, HEADING_FONT, centred=True)
        shade(cell)
    add_property(row, "w:tblHeader")


def write_group(table: Table, group: BreakdownGroup) -> None:
    """Write the rows of an item; the cells of its number and title are merged."""
    rows = []
    for each in group.rows:
        row = table.add_row()
        # Rows must not break across pages, as a torn row is worse than a gap.
        add_property(row, "w:cantSplit")
        rows.append(row.cells)
        for number, (cell, text, (_, width)) in enumerate(
            zip(row.cells, ("", "", *each.cells), COLUMNS, strict=True), start=1
        ):
            cell.width = Cm(width)
            if number > 2:
                fill(cell, text, centred=number != 3)
    for column, text in enumerate((group.number, group.title)):
        fill(rows[0][column].merge(rows[-1][column]), text, centred=column == 0)


def shade(cell: _Cell) -> None:
    """Shade a cell grey like the header of the workbook."""
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", HEAD_GREY)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def fill(cell: _Cell, text: str, font: str = TEXT_FONT, *, centred: bool) -> None:
    """Write a text into a cell, with one paragraph per line."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for extra in cell.paragraphs[1:]:
        extra._element.getparent().remove(extra._element)
    first, *others = text.split("\n")
    write(cell.paragraphs[0], first, font, 10.5, centred=centred)
    for line in others:
        write(cell.add_paragraph(), line, font, 10.5, centred=centred)


def write(paragraph: Paragraph, text: str, font: str, size: float, *, centred: bool) -> None:
    run = paragraph.add_run(for_xml(text))
    run.font.name, run.font.size = font, Pt(size)
    # The font of Chinese characters is a separate setting in Word.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def add_property(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def number_pages(paragraph: Paragraph) -> None:
    """Write — 1 — at the bottom of every page, as a page number field."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._element.append(field)
    paragraph.add_run(" —")
