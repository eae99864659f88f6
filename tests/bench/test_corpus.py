"""Test that generated meetings are reproducible, with realistic statistics."""

import hashlib
from collections import Counter

import pytest

from bench.corpus.meetings import FIRST_DAY, LAST_DAY, made_up_meeting, made_up_meetings
from bench.corpus.records import keep
from minutes.models import AgendaItem, Attendance, Meeting
from search.index.documents import build_documents

pytestmark = pytest.mark.slow


def test_the_same_meetings_come_every_time():
    """Across machines and versions too: figures of two runs are comparable only then."""
    mark = hashlib.sha256(repr([made_up_meeting(serial) for serial in (0, 1, 499, 500, 19_999)]).encode())

    assert mark.hexdigest()[:16] == "aaa899bee1841068"


def test_their_sizes_are_those_of_real_minutes():
    items = [item for meeting in made_up_meetings(400) for item in meeting.items]
    lengths = [len(text) for item in items for text in item.paragraphs]

    assert 7.5 < len(items) / 400 < 8.5
    assert 2.7 < len(lengths) / len(items) < 3.3
    assert min(lengths) >= 50
    assert max(lengths) <= 300


def test_few_words_are_very_common_and_most_are_rare():
    topics = Counter(item.topic for meeting in made_up_meetings(400) for item in meeting.items).most_common()

    assert topics[0][1] > 10 * topics[-1][1]
    assert sum(count for _, count in topics[:10]) > sum(count for _, count in topics) / 4


def test_their_dates_run_from_the_first_year_to_the_last():
    dates = [made_up_meeting(serial).date for serial in range(500)]

    assert dates[0].year == FIRST_DAY.year
    assert dates[-1].year == LAST_DAY.year
    assert len({date.year for date in dates}) == LAST_DAY.year - FIRST_DAY.year + 1


@pytest.mark.django_db
def test_what_is_kept_is_found_in_the_records_and_in_what_is_indexed():
    meetings = list(made_up_meetings(3))

    assert keep(meetings) == 3
    assert Meeting.objects.published().count() == 3
    assert list(AgendaItem.objects.order_by("meeting__number", "position").values_list("title", flat=True)) == [
        item.title for meeting in meetings for item in meeting.items
    ]
    assert Attendance.objects.count() == sum(len(meeting.attendees) for meeting in meetings)
    documents = list(build_documents())
    assert len(documents) == 3 + sum(len(meeting.items) for meeting in meetings)
    assert all(meetings[0].items[0].paragraphs[0] not in document.texts for document in documents[2:])
    assert meetings[0].items[0].paragraphs[0] in documents[1].texts[0]


@pytest.mark.django_db
def test_every_kept_paragraph_stands_in_the_source_where_it_says():
    keep(made_up_meetings(1))
    meeting = Meeting.objects.get()
    paragraphs = [paragraph for item in meeting.items.all() for paragraph in item.paragraphs.all()]

    assert paragraphs
    assert [str(each) for each in paragraphs] == [meeting.source.text[each.start : each.end] for each in paragraphs]
