"""Tables of an OFD file are read by their cells, as those of a PDF."""

from itertools import pairwise

import pytest

from minutes.extraction.read_file import read_file
from tests.extraction.ofd_files import SIZE, ofd, text_object

pytestmark = pytest.mark.slow

LEFT, TOP, ROW, PADDING = 20, 60, 20, 1.5
WIDTHS = [20, 45, 60, 40]
ROWS = [
    ["序号", "议题", "议定意见", "责任单位"],
    ["1", "审议节水办法草案", "原则同意，由市水利局修改后按程序印发。", "市水利局、市发展和改革委员会"],
    ["2", "听取防汛情况汇报", "原则同意。", "市应急局"],
]


def line(x1, y1, x2, y2):
    """Return a line whose coordinates begin at the corner of its boundary."""
    return (
        f'<ofd:PathObject Boundary="{x1} {y1} {max(x2 - x1, 0.2)} {max(y2 - y1, 0.2)}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>M 0 0 L {x2 - x1} {y2 - y1}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def frame(x1, y1, x2, y2):
    """Return a rectangle as one closed path."""
    width, height = x2 - x1, y2 - y1
    data = f"M 0 0 L {width} 0 L {width} {height} L 0 {height} C"
    return (
        f'<ofd:PathObject Boundary="{x1} {y1} {width} {height}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def edges(widths):
    return [LEFT + sum(widths[:place]) for place in range(len(widths) + 1)]


def rules(rows, widths):
    xs, bottom = edges(widths), TOP + ROW * len(rows)
    across = [line(xs[0], TOP + ROW * place, xs[-1], TOP + ROW * place) for place in range(len(rows) + 1)]
    return "".join([*across, *(line(x, TOP, x, bottom) for x in xs)])


def frames(rows, widths):
    xs = edges(widths)
    places = [(x1, TOP + ROW * y, x2, TOP + ROW * (y + 1)) for y in range(len(rows)) for x1, x2 in pairwise(xs)]
    return "".join(frame(*place) for place in places)


def texts(rows, widths):
    found = ""
    for y, row in enumerate(rows):
        for x, width, text in zip(edges(widths), widths, row, strict=False):
            most = int((width - 2 * PADDING) // SIZE)
            lines = [text[at : at + most] for at in range(0, len(text), most)]
            found += "".join(
                text_object(part, x + PADDING, TOP + ROW * y + 6 * (1 + place)) for place, part in enumerate(lines)
            )
    return found


@pytest.mark.parametrize("borders", [rules, frames])
def test_a_table_is_read_row_by_row_between_the_lines_around_it(borders):
    above = text_object("2021年3月5日，市长沈知远主持召开会议。", 20, 40)
    below = text_object("出席：沈知远", 20, TOP + ROW * 3 + 15)
    found = read_file("a.ofd", ofd([below + texts(ROWS, WIDTHS) + borders(ROWS, WIDTHS) + above]))

    assert found.extraction.text.split("\n") == [
        "2021年3月5日，市长沈知远主持召开会议。",
        *("\t".join(row) for row in ROWS),
        "出席：沈知远",
        "",
    ]
    assert [item.title.value for item in found.parsed.items] == [ROWS[1][1], ROWS[2][1]]


def test_a_table_drawn_in_a_template_is_read_by_its_cells():
    found = read_file("a.ofd", ofd([texts(ROWS, WIDTHS)], template=rules(ROWS, WIDTHS)))

    assert found.extraction.text.split("\n")[0] == "\t".join(ROWS[0])


def test_bold_type_that_is_drawn_twice_is_read_once():
    twice = texts(ROWS, WIDTHS) + texts(ROWS, WIDTHS).replace('X="0"', 'X="0.3"')

    assert read_file("a.ofd", ofd([twice + rules(ROWS, WIDTHS)])).extraction.text.split("\n")[0] == "\t".join(ROWS[0])


@pytest.mark.parametrize("data", ["", "M", "M a b L c d", "L 1", "M 0 0 Q 1 1 9 9 C", "M 1e999 0 L 0 1e999"])
def test_paths_that_are_no_lines_leave_the_text_as_it_is(data):
    path = f'<ofd:PathObject Boundary="0 0 x"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'

    assert read_file("a.ofd", ofd([text_object("会议原则同意。", 20, 40) + path])).extraction.text == "会议原则同意。\n"
