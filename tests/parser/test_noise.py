"""Test that surroundings are recognized by position, and no line is lost."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

import pytest

from minutes.parser.pipeline import parse
from minutes.parser.types import ParsedMinutes
from tests.parser.golden import TEXTS, parsed_from

DANGEROUS = (Path(__file__).parent / "dangerous_lines.txt").read_text(encoding="utf-8").splitlines()
WRAP = 24
HEAD = (
    "云川市人民政府常务会议纪要\n〔2021〕5号\n\n"
    "2021年3月5日上午，市长王岚主持召开市政府第12次常务会议。会议议定以下意见：\n"
)
ITEM = "一、研究堤防加固工作\n会议原则同意。\n由市水务局负责，6月底前完成。\n"
END = "出席：王岚  沈一舟\n列席：市水务局林望\n记录：何青\n云川市人民政府办公室整理\n2021年3月9日\n"


def facts(parsed: ParsedMinutes) -> list[object]:
    """Return the fields of head, attendance and end, and the number of items."""
    head = [parsed.body, parsed.kind, parsed.number, parsed.doc_number, parsed.date, parsed.place, parsed.recorder]
    end = [parsed.compiled_by, parsed.compiled_on, parsed.issued_by, parsed.issued_on, parsed.disclosure]
    return [
        [field and field.value for field in (*head, *end)],
        parsed.chair and (parsed.chair.name, parsed.chair.title),
        [recipient.value for recipient in parsed.distribution],
        [item.title.value for item in parsed.items],
        [(one.role, one.name, one.organization, one.title) for one in parsed.attendance],
    ]


def text_of_items(parsed: ParsedMinutes) -> str:
    """Every paragraph of every item."""
    return "".join((each.marker or "") + each.text for item in parsed.items for each in item.paragraphs)


def places_within_items(lines: list[str], parsed: ParsedMinutes) -> list[int]:
    """Return the indexes of lines followed by another line of the same item.

    A further line may be inserted there.
    """
    ends = [0]
    for line in lines:
        ends.append(ends[-1] + len(line) + 1)
    places = []
    for item in parsed.items:
        # Behind each paragraph that is a line of its own and ends a sentence, but not behind the last of the text.
        for before, after in zip(item.paragraphs, item.paragraphs[1:], strict=False):
            index = next(i for i, end in enumerate(ends) if end > before.span.end - 1) - 1
            if after.span.start >= ends[index + 1] and lines[index].rstrip().endswith("。"):
                places.append(index)
    return places


@cache
def suitable_texts() -> list[tuple[list[str], list[int], ParsedMinutes]]:
    """Return the lines of each text, with the positions to insert lines into items, and what is parsed from it."""
    texts = ((path.read_text(encoding="utf-8").split("\n"), parsed_from(path)) for path in TEXTS)
    return [
        (lines, places, parsed) for lines, parsed in texts if len(places := places_within_items(lines, parsed)) >= 3
    ]


@pytest.mark.parametrize("seed", range(40))
def test_dangerous_lines_within_items_change_no_fact_and_are_kept(seed: int):
    draw = random.Random(seed)
    lines, possible, before = draw.choice(suitable_texts())
    planted = draw.sample(DANGEROUS, 8)
    if seed % 4 == 0:
        planted = planted[:2] * 4
    places = [draw.choice(possible) for _ in planted]
    written = list(lines)
    for place, line in sorted(zip(places, planted, strict=True), reverse=True):
        whole = line + "，并按月报告进展情况，确保各项任务落到实处。"
        broken = re.findall(f".{{1,{WRAP}}}", whole) if seed % 3 == 0 else [whole]
        written[place + 1 : place + 1] = broken
    after = parse("\n".join(written))

    kept = text_of_items(after)
    assert facts(after) == facts(before)
    assert [line for line in planted if without_sign(line) not in kept] == []
    assert after.noise == before.noise or {n.text for n in after.noise} == {n.text for n in before.noise}


def without_sign(line: str) -> str:
    """Return the line as in paragraphs: without spaces and list marker."""
    return re.sub(r"^[·★]|\s", "", line)


@pytest.mark.parametrize("line", DANGEROUS)
def test_a_dangerous_line_amid_an_item_stays_in_it(line: str):
    parsed = parse(f"{HEAD}{ITEM}{line}。\n由市财政局保障资金。\n二、研究排涝工作\n会议同意。\n{END}")

    assert without_sign(line) in text_of_items(parsed)
    assert [item.title.value for item in parsed.items] == ["研究堤防加固工作", "研究排涝工作"]
    assert [one.name for one in parsed.attendance] == ["王岚", "沈一舟", "林望"]
    assert parsed.compiled_on.value.isoformat() == "2021-03-09"
    assert parsed.noise == ()


def test_what_stands_at_page_breaks_is_noise_with_its_reason():
    head = "云川市人民政府常务会议纪要"
    parsed = parse(
        f"{HEAD}一、研究堤防加固工作\n会议原则同意，由市水务局\n— 1 —\n\f{head}\n负责。\n— 2 —\n\f{head}\n{END}"
    )

    assert parsed.items[0].paragraphs[0].text == "会议原则同意，由市水务局负责。"
    assert [(one.text, one.reason) for one in parsed.noise] == [
        ("—1—", "page-number"), (head, "running-head"), ("—2—", "page-number"), (head, "running-head"),
    ]  # fmt: skip


def test_a_line_that_repeats_within_items_stays():
    items = "".join(f"{number}、研究第{number}座桥\n由市住建局负责。\n" for number in "一二三四")
    parsed = parse(f"{HEAD}{items}{END}")

    assert [item.decisions[0].lead[0].value for item in parsed.items] == ["市住建局"] * 4


@pytest.mark.parametrize(
    "foot",
    [
        "相关文章",
        "主办单位：云川市人民政府办公室",
        "扫一扫在手机打开当前页",
        "【打印】【关闭】",
        "视频新闻：",
        "附件：任务清单.doc",
    ],
)
def test_the_foot_of_a_web_page_is_no_part_of_the_last_list(foot: str):
    parsed = parse(f"{HEAD}{ITEM}列席人员：市水务局林望  记者陈小平\n{foot}\n云川市召开防汛会议\n网站地图\n")

    assert [(one.reason) for one in parsed.noise] == ["web-foot"] * 3
    assert parsed.attendance[0].name == "林望"
    assert {one.name for one in parsed.attendance} <= {"林望", "陈小平"}


def test_a_page_without_a_list_ends_where_the_web_page_speaks():
    parsed = parse(f"{HEAD}{ITEM}主办单位：云川市人民政府办公室\n技术支持：云川信息公司\n")

    assert text_of_items(parsed) == "会议原则同意。由市水务局负责，6月底前完成。"
    assert [one.reason for one in parsed.noise] == ["web-foot", "web-foot"]


def test_a_numbered_line_of_an_item_is_no_opening():
    matters = "1. 资金：已拨付。\n2. 对口支援工作：已召开座谈会，梳理项目。\n3. 宣传：已部署。\n"
    parsed = parse(f"云川市人民政府市长办公会议纪要\n一、研究对口工作\n{matters}二、研究排涝\n会议同意。\n{END}")

    assert parsed.opening is None
    assert [each.marker for each in parsed.items[0].paragraphs] == ["1.", "2.", "3."]


def test_what_single_people_said_is_no_decision_and_no_run_on_line():
    parsed = parse(f"{HEAD}一、研究堤防工作\n沈一舟：同意\n林望副市长：原则上同意，建议尽快实施\n会议原则同意。\n{END}")

    assert [each.text for each in parsed.items[0].paragraphs] == [
        "沈一舟：同意", "林望副市长：原则上同意，建议尽快实施", "会议原则同意。",
    ]  # fmt: skip
    assert [decision.outcome.value for decision in parsed.items[0].decisions] == ["原则同意"]


def test_the_table_of_a_web_page_pasted_into_the_text():
    parsed = parse(
        "网站无障碍 适老版\n索引号 | 0000/2021-1 | 组配分类 | 常务会议 |\n---|---|---|---|\n"
        "发文日期 2021-03-08 成文日期 2021-03-08 发布机构 县政府办公室\n公开方式 主动公开 公开范围 面向社会\n"
        "来源：    时间：2021年03月08日    \n"
        "2021年3月5日，县长王岚主持召开县政府第12次常务会议。\n会议听取了防汛准备情况的汇报。\n"
    )

    assert {noise.reason for noise in parsed.noise} == {"web-head"}
    assert len(parsed.noise) == 6
    assert parsed.web_published_on.value.isoformat() == "2021-03-08"
    assert parsed.date.value.isoformat() == "2021-03-05"
    assert not {"line-unaccounted", "conflicting-dates"} & {problem.code for problem in parsed.problems}


def test_the_date_of_publication_stands_behind_others_in_its_row():
    parsed = parse(
        "索 引 号:0000/2021-1 | 主题分类:工作动态 | |\n文 号 | 成文日期:2021-03-08 | 发布日期:2021-03-09 |\n"
        "体 裁 | 生效日期 | 废止日期 |\n3月5日，县长王岚主持召开县政府第12次常务会议。\n会议听取了防汛情况汇报。\n"
    )

    assert [noise.reason for noise in parsed.noise] == ["web-head"] * 3
    assert (parsed.web_published_on.value.isoformat(), parsed.date.value.isoformat()) == ("2021-03-09", "2021-03-05")


def test_a_credit_behind_the_last_sentence_is_of_the_page():
    parsed = parse(
        "2021年3月5日，县长王岚主持召开县政府第12次常务会议。\n会议听取了防汛准备情况的汇报。\n"
        "县领导沈一舟、周禾参加会议。（县政府办供稿）\n"
    )

    assert [(noise.reason, noise.text) for noise in parsed.noise] == [("web-foot", "（县政府办供稿）")]
    assert [one.name for one in parsed.attendance] == ["沈一舟", "周禾"]


def test_the_foot_of_a_news_page_with_editors_and_comments():
    text = (
        "2021年3月5日，县长王岚主持召开县政府第12次常务会议。\n会议听取了防汛工作汇报，要求抓好值守。\n"
        "（县融媒体中心）\n（编辑：林望 审核：周禾）\n标签：\n评论一下\n评论 0人参与，0条评论\n最新评论\n"
    )
    parsed = parse(text)

    assert [paragraph.text for paragraph in parsed.items[0].paragraphs] == ["会议听取了防汛工作汇报，要求抓好值守。"]
    assert {noise.reason for noise in parsed.noise} == {"web-foot"}
    assert len(parsed.noise) == 6


@pytest.mark.parametrize("above", ["{day}\n{title}\n", "{title}\n{day}\n"])
def test_a_day_alone_as_programs_write_it_is_that_of_the_page(above: str) -> None:
    parsed = parse(
        above.format(day="2021/03/09", title="市长王岚主持召开市政府第12次常务会议")
        + "3月5日，市长王岚主持召开市政府第12次常务会议。会议听取了市水务局关于防汛的汇报。\n会议要求，抓好落实。"
    )
    assert (parsed.web_published_on.value.isoformat(), parsed.date.value.isoformat()) == ("2021-03-09", "2021-03-05")
    assert "line-unaccounted" not in [problem.code for problem in parsed.problems]


def test_a_day_alone_below_the_word_for_the_time_of_the_meeting_is_not_that_of_the_page():
    parsed = parse(
        "市长王岚主持召开市政府第12次常务会议\n会议时间\n2021-03-05\n"
        "3月5日，市长王岚主持召开市政府第12次常务会议。会议听取了市水务局关于防汛的汇报。\n会议要求，抓好落实。"
    )

    assert parsed.web_published_on is None


def test_a_button_above_the_text_begins_no_foot_that_swallows_it():
    parsed = parse(
        "第四届云川市规划委员会召开第一次会议\n来源：规划处 发布时间：2022-06-16 〔字号：打印 分享到：\n"
        "2022年6月13日上午，第四届云川市规划委员会第一次会议在市政府礼堂召开。\n本次会议审议了《云川市详细规划》。\n"
        "扫一扫在手机打开当前页\n"
    )

    assert [item.title.value for item in parsed.items] == ["审议《云川市详细规划》"]
    assert parsed.date.value.isoformat() == "2022-06-13"


@pytest.mark.parametrize("line", ["通讯员 沈一舟 2021年3月6日", "供稿：沈一舟、周禾", "记者 沈一舟"])
def test_who_wrote_the_page_is_no_paragraph(line: str):
    parsed = parse(f"{HEAD}会议研究了防汛工作。\n会议传达了省委会议精神。\n{line}\n")

    assert [n.reason for n in parsed.noise] == ["web-foot"]
    assert [len(item.paragraphs) for item in parsed.items] == [1, 1]


def test_who_checked_a_page_below_who_edited_it_is_of_the_page():
    text = "2021年3月5日，市长王岚主持召开市政府第12次常务会议。\n会议听取了市水务局关于防汛的汇报。\n"
    parsed = parse(f"{text}编辑：周禾\n林望 审核：沈一舟\n")

    assert [noise.reason for noise in parsed.noise] == ["web-foot"] * 3
    assert "web-words-within" not in [problem.code for problem in parsed.problems]


def test_who_checked_printed_minutes_is_of_the_minutes():
    text = (
        "云川市人民政府常务会议纪要\n2021年3月5日，市长王岚主持召开市政府第12次常务会议。\n一、研究防汛\n会议同意。\n"
    )
    parsed = parse(f"{text}出席：王岚  沈一舟\n审核：周禾\n")

    assert parsed.noise == ()


def test_who_reported_for_a_newspaper_is_of_the_page():
    text = (
        "2021年3月5日，县长王岚主持召开县政府第12次常务会议。\n会议听取了县水务局关于防汛的汇报。\n沈一舟出席会议。\n"
    )
    parsed = parse(f"{text}全媒体记者：周禾\n实习生：林望\n")

    assert [noise.reason for noise in parsed.noise] == ["web-foot"] * 2
