"""Template tags that link facts to their source."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe

from minutes.addresses import address, address_in_source
from minutes.models import Involvement, Meeting
from minutes.models.spanned import Spanned
from pages.attendance.groups import Entry, UnitAttendance
from pages.meetings.year_calendar import Day

register = template.Library()

ITEMS_OF_ROW = 3


@register.simple_tag
def fact(text: object, meeting_id: int, read_from: Spanned | list[int] | None) -> str:
    """Link the text to its span in the source; plain text without a span."""
    place, shown = source_url(meeting_id, read_from), conditional_escape(text)
    return mark_safe(f'<a class="fact" href="{escape(place)}">{shown}</a>') if place else shown  # noqa: S308


@register.simple_tag
def place(of_what: object, meeting_id: int, read_from: Spanned | list[int] | None) -> str:
    """Return a small 原文 link to a span; nothing without one."""
    url = source_url(meeting_id, read_from)
    if not url:
        return ""
    hidden = f'<span class="visually-hidden">：{conditional_escape(of_what)}</span>'
    return mark_safe(f'<a class="place" href="{escape(url)}">原文{hidden}</a>')  # noqa: S308


@register.simple_tag
def units(involvements: Iterable[Involvement]) -> str:
    """Return the units as links."""
    links = (link(unit.organization.get_absolute_url(), unit.organization.name) for unit in involvements)
    return mark_safe("、".join(links))  # noqa: S308 - links are escaped


@register.simple_tag
def attendees(unit: UnitAttendance, meeting_id: int) -> str:
    """Return the attendees of a unit: names with links, titles and notes."""
    head = link(address("organization", unit.organization), unit.name, ' class="unit"') if unit.organization else ""
    people = " ".join(f'<span class="person">{_attendee(entry, meeting_id)}</span>' for entry in unit.entries)
    return mark_safe(f'{head}\n<span class="people">{people} </span>')  # noqa: S308 - pieces are escaped


@register.simple_tag
def meeting_row(meeting: Meeting, with_year: bool = True) -> str:
    """Return a meeting as an element of a list: date, name and the first items."""
    day, items = meeting.date, meeting.items.all()
    year = f"{day.year}年" if day and with_year else ""
    when = f'<time datetime="{day.isoformat()}">{year}{day.month}月{day.day}日</time>' if day else "日期不详"
    number = f'<span class="nowrap">{escape(meeting.doc_number)}</span> ·\n      ' if meeting.doc_number else ""
    titles = "；".join(escape(item.title) for item in items[:ITEMS_OF_ROW])
    listed = f"{len(items)}\n      项议题{'：' if titles else ''}{titles}{'……' if len(items) > ITEMS_OF_ROW else ''}"
    title = f'<h3 class="row-title">{link(meeting.get_absolute_url(), str(meeting))}</h3>'
    what = f'{title}\n    <p class="row-note few-lines">{number}{listed}</p>'
    row = f'<p class="row-when">{when}</p>\n  <div class="row-what">\n    {what}\n  </div>'
    return mark_safe(f'<li class="row">\n  {row}\n</li>')  # noqa: S308 - pieces are escaped


@register.simple_tag
def day_of_month(day: Day, query: str) -> str:
    """Return a day of the calendar with a link to its meeting, or to the list of several.

    `query` is the query string of the year's list.
    """
    number = day.date.day if day.date else ""
    if not day.meetings:
        return mark_safe(f"<td>{number}</td>")  # noqa: S308 - a number
    if len(day.meetings) > 1:
        url = f"{address('meetings')}{query}&date_after={day.date}&date_before={day.date}"
        details = f'日，</span><small>{len(day.meetings)}<span class="visually-hidden">\n次会议</span></small>'
    else:
        url, details = day.meetings[0].get_absolute_url(), f"日，{escape(str(day.meetings[0]))}</span>"
    shown = f'{number}<span class="visually-hidden">{details}'
    return mark_safe(f'<td class="met"><a href="{escape(url)}">{shown}</a></td>')  # noqa: S308 - pieces are escaped


def _attendee(entry: Entry, meeting_id: int) -> str:
    shown = link(address("person", entry.person), entry.name) if entry.person else ""
    shown = shown or fact("代表", meeting_id, [entry.start, entry.end])
    if entry.title:
        shown += f"<small>{escape(entry.title)}</small>"
    if entry.note:
        shown += f"<small>（{escape(entry.note)}）</small>"
    turns = [*(["首次"] if entry.is_first else []), *(["末次"] if entry.is_last else [])]
    return f'{shown}<small class="turn">{"、".join(turns)}</small>' if turns else shown


def link(url: str, text: str, attributes: str = "") -> str:
    """Return a link to a page of this site."""
    return f'<a{attributes} href="{url}">{escape(text)}</a>'


def source_url(meeting_id: int, read_from: Spanned | list[int] | None) -> str:
    """Return the URL of the source with a span highlighted; "" without one."""
    start, end = (read_from.start, read_from.end) if isinstance(read_from, Spanned) else (read_from or (0, 0))
    return address_in_source(meeting_id, start, end) if start < end else ""


@register.filter
def cited_place(within: object, position: int) -> str:
    """Join parts of a citation path: 5 and 3 make 5/3."""
    return f"{within}/{position}"
