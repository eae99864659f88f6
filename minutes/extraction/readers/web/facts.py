"""Metadata of a web page: its table, the line below the title, meta elements."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from lxml import etree

from minutes.extraction.results import WebFacts

MAX_VALUE = 200
# The labels of each field as offices write them, compared without spaces.
LABELS = {
    "title": ("标题", "名称", "信息名称", "文件名称", "公文名称"),
    "index_number": ("索引号", "信息索引号", "索取号"),
    "issuer": (
        "发文机关", "发文单位", "发文机构", "发布机构", "发布单位", "制发机关", "制文机关", "公开主体", "公开责任部门",
    ),
    "doc_number": ("文号", "发文字号", "文件编号", "发文文号"),
    "written_on": ("成文日期", "成文时间", "生成日期", "生成时间"),
    "issued_on": ("印发日期", "印发时间", "发文日期", "发文时间"),
    "published_on": (
        "发布日期", "发布时间", "信息时间", "公开日期", "公开时间", "上网日期", "发稿时间", "更新时间", "发表时间",
    ),
    "source": ("来源", "信息来源", "稿件来源", "文章来源"),
    "topic": ("主题分类", "信息分类", "分类", "主题", "体裁分类", "组配分类"),
    "validity": ("有效性", "效力状态", "有效状态", "时效性", "是否有效"),
}  # fmt: skip
# Other labels in the same places, of no use here.
OTHER_LABELS = (
    "浏览次数", "浏览量", "点击数", "点击量", "点击率", "点击次数", "阅读次数", "阅读量", "访问量", "访问次数",
    "字号", "字体", "字体大小", "视力保护色", "保护视力色", "作者", "编辑", "责任编辑", "审核", "撰稿", "签发",
    "主题词", "关键词", "关键字", "废止日期", "失效日期", "失效时间", "生效日期", "实施日期", "有效期",
    "公开方式", "公开形式", "公开范围", "公开属性", "内容概述", "信息格式", "语种", "体裁", "服务对象",
    "分享", "分享到", "发布人", "所属栏目", "栏目",
)  # fmt: skip
NAME_OF_LABEL = {label: name for name, labels in LABELS.items() for label in labels} | dict.fromkeys(OTHER_LABELS, "")
WRITTEN = "|".join(r"[ \u3000]*".join(label) for label in sorted(NAME_OF_LABEL, key=len, reverse=True))
# 索 引 号： · 成文日期 and a cell behind it · 【发布时间】2024-05-06
LABEL = re.compile(rf"(?:^|(?<=[\s　|｜\t【\[（(]))(?P<label>{WRITTEN})[ \u3000]*(?:[：:】\]]|(?=\t)|$)")
# 2024-05-06 10:11 · 2024年5月6日
DATE = re.compile(r"(?P<year>(?:19|20)\d\d)[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})")
# 2024-05-06 10:11:12 · 2024/5/6 · 2024年05月06日 09:30 · 时间：2024-05-06
# (A date in Chinese characters without a time may be that of the meeting.)
TIMESTAMP = re.compile(
    r"(?:时间|日期)?[：:]?\s*(?:\d{4}([-/.])\d{1,2}\1\d{1,2}(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|\d{4}年\d{1,2}月\d{1,2}日\s*\d{1,2}:\d{2}(?::\d{2})?)"
)
# 时间：2024-05-06 来源：云川市人民政府办公室
TIMESTAMP_OF_INFO = re.compile(rf"{TIMESTAMP.pattern}\s*[\s|｜　]\s*(?={WRITTEN})")
# Names of the standard for government sites, and of common systems.
META_NAMES = {
    "articletitle": "title",
    "pubdate": "published_on",
    "publishdate": "published_on",
    "contentsource": "source",
}


def facts_of(lines: Iterable[str], page: etree._Element) -> WebFacts | None:
    """Return the metadata in the lines and meta elements, or None if there is none."""
    found: dict[str, str] = {}
    waiting = ""
    for line in lines:
        values = list(labelled_values(line))
        if waiting and not values:
            # <dt>文号：</dt><dd>〔2021〕7号</dd>
            found.setdefault(waiting, line.strip()[:MAX_VALUE])
        waiting = values[-1][0] if values and not values[-1][1] else ""
        for name, value in values:
            if name and value:
                found.setdefault(name, value[:MAX_VALUE])
        if is_timestamp(line):
            found.setdefault("published_on", line)
    for element in page.iter("meta"):
        name = META_NAMES.get((element.get("name") or element.get("property") or "").lower())
        if name and (value := (element.get("content") or "").strip()):
            found.setdefault(name, value[:MAX_VALUE])
    if "号" not in found.get("doc_number", "号"):
        # An empty field followed by a line of the page.
        del found["doc_number"]
    facts = {name: date_in(value) if name.endswith("_on") else value for name, value in found.items()}
    return WebFacts(**facts) if any(facts.values()) else None


def labelled_values(line: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of a line: each value extends to the next label."""
    labels = list(LABEL.finditer(line))
    for place, label in enumerate(labels, start=1):
        end = labels[place].start() if place < len(labels) else len(line)
        # The part after the next tab is an unknown label: 索引号 ⇥ 0001 ⇥ 公开目录 ⇥ 会议.
        value = line[label.end() : end].strip(" \t　|｜[]【】（(：:").partition("\t")[0].rstrip()
        yield NAME_OF_LABEL["".join(label["label"].split())], value


def fields_in(line: str) -> list[str]:
    """Return the fields whose labels are in a line; "" for labels of no use."""
    return [name for name, _ in labelled_values(line)]


def is_about_page(line: str) -> bool:
    """Return whether a line above the text is about the page.

    That is, metadata, a timestamp or buttons.
    """
    first = LABEL.search(line)
    return bool((first and not line[: first.start()].strip(" 　【[（(|｜")) or is_timestamp(line))


def is_timestamp(line: str) -> bool:
    return bool(TIMESTAMP.fullmatch(line.strip()) or TIMESTAMP_OF_INFO.match(line.strip()))


def date_in(text: str) -> datetime.date | None:
    """Return the first valid date in a value, or None."""
    if not (written := DATE.search(text)):
        return None
    try:
        return datetime.date(*map(int, written.groups()))
    except ValueError:
        return None
