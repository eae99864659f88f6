"""Test minutes in a form, whose labels have no colon but a cell of their own."""

from minutes.parser.pipeline import parse

TEXT = "会议要求，局办公室要加强督促，确保整改到位。"


def parsed(*lines):
    return parse("\n".join(["岚峰市水务局局长办公会议纪要", *lines, "会议内容", "一、听取汛前检查情况的汇报", TEXT]))


def test_one_blank_between_cells_is_enough_as_pdf_files_have_it():
    found = parsed(
        "会议时间 2023年5月9日上午 会议地点 局三楼会议室",
        "主持人 温如松 记录人 苗青禾",
        "参会人员 温如松 项歌 易水寒",
    )

    assert (found.place.value, found.chair.name, found.recorder.value) == ("局三楼会议室", "温如松", "苗青禾")
    assert [each.name for each in found.attendance] == ["温如松", "项歌", "易水寒"]
    assert [item.title.value for item in found.items] == ["听取汛前检查情况的汇报"]


def test_values_have_the_spans_of_the_source():
    source = "岚峰市水务局局长办公会议纪要\n会议时间\t2023年5月9日\n会议地点\t局三楼会议室\n主 持 人\t温如松\n"
    found = parse(source)

    assert source[slice(*found.place.span)] == "局三楼会议室"
    assert source[slice(*found.chair.span)] == "温如松"


def test_fewer_labels_make_no_form():
    found = parsed("地点\t局三楼会议室", "主持人\t温如松")

    assert found.place is None


def test_the_head_of_a_table_is_no_label_with_a_value():
    found = parsed("时间\t地点\t主持人\t记录人", "5月9日\t局三楼会议室\t温如松\t苗青禾")

    assert (found.place, found.recorder) == (None, None)


def test_the_head_of_the_table_of_who_came_is_not_in_the_last_item():
    came = ["类别\t姓名\t单位及职务", "出席\t温如松\t局长", "列席\t程远帆\t局办公室主任"]
    found = parse("\n".join(["一、听取汛前检查情况的汇报", TEXT, *came]))

    assert [paragraph.text for item in found.items for paragraph in item.paragraphs] == [TEXT]
    assert [(each.role, each.name) for each in found.attendance] == [("present", "温如松"), ("in_attendance", "程远帆")]
