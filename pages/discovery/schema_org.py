"""Describe records with schema.org for programs."""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch
from typing import Any

from minutes.models import AgendaItem, Body, Document, Meeting, Organization, Person, Task

Absolute = Callable[[str], str]


@singledispatch
def described(record: object, absolute: Absolute) -> dict[str, Any]:
    """Return the schema.org description; `absolute` makes URLs absolute."""
    raise TypeError(f"no description for {type(record).__name__}")


@described.register
def _(body: Body, absolute: Absolute) -> dict[str, Any]:
    return {"@type": "GovernmentOrganization", "name": body.name, "url": absolute(body.get_absolute_url())}


@described.register
def _(meeting: Meeting, absolute: Absolute) -> dict[str, Any]:
    properties = {
        "@type": "Event",
        "name": str(meeting),
        "url": absolute(meeting.get_absolute_url()),
        "organizer": described(meeting.body, absolute),
        "identifier": meeting.doc_number,
        "startDate": meeting.date and meeting.date.isoformat(),
        "location": meeting.place and {"@type": "Place", "name": meeting.place},
    }
    return {name: value for name, value in properties.items() if value}


@described.register
def _(item: AgendaItem, absolute: Absolute) -> dict[str, Any]:
    meeting = item.meeting
    properties = {
        "@type": "Article",
        "headline": item.title,
        "url": absolute(item.get_absolute_url()),
        "position": item.position,
        "datePublished": meeting.issued_on and meeting.issued_on.isoformat(),
        "publisher": described(meeting.body, absolute),
        "about": described(meeting, absolute),
        "mentions": [described(task, absolute) for task in item.tasks.all() if units_of(task)],
    }
    return {name: value for name, value in properties.items() if value}


@described.register
def _(task: Task, absolute: Absolute) -> dict[str, Any]:
    """Describe the assignment of a task, since nothing is known about the work.

    There is no deadline: endTime of an action is, by schema.org, the time when it was performed.
    """
    meeting = task.meeting
    properties = {
        "@type": "AssignAction",
        "description": task.text,
        "agent": {"@type": "GovernmentOrganization", "name": meeting.body.name},
        "participant": [
            {"@type": "Organization", "name": unit.name, "url": absolute(unit.get_absolute_url())}
            for unit in units_of(task)
        ],
        "startTime": meeting.date and meeting.date.isoformat(),
    }
    return {name: value for name, value in properties.items() if value}


def units_of(task: Task) -> list[Organization]:
    """Return the known units of a task, without duplicates."""
    return list(dict.fromkeys(actor.organization for actor in task.actors.all() if actor.organization))


@described.register
def _(document: Document, absolute: Absolute) -> dict[str, Any]:
    return {
        "@type": "CreativeWork",
        "name": document.title,
        "url": absolute(document.get_absolute_url()),
        "sourceOrganization": described(document.body, absolute),
    }


@described.register
def _(organization: Organization, absolute: Absolute) -> dict[str, Any]:
    properties = {
        "@type": "GovernmentOrganization",
        "name": organization.name,
        "legalName": organization.full_name,
        "url": absolute(organization.get_absolute_url()),
        "parentOrganization": described(organization.body, absolute),
    }
    return {name: value for name, value in properties.items() if value}


@described.register
def _(person: Person, absolute: Absolute) -> dict[str, Any]:
    affiliation = person.organization or person.body
    return {
        "@type": "Person",
        "name": person.name,
        "url": absolute(person.get_absolute_url()),
        "affiliation": {"@type": "GovernmentOrganization", "name": str(affiliation)},
    }
