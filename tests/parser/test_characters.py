"""Variants of one character are one character, and no character is lost."""

import pytest

from minutes.fold import fold
from minutes.parser.pipeline import parse
from minutes.parser.vocabulary.characters import MATCHING, canonical, matching_form

HEAD = "云川市人民政府常务会议纪要\n2021年3月5日，市长王岚主持召开市政府第12次常务会议。会议议定以下意见：\n"
ITEM = "一、研究堤防加固工作\n会议原则同意。\n"


def test_the_matching_form_keeps_the_number_of_characters():
    assert all(len(form) == 1 for form in MATCHING.values())
    assert all(len(matching_form(form)) == 1 for form in [*map(chr, range(0x3400, 0xA000)), *MATCHING.values()])
    assert all(matching_form(chr(code)) == matching_form(form) for code, form in MATCHING.items() if form != ".")


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("云川市路网规划（2021—2025年）", "云川市路网规划(2021-2025年)"),
        ("云川市路网规划（2021–2025年）", "云川市路网规划（2021―2025年）"),
        ("古丽．买买提", "古丽·买买提"),
        ("古丽•买买提", "古丽・买买提"),
        ("⻓⻛⻘", "长风青"),
        ("隆\uf9dc", "隆隆"),
        ("葛\U000e0100城", "葛城"),
    ],
)
def test_names_and_titles_that_differ_in_variants_are_one_everywhere(written: str, other: str):
    assert canonical(written) == canonical(other)
    assert fold(written) == fold(other)


def test_a_hyphen_between_years_is_a_dash():
    assert canonical("云川市路网规划（2021-2025年）") == "云川市路网规划（2021—2025年）"


def test_a_dash_between_letters_and_a_full_stop_stay():
    assert canonical("APEC-A平台") == "APEC-A平台"
    assert matching_form("努力.由市财政局") == "努力.由市财政局"


@pytest.mark.parametrize("dot", "．•・‧∙·")
def test_a_dot_within_a_name_whatever_its_form(dot: str):
    parsed = parse(
        f"{HEAD.replace('王岚', f'艾山{dot}买买提')}{ITEM}出席：艾山{dot}买买提  沈一舟\n列席：市民委古丽{dot}阿不都\n"
    )

    assert (parsed.chair.name, parsed.chair.title) == ("艾山·买买提", "市长")
    assert [one.name for one in parsed.attendance] == ["艾山·买买提", "沈一舟", "古丽·阿不都"]


def test_characters_that_python_does_not_know_are_kept_and_reported():
    parsed = parse(f"{HEAD}{ITEM}列席：市交通局林\U0002ebf0  市财政局周禾  市水务局赵\ue863峰\n")

    assert [(one.name, one.organization) for one in parsed.attendance] == [
        ("林\U0002ebf0", "市交通局"),
        ("周禾", "市财政局"),
        ("赵\ue863峰", "市水务局"),
    ]
    unknown = [problem for problem in parsed.problems if problem.code == "unknown-character"]
    assert [problem.message[1] for problem in unknown] == ["\U0002ebf0", "\ue863"]


def test_radicals_of_a_pdf_font_are_read_as_the_ideographs():
    parsed = parse(f"{HEAD}{ITEM}列席：市⽔务局赵⻓⻛  市财政局⻢青\n".replace("人民", "人⺠"))

    assert parsed.body.value == "云川市人民政府"
    assert [(one.name, one.organization) for one in parsed.attendance] == [("赵长风", "市水务局"), ("马青", "市财政局")]


def test_a_year_with_a_digit_amid_numerals_is_read_whole():
    parsed = parse(f"{HEAD}{ITEM.replace('同意。', '同意，由市水务局负责，二0二二年6月30日前完成。')}出席：王岚\n")

    assert [each.date.isoformat() for each in parsed.items[0].decisions[0].deadlines] == ["2022-06-30"]


def test_a_text_in_traditional_characters_is_read_as_one_in_simplified_and_quoted_as_written():
    text = (
        "雲川市人民政府常務會議紀要\n2021年3月5日，市長王嵐主持召開市政府第12次常務會議。會議議定以下意見：\n"
        "一、審議《雲川市節水條例》\n會議原則同意該條例，由副市長陳立牽頭，市水務局修改完善後印發。\n"
        "出席：王嵐  沈一舟\n列席：周禾\n"
    )
    parsed = parse(text)
    (item,) = parsed.items
    (decision,) = item.decisions
    (task,) = item.tasks

    assert (parsed.body.value, parsed.kind.value, parsed.chair.name) == ("雲川市人民政府", "常务会议", "王嵐")
    assert [(one.role, one.name) for one in parsed.attendance] == [
        ("present", "王嵐"), ("present", "沈一舟"), ("in_attendance", "周禾"),
    ]  # fmt: skip
    assert [document.title for document in item.documents] == ["雲川市節水條例"]
    assert (decision.outcome.value, decision.next_step.value) == ("原則同意", "印發")
    assert [(actor.role, actor.name) for actor in task.actors] == [("leader", "陳立"), ("lead", "市水務局")]
    assert parsed.problems == ()
