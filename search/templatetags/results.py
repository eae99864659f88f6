"""What a page of results repeats up to two hundred times: through a template it would take half of the page's time."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from minutes.models import Meeting
from pages.highlight import TextPart
from search.pages.querystring import Choice
from search.results.histogram import YearBar
from search.results.hits import Hit, HitItem

register = template.Library()

OF_MEETING = "会议的开头、出席名单和落款"


@register.simple_tag
def marked(parts: Iterable[TextPart]) -> SafeString:
    """Return a text with its matches marked."""
    pieces = (f"<mark>{escape(part.text)}</mark>" if part.marked else escape(part.text) for part in parts)
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped


@register.simple_tag
def day_of(meeting: Meeting) -> SafeString:
    """Return the date of a meeting."""
    day = meeting.date
    if day is None:
        return mark_safe("日期不详")
    return mark_safe(f'<time datetime="{day.isoformat()}">{day.year}年{day.month}月{day.day}日</time>')  # noqa: S308 - numbers


@register.simple_tag
def found(hit: Hit, grouped: bool = False) -> SafeString:
    """Return a result: title, place in its meeting, and snippet; `grouped` below the name of its meeting."""
    title = f'<h3 class="row-title"><a href="{escape(hit.url_to_read)}">{marked(hit.title)}</a></h3>'
    details = _details(hit.item, "" if grouped else f"{escape(str(hit.meeting))} ") if hit.item else OF_MEETING
    return mark_safe(f'{title}\n<p class="row-note">{details}</p>\n{_snippet(hit)}')  # noqa: S308 - every piece is escaped


def _details(item: HitItem, meeting: str) -> str:
    details = f"{meeting}第 {item.position} 项"
    if item.outcomes:
        details += f' ·\n  <span class="result-outcome">{escape("、".join(item.outcomes))}</span>'
    return f"{details} ·\n  牵头：{escape('、'.join(item.lead))}" if item.lead else details


def _snippet(hit: Hit) -> str:
    if not hit.snippet:
        return ""
    before, after = ("……" if goes_on else "" for goes_on in (hit.snippet.goes_on_before, hit.snippet.goes_on_after))
    text = f"{before}{marked(hit.snippet.parts)}{after}"
    return f'<p class="snippet"><a href="{escape(hit.snippet_url_to_read)}">{text}</a></p>'


@register.simple_tag
def choices(name: str, offered: Iterable[Choice]) -> SafeString:
    """Return the values of a facet as links."""
    lines = "\n".join(f"<li>{_link(name, each)}</li>" for each in offered)
    return mark_safe(f'<ul role="list">\n{lines}\n</ul>')  # noqa: S308 - links are escaped


@register.simple_tag
def histogram(bars: Iterable[YearBar]) -> SafeString:
    """Return the years as links, each with its bar and the link to all years up to the chosen ones."""
    lines = "\n".join(f"<li>{_link('year', each.choice, _bar(each))}{_through(each.through)}</li>" for each in bars)
    return mark_safe(f'<ul class="histogram" role="list">\n{lines}\n</ul>')  # noqa: S308 - links are escaped


def _link(name: str, choice: Choice, bar: str = "") -> str:
    label = escape(choice.label)
    of_year = ' class="year"' if bar else ""
    current = ' aria-current="true"' if choice.selected else ""
    give_up = '<span class="visually-hidden">去掉筛选：</span>' if choice.selected else ""
    box = '<span class="box" aria-hidden="true"></span>'
    unit = '<span class="visually-hidden"> 条</span>'
    count = "" if choice.count is None else f' <span class="count">{choice.count}{unit}</span>'
    return (
        f'<a{of_year} href="{escape(choice.url)}" rel="nofollow" data-choice="{name} {label}"{current}>'
        f"{give_up}{box}{label}{bar}{count}</a>"
    )


def _bar(year: YearBar) -> str:
    """Return a bar; SVG attributes set its length, since the content policy forbids inline styles."""
    svg = '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
    return f' {svg}<rect width="{year.length}" height="8"/></svg>'


def _through(choice: Choice | None) -> str:
    if choice is None:
        return ""
    label = escape(choice.label)
    shown = f'<span aria-hidden="true">连选</span><span class="visually-hidden">{label}</span>'
    return f'<a class="through" href="{escape(choice.url)}" rel="nofollow" title="{label}">{shown}</a>'
