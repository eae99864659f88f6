"""The page of problems lists every code that the program gives, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes.parser.pipeline import parse
from minutes.parser.problems.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "problems.md").read_text(encoding="utf-8")
# Problem(code, …), problems.add(code, …)
GIVES_A_PROBLEM = ("Problem", "add")
# yield Problem("recognized-unsure", …
MAKES_PROBLEMS = re.compile(r"\b(?:Problem|problems\.add|self\.add)\(")
# date-missing
CODE = re.compile(r"[a-z]+(?:-[a-z]+)+")
HAN = re.compile(r"[\u4e00-\u9fff]")


def codes_given() -> set[str]:
    """Return the codes in the source.

    They are first arguments of calls, and first columns of tables.
    """
    codes = set()
    for path in (ROOT / "minutes").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)) if MAKES_PROBLEMS.search(source) else ():
            parts = parts_of(node)
            if parts and isinstance(parts[0], ast.Constant) and CODE.fullmatch(str(parts[0].value)):
                codes.add(parts[0].value)
    return codes


def parts_of(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", None))
        return node.args if name in GIVES_A_PROBLEM else []
    if isinstance(node, ast.Tuple):
        says_something = any(HAN.search(str(part.value)) for part in node.elts if isinstance(part, ast.Constant))
        return node.elts if says_something else []
    return []


def rows() -> Iterator[tuple[str, str]]:
    """Code and message of each row of the page."""
    # | `date-missing` | 没有读到会议日期，请在原文中查找并填写 | … | … |
    yield from re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \| [^|]+ \| [^|]+ \|$", PAGE, re.MULTILINE)


def test_every_code_is_documented_once_and_no_other():
    documented = [code for code, _ in rows()]

    assert sorted(documented) == sorted(codes_given())
    assert sorted(documented) == sorted(KINDS)


# A text for each code that a text alone can raise; the head and the end of otherwise whole minutes.
HEAD = "云川市人民政府常务会议纪要\n第12次\n"
OPENING = "2021年3月5日上午，市长王岚主持召开市政府第12次常务会议。会议议定以下意见：\n"
ITEM = "一、审议《云川市公交管理办法》\n会议原则同意《云川市公交管理办法》，由市交通局按程序印发。\n"
CAME = "出席：王岚  沈一舟\n"
TEXTS = {
    "body-inferred": OPENING.replace("12次", "13次")
    + "一、审议《云川市节水条例》\n会议同意。\n出席：王岚\n列席：云川市水务局林望\n",
    "body-inferred-from-text": OPENING + "一、审议《云川市节水条例》\n会议同意，在云川老城先行。\n" + CAME,
    "body-uncertain": OPENING + "一、审议《云川市节水条例》\n会议同意。\n" + CAME,
    "body-missing": OPENING + ITEM.replace("《云川市公交管理办法》", "《公交管理办法》") + CAME,
    "kind-missing": "2021年3月5日，市长王岚主持召开第12次会议。\n" + ITEM + CAME,
    "number-missing": "2021年3月5日，市长王岚主持召开专题会议。\n" + ITEM + CAME,
    "date-missing": "县长王岚主持召开县政府第12次常务会议。\n" + ITEM + CAME,
    "date-uncertain": "5日上午，县长王岚主持召开县政府第12次常务会议。\n" + ITEM + CAME,
    "date-without-year": "3月5日上午，县长王岚主持召开县政府第12次常务会议。\n" + ITEM + CAME,
    "conflicting-dates": HEAD + OPENING + ITEM + CAME + "云川市人民政府办公室 2021年3月1日印发\n",
    "conflicting-numbers": HEAD.replace("12", "11") + OPENING + ITEM + CAME,
    "chair-missing": HEAD + "2021年3月5日上午，召开市政府第12次常务会议。\n" + ITEM + CAME,
    "several-chairs": HEAD + OPENING.replace("主持召开", "、副市长沈一舟共同主持召开") + ITEM + CAME,
    "items-missing": HEAD + CAME,
    "several-meetings": HEAD
    + OPENING
    + ITEM
    + CAME
    + HEAD.replace("12", "13")
    + OPENING.replace("12次", "13次")
    + ITEM,
    "agenda-unmatched": HEAD + "议题：\n一、研究节水\n二、研究公交\n" + OPENING + ITEM + CAME,
    "item-number-gap": HEAD + OPENING + ITEM + "三、审议《云川市节水条例》\n会议原则同意。\n" + CAME,
    "task-without-actor": HEAD + OPENING + ITEM.replace("由市交通局", "") + CAME,
    "title-derived": HEAD + OPENING + "一、会议听取了市水务局关于防汛准备情况的汇报。会议要求，加强巡查。\n" + CAME,
    "title-from-speech": HEAD + OPENING.replace("会议议定以下意见：", "") + "会议强调，要加强巡查，压实责任。\n" + CAME,
    "opening-item-missing": HEAD + OPENING.replace("会议议定", "审议了《云川市节水条例》。会议议定") + ITEM + CAME,
    "table-unread": HEAD + OPENING + ITEM + "名称\t金额\t来源\n水泵\t20万元\t市财政\n" + CAME,
    "item-from-opening": "2021年3月5日，王岚主持召开云川市政府第12次常务会议，听取防汛准备情况汇报，审议有关文件。\n"
    "会议审议了《云川市公交管理办法》。会议强调，要优化线路。\n",
    "unknown-action": HEAD + OPENING + "一、票决民生实事项目\n会议原则同意。\n" + CAME,
    "unknown-outcome": HEAD + OPENING + ITEM.replace("原则同意", "暂不同意") + CAME,
    "deadline-unresolved": HEAD + OPENING + ITEM.replace("印发。", "印发，汛期前完成整改。") + CAME,
    "attendance-missing": HEAD + OPENING + ITEM,
    "name-unclear": HEAD + OPENING + ITEM + "出席：王岚、沈一舟、X\n",
    "damaged-characters": HEAD + OPENING + ITEM.replace("会议原则", "锟斤拷锟斤拷原则") + CAME,
    "unknown-character": HEAD + OPENING + ITEM + CAME.replace("沈一舟", "赵\ue863峰"),
    "reversed-writing": HEAD + OPENING + ITEM.replace("会议原则", "会议\u202e原则") + CAME,
    "web-words-within": HEAD + OPENING + ITEM + "扫一扫在手机打开当前页\n" + ITEM.replace("一、", "二、") + CAME,
    "line-unaccounted": HEAD + OPENING + ITEM + CAME + "云川市人民政府办公室整理\n本栏由保管员填写\n",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_raises_its_problem_in_the_words_of_the_page(code: str):
    messages = [problem.message for problem in parse(TEXTS[code]).problems if problem.code == code]

    shapes = dict(rows())[code].split(" · ")
    patterns = [".+".join(map(re.escape, shape.split("…"))) for shape in shapes]
    assert messages
    assert all(any(re.fullmatch(pattern, message) for pattern in patterns) for message in messages)


def test_what_raises_problems_raises_no_other_than_it_means_to():
    whole = HEAD + OPENING + ITEM + CAME

    assert parse(whole).problems == ()


def test_every_problem_of_the_parser_has_its_text():
    first_table = PAGE.split("\n## ")[1]

    assert set(re.findall(r"^\| `([a-z-]+)`", first_table, re.MULTILINE)) == set(TEXTS)
