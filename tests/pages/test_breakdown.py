"""The breakdown table of a meeting as a page, as a workbook and as a document: one table in three forms."""

import datetime
import io

import openpyxl
import pytest
from docx import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from tests.pages.factory import keep_meeting
from tests.pages.reading import read
from tests.pages.stories import FLOODS, TALK

HEADINGS = ["序号", "议题", "议定事项（原文）", "责任领导", "牵头单位", "配合单位", "完成时限", "原文位置"]
TITLE = "云川市人民政府第88次常务会议议定事项分解表"
INSPECT = [
    "由副市长陈立牵头，市水务局会同市气象局做好汛期预报，6月底前完成险工险段排查。",
    "副市长陈立",
    "市水务局",
    "市气象局",
    "6月底前\n2020年6月30日",
]


@pytest.fixture
def meeting(db):
    return keep_meeting(number=88, date=datetime.date(2020, 4, 10), items=(FLOODS, TALK))


@pytest.fixture
def sheet(client, meeting):
    response = client.get(f"/meetings/{meeting.pk}/tasks.xlsx")
    return openpyxl.load_workbook(io.BytesIO(response.content)).active


@pytest.fixture
def document(client, meeting):
    return WordDocument(io.BytesIO(client.get(f"/meetings/{meeting.pk}/tasks.docx").content))


def test_the_page_holds_every_task_with_its_place_in_the_text(client, meeting):
    text = read(client.get(f"/meetings/{meeting.pk}/tasks/")).text
    source = meeting.source.text
    start = source.index(INSPECT[0])

    assert TITLE in text
    for cell in INSPECT:
        for line in cell.splitlines():
            assert line in text
    assert f"第{start}—{start + len(INSPECT[0])}字" in text
    assert "（纪要没有写明由谁办理什么。）" in text, "an item without tasks is not left out"


def test_the_workbook_has_a_title_a_head_and_merged_cells_for_each_item(sheet):
    assert sheet["A1"].value == TITLE
    assert [cell.value for cell in sheet[3]] == HEADINGS
    assert [cell.value for cell in sheet[5]][2:7] == INSPECT
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert merged == {"A1:H1", "A2:H2", "A4:A8", "B4:B8"}
    assert (sheet["A4"].value, sheet["A9"].value) == ("1", "2")


def test_the_workbook_is_laid_out_for_a4_landscape(sheet):
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet["C5"].alignment.wrap_text


def test_a_row_is_tall_enough_for_its_text(sheet):
    # The longest task has 133 characters, of which a line of that column takes some 17.
    assert sheet.row_dimensions[8].height >= 7 * 15


def test_the_document_is_landscape_with_a_repeated_head_and_merged_cells(document):
    section, table = document.sections[0], document.tables[0]
    assert document.paragraphs[0].text == TITLE
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
    assert [cell.text for cell in table.rows[0].cells] == HEADINGS
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in table.rows[2].cells][2:7] == INSPECT
    assert table.cell(1, 1)._tc is table.cell(5, 1)._tc
    assert table.cell(1, 1).text == FLOODS.title


def test_the_files_are_called_like_the_table(client, meeting):
    response = client.get(f"/meetings/{meeting.pk}/tasks.xlsx")
    assert "attachment" in response["Content-Disposition"]
    assert "%E5%88%86%E8%A7%A3%E8%A1%A8.xlsx" in response["Content-Disposition"]
