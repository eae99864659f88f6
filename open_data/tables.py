"""The tables of the bulk files, and the meaning of each column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import models

from minutes.models import (
    Action,
    AgendaItem,
    Attendance,
    Body,
    Deadline,
    Decision,
    Document,
    DocumentReference,
    Involvement,
    ItemTopic,
    Meeting,
    Organization,
    OrganizationAlias,
    Paragraph,
    Person,
    Task,
    TaskActor,
)
from minutes.parser.meeting_fields import columns_of

SPAN = ("start", "end")
# END is an SQL keyword.
NAMES_OF_COLUMNS = {"start": "span_start", "end": "span_end", "source.name": "source_name"} | {
    "source.sha256": "source_sha256",
    "involvement.organization_id": "organization_id",
    "body.name": "body",
}
INTEGERS = (models.IntegerField, models.AutoField, models.BooleanField, models.ForeignKey)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, whether it is an integer, and its meaning."""

    name: str
    is_integer: bool
    meaning: str


PAGE = Column("page", False, "网页地址")


class Table:
    """Records of one model; `paths` are the lookups from a record to each column."""

    def __init__(self, name: str, model: type[models.Model], paths: Iterable[str]) -> None:
        self.name = name
        self.model = model
        self.title = str(model._meta.verbose_name)
        self.paths = tuple(paths)
        self.columns = tuple(column_of(model, path) for path in self.paths)
        self._values = [attrgetter(path) for path in self.paths]
        self.has_pages = hasattr(model, "get_absolute_url") and "id" in self.paths
        if self.has_pages:
            self.columns += (PAGE,)

    def row(self, record: models.Model) -> list[Any]:
        """Return the values of a record in column order."""
        values = [plain(value_at(record)) for value_at in self._values]
        return [*values, f"{settings.SITE_URL}{record.get_absolute_url()}"] if self.has_pages else values


def column_of(model: type[models.Model], path: str) -> Column:
    *relations, name = path.split(".")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    field = model._meta.get_field(name)
    meaning = str(field.verbose_name)
    if field.is_relation:
        meaning += "的编号"
    elif field.primary_key:
        meaning = "编号"
    if field.choices:
        meaning += "：" + "，".join(f"{value} {label}" for value, label in field.flatchoices)
    return Column(NAMES_OF_COLUMNS.get(path, name), isinstance(field, INTEGERS), meaning)


def plain(value: Any) -> Any:
    """Return text, number or None: dates in ISO 8601, lists joined by ；."""
    match value:
        case None | "":
            return None
        case bool() | int():
            return int(value)
        case str():
            return str(value)
        case list():
            return "；".join(value) or None
    return value.isoformat()


MEETINGS = Table(
    "meetings",
    Meeting,
    [
        *("id", *("body_id" if column == "body" else column for column in columns_of())),
        *("source.name", "source.sha256", "published_at", "updated_at"),
    ],
)
ITEMS = Table("items", AgendaItem, ["id", "meeting_id", "position", "title", "title_derived", *SPAN])
TOPICS = Table("topics_of_items", ItemTopic, ["item_id", "position", "code"])
ACTIONS = Table("actions", Action, ["item_id", "kind", "written", *SPAN])
PARAGRAPHS = Table("paragraphs", Paragraph, ["id", "item_id", "position", "marker", "text", *SPAN])
DECISIONS = Table("decisions", Decision, ["id", "item_id", "position", "outcome", "outcome_text", "next_step", *SPAN])
TASKS = Table(
    "tasks", Task, ["id", "meeting_id", "item_id", "part", "position", "kind", "collective", "about", "text", *SPAN]
)
TASK_ACTORS = Table(
    "task_actors",
    TaskActor,
    ["task_id", "position", "role", "form", "text", "name", "title", "organization_id", "person_id", *SPAN],
)
DocumentOfTask = Task.documents.through
DOCUMENTS_OF_TASKS = Table("documents_of_tasks", DocumentOfTask, ["task_id", "document_id"])
DOCUMENTS_OF_TASKS.title = "任务与文件"
DEADLINES = Table(
    "deadlines", Deadline, ["id", "meeting_id", "item_id", "task_id", "decision_id", "text", "date", *SPAN]
)
UNITS = Table("units_of_items", Involvement, ["item_id", "organization_id", "role", "written", *SPAN])
UnitOfDecision = Decision.units.through
UNITS_OF_DECISIONS = Table(
    "units_of_decisions",
    UnitOfDecision,
    ["decision_id", "involvement.organization_id", "involvement.role", "involvement.written"],
)
UNITS_OF_DECISIONS.title = "单位与议定意见"
REFERENCES = Table(
    "documents_of_items", DocumentReference, ["item_id", "document_id", "kind", "stage", "short_title", *SPAN]
)
ATTENDANCE = Table(
    "attendance",
    Attendance,
    ["id", "meeting_id", "position", "role", "person_id", "organization_id", "title", "note", *SPAN],
)
BODIES = Table("bodies", Body, ["id", "name"])
ORGANIZATIONS = Table("organizations", Organization, ["id", "body_id", "name", "full_name"])
ALIASES = Table("organization_aliases", OrganizationAlias, ["organization_id", "name"])
PEOPLE = Table("people", Person, ["id", "body_id", "name", "organization_id"])
DOCUMENTS = Table("documents", Document, ["id", "body_id", "title"])
WITHDRAWN = Table(
    "withdrawn_meetings",
    Meeting,
    ["id", "body.name", "kind", "number", "doc_number", "date", "withdrawn_at", "withdrawal_reason"],
)
WITHDRAWN.title = "已撤回的会议"

TABLES = (
    *(MEETINGS, ITEMS, TOPICS, ACTIONS, PARAGRAPHS, DECISIONS, UNITS_OF_DECISIONS, UNITS, REFERENCES),
    *(TASKS, TASK_ACTORS, DOCUMENTS_OF_TASKS, DEADLINES, ATTENDANCE),
    *(BODIES, ORGANIZATIONS, ALIASES, PEOPLE, DOCUMENTS, WITHDRAWN),
)

PARTS_OF_ITEMS: tuple[tuple[Table, Callable[[AgendaItem], Iterable[models.Model]]], ...] = (
    (TOPICS, lambda item: item.topics.all()),
    (ACTIONS, lambda item: item.actions.all()),
    (PARAGRAPHS, lambda item: item.paragraphs.all()),
    (UNITS, lambda item: item.involvements.all()),
    (REFERENCES, lambda item: item.references.all()),
)


def records_of(meeting: Meeting) -> Iterator[tuple[Table, models.Model]]:
    """Yield a meeting and all its parts, each with its table."""
    yield MEETINGS, meeting
    for item in meeting.items.all():
        yield ITEMS, item
        for table, parts_of in PARTS_OF_ITEMS:
            yield from ((table, part) for part in parts_of(item))
        for decision in item.decisions.all():
            yield DECISIONS, decision
            units = (UnitOfDecision(decision=decision, involvement=unit) for unit in decision.units.all())
            yield from ((UNITS_OF_DECISIONS, unit) for unit in units)
    items = {item.pk: item for item in meeting.items.all()}
    for task in meeting.tasks.all():
        task.item = items.get(task.item_id)
        yield TASKS, task
        yield from ((TASK_ACTORS, actor) for actor in task.actors.all())
        documents = (DocumentOfTask(task=task, document=document) for document in task.documents.all())
        yield from ((DOCUMENTS_OF_TASKS, each) for each in documents)
    yield from ((DEADLINES, deadline) for deadline in meeting.deadlines.all())
    yield from ((ATTENDANCE, entry) for entry in meeting.attendance.all())
