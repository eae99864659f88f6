"""Test meetings that match only across several items."""

import pytest

from minutes.models import MeetingStatus
from search.query.params import new_search
from search.service import meetings_across_items, search

pytestmark = pytest.mark.django_db


def test_a_meeting_that_holds_all_words_is_offered_as_long_as_it_is_published(take_in, index):
    meeting = take_in(31, ("研究道路养护事宜", "由市发改委牵头。"), ("研究桥梁检测事宜", "会议听取了情况。"))
    take_in(32, ("研究道路养护事宜", "会议听取了情况。"))
    index()
    query = "市发展和改革委员会 桥梁检测"
    assert search(new_search(query)).total == 0
    assert meetings_across_items(new_search(query)) == [meeting]
    assert meetings_across_items(new_search(query, exact=True)) == []
    meeting.status = MeetingStatus.WITHDRAWN
    meeting.save()
    assert meetings_across_items(new_search(query)) == []
