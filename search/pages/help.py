"""The page that explains what can be typed.

Every example is a link, and is tried by the tests.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from search.query import MAX_CHARACTERS, MAX_TERMS


@dataclass(frozen=True, slots=True)
class Example:
    """Something to type, and what it finds."""

    typed: str
    meaning: str

    @property
    def url(self) -> str:
        """The results of it."""
        return f"{reverse('search')}?{urlencode({'q': self.typed})}"


@dataclass(frozen=True, slots=True)
class Section:
    """Examples of one kind."""

    title: str
    lead: str
    examples: tuple[Example, ...]


_SECTIONS = (
    Section(
        "词语和原句",
        "",
        (
            Example("老旧小区 资金", "空格隔开的词，要在同一项议题里都出现，先后不论"),
            Example("“专项整治”", "加引号：一字不差，连在一起"),
            Example("改造 -绿化", "减号：有“改造”而没有“绿化”"),
            Example("改造 OR 更新", "大写的 OR 或竖线 |：有其中一个即可"),
            Example("(改造 | 更新) 资金", "括号把词合成一组"),
        ),
    ),
    Section(
        "只查某一处",
        "写上名称和冒号。冒号全角半角都可以，值里有空格就加引号。",
        (
            Example("标题:老旧小区", "议题的标题里有"),
            Example("部门:市住建局", "这个单位出现在议题里，用哪个名称都算"),
            Example("牵头:市住建局", "由这个单位牵头"),
            Example("责任:市住建局", "这个单位有任务：牵头、配合或承办"),
            Example("任务:落实", "要求谁做的事里有"),
            Example("人员:陆砚青", "这个人参加的会议"),
            Example("文件:管理办法", "议题涉及的文件，名称里有这几个字"),
            Example("《云川市公共停车场管理办法》", "这份文件，正文里只用简称的也能找到"),
            Example("结果:原则同意", "议定的结果：原则同意、同意、通过或其他"),
        ),
    ),
    Section(
        "时间",
        "",
        (
            Example("年份:2019", "2019 年的会议；几年连着写 2018..2020"),
            Example("日期:2019-01..2020-06", "从 2019 年 1 月到 2020 年 6 月"),
            Example("日期:二〇一九年五月 改造", "汉字写的日期也可以"),
        ),
    ),
)


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Return how to search."""
    page = {"sections": _SECTIONS, "longest": MAX_CHARACTERS, "most": MAX_TERMS}
    return render(request, "search/help.html", page)
