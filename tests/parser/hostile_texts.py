"""Runs every regular expression of the parser against texts made to slow it down; says which one it is at.

A program of its own, so that one that never ends can be ended from outside: see test_effort.py.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import minutes.parser

LENGTH = 4_000
BUILDING_BLOCKS = (
    "由", "、", "各", "《", "》", "（", "）", "〔字体〕", "第", "会", "会同", "商", "同意", "通过", "提请审议",
    "按程序", "单位", "部门", "代表", "县长", "局长", "公司", "人民政府", "市", "县委", "列席", "记", "月",
    "年底", "十", "1", "1.", "-", ">", "|", " ", "\n", "　", "会议", "主持", "在", "召开", "参加", "王岚、",
    "市住建局", "由市住建局会同", "以下简称", "办公室", "负责", "牵头", "配合", "印发", "&amp", "，。", "出 席",
    "责任单位：", "议题", "自", "内",
)  # fmt: skip


def patterns() -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """Every compiled expression of the package, the name it is known by, and whether it is looked for anywhere."""
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(minutes.parser.__path__[0]).glob("*.py"))
    for found in pkgutil.iter_modules(minutes.parser.__path__):
        module = importlib.import_module(f"minutes.parser.{found.name}")
        for name, value in vars(module).items():
            # DATE_LINE.fullmatch(…): an expression that is only held against a text from its start.
            methods = set(re.findall(rf"\b{name}\.(\w+)\(", sources))
            is_searched = not methods <= {"match", "fullmatch"} or not methods
            for pattern in patterns_within(value):
                yield f"{found.name}.{name}", pattern, is_searched and pattern is value


def patterns_within(value: Any) -> Iterator[re.Pattern[str]]:
    """The expression itself, or those of a table, which are all held against a text from its start."""
    values = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
    yield from (inner for inner in values if isinstance(inner, re.Pattern))


def hostile_texts() -> Iterator[str]:
    """Runs of one building block, alone, behind a beginning that many expressions accept, and with a bad end."""
    for block in BUILDING_BLOCKS:
        run = (block * LENGTH)[:LENGTH]
        yield run
        yield run + "\0"
        yield f"会议由{run}"
        yield f"（{run}）：{run[:40]}"


def main() -> None:
    texts = list(hostile_texts())
    for name, pattern, is_searched in patterns():
        print(name, flush=True)
        for text in texts:
            pattern.match(text)
            pattern.fullmatch(text)
            if is_searched:
                for _ in pattern.finditer(text):
                    pass


if __name__ == "__main__":
    main()
