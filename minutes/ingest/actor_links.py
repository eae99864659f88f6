"""Resolve the actors of tasks to organizations and people, where unambiguous."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minutes.ingest.problems import ProblemList
from minutes.ingest.resolve import organizations_of_fields, people_called
from minutes.models import ActorForm, Meeting, Organization, Person, TaskActor
from minutes.parser import types as parsed

# Actors given by name; looked up, and created, like every other unit of the text.
NAMED_FORMS = (ActorForm.UNIT, ActorForm.PLACE)


def all_tasks(minutes: parsed.ParsedMinutes) -> Iterator[parsed.Task]:
    """Yield the tasks of opening, items and closing, in the order of the text."""
    yield from minutes.opening_tasks
    for item in minutes.items:
        yield from item.tasks
    yield from minutes.closing_tasks


def units_of_tasks(minutes: parsed.ParsedMinutes) -> Iterator[parsed.Field[str]]:
    """Yield the units and places that tasks refer to by name."""
    for task in all_tasks(minutes):
        for actor in task.actors:
            if actor.form in NAMED_FORMS and actor.name:
                yield parsed.Field(actor.name, actor.span)


@dataclass(frozen=True, slots=True)
class ActorLinks:
    """The records that the names of a meeting's tasks may mean."""

    organizations: Mapping[str, Organization]
    of_field: Mapping[str, list[Organization]]
    people: Mapping[str, list[Person]]

    @classmethod
    def of(
        cls, minutes: parsed.ParsedMinutes, meeting: Meeting, organizations: Mapping[str, Organization]
    ) -> ActorLinks:
        """Look up all actors at once; the meeting's attendance must be stored before."""
        names: dict[str, set[str]] = defaultdict(set)
        for task in all_tasks(minutes):
            for actor in task.actors:
                if actor.name:
                    names[actor.form].add(actor.name)
        return cls(
            organizations,
            organizations_of_fields(names[ActorForm.FIELD], meeting.body),
            people_called(names[ActorForm.POST], meeting),
        )

    def candidates(self, actor: parsed.TaskActor) -> list[Organization] | list[Person]:
        """Return every record that an actor's name may mean."""
        name = actor.name or ""
        if actor.form == ActorForm.FIELD:
            return self.of_field.get(name, [])
        if actor.form == ActorForm.POST:
            return self.people.get(name, [])
        return [self.organizations[name]] if actor.form in NAMED_FORMS and name in self.organizations else []

    def organization_of(self, actor: parsed.TaskActor) -> Organization | None:
        """Return the only unit that an actor may mean, or None."""
        candidates = self.candidates(actor)
        only = candidates[0] if len(candidates) == 1 else None
        return only if isinstance(only, Organization) else None

    def link(self, row: TaskActor, actor: parsed.TaskActor, problems: ProblemList) -> None:
        """Link the row to the only record that matches, or add a problem."""
        candidates = self.candidates(actor)
        if len(candidates) > 1:
            meant = "、".join(sorted(shown(each) for each in candidates))
            message = f"任务的承办者“{actor.text}”可能是{meant}，未关联，请核对。"
            problems.add("ambiguous-actor", message, actor.span)
        elif not candidates:
            message = f"任务的承办者“{actor.text}”在档案中没有唯一对应的单位或人员，未关联。"
            problems.add("actor-not-linked", message, actor.span)
        elif isinstance(candidates[0], Person):
            row.person = candidates[0]
        else:
            row.organization = candidates[0]


def shown(record: Organization | Person) -> str:
    if isinstance(record, Person) and record.organization:
        return f"{record.organization}{record}"
    return str(record)
