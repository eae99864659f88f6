"""Test properties of any text: spans, effect of noise, always a result."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes.parser.pipeline import parse
from minutes.parser.source_text import track
from minutes.parser.types import Field, ParsedMinutes, Passage, Span
from tests.parser.golden import FOLDER, TEXTS, reading_of

pytestmark = pytest.mark.slow


SAMPLES = sorted((FOLDER.parents[1] / "samples").glob("*.txt"))
EVERY_TEXT = [*TEXTS, *SAMPLES]


def plain(text: str) -> str:
    """Return the relevant characters: no spaces, no line breaks, one width."""
    return "".join(track("".join(text.split())).folded.split())


def found_in(parsed: ParsedMinutes) -> Iterator[tuple[str, str, Span]]:
    """Yield every text in the result with its kind and span."""

    def walk(name: str, value: Any) -> Iterator[tuple[str, str, Span]]:
        if isinstance(value, tuple) and not isinstance(value, Span):
            for inner in value:
                yield from walk(name, inner)
        elif isinstance(value, Field) and isinstance(value.value, str):
            yield name, value.value, value.span
        elif isinstance(value, Passage):
            yield name, value.text, value.span
        elif dataclasses.is_dataclass(value):
            span = getattr(value, "span", None)
            for part in dataclasses.fields(value):
                inner = getattr(value, part.name)
                if isinstance(inner, str) and span and part.name in ("text", "name", "marker"):
                    yield f"{name}.{part.name}", inner, span
                elif not isinstance(inner, (str, Span, int, bool, type(None), datetime.date)):
                    yield from walk(f"{name}.{part.name}", inner)

    for part in dataclasses.fields(parsed):
        if part.name != "problems":
            yield from walk(part.name, getattr(parsed, part.name))


# 常务（扩大）会议 is given under its common name, and a government without the 第N届 inside its name.
GIVEN_UNDER_ANOTHER_NAME = ("kind", "body")


@pytest.mark.parametrize("path", EVERY_TEXT, ids=lambda path: path.stem)
def test_every_span_gives_back_its_text(path: Path):
    text = path.read_text(encoding="utf-8")
    for name, value, span in found_in(parse(text)):
        if name in GIVEN_UNDER_ANOTHER_NAME:
            continue
        source = plain(text[span.start : span.end])
        # Page numbers and page headers that interrupt a passage lie inside its span without being part of it.
        assert is_what_remains(plain(value), source), (name, value)


def is_what_remains(part: str, whole: str) -> bool:
    """Return whether `part` is a subsequence of `whole`."""
    rest = iter(whole)
    return all(char in rest for char in part)


@pytest.mark.parametrize("path", EVERY_TEXT, ids=lambda path: path.stem)
def test_every_line_is_accounted_for_or_reported(path: Path):
    text = path.read_text(encoding="utf-8")
    spans = list(spans_in(parse(text)))
    start = 0
    lost = []
    for line in text.splitlines(keepends=True):
        start, end = start + len(line), start + len(line)
        content = plain(line)
        if re.fullmatch(r"[\W\d]*", content) or any(s.start < end and end - len(line) < s.end for s in spans):
            continue
        if not IS_FORM.search(content):
            lost.append(content)
    assert lost == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_line_that_belongs_nowhere_is_reported(path: Path):
    alien = "本栏由档案馆保管员填写"
    text = path.read_text(encoding="utf-8").rstrip() + f"\n{alien}\n"
    reported = [text[p.span.start : p.span.end] for p in parse(text).problems if p.code == "line-unaccounted"]
    assert alien in reported


# Titles, labels, a day said once more, and what a web site puts around the text carry no fact of their own.
IS_FORM = re.compile(
    r"纪要|文件$|次）?$|^[出席列请假]$|会议(?:召开)?$|主持(?:会议并讲话)?$|期）?$|^关于.*的(?:通知)?$|^内部资料$|^会议内容$|^单位姓名|^今天是|^走进|^（[〇一二三四五六七八九十\d年月日]+）$|办公室[〇一二三四五六七八九十\d年月日]+$|人民政府$|如下|以下"
    r"|^首页|[：:]|上一篇|下一篇|门户|无障碍|主题词|拟稿$|共印|打印|政务|页"
)


def spans_in(value: Any) -> Iterator[Span]:
    """Every span of a result."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from spans_in(inner)
    elif dataclasses.is_dataclass(value):
        for part in dataclasses.fields(value):
            yield from spans_in(getattr(value, part.name))


NOISE = st.sampled_from(
    ["blank lines", "full width", "half width", "padding", "carriage returns", "nul", "indent", "tabs"]
)


def with_noise(text: str, noise: str) -> str:
    if noise == "blank lines":
        return text.replace("\n", "\n\n")
    if noise == "full width":
        return text.translate({code: chr(code + 0xFEE0) for code in range(ord("0"), ord("9") + 1)})
    if noise == "half width":
        return text.translate({0xFF08: "(", 0xFF09: ")", 0xFF1A: ":", 0xFF1B: ";"})
    if noise == "padding":
        return re.sub(r"\n", "  \n", text)
    if noise == "indent":
        return re.sub(r"(?m)^(?=\S)", "\u3000\u3000", text)
    if noise == "tabs":
        return re.sub(r"(?<=\S) {2,}(?=\S)", "\t", text)
    if noise == "carriage returns":
        return text.replace("\n", "\r\n").replace("\r\n\r\n", "\n\r\n")
    return text.replace("。", "。\x00")


def facts(text: str) -> Any:
    """Return the reading with normalized width, to compare the content only."""
    return _folded(reading_of(text))


def _folded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _folded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_folded(inner) for inner in value]
    return plain(value) if isinstance(value, str) else value


@settings(max_examples=60, deadline=None)
@given(path=st.sampled_from(SAMPLES), noises=st.sets(NOISE, min_size=1, max_size=3))
def test_noise_changes_no_fact(path: Path, noises: set[str]):
    text = path.read_text(encoding="utf-8")
    noisy = text
    for noise in sorted(noises):
        noisy = with_noise(noisy, noise)
    assert facts(noisy) == facts(text)


@settings(max_examples=150, deadline=None)
@given(text=st.text())
def test_any_text_gives_a_result(text: str):
    assert isinstance(parse(text), ParsedMinutes)


FRAGMENTS = (
    "一、 （一） 1. （1） ① 《 》 （ ） 〔2021〕3号 第3次 常务会议 会议原则同意 由市水务局 会同 牵头 负责 。 ； ， 、"
    " ： 出席： 列席： 请假： 记录： 王岚 王  岚 市水务局沈一舟 的代表 2021年3月5日 3月5日 年底前 上午 主持召开"
    " 随后， 会上， 大会 听取并通过 会议应到3人。 参加会议。 等四项议题，并原则通过"
    " 以下简称 会议议定以下意见： 印发 整理 分送： \n \n\n \x00 &nbsp; — 2 — 局局局局 由由由 及及及"
)


@settings(max_examples=300, deadline=None)
@given(parts=st.lists(st.sampled_from(FRAGMENTS.split(" ")), max_size=80))
def test_any_heap_of_fragments_gives_a_result_with_true_spans(parts: list[str]):
    text = "".join(parts)
    parsed = parse(text)
    for name, value, span in found_in(parsed):
        assert 0 <= span.start <= span.end <= len(text), name
        if name not in GIVEN_UNDER_ANOTHER_NAME:
            assert is_what_remains(plain(value), plain(text[span.start : span.end])), (name, value)
    for problem in parsed.problems:
        assert problem.span is None or 0 <= problem.span.start <= problem.span.end <= len(text)
