"""Test that parsing takes linear time, whatever the text."""

import subprocess
import sys
from pathlib import Path

import pytest

from minutes.parser.pipeline import parse
from minutes.parser.source_text import Tracked
from tests.parser.expressions import expressions

pytestmark = pytest.mark.slow


ROOT = Path(__file__).resolve().parents[2]
# Far longer than the whole takes: an expression that backtracks without end does not end in any time.
GUARD_SECONDS = 240

PAGE = "".join(
    f"（{number}）市水务局要加强巡查，由市应急局会同市财政局、市住建局于2021年6月底前完成《云川市防汛预案》（以下简称《预案》）修订，"
    "提请市委常委会审议。\n会议要求，各县区、各部门要压实责任，务必于年底前完成整改。\n"
    for number in range(1, 7)
)
HEAD = (
    "云川市人民政府常务会议纪要\n第12次\n2021年3月5日上午，市长王岚主持召开市政府第12次常务会议。会议议定以下意见：\n"
)
NAMES = "市教育局祝向舟  市工信局邬维舟  县长林望、副县长周禾，汪  岳\n"

# What may be long in a text, and how it looks once. The number of pages is the number of repetitions.
LONG = {
    "items": lambda pages: HEAD + "一、审议《云川市防汛预案》\n" + PAGE * pages,
    "one paragraph": lambda pages: HEAD + "一、审议《云川市防汛预案》\n会议指出，" + PAGE.replace("\n", "") * pages,
    "attendance": lambda pages: HEAD + "一、审议《云川市防汛预案》\n会议原则同意。\n列席：" + NAMES * 5 * pages,
    "units without names": lambda pages: HEAD + "列席：" + "市教育局、市工信局、" * 20 * pages,
    "titles without names": lambda pages: HEAD + "列席：" + "副县长、县委常委、" * 20 * pages + "王岚",
    "end": lambda pages: (
        HEAD + "一、审议《预案》\n会议同意。\n记录：王岚\n分送：市委办，\n" + "各县区人民政府，\n" * 20 * pages
    ),
    "head": lambda pages: "本栏由保管员填写\n云川市人民政府公报\n" * 20 * pages + HEAD,
    "opening": lambda pages: HEAD.replace("会议。", "会议，审议《甲》。" + "研究了《云川市防汛预案》、" * 20 * pages),
    "no line breaks": lambda pages: HEAD.replace("\n", "") + PAGE.replace("\n", "") * pages,
    "brackets": lambda pages: HEAD + "一、审议" + "《" * 200 * pages + "》",
    "a list of one character": lambda pages: HEAD + "列席：" + "市" * 600 * pages,
    "lines of one character": lambda pages: "云\n" * 200 * pages,
    "one character": lambda pages: "云" * 1000 * pages,
    "page breaks": lambda pages: HEAD + f"一、审议《预案》\n会议同意。\n— 1 —\n\f{HEAD}" * 10 * pages,
    "foot of a web page": lambda pages: HEAD + "一、审议《预案》\n会议同意。\n" + "相关链接\n" * 100 * pages,
    "attendance in sentences": lambda pages: (
        HEAD + "一、审议《预案》\n会议同意。\n" + "王岚、沈一舟出席会议；周禾列席。" * 30 * pages
    ),
    "blanks": lambda pages: HEAD + "出席：" + " " * 1000 * pages + "王岚",
}


class Effort:
    """Counters of function calls, and of characters copied into substrings."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        cut = Tracked.__getitem__

        def counted_cut(text: Tracked, part: slice) -> Tracked:
            copy = cut(text, part)
            self.count += len(copy)
            return copy

        monkeypatch.setattr(Tracked, "__getitem__", counted_cut)

    def of_reading(self, text: str) -> int:
        self.count = 0
        sys.setprofile(self.note)
        try:
            parse(text)
        finally:
            sys.setprofile(None)
        return self.count

    def note(self, _frame: object, event: str, _argument: object) -> None:
        if event in ("call", "c_call"):
            self.count += 1


@pytest.mark.parametrize("what", LONG)
def test_four_times_the_text_takes_four_times_the_effort(what: str, monkeypatch: pytest.MonkeyPatch):
    effort = Effort(monkeypatch)
    short, long = LONG[what](6), LONG[what](24)
    parse(short)  # what the parser loads on first use counts for neither

    # Quadratic work would grow by 16; a part of it that is small so far would still show against 4 and a bit.
    assert effort.of_reading(long) <= 4.4 * effort.of_reading(short)


def test_three_hundred_pages_are_read_whole():
    parsed = parse(LONG["items"](300))

    assert parsed.number.value == 12
    assert len(parsed.items[0].paragraphs) >= 300
    assert parsed.items[0].decisions[0].lead[0].value == "市应急局"


def test_no_expression_backtracks_without_end():
    command = [sys.executable, "-m", "tests.parser.hostile_texts"]
    try:
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=GUARD_SECONDS)
    except subprocess.TimeoutExpired as expired:
        reached = (expired.stdout or b"").decode().split()
        pytest.fail(f"{reached[-1] if reached else 'the program'} does not come to an end")

    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == [expression.name for expression in expressions()]
