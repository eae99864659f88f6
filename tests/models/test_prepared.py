"""Prepared queries: SQL made once, answers always those of the database."""

import datetime

import pytest
from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from minutes.models import AgendaItem, Document, Meeting, MeetingStatus, Task, TaskPart
from minutes.models.prepared import attach, first_or_404, prepared
from tests.pages.factory import keep_meeting
from tests.pages.stories import HOUSING, PARKING_AGAIN

pytestmark = pytest.mark.django_db


@prepared
def _published(pks: list[int]) -> QuerySet:
    return Meeting.objects.published().select_related("body").filter(pk__in=pks)


@prepared
def _numbers_since(day: datetime.date, kind: str) -> QuerySet:
    return Meeting.objects.filter(date__gte=day, kind=kind).order_by("number").values_list("number", "date")


@pytest.fixture
def meetings() -> list[Meeting]:
    days = [datetime.date(2019, month, 6) for month in (3, 5, 9)]
    return [keep_meeting(number=40 + day.month, date=day, items=(PARKING_AGAIN, HOUSING), attendees=0) for day in days]


def test_it_finds_records_with_their_relations_and_types(meetings):
    found = _published([meeting.pk for meeting in meetings])
    assert {meeting.pk: meeting.date for meeting in found} == {meeting.pk: meeting.date for meeting in meetings}
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert {meeting.body.name for meeting in found} == {"云川市人民政府"}
    assert not asked.captured_queries


def test_what_was_withdrawn_is_gone_at_once(meetings):
    pks = [meeting.pk for meeting in meetings]
    assert len(_published(pks)) == 3
    Meeting.objects.filter(pk=pks[0]).update(status=MeetingStatus.WITHDRAWN)
    assert {meeting.pk for meeting in _published(pks)} == set(pks[1:])


@pytest.mark.parametrize("collection", [list, tuple, set, frozenset, dict.fromkeys])
def test_any_collection_of_any_size_may_be_asked_for(meetings, collection):
    for size in range(4):
        assert len(_published(collection([meeting.pk for meeting in meetings[:size]]))) == size


def test_values_are_bound_anew(meetings):
    since = {month: _numbers_since(datetime.date(2019, month, 1), "executive") for month in (1, 5, 6, 12)}
    assert {month: [number for number, _ in rows] for month, rows in since.items()} == {
        1: [43, 45, 49],
        5: [45, 49],
        6: [49],
        12: [],
    }
    assert since[6] == [(49, datetime.date(2019, 9, 6))]


def test_the_sql_is_made_once(meetings, monkeypatch):
    _published([meetings[0].pk])
    made = []
    monkeypatch.setattr(SQLCompiler, "as_sql", lambda *_args, **_kwargs: made.append(1))
    assert len(_published([meeting.pk for meeting in meetings])) == 3
    assert not made


def test_text_needs_no_escaping(meetings):
    assert _numbers_since(datetime.date(2019, 1, 1), "' OR 1=1 --") == []


@prepared
def _of_number(pk: int) -> QuerySet:
    return Meeting.objects.filter(pk=pk)


@prepared
def _items(meetings: list[int]) -> QuerySet:
    return AgendaItem.objects.filter(meeting__in=meetings).order_by("position")


@prepared
def _documents(tasks: list[int]) -> QuerySet:
    return Document.objects.filter(tasks__in=tasks).annotate(of=F("tasks"))


@pytest.mark.parametrize("number", [0, 2**63, 10**30])
def test_a_number_beyond_the_database_is_of_no_record(number):
    assert _of_number(number) == []
    with pytest.raises(Http404):
        first_or_404(_of_number(number))


def test_related_rows_are_where_the_framework_looks_for_them(meetings, django_assert_num_queries):
    expected = [list(meeting.items.order_by("position")) for meeting in meetings]
    with django_assert_num_queries(1):
        loaded = attach(meetings, "items", _items)
    with django_assert_num_queries(0):
        assert [meeting.items.all() for meeting in meetings] == expected
        assert {item.meeting for item in loaded} == set(meetings)
    assert loaded


def test_so_are_those_of_a_relation_of_many_to_many(meetings, django_assert_num_queries):
    body = meetings[0].body
    document, other = (Document.objects.create(body=body, title=title) for title in ("停车方案", "住房方案"))
    meeting = meetings[0]
    both, one, none = (
        Task.objects.create(meeting=meeting, position=90 + place, part=TaskPart.OPENING, text="办理", start=0, end=2)
        for place in range(3)
    )
    both.documents.set([document, other])
    one.documents.set([other])
    tasks = [both, one, none]
    with django_assert_num_queries(1):
        attach(tasks, "documents", _documents)
    with django_assert_num_queries(0):
        assert [set(task.documents.all()) for task in tasks] == [{document, other}, {other}, set()]


def test_nothing_is_loaded_for_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert attach([], "items", _items) == []
