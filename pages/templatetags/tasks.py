"""A task in lists of up to a hundred, written in Python: as a template it would take most of the page's time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from minutes.models import DocumentReference, TaskActor, TaskKind
from pages.tasks.rows import DatedDeadline, TaskRow
from pages.templatetags.facts import fact, link, place

register = template.Library()

MOST_LATER, MOST_DOCUMENTS = 5, 2
RESOLVED = ' class="resolved"'
NOBODY = '<span class="unknown">纪要没有写明由谁办理</span>'


@register.simple_tag
def task(row: TaskRow, with_item: bool = False) -> SafeString:
    """Return a task as an element of a list: actors, matter and deadlines; `with_item` adds a link to its item."""
    parts = (
        f'<p class="task-who">{_who(row)}</p>',
        *_about(row),
        _text(row),
        f'<p class="row-note">{_note(row, with_item)}</p>',
    )
    lines = "\n  ".join((*parts, _later(row)))
    return mark_safe(f'<li class="task" id="task-{row.task.position}">\n  {lines}\n</li>')  # noqa: S308 - pieces are escaped


def _who(row: TaskRow) -> str:
    others = [
        f' <span class="task-role"><small>{label}</small>\n    {_names(actors)}</span>' for label, actors in row.others
    ]
    lead = row.lead
    return (f"<b>{_names(lead)}</b>" if lead else "" if others else NOBODY) + "".join(others)


def _names(actors: Iterable[TaskActor]) -> str:
    """Return the actors as written, each leading to its record if there is one."""
    records = ((actor.text, actor.organization or actor.person) for actor in actors)
    return "、".join(link(record.get_absolute_url(), text) if record else escape(text) for text, record in records)


def _about(row: TaskRow) -> Iterator[str]:
    if row.task.about:
        yield f'<p class="task-about"><small>事项</small> {escape(row.task.about)}</p>'


def _text(row: TaskRow) -> str:
    head, rest = escape(row.head), escape(row.rest)
    if not rest:
        return f'<p class="task-text">{head}</p>'
    return f'<details class="task-text"><summary>{head}<span class="task-more">展开</span></summary>{rest}</details>'


def _note(row: TaskRow, with_item: bool) -> str:
    task, meeting = row.task, row.task.meeting
    notes = [_deadline(each, meeting.pk) for each in row.deadlines]
    if task.kind == TaskKind.PROCEDURE:
        notes.append(TaskKind.PROCEDURE.label)
    if with_item:
        item = task.item
        of_item = f"{item.get_absolute_url()}#task-{task.position}" if item else ""
        notes.append(link(of_item, item.title) if item else task.get_part_display())
        notes.append(link(meeting.get_absolute_url(), str(meeting)))
        if meeting.date:
            notes.append(_day(meeting.date))
    return " ·\n    ".join((*notes, place(row.head, meeting.pk, task)))


def _deadline(each: DatedDeadline, meeting_id: int) -> str:
    deadline, days = each.deadline, each.days
    details = f"期限\n    {fact(deadline.text, meeting_id, deadline)}"
    if deadline.date:
        details += f"\n    {_day(deadline.date, RESOLVED)}"
    if days is not None:
        details += f"\n    <small>{f'{days} 天前' if each.is_past else f'还有 {days} 天' if days else '今天'}</small>"
    return f'<span class="task-due">{details}</span>'


def _day(day: datetime.date, attributes: str = "") -> str:
    return f'<time{attributes} datetime="{day.isoformat()}">{day.year}年{day.month}月{day.day}日</time>'


def _later(row: TaskRow) -> str:
    if row.later:
        links = "；".join(map(_reference, row.later[:MOST_LATER]))
        more = f"，共 {len(row.later)} 处" if len(row.later) > MOST_LATER else ""
        return f'<p class="row-note task-later">\n    后来的记录：{links}{more}</p>'
    if not row.concerns_documents:
        return ""
    documents = row.task.documents.all()[:MOST_DOCUMENTS]
    links = "".join(link(each.get_absolute_url(), str(each)) for each in documents)
    return f'<p class="row-note task-later unknown">\n    后来的记录：没有再提到{links}（没有记录不等于没有办）</p>'


def _reference(later: DocumentReference) -> str:
    shown = f"{_day(later.item.meeting.date)}\n    {escape(str(later.document))}"
    return f'<a href="{later.item.get_absolute_url()}">{shown}</a>'
