"""The help page of the query syntax; the tests follow every example's link."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from minutes.models import Attendance, DocumentReference, Involvement, InvolvementRole, Meeting, ReferenceKind
from search.query import MAX_CHARACTERS, MAX_TERMS


@dataclass(frozen=True, slots=True)
class Example:
    """A query and what it finds."""

    typed: str
    meaning: str

    @property
    def url(self) -> str:
        """Return the URL of its results."""
        return f"{reverse('search')}?{urlencode({'q': self.typed})}"


@dataclass(frozen=True, slots=True)
class Section:
    """Examples of one kind."""

    title: str
    lead: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Names for the examples: from the archive, or from the samples if it is empty."""

    unit: str = "市住建局"
    person: str = "陆砚青"
    document: str = "云川市公共停车场管理办法"
    day: datetime.date = datetime.date(2019, 5, 6)


def names_of_archive() -> Names:
    """Return names from the archive, as far as there are any.

    The unit that leads most, the most frequent attendee, the latest document and day.
    """
    units = Involvement.objects.published().filter(role=InvolvementRole.LEAD).values("organization__name")
    unit = units.annotate(times=Count("pk")).order_by("-times", "organization__name").first()
    people = Attendance.objects.published().exclude(person=None).values("person__name")
    person = people.annotate(times=Count("pk")).order_by("-times", "person__name").first()
    document = DocumentReference.objects.published().filter(kind=ReferenceKind.SUBJECT).select_related("document")
    latest = document.order_by(F("item__meeting__date").desc(nulls_last=True), "-pk").first()
    day = Meeting.objects.published().aggregate(latest=Max("date"))["latest"]
    default = Names()
    return Names(
        unit["organization__name"] if unit else default.unit,
        person["person__name"] if person else default.person,
        latest.document.title if latest else default.document,
        day or default.day,
    )


def sections_of(names: Names) -> tuple[Section, ...]:
    """Return the sections with these names in the examples."""
    year, month = names.day.year, names.day.month
    return (
        Section(
            "词语和原句",
            "",
            (
                Example("改造 资金", "空格隔开的词，要在同一项议题里都出现，先后不论"),
                Example("“专项整治”", "加引号：一字不差，连在一起"),
                Example("改造 -绿化", "减号，或隔开写“不含”：有“改造”而没有“绿化”"),
                Example("改造 OR 更新", "OR、“或”或竖线 |：有其中一个即可"),
                Example("(改造 | 更新) 资金", "括号把词合成一组"),
            ),
        ),
        Section(
            "只查某一处",
            "写上名称和冒号。冒号全角半角都可以，值里有空格就加引号。",
            (
                Example("标题:改造", "议题的标题里有"),
                Example(f"部门:{names.unit}", "这个单位出现在议题里，用哪个名称都算"),
                Example(f"牵头:{names.unit}", "由这个单位牵头"),
                Example(f"责任:{names.unit}", "这个单位有任务：牵头、配合或承办"),
                Example("任务:落实", "要求谁做的事里有"),
                Example(f"人员:{names.person}", "这个人参加的会议"),
                Example("文件:管理办法", "议题涉及的文件，名称里有这几个字"),
                Example(f"《{names.document}》", "这份文件，正文里只用简称的也能找到"),
                Example("结果:原则同意", "议定的结果：原则同意、同意、通过或其他"),
            ),
        ),
        Section(
            "时间",
            "",
            (
                Example(f"年份:{year}", f"{year} 年的会议；几年连着写 {year - 1}..{year}"),
                Example(f"日期:{year - 1}-01..{year}-06", f"从 {year - 1} 年 1 月到 {year} 年 6 月"),
                Example(f"日期:{year}年{month}月 改造", "汉字写的日期也可以"),
                Example(f"{year}年{month}月 改造", "不写名称也可以：月份、季度、上半年，或“去年三月”“近三年”"),
                Example(f"{year - 1}年至{year}年", "从一个时间到另一个时间"),
            ),
        ),
    )


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show how to search."""
    page = {"sections": sections_of(names_of_archive()), "longest": MAX_CHARACTERS, "most": MAX_TERMS}
    return render(request, "search/help.html", page)
