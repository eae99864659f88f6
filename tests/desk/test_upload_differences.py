"""Test the comparison of two files of one meeting."""

import pytest

from desk.uploads.differences import MAX_LINES, differences


def shown(row):
    """Return a row as text, with differences in brackets."""
    return [
        "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in side) for side in (row.old, row.new)
    ]


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        ("由市水利局会同", "由市水务局会同", ["由市水[利]局会同", "由市水[务]局会同"]),
        ("由市水利局", "由市水利局负责", ["由市水利局", "由市水利局[负责]"]),
        ("啊啊", "啊啊啊", ["啊啊", "啊啊[啊]"]),
        ("出席", "", ["[出席]", ""]),
        ("", "列席", ["", "[列席]"]),
    ],
)
def test_what_differs_within_a_line_is_marked(old, new, row):
    found = differences(f"会议纪要\n{old}\n记录", f"会议纪要\n{new}\n记录")

    assert found.count == 1
    assert [shown(each) for each in found.rows] == [["会议纪要"] * 2, row, ["记录"] * 2]


def test_blank_lines_and_blanks_around_lines_are_no_difference():
    assert differences("一\n\n二", "  一\r\n二\n").count == 0


def test_of_many_lines_alike_only_those_beside_a_difference_are_shown():
    alike = [f"第{number}段" for number in range(10)]

    found = differences("\n".join(alike), "\n".join([*alike, "附件"]))

    assert [(row.kind, row.left_out) for row in found.rows] == [
        ("same", 0),
        ("left_out", 8),
        ("same", 0),
        ("new", 0),
    ]


def test_very_long_texts_are_compared_as_far_as_is_said():
    long = "\n".join(f"第{number}段" for number in range(MAX_LINES + 1))

    assert differences(long, "短").cut_off
    assert not differences("短", "长").cut_off
