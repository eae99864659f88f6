"""Tables of a PDF are read by their cells: the rules of the table say where these are."""

from collections import Counter
from itertools import zip_longest

import pytest

from minutes.extraction.read_file import read_file
from tests.extraction.documents import drawn_lines, pdf_with, stream

pytestmark = pytest.mark.slow

SIZE, PADDING, LEFT, TOP = 12, 5, 72, 700


def wrapped(text, width):
    """Return the lines of a cell as Word breaks them; a line break in the text begins a paragraph."""
    most = int((width - 2 * PADDING) // SIZE)
    return [part[at : at + most] for part in text.split("\n") for at in range(0, max(len(part), 1), most)]


def written(text, x, y):
    return b"BT /F1 %d Tf 1 0 0 1 %d %d Tm <%b> Tj ET\n" % (SIZE, x, y, text.encode("utf-16-be").hex().encode())


def stroked(left, bottom, right, top):
    """Return the border of a cell as one stroked rectangle."""
    return b"%d %d %d %d re S\n" % (left, bottom, right - left, top - bottom)


def filled(left, bottom, right, top):
    """Return the border of a cell as Word draws it: thin filled rectangles, one for each side."""
    sides = [(left, bottom, 1, top - bottom), (right, bottom, 1, top - bottom)]
    sides += [(left, bottom, right - left, 1), (left, top, right - left, 1)]
    return b"".join(b"%d %d %d %d re\n" % side for side in sides) + b"f\n"


def table(widths, rows, border=stroked, top=TOP):
    """Return the drawing commands for a table; a cell is its text, or (text, columns, rows) that it spans."""
    commands, taken = b"", set()
    texts = [[cell if isinstance(cell, tuple) else (cell, 1, 1) for cell in row] for row in rows]
    heights = [
        18 * max(len(wrapped(text, widths[0] * 2)) + text.count("\n") + 2 for text, _, _ in row) for row in texts
    ]
    for place, row in enumerate(texts):
        column = 0
        for text, columns, down in row:
            while (place, column) in taken:
                column += 1
            left, right = LEFT + sum(widths[:column]), LEFT + sum(widths[: column + columns])
            upper, lower = top - sum(heights[:place]), top - sum(heights[: place + down])
            commands += border(left, lower, right, upper)
            for number, line in enumerate(wrapped(text, right - left), start=1):
                commands += written(line, left + PADDING, upper - number * SIZE * 1.4)
            taken |= {(place + y, column + x) for x in range(columns) for y in range(down)}
            column += columns
    return commands


def read(*commands, **others):
    return read_file("a.pdf", pdf_with(stream(b"\n".join(commands)), **others))


DECISIONS = [
    ["序号", "议题", "议定意见", "责任单位", "完成时限"],
    [
        "1",
        "审议云川市节水办法",
        "原则同意，由市水利局修改完善后按程序印发。",
        "市水利局、市发展和改革委员会",
        "12月底前",
    ],
    ["2", "听取防汛情况的汇报", "原则同意。要抓好隐患排查。", "市应急局", "6月底前"],
]
HEAD = drawn_lines(["云川市人民政府常务会议纪要", "2021年3月5日，市长沈知远主持召开市政府第12次常务会议。"])


@pytest.mark.parametrize("border", [stroked, filled])
def test_a_table_of_decisions_is_read_row_by_row(border):
    reading = read(HEAD, table([40, 90, 150, 90, 70], DECISIONS, border))

    assert reading.extraction.text.split("\n")[2:] == ["\t".join(row) for row in DECISIONS]
    assert reading.extraction.problems == ()
    assert [item.title.value for item in reading.parsed.items] == [DECISIONS[1][1], DECISIONS[2][1]]
    actors = [actor.name for task in reading.parsed.items[0].tasks for actor in task.actors]
    assert actors == ["市水利局", "市发展和改革委员会"]


def test_a_form_is_read_by_labels_and_values():
    people = "市发改委闵怀远 市水利局贾子昂 市应急局应连胜 市住房和城乡建设局林子涵 市农业农村局王岚"
    matters = "一、审议云川市节水办法\n会议原则同意。由市水利局会同市财政局根据本次会议讨论的意见修改完善后按程序印发。"
    rows = [
        ["会议时间", "2021年3月5日上午", "会议地点", "市政府办公楼三楼第二会议室"],
        ["主持人", "沈知远市长", "记录人", "侯鹤鸣"],
        ["列席人员", (people, 3, 1)],
        ["会议内容", (matters, 3, 1)],
    ]
    reading = read(table([70, 120, 70, 120], rows))

    assert reading.extraction.text.split("\n") == [
        *("\t".join(row) for row in rows[:2]),
        f"列席人员\t{people}",
        "会议内容",
        *matters.split("\n"),
    ]
    assert (reading.parsed.place.value, reading.parsed.recorder.value) == (rows[0][3], "侯鹤鸣")
    assert [each.name for each in reading.parsed.attendance] == ["闵怀远", "贾子昂", "应连胜", "林子涵", "王岚"]


def test_a_cell_that_spans_rows_is_repeated_in_each():
    rows = [["类别", "姓名"], [("出席", 1, 2), "沈知远"], ["陆岚"]]

    assert read(table([60, 100], rows)).extraction.text == "类别\t姓名\n出席\t沈知远\n出席\t陆岚"


def test_columns_of_attendance_are_read_one_after_the_other():
    rows = [["出席", "列席"], ["沈知远", "市发改委闵怀远"], ["陆岚", "市水利局贾子昂"]]
    reading = read(HEAD, table([150, 150], rows))

    assert reading.extraction.text.split("\n")[2:] == [name for column in zip(*rows, strict=True) for name in column]


def test_columns_of_attendance_without_rules_are_found_by_their_positions():
    left = ["出席", "沈知远 市长", "陆岚 常务副市长", "", "记录：侯鹤鸣"]
    right = ["列席人员", "闵怀远 市发改委主任", "贾子昂 市水利局局长", "应连胜 市应急局局长"]
    rows = zip_longest(left, right, fillvalue="")
    drawn = [
        written(text, x, 650 - 20 * place)
        for place, row in enumerate(rows)
        for text, x in zip(row, (72, 300), strict=True)
        if text
    ]
    reading = read(HEAD, *drawn)

    assert reading.extraction.text.split("\n")[2:] == [*left[:3], *right, left[4]]
    assert [(each.role, each.name) for each in reading.parsed.attendance] == [
        *(("present", name) for name in ("沈知远", "陆岚")),
        *(("in_attendance", name) for name in ("闵怀远", "贾子昂", "应连胜")),
    ]


def test_a_list_below_two_labels_that_is_not_in_columns_is_left_as_it_is():
    lines = ["出席 列席", "沈知远、陆岚、市发改委闵怀远、市水利局贾子昂、市应急局应连胜。"]

    assert read(drawn_lines(lines)).extraction.text.split("\n") == lines


def test_a_short_line_ends_a_paragraph_and_a_full_one_does_not():
    names = "沈知远\n陆岚\n市住房和城乡建设局林子涵"

    assert read(table([70, 90], [["出席", names]])).extraction.text == "出席\t沈知远  陆岚  市住房和城乡建设局林子涵"


def test_rules_open_at_the_sides_are_a_table():
    """Tables of statistics have rules between columns, and none on the left and right."""
    rules = b"".join(b"72 %d m 230 %d l S\n" % (y, y) for y in (700, 660, 620)) + b"172 620 m 172 700 l S\n"
    texts = [("事项", 80, 680), ("责任单", 180, 685), ("位", 180, 668), ("编制预案", 80, 640), ("市水利局", 180, 640)]

    text = read(rules, *(written(*each) for each in texts)).extraction.text

    assert text == "事项\t责任单位\n编制预案\t市水利局"


def test_rows_without_rules_between_them_are_read_row_by_row():
    rows = [["序号", "姓名", "单位"], ["1\n2\n3", "闵怀远\n贾子昂\n应连胜", "市发改委\n市水利局\n市应急局"]]

    text = read(table([50, 100, 120], rows)).extraction.text

    assert text == "序号\t姓名\t单位\n1\t闵怀远\t市发改委\n2\t贾子昂\t市水利局\n3\t应连胜\t市应急局"


@pytest.mark.parametrize("label", ["出\n席\n人", "出席\n人员"])
def test_a_label_in_several_lines_is_one_cell(label):
    text = read(table([50, 120], [[label, "沈知远\n陆岚\n贺明舟"]])).extraction.text

    assert text.split("\t")[1] == "沈知远  陆岚  贺明舟"


def test_a_frame_and_underlines_are_no_table():
    """A red line below the head, a frame around the page and lines to write on."""
    lines = ["云川市人民政府文件", "会议议定：", "出席：沈知远  陆岚"]
    drawn = b"50 50 500 760 re S 72 770 m 500 770 l S 72 740 m 200 740 l S\n"

    assert read(drawn, drawn_lines(lines)).extraction.text.split("\n") == [*lines[:2], "出席：沈知远 陆岚"]


def test_a_drawing_that_is_no_table_loses_no_character():
    """Boxes joined by lines, between which areas are no rectangles."""
    boxes = b"72 600 80 40 re S 252 600 80 40 re S 72 500 260 40 re S 152 620 m 252 620 l S 112 540 m 112 600 l S\n"
    texts = [("县委", 80, 615), ("县政府", 260, 615), ("各乡镇人民政府", 100, 515), ("说明：上下级关系", 170, 570)]

    found = read(boxes, *(written(*each) for each in texts)).extraction

    assert Counter("".join(found.text.split())) >= Counter("".join(text for text, _, _ in texts))


def test_a_table_with_a_rule_missing_is_a_problem():
    rules = (
        b"72 560 240 120 re S 152 560 m 152 680 l S 232 600 m 232 680 l S 72 640 m 312 640 l S 72 600 m 232 600 l S\n"
    )
    texts = [(f"第{y}行{x}列", 80 + 80 * x, 655 - 40 * y) for y in range(3) for x in range(3)]

    found = read(rules, *(written(*each) for each in texts)).extraction

    assert Counter("".join(found.text.split())) == Counter("".join(text for text, _, _ in texts))
    assert [each.code for each in found.problems] == ["table-unread"]


def test_squared_paper_is_read_in_time():
    lines = b"".join(
        b"%d 0 m %d 800 l 0 %d m 590 %d l S\n" % (place, place, place, place) for place in range(0, 590, 4)
    )

    assert read(lines, drawn_lines(["会议议定："])).extraction.text == "会议议定："


def test_a_table_that_reaches_the_frame_of_its_page_is_read_by_cells():
    """A table that continues on the next page ends at the frame that is drawn around each page."""
    frame = b"40 538 515 280 re S\n"
    rows = [["事项", "责任单位"], ["编制预案", "市水利局"], ["修复堤防", "市财政局"]]

    found = read(frame, drawn_lines(["会议议定："]), table([80, 100], rows)).extraction

    assert found.text.split("\n") == ["会议议定：", *("\t".join(row) for row in rows)]
    assert found.problems == ()


def test_tables_stand_between_the_lines_around_them():
    below = written("散会后印发。", 72, 300)
    other = table([70, 100], [["期限", "6月底前"], ["单位", "市水利局"]], top=420)

    text = read(HEAD, table([70, 100], [["事项", "编制预案"], ["单位", "市应急局"]]), other, below).extraction.text

    assert text.split("\n")[2:] == [
        "事项\t编制预案",
        "单位\t市应急局",
        "期限\t6月底前",
        "单位\t市水利局",
        "散会后印发。",
    ]


WIDTHS = [40, 90, 150, 90, 70]


@pytest.mark.parametrize("head", [DECISIONS[:1], []])
def test_a_row_that_the_end_of_a_page_has_cut_is_joined(head):
    """The text that is left stands in a row of the next page, below the head if that is repeated."""
    cut = [*DECISIONS[:1], [*DECISIONS[1][:2], DECISIONS[1][2][:11], *DECISIONS[1][3:]]]
    rest = [["", "", DECISIONS[1][2][11:], "", ""], DECISIONS[2]]
    pages = [table(WIDTHS, cut) + written("— 1 —", 280, 60), table(WIDTHS, [*head, *rest])]
    found = read_file("a.pdf", pdf_with(*map(stream, pages))).extraction

    joined = ["\t".join(row) for row in DECISIONS]
    assert found.text.split("\n") == [*joined[:2], "— 1 —", *joined[: len(head)], joined[2]]


def test_a_row_below_a_short_line_is_a_row_of_its_own():
    """A cell that spans rows is empty on the next page, and the name beside it is another one."""
    pages = [
        table([60, 100], [["类别", "姓名"], ["出席", "沈知远"]]),
        table([60, 100], [["", "陆岚"], ["列席", "闵怀远"]]),
    ]
    found = read_file("a.pdf", pdf_with(*map(stream, pages))).extraction

    assert found.text == "类别\t姓名\n出席\t沈知远\n陆岚\n列席\t闵怀远"


def test_a_table_with_other_columns_is_another_table():
    pages = [table([60, 100], [["事项", "编制预案编制预"]]), table([60, 90], [["", "案"]])]
    found = read_file("a.pdf", pdf_with(*map(stream, pages))).extraction

    assert found.text == "事项\t编制预案编制预\n案"


def test_the_value_of_a_form_field_is_in_its_cell():
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(t)/V<feff%b>/Rect[150 685 240 697]/P 4 0 R/F 4>>"
    content = pdf_with(
        stream(table([70, 100], [["记录人", ""], ["主持人", "沈知远"]])),
        extra=[field % "侯鹤鸣".encode("utf-16-be").hex().encode()],
    )
    content = content.replace(b"/Type/Catalog", b"/Type/Catalog/AcroForm<</Fields[6 0 R]>>")
    content = content.replace(b"/Type/Page/", b"/Annots[6 0 R]/Type/Page/")

    assert read_file("a.pdf", content).extraction.text == "记录人\t侯鹤鸣\n主持人\t沈知远"
