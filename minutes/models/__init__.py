"""The tables of the archive, with constraints and QuerySets."""

from minutes.models.audit import AuditAction, AuditEntry
from minutes.models.bodies import Body, Organization, OrganizationAlias, Person
from minutes.models.citations import CitedText
from minutes.models.corrections import Correction, Reading
from minutes.models.database_id import DatabaseId
from minutes.models.divisions import Division
from minutes.models.documents import Document, DocumentReference, ReferenceKind
from minutes.models.items import (
    Action,
    ActionKind,
    AgendaItem,
    Decision,
    Involvement,
    InvolvementRole,
    ItemTopic,
    Outcome,
    Paragraph,
)
from minutes.models.meetings import Attendance, AttendanceRole, Meeting, MeetingKind
from minutes.models.merging import MergeAction, MergeOperation, MergeStep, RecordKind, SplitSpan, find_kept
from minutes.models.problems import Problem, Settlement
from minutes.models.published import MeetingStatus
from minutes.models.reports import ErrorReport
from minutes.models.sources import SourceFile
from minutes.models.tasks import ActorForm, ActorRole, Deadline, Task, TaskActor, TaskKind, TaskPart

__all__ = [
    "Action",
    "ActionKind",
    "ActorForm",
    "ActorRole",
    "AgendaItem",
    "Attendance",
    "AttendanceRole",
    "AuditAction",
    "AuditEntry",
    "Body",
    "CitedText",
    "Correction",
    "DatabaseId",
    "Deadline",
    "Decision",
    "Division",
    "Document",
    "DocumentReference",
    "ErrorReport",
    "Involvement",
    "InvolvementRole",
    "ItemTopic",
    "Meeting",
    "MeetingKind",
    "MeetingStatus",
    "MergeAction",
    "MergeOperation",
    "MergeStep",
    "Organization",
    "OrganizationAlias",
    "Outcome",
    "Paragraph",
    "Person",
    "Problem",
    "Reading",
    "RecordKind",
    "ReferenceKind",
    "Settlement",
    "SourceFile",
    "SplitSpan",
    "Task",
    "TaskActor",
    "TaskKind",
    "TaskPart",
    "find_kept",
]
