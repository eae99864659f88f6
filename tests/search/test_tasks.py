"""Test searching for tasks, by responsible unit, and results shown as tasks."""

import datetime
from dataclasses import replace

import pytest

from minutes.models import Involvement, Organization, TaskActor
from search.service import index_everything
from tests.kept import kept
from tests.pages import stories
from tests.pages.factory import keep_meeting
from tests.pages.reading import read
from tests.pages.stories import FLOODS

HOUSING = replace(stories.HOUSING, tasks=(), deadline=None)


@kept
def archive(folder):
    keep_meeting(number=88, date=datetime.date(2020, 4, 10), items=(FLOODS, HOUSING))
    for actor in TaskActor.objects.filter(task__kind="work", organization__isnull=False):
        # As a recorded text has them: whoever is told to do something is responsible.
        place = {"written": actor.text, "start": actor.start, "end": actor.end}
        Involvement.objects.get_or_create(
            item=actor.task.item, organization=actor.organization, role="responsible", defaults=place
        )
    index_everything()


def found(client, **params):
    text = read(client.get("/search/", params)).text
    return {name for name, title in (("floods", FLOODS.title), ("housing", HOUSING.title)) if title in text}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("任务:落实防汛经费", {"floods"}),
        # In the text of the item, but in no task.
        ("任务:原则同意", set()),
        ("责任:市住建局", {"housing"}),
        ("责任:市应急局", {"floods"}),
    ],
)
def test_tasks_and_who_is_responsible_are_fields_of_a_query(client, archive, query, expected):
    assert found(client, q=query) == expected


def unit(name):
    return Organization.objects.get(name=name).pk


@pytest.mark.parametrize(
    ("name", "expected"),
    [("市应急局", {"floods"}), ("市财政局", {"floods"}), ("市气象局", {"floods"}), ("市住建局", set())],
)
def test_items_are_narrowed_to_those_with_a_task_for_a_unit(client, archive, name, expected):
    assert found(client, organization=unit(name), role="tasked") == expected


def test_the_choice_stands_beside_the_other_roles_of_a_unit(client, archive):
    page = read(client.get("/search/", {"organization": unit("市财政局")}))

    (address,) = page.links_saying("有任务 1 条")
    assert found(client, organization=unit("市财政局"), role="tasked") == {"floods"}
    assert "role=tasked" in address


@pytest.mark.parametrize("words", ["责任:市财政局", "市财政局"])
def test_of_an_item_those_tasks_are_shown_that_name_the_unit(client, archive, words):
    text = read(client.get("/search/", {"q": words, "view": "tasks"})).text

    assert "市财政局要落实防汛经费。" in text
    assert "险工险段" not in text


def test_whoever_has_a_task_outside_of_the_filter_is_not_shown_with_it(client, archive):
    asked = {"organization": unit("市财政局"), "role": "tasked", "view": "tasks"}
    text = read(client.get("/search/", asked)).text

    assert "市财政局要落实防汛经费。" in text
    assert "险工险段" not in text


def test_results_are_shown_as_tasks(client, archive):
    page = read(client.get("/search/", {"q": "防汛经费"}))
    (address,) = page.links_saying("按任务看：谁、做什么、何时以前")
    text = read(client.get(f"/search/{address}")).text

    assert "市财政局要落实防汛经费。" in text
    assert "险工险段" not in text, "of the tasks of the item those that contain the words"
    assert "按议题看" in text


def test_an_item_without_tasks_says_so(client, archive):
    assert "这一项没有点名要求谁做什么" in read(client.get("/search/", {"q": "老旧小区", "view": "tasks"})).text


def test_how_results_are_shown_means_nothing_to_files_and_feeds(client, archive):
    urls = [url for _, url in read(client.get("/search/", {"q": "防汛", "view": "tasks"})).links]
    assert [url for url in urls if ".csv" in url]
    assert not [url for url in urls if "view=tasks" in url and (".csv" in url or "feed" in url)]
