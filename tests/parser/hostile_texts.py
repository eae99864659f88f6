"""Runs every regular expression of the parser against texts made to slow it down; says which one it is at.

A program of its own, so that one that never ends can be ended from outside: see test_effort.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.parser.expressions import expressions

# At this length an expression whose effort grows with the third power does not end within the time of the test.
LENGTH = 2_000
BUILDING_BLOCKS = (
    "由", "、", "各", "《", "》", "（", "）", "〔字体〕", "第", "会", "会同", "商", "同意", "通过", "提请审议",
    "按程序", "单位", "部门", "代表", "县长", "局长", "公司", "人民政府", "市", "县委", "列席", "记", "月",
    "年底", "十", "1", "1.", "-", ">", "|", " ", "\n", "　", "会议", "主持", "在", "召开", "参加", "王岚、",
    "市住建局", "由市住建局会同", "以下简称", "办公室", "负责", "牵头", "配合", "印发", "&amp", "，。", "出 席",
    "责任单位：", "议题", "自", "内",
)  # fmt: skip


def hostile_texts() -> Iterator[str]:
    """Yield repetitions of one block: alone, after a prefix, with a bad end."""
    for block in BUILDING_BLOCKS:
        run = (block * LENGTH)[:LENGTH]
        yield run
        yield run + "\0"
        yield f"会议由{run}"
        yield f"（{run}）：{run[:40]}"


def main() -> None:
    texts = list(hostile_texts())
    for expression in expressions():
        print(expression.name, flush=True)
        for text in texts:
            expression.pattern.match(text)
            expression.pattern.fullmatch(text)
            if expression.is_searched:
                for _ in expression.pattern.finditer(text):
                    pass


if __name__ == "__main__":
    main()
