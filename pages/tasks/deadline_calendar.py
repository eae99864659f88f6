"""Deadlines as an iCalendar file to subscribe to."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from minutes.filters import TaskFilter, refusal
from minutes.models import Deadline, Task
from open_data.spreadsheets import for_xml as without_control_characters

PAST_DAYS = 366


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """Return the dated deadlines of the filtered tasks, by default from a year ago."""
    conditions = TaskFilter(request.GET, Task.objects.published())
    if not conditions.is_valid():
        return refusal(conditions)
    found = dated_deadlines().filter(task__in=conditions.qs.order_by())
    values = conditions.form.cleaned_data
    if not any(values[name] for name in ("year", "date_after", "date_before", "deadline", "due_after", "due_before")):
        found = found.filter(date__gte=timezone.localdate() - datetime.timedelta(days=PAST_DAYS))
    return HttpResponse(calendar_of(found, request).to_ical(), content_type="text/calendar; charset=utf-8")


def dated_deadlines() -> QuerySet[Deadline]:
    return (
        Deadline.objects.published()
        .filter(date__isnull=False)
        .select_related("item", "meeting__body", "task")
        .prefetch_related("task__actors")
        .order_by("date", "pk")
    )


def calendar_of(found: QuerySet[Deadline], request: HttpRequest) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{request.get_host()}//minutes//ZH")
    calendar.add("x-wr-calname", "会议议定的期限")
    calendar.add("x-wr-caldesc", "会议纪要写明的期限。是否办成，以有关单位公布的为准。")
    for deadline in found:
        calendar.add_component(event_of(deadline, request))
    return calendar


def event_of(deadline: Deadline, request: HttpRequest) -> Event:
    """Return an all-day event with task, actors and page."""
    item, meeting = deadline.item, deadline.meeting
    actors = dict.fromkeys(actor.text for actor in deadline.task.actors.all())
    address = request.build_absolute_uri((item or meeting).get_absolute_url())
    lines = [
        f"原文期限：{deadline.text}",
        f"任务：{deadline.task.text}",
        str(meeting),
        f"由谁办理：{'、'.join(actors) or '纪要没有写明'}",
        address,
    ]
    event = Event()
    # From the position in the meeting, since primary keys change when a file is replaced.
    event.add("uid", f"{meeting.pk}-{item.position if item else 0}-{deadline.start}@{request.get_host()}")
    event.add("dtstamp", meeting.updated_at.astimezone(datetime.UTC))
    # Without an end, it lasts one day (RFC 5545, 3.6.1), which also works for the last possible date.
    event.add("dtstart", deadline.date)
    event.add("transp", "TRANSPARENT")
    event.add("summary", without_control_characters(f"期限：{item.title if item else meeting}"))
    event.add("description", without_control_characters("\n".join(lines)))
    event.add("url", address)
    return event
