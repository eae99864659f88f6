from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from minutes.corrections import changes
from minutes.corrections.paths import fingerprint, node_at
from minutes.ingest.ingest_file import Wishes, ingest_bytes
from minutes.models import Meeting

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def meeting(db) -> Meeting:
    """The 24th meeting of 云川市, as a draft."""
    name = "yunchuan-2018-24.txt"
    result = ingest_bytes(name, (SAMPLES / name).read_bytes(), Wishes())
    return Meeting.objects.get(pk=result.meeting)


@pytest.fixture
def editor(db):
    return get_user_model().objects.create_user("卓韬", password="long-enough-for-a-test", is_staff=True)


def seen_at(meeting: Meeting, place: str):
    """What an editor finds at a place."""
    return node_at(changes.current_reading(meeting).tree, place)


def correct(meeting: Meeting, place: str, node, seen, by) -> Meeting:
    """What an editor does who has `seen` a node and puts another in its place."""
    return changes.correct(meeting.pk, place, node, fingerprint(seen), by)


def rows_of(meeting: Meeting) -> dict[str, list]:
    """All rows of a meeting with their keys, to be compared."""
    querysets = {
        "items": meeting.items,
        "attendance": meeting.attendance,
        "paragraphs": type(meeting.items.first()).objects.filter(meeting=meeting).values_list("paragraphs__pk"),
    }
    rows = {name: list(rows.values_list().order_by("pk")) for name, rows in querysets.items() if name != "paragraphs"}
    rows["paragraphs"] = list(querysets["paragraphs"].order_by("paragraphs__pk"))
    rows["decisions"] = list(meeting.items.order_by("pk").values_list("decision__pk", "decision__outcome"))
    rows["involvements"] = list(meeting.items.order_by("involvements__pk").values_list("involvements__pk"))
    rows["references"] = list(meeting.items.order_by("references__pk").values_list("references__pk"))
    return rows
