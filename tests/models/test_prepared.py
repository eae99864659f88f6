"""Prepared queries: SQL made once, answers always those of the database."""

import datetime

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from minutes.models import Meeting, MeetingStatus
from minutes.models.prepared import prepared
from tests.pages.factory import keep_meeting

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
    return [keep_meeting(number=40 + day.month, date=day) for day in days]


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
