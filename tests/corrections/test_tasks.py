"""Tasks corrected by people: added, split, merged, given to others, rejected; and kept when the text is read again."""

from dataclasses import replace

import pytest

from minutes.corrections import paths, reparse
from minutes.corrections.changes import Change, CorrectionRefused, apply_changes, remove_correction
from minutes.corrections.paths import fingerprint
from minutes.corrections.task_nodes import merge_tasks, split_task, text_of
from minutes.models import Correction, Meeting, Task
from tests.corrections.editing import correct, seen_at


@pytest.fixture
def place(meeting) -> str:
    """Return the path of the first task of an item with two or more."""
    tree = seen_at(meeting, "items")
    return next(f"items/{key}/tasks/0" for key, item in tree.items() if len(item["tasks"]) > 1)


def texts(meeting: Meeting) -> list[str]:
    return list(Task.objects.filter(meeting=meeting).order_by("position").values_list("text", flat=True))


def units_of(text: str, role: str = "lead") -> list[str]:
    actors = Task.objects.get(text=text).actors.filter(role=role)
    return [actor.organization.name if actor.organization else actor.text for actor in actors]


def given_to(task, unit):
    return task | {"actors": [task["actors"][0] | {"text": unit, "name": unit, "form": "unit"}]}


def test_a_task_is_given_to_another_unit(meeting, editor, place):
    task = seen_at(meeting, place)
    correct(meeting, place, given_to(task, "市审计局"), task, editor)
    assert units_of(task["text"]) == ["市审计局"]
    remove_correction(meeting.pk, place)
    assert "市审计局" not in units_of(task["text"])


def test_a_rejected_task_is_gone_and_can_come_back(meeting, editor, place):
    before, task = texts(meeting), seen_at(meeting, place)
    correct(meeting, place, None, task, editor)
    assert sorted([*texts(meeting), task["text"]]) == sorted(before)
    remove_correction(meeting.pk, place)
    assert texts(meeting) == before


def test_chosen_characters_become_a_task_where_they_stand(meeting, editor, place):
    item, task = seen_at(meeting, place.partition("/tasks")[0]), seen_at(meeting, place)
    paragraph = item["paragraphs"]["0"]["span"]
    added = task | {"span": [paragraph[0], paragraph[0] + 6], "deadlines": []}
    added["text"] = text_of(meeting.source.text, added["span"])
    correct(meeting, place.rpartition("/")[0] + "/+1", added, None, editor)
    assert added["text"] in texts(meeting)
    assert Task.objects.get(text=added["text"]).item.position == item["position"]


def test_a_task_is_split_in_two_and_no_character_lost(meeting, editor, place):
    task = seen_at(meeting, place)
    at = task["span"][0] + (task["span"][1] - task["span"][0]) // 2
    first, second = split_task(task, at, meeting.source.text)
    changes = [
        Change(place, first, fingerprint(task)),
        Change(place.rpartition("/")[0] + "/+1", second, fingerprint(None)),
    ]
    apply_changes(meeting.pk, changes, editor)
    assert first["text"] + second["text"] == text_of(meeting.source.text, task["span"])
    found = texts(meeting)
    assert found.index(second["text"]) == found.index(first["text"]) + 1


def test_a_task_is_not_split_outside_of_its_characters(meeting, place):
    task = seen_at(meeting, place)
    for at in (0, task["span"][0], task["span"][1]):
        with pytest.raises(CorrectionRefused):
            split_task(task, at, meeting.source.text)


def test_two_tasks_become_one_with_the_actors_of_both(meeting, editor, place):
    first, second = seen_at(meeting, place), seen_at(meeting, place[:-1] + "1")
    merged = merge_tasks(first, second, meeting.source.text)
    changes = [Change(place, merged, fingerprint(first)), Change(place[:-1] + "1", None, fingerprint(second))]
    count = len(texts(meeting))
    apply_changes(meeting.pk, changes, editor)
    assert len(texts(meeting)) == count - 1
    actors = {actor.text for actor in Task.objects.get(text=merged["text"]).actors.all()}
    assert actors == {actor["text"] for actor in (*first["actors"], *second["actors"])}


def test_of_two_changes_the_second_refused_none_is_made(meeting, editor, place):
    task = seen_at(meeting, place)
    changes = [Change(place, None, fingerprint(task)), Change("items/99/tasks/0", None, "")]
    with pytest.raises(CorrectionRefused):
        apply_changes(meeting.pk, changes, editor)
    assert not Correction.objects.exists()


def test_a_correction_of_a_task_outlives_a_reparse(meeting, editor, place, monkeypatch):
    """A newer parser does not read the first task of the item any more, so that the corrected one moves up."""
    second = place[:-1] + "1"
    task = seen_at(meeting, second)
    correct(meeting, second, given_to(task, "市审计局"), task, editor)
    parse = reparse.parse_source

    def parse_without_first_task(source):
        parsed = parse(source)
        items = list(parsed.items)
        index = int(place.split("/")[1])
        items[index] = replace(items[index], tasks=items[index].tasks[1:])
        return replace(parsed, items=tuple(items))

    monkeypatch.setattr(reparse, "parse_source", parse_without_first_task)
    reparse.reparse(meeting.pk, editor)
    assert units_of(task["text"]) == ["市审计局"]
    assert meeting.corrections.get().place == place
    assert not meeting.problems.filter(code="correction-adrift").exists()


def test_a_correction_moves_with_its_characters_to_another_number(meeting, place):
    """A newer parser finds a task before the corrected one: the correction stays with its characters."""
    new = paths.keyed(meeting.reading.parsed)
    old = paths.keyed(meeting.reading.parsed)
    tasks = place.rpartition("/")[0]
    item = paths.node_at(new, tasks.rpartition("/")[0])
    earlier = item["tasks"]["0"] | {"span": [0, 1]}
    item["tasks"] = paths.keyed_list([earlier, *item["tasks"].values()])
    assert reparse.place_in(new, old, place) == f"{tasks}/1"


def test_a_reading_from_before_tasks_were_read_has_none(meeting):
    stored = meeting.reading.parsed
    for item in stored["items"]:
        del item["tasks"]
    del stored["opening_tasks"], stored["closing_tasks"]
    tree = paths.keyed(stored)
    assert all(item["tasks"] == {} for item in tree["items"].values())
    assert tree["closing_tasks"] == {}
