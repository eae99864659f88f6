"""Meetings of a city that does not exist, put into the records as reading its minutes would put them."""

import datetime
import hashlib
import itertools
from dataclasses import dataclass, field

from minutes.models import (
    Action,
    ActionKind,
    AgendaItem,
    Attendance,
    AttendanceRole,
    Body,
    Deadline,
    Decision,
    Document,
    DocumentReference,
    Involvement,
    InvolvementRole,
    Meeting,
    MeetingKind,
    MeetingStatus,
    Organization,
    Outcome,
    Paragraph,
    Person,
    ReferenceKind,
    SourceFile,
    Task,
    TaskActor,
    TaskKind,
)
from minutes.parser import PARSER_VERSION

SURNAMES = "陆闻卓贺戴俞葛麦冷阮禹屈闵石贾樊季席湛柴莫卜安虞盛"
GIVEN_NAMES = ("砚青", "韬", "鸣", "知舟", "珩", "伯言", "青禾", "嘉树", "枫", "平", "怀远", "学文")
UNITS = [
    "市发改委",
    "市教育局",
    "市科技局",
    "市工信局",
    "市公安局",
    "市民政局",
    "市司法局",
    "市财政局",
    "市人社局",
    "市资源规划局",
    "市生态环境局",
    "市住建局",
    "市园林绿化局",
    "市城管局",
    "市交通局",
    "市水务局",
    "市农业农村局",
    "市商务局",
    "市文广旅局",
    "市卫生健康委",
    "市应急局",
    "市审计局",
    "市国资委",
    "市行政审批局",
    "市市场监管局",
    "市体育局",
    "市统计局",
    "市医保局",
    "市信访局",
    "市人防办",
    "市金融监管局",
    "市机关事务局",
    "东浦区",
    "西岭区",
    "汀兰区",
    "南屏县",
    "北渚市",
]


def people(count: int) -> list[str]:
    """So many different invented names, always the same ones."""
    names = (surname + given for given, surname in itertools.product(GIVEN_NAMES, SURNAMES))
    return list(itertools.islice(names, count))


@dataclass(frozen=True)
class TaskFacts:
    """A task of an item; its text is in a paragraph, and its actors in the text."""

    text: str
    lead: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    leader: str = ""
    crowd: str = ""
    kind: str = TaskKind.WORK
    deadline: tuple[str, datetime.date | None] | None = None
    about: str = ""


@dataclass(frozen=True)
class ItemFacts:
    """The content of an item."""

    title: str
    paragraphs: tuple[str, ...] = ("会议听取了有关情况。",)
    outcome: str = ""
    lead: str = ""
    supporting: tuple[str, ...] = ()
    next_step: str = ""
    deadline: tuple[str, datetime.date] | None = None
    document: str = ""
    stage: str = ""
    mentions: tuple[str, ...] = ()
    reported_by: str = ""
    tasks: tuple[TaskFacts, ...] = ()


@dataclass
class SourceText:
    """A text that records the span of each piece appended."""

    text: str = ""

    def add(self, piece: str) -> dict[str, int]:
        start = len(self.text)
        self.text += piece
        return {"start": start, "end": len(self.text)}

    def find(self, piece: str, within: dict[str, int]) -> dict[str, int]:
        start = self.text.index(piece, within["start"], within["end"])
        return {"start": start, "end": start + len(piece)}


@dataclass
class MeetingFacts:
    number: int = 70
    date: datetime.date | None = datetime.date(2019, 11, 21)
    items: tuple[ItemFacts, ...] = ()
    attendees: int = 12
    represented: tuple[str, ...] = ()
    apologies: tuple[str, ...] = ()
    closing: str = ""
    status: str = MeetingStatus.PUBLISHED
    file_name: str = ""
    body: str = "云川市人民政府"
    kind: str = MeetingKind.EXECUTIVE
    source: SourceText = field(default_factory=SourceText)


def keep_meeting(**facts) -> Meeting:
    """Store the meeting with source, items, decisions, documents and attendance."""
    given = MeetingFacts(**facts)
    body, _ = Body.objects.get_or_create(name=given.body)
    doc_number = f"〔{given.date.year if given.date else '无年'}〕{given.number}号"
    given.source.add(f"{given.body}\n\n常务会议纪要\n\n")
    heading = given.source.add(doc_number)
    given.source.add("\n\n")
    opening = given.source.add(f"陆砚青市长主持召开市政府第{given.number}次常务会议，研究了{len(given.items)}项议题。")
    given.source.add("\n\n会议议定以下意见：\n\n")
    meeting = Meeting.objects.create(
        body=body,
        source=SourceFile.objects.create(
            name=given.file_name or f"yunchuan-{given.number}.txt",
            sha256=hashlib.sha256(f"{given.body}{given.number}{given.date}".encode()).hexdigest(),
            encoding="utf-8",
        ),
        status=given.status,
        kind=given.kind,
        kind_text="常务会议",
        number=given.number,
        doc_number=doc_number,
        date=given.date,
        part_of_day="下午",
        chair_name="陆砚青",
        chair_title="市长",
        recorder="侯鹤鸣",
        compiled_by="云川市人民政府办公室",
        compiled_on=given.date and given.date + datetime.timedelta(days=18),
        issued_by="云川市人民政府办公室",
        issued_on=given.date and given.date + datetime.timedelta(days=20),
        disclosure="此件公开发布",
        distribution=["各县（市）、区人民政府", "市各有关部门和单位"],
        opening=given.source.text[opening["start"] : opening["end"]],
        closing=given.closing,
        spans={
            "doc_number": list(heading.values()),
            "chair": [opening["start"], opening["start"] + 3],
            "opening": [opening["start"], opening["end"]],
        },
        parser_version=PARSER_VERSION,
    )
    for position, item in enumerate(given.items, start=1):
        keep_item(meeting, position, item, given.source)
    keep_attendance(meeting, given)
    meeting.source.text = given.source.text
    meeting.source.content = given.source.text.encode()
    meeting.source.save()
    return meeting


def keep_item(meeting: Meeting, position: int, given: ItemFacts, source: SourceText) -> AgendaItem:
    start = len(source.text)
    title = source.add(given.title)
    markers = [f"（{numeral}）" for numeral in "一二三四五六"[: len(given.paragraphs)]]
    paragraphs = [keep_text(source, marker + text) for marker, text in zip(markers, given.paragraphs, strict=True)]
    source.add("\n\n")
    item = AgendaItem.objects.create(
        meeting=meeting, position=position, title=given.title, start=start, end=len(source.text)
    )
    Action.objects.create(item=item, kind=ActionKind.DELIBERATE, written=given.title[:2], **title)
    for number, (marker, text, span) in enumerate(zip(markers, given.paragraphs, paragraphs, strict=True), start=1):
        Paragraph.objects.create(item=item, position=number, marker=marker, text=text, **span)
    if given.outcome:
        keep_decision(item, given, source, paragraphs[0])
    if given.document:
        keep_reference(item, given.document, ReferenceKind.SUBJECT, given.stage, source)
    for mentioned in given.mentions:
        keep_reference(item, mentioned, ReferenceKind.MENTION, "", source)
    if given.reported_by:
        involve(item, given.reported_by, InvolvementRole.REPORTING, source)
    for task in given.tasks:
        keep_task(item, task, source)
    for deadline in item.deadlines.filter(task=None):
        keep_unassigned_task(deadline, given, source)
    return item


def keep_task(item: AgendaItem, given: TaskFacts, source: SourceText) -> Task:
    """Store a task of an item; its leader is a person of the body without a unit."""
    place = source.find(given.text, {"start": item.start, "end": item.end})
    task = Task.objects.create(
        meeting=item.meeting,
        item=item,
        position=item.meeting.tasks.count() + 1,
        kind=given.kind,
        collective=bool(given.crowd) and not given.lead,
        about=given.about,
        text=given.text,
        **place,
    )
    actors = [("leader", given.leader)] if given.leader else []
    actors += [("lead", name) for name in given.lead] + [("supporting", name) for name in given.supporting]
    for position, (role, name) in enumerate(actors, start=1):
        linked = {"form": "unit", "organization": unit_of(item.meeting.body, name), "text": name}
        if role == "leader":
            person, _ = Person.objects.get_or_create(body=item.meeting.body, name=name, organization=None)
            linked = {"form": "post", "person": person, "text": f"副市长{name}", "title": "副市长"}
        span = source.find(linked["text"], place)
        TaskActor.objects.create(task=task, position=position, role=role, name=name, **linked, **span)
    if given.crowd:
        span = source.find(given.crowd, place)
        TaskActor.objects.create(
            task=task, position=len(actors) + 1, role="lead", form="crowd", name=given.crowd, text=given.crowd, **span
        )
    for reference in item.references.all():
        about_it = given.kind == TaskKind.PROCEDURE and reference.kind == ReferenceKind.SUBJECT
        if about_it or place["start"] <= reference.start < place["end"]:
            task.documents.add(reference.document)
    if given.deadline:
        text, date = given.deadline
        Deadline.objects.update_or_create(
            meeting=item.meeting,
            **source.find(text, place),
            defaults={"item": item, "task": task, "text": text, "date": date},
        )
    return task


def keep_text(source: SourceText, text: str) -> dict[str, int]:
    source.add("\n\n")
    return source.add(text)


def keep_decision(item: AgendaItem, given: ItemFacts, source: SourceText, paragraph: dict[str, int]) -> None:
    outcome = source.find(given.outcome, paragraph)
    next_step = source.find(given.next_step, paragraph) if given.next_step else None
    spans = {"outcome": list(outcome.values())} | ({"next_step": list(next_step.values())} if next_step else {})
    decision = Decision.objects.create(
        item=item,
        outcome=Outcome.APPROVED_IN_PRINCIPLE,
        outcome_text=given.outcome,
        next_step=given.next_step,
        spans=spans,
        **paragraph,
    )
    if given.deadline:
        text, date = given.deadline
        whole = {"start": item.start, "end": item.end}
        Deadline.objects.create(
            meeting=item.meeting, item=item, decision=decision, text=text, date=date, **source.find(text, whole)
        )
    if given.lead:
        decision.units.add(involve(item, given.lead, InvolvementRole.LEAD, source))
    for unit in given.supporting:
        decision.units.add(involve(item, unit, InvolvementRole.SUPPORTING, source))


def keep_unassigned_task(deadline: Deadline, given: ItemFacts, source: SourceText) -> None:
    """Store the sentence of a deadline without task as a task without actors."""
    item = deadline.item
    sentence = next(each for part in given.paragraphs for each in part.split("。") if deadline.text in each)
    place = source.find(sentence, {"start": item.start, "end": item.end})
    position = item.meeting.tasks.count() + 1
    deadline.task = Task.objects.create(
        meeting=item.meeting, item=item, position=position, kind=TaskKind.WORK, text=sentence, **place
    )
    deadline.save()


def keep_reference(item: AgendaItem, title: str, kind: str, stage: str, source: SourceText) -> None:
    document, _ = Document.objects.get_or_create(body=item.meeting.body, title=title)
    place = source.find(title, {"start": item.start, "end": item.end})
    DocumentReference.objects.create(item=item, document=document, kind=kind, stage=stage, **place)


def involve(item: AgendaItem, unit: str, role: str, source: SourceText) -> Involvement:
    place = source.find(unit, {"start": item.start, "end": item.end})
    return Involvement.objects.create(
        item=item, organization=unit_of(item.meeting.body, unit), role=role, written=unit, **place
    )


def unit_of(body: Body, name: str) -> Organization:
    return Organization.objects.get_or_create(body=body, name=name)[0]


def keep_attendance(meeting: Meeting, given: MeetingFacts) -> None:
    """Store eight people present, others by unit, representatives and apologies."""
    names = people(given.attendees)
    rows = [(AttendanceRole.PRESENT, name, None, "") for name in names[:8]]
    rows += [
        (AttendanceRole.IN_ATTENDANCE, name, UNITS[index % len(UNITS)], "") for index, name in enumerate(names[8:])
    ]
    rows += [(AttendanceRole.REPRESENTED, None, unit, "") for unit in given.represented]
    rows += [(AttendanceRole.APOLOGIES, name, "市审计局", "公出") for name in given.apologies]
    units = known_or_new(Organization, meeting.body, {(unit, None) for _, _, unit, _ in rows if unit})
    of_units = {name: organization for (name, _), organization in units.items()}
    entries = [(role, name, of_units.get(unit), note, unit or "") for role, name, unit, note in rows]
    known = known_or_new(Person, meeting.body, {(name, unit) for _, name, unit, _, _ in entries if name})
    attendance = []
    for position, (role, name, organization, note, unit) in enumerate(entries, start=1):
        span = given.source.add(f"{unit}{name or '的代表'}")
        given.source.add(" ")
        person = known[name, organization] if name else None
        attendance.append(
            Attendance(
                meeting=meeting,
                position=position,
                role=role,
                person=person,
                organization=organization,
                note=note,
                **span,
            )
        )
    Attendance.objects.bulk_create(attendance)


def known_or_new(model, body: Body, keys: set) -> dict:
    """Return the records of these names, of people with their unit, in as few statements for ninety as for one."""
    related = model is Person
    rows = model.objects.filter(body=body, name__in=[name for name, _ in keys])
    rows = rows.select_related("organization") if related else rows
    known = {(row.name, getattr(row, "organization", None) if related else None): row for row in rows}
    new = [key for key in sorted(keys, key=str) if key not in known]
    made = model.objects.bulk_create(
        model(body=body, name=name, **({"organization": unit} if related else {})) for name, unit in new
    )
    return known | dict(zip(new, made, strict=True))
