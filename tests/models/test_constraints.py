"""Test the constraints of the database."""

import datetime

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import IntegrityError, transaction

from minutes.models import (
    AgendaItem,
    Attendance,
    Body,
    Deadline,
    Document,
    Involvement,
    Meeting,
    Organization,
    OrganizationAlias,
    Paragraph,
    Person,
    SourceFile,
    Task,
    TaskActor,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2021, 3, 5)


@pytest.fixture
def body():
    return Body.objects.create(name="云川市人民政府")


@pytest.fixture
def new_meeting(body):
    """Store a meeting from a file of its own."""

    def create(**facts) -> Meeting:
        name = f"{SourceFile.objects.count()}.txt"
        source = SourceFile.objects.create(name=name, sha256=name, content=b"x", encoding="utf-8", text="x")
        return Meeting.objects.create(
            **{"body": body, "source": source, "kind": "executive", "kind_text": "常务会议", "parser_version": "1"}
            | facts
        )

    return create


def refused(action, *arguments, **facts) -> bool:
    try:
        with transaction.atomic():
            action(*arguments, **facts)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    ("first", "second", "is_refused"),
    [
        ({"date": DAY, "number": 12}, {"date": DAY, "number": 12}, True),
        ({"date": DAY, "number": 12}, {"date": DAY, "number": 13}, False),
        ({"date": DAY, "number": 12}, {"date": DAY, "number": 12, "kind_text": "党组会议"}, False),
        ({"date": DAY, "number": 1}, {"date": DAY.replace(year=2022), "number": 1}, False),
        ({"date": DAY, "part_of_day": "上午"}, {"date": DAY, "part_of_day": "上午"}, True),
        ({"date": DAY, "part_of_day": "上午"}, {"date": DAY, "part_of_day": "下午"}, False),
        ({"doc_number": "〔2021〕7号"}, {"doc_number": "〔2021〕7号"}, True),
        ({"date": DAY, "doc_number": "〔2021〕7号"}, {"date": DAY, "doc_number": "〔2021〕8号"}, False),
        ({}, {}, False),
    ],
)
def test_a_meeting_is_recorded_once(first, second, is_refused, new_meeting):
    new_meeting(**first)

    assert refused(new_meeting, **second) is is_refused


def test_meetings_of_two_bodies_do_not_get_in_each_others_way(new_meeting):
    new_meeting(date=DAY, number=12, doc_number="〔2021〕7号")

    other = Body.objects.create(name="东浦县人民政府")
    assert not refused(new_meeting, body=other, date=DAY, number=12, doc_number="〔2021〕7号")


def test_a_file_belongs_to_one_meeting_and_its_bytes_are_kept_once(new_meeting):
    meeting = new_meeting()

    assert refused(new_meeting, source=meeting.source)
    assert refused(SourceFile.objects.create, name="b", sha256=meeting.source.sha256, content=b"y", text="y")


def test_names_are_entered_once(body):
    unit = Organization.objects.create(body=body, name="市财政局")
    OrganizationAlias.objects.create(body=body, organization=unit, name="财政局")
    Person.objects.create(body=body, name="王岚", organization=unit)
    Person.objects.create(body=body, name="王岚")
    Document.objects.create(body=body, title="云川市节水办法")

    assert refused(Body.objects.create, name=body.name)
    assert refused(Organization.objects.create, body=body, name="市财政局")
    assert refused(OrganizationAlias.objects.create, body=body, organization=unit, name="财政局")
    assert refused(Person.objects.create, body=body, name="王岚", organization=unit)
    assert refused(Person.objects.create, body=body, name="王岚")
    assert refused(Document.objects.create, body=body, title="云川市节水办法")


def test_positions_and_roles_are_taken_once(body, new_meeting):
    meeting, unit = new_meeting(), Organization.objects.create(body=body, name="市财政局")
    place = {"start": 0, "end": 1}
    item = AgendaItem.objects.create(meeting=meeting, position=1, title="节水", **place)
    for create, facts in [
        (AgendaItem.objects.create, {"meeting": meeting, "position": 1}),
        (Paragraph.objects.create, {"item": item, "position": 1}),
        (Attendance.objects.create, {"meeting": meeting, "position": 1, "organization": unit}),
        (Involvement.objects.create, {"item": item, "organization": unit, "role": "lead"}),
    ]:
        create(**facts, **place) if create != AgendaItem.objects.create else None
        assert refused(create, **facts, **place), facts


def test_an_attendance_names_somebody(new_meeting):
    assert refused(Attendance.objects.create, meeting=new_meeting(), position=1, role="present", start=0, end=1)


def test_a_span_does_not_end_before_it_begins(new_meeting):
    assert refused(AgendaItem.objects.create, meeting=new_meeting(), position=1, title="节水", start=5, end=4)


def test_the_migrations_make_these_tables(capsys):
    call_command("makemigrations", "minutes", "--check", "--dry-run", verbosity=0)


def test_no_constraint_is_one_that_the_database_would_ignore():
    assert not [issue for issue in run_checks(databases=["default"]) if issue.id.startswith("models.")]


def test_a_task_stands_in_an_item_or_outside_of_all(new_meeting):
    meeting = new_meeting()
    item = AgendaItem.objects.create(meeting=meeting, position=1, title="审议", start=0, end=9)
    facts = {"meeting": meeting, "kind": "work", "text": "市水务局要抓紧。", "start": 0, "end": 8}

    assert refused(Task.objects.create, position=1, part="item", **facts)
    assert refused(Task.objects.create, position=1, part="closing", item=item, **facts)
    assert not refused(Task.objects.create, position=1, part="item", item=item, **facts)
    assert not refused(Task.objects.create, position=2, part="closing", **facts)
    assert refused(Task.objects.create, position=2, part="closing", **facts), "two tasks at one position"


def test_an_actor_is_a_unit_or_a_person_and_a_crowd_neither(new_meeting, body):
    facts = {"kind": "work", "text": "市水务局要抓紧。", "start": 0, "end": 8}
    task = Task.objects.create(meeting=new_meeting(), part="closing", position=1, **facts)
    unit = Organization.objects.create(body=body, name="市水务局")
    person = Person.objects.create(body=body, name="卓韬")
    actor = {"task": task, "position": 1, "role": "lead", "text": "市水务局", "start": 0, "end": 4}

    assert refused(TaskActor.objects.create, form="unit", organization=unit, person=person, **actor)
    assert refused(TaskActor.objects.create, form="crowd", organization=unit, **actor)
    assert not refused(TaskActor.objects.create, form="unit", organization=unit, **actor)


def test_a_deadline_belongs_to_a_task_or_a_decision(new_meeting):
    assert refused(Deadline.objects.create, meeting=new_meeting(), text="6月底前", start=0, end=4)
