"""Test the MCP server with the client of the mcp package."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest
from django.urls import clear_script_prefix, set_script_prefix

from minutes.models import Meeting, MeetingStatus
from search.service import index_everything
from tests.pages.factory import ItemFacts, TaskFacts, keep_meeting
from tests.pages.stories import HOUSING

pytestmark = [pytest.mark.thorough, pytest.mark.django_db(transaction=True)]


def in_new_loop(ask):
    """Run the call in a thread, since browser tests keep an event loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(anyio.run, ask).result()


def connected():
    """Yield a client of the server; its library is slow to import."""
    from mcp import Client

    from api.mcp.server import make_server

    return Client(make_server())


def call(tool: str, **arguments: object):
    async def ask():
        async with connected() as client:
            return await client.call_tool(tool, arguments)

    result = in_new_loop(ask)
    text = result.content[0].text
    return text if result.is_error else json.loads(text)


def test_every_tool_says_what_it_gives():
    async def ask():
        async with connected() as client:
            return (await client.list_tools()).tools

    tools = {tool.name: tool.description for tool in in_new_loop(ask)}
    assert set(tools) == {"search", "meeting", "item", "document", "unit", "tasks"}
    assert all(tools.values())


def test_an_item_is_quoted_with_a_permalink_that_holds(client):
    meeting = keep_meeting(items=(HOUSING,))
    answer = call("item", meeting=meeting.pk, position=1)
    assert answer["title"] == HOUSING.title
    for quote in answer["quotes"]:
        address = quote["permalink"].removeprefix("http://127.0.0.1:8000")
        page = client.get(address)
        assert page.status_code == 200
        assert "文字与引用时一致" in page.content.decode()
        assert quote["fingerprint"] in address


def test_drafts_and_withdrawn_meetings_are_not_told():
    meeting = keep_meeting(items=(HOUSING,))
    for status in (MeetingStatus.DRAFT, MeetingStatus.WITHDRAWN):
        Meeting.objects.update(status=status)
        assert HOUSING.title not in str(call("item", meeting=meeting.pk, position=1))
        assert HOUSING.title not in str(call("meeting", id=meeting.pk))


def test_what_cannot_be_answered_is_said_in_a_sentence():
    assert "年份" in call("tasks", organization="市水务局", year="去年")


def test_what_a_unit_was_told_comes_with_the_sentence_and_its_address(client):
    task_facts = TaskFacts("由市水务局于6月底前完成清淤。", lead=("市水务局",))
    text = f"会议强调安全。{task_facts.text}各地要配合。"
    keep_meeting(items=(ItemFacts(title="研究清淤工作", paragraphs=(text,), tasks=(task_facts,)),))

    [task] = call("tasks", organization="市水务局", year="2019")["results"]

    assert task["quote"]["text"] == task_facts.text
    page = client.get(task["quote"]["permalink"].removeprefix("http://127.0.0.1:8000"))
    assert "文字与引用时一致" in page.content.decode()


def test_a_unit_is_found_by_its_name_with_its_government():
    keep_meeting(items=(HOUSING,))
    [unit] = call("unit", name=HOUSING.lead)["results"]
    assert (unit["name"], unit["body"]["name"]) == (HOUSING.lead, "云川市人民政府")


def test_results_are_quoted(settings, tmp_path, client):
    settings.INDEX_DIR = tmp_path
    keep_meeting(items=(HOUSING,))
    index_everything()
    [result, *_] = call("search", query="老旧小区")["results"]
    assert "老旧小区" in result["quote"]["text"]
    assert client.get(result["quote"]["permalink"].removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_an_archive_below_a_path_is_read_too():
    from api.mcp.records import read

    kept = keep_meeting(items=(HOUSING,))
    set_script_prefix("/archive/")
    try:
        found = read("api-v1-meeting-detail", kept.pk)
    finally:
        clear_script_prefix()

    assert found["id"] == kept.pk
    assert "/archive/meetings/" in str(found)


ODD = ("", " ", "\x00", "改\x00造", "\ud800", "a" * 5_000, "(" * 80, "'", "年份:NaN", "%00", "../..", "9" * 40)
ODD_NUMBERS = (0, -1, 2**63, -(2**63) - 1, 10**30)


@pytest.mark.parametrize(
    ("tool", "usual", "odd"),
    [
        *(("search", {"query": "改造"}, name) for name in ("query", "body", "year", "organization")),
        *(("document", {"title": "办法"}, name) for name in ("title", "body")),
        *(("unit", {"name": "市水务局"}, name) for name in ("name", "body")),
        *(("tasks", {"organization": "市水务局"}, name) for name in ("organization", "body", "year", "role")),
        *(("search", {"query": "改造"}, "limit"), ("meeting", {}, "id")),
        *(("item", {"position": 1}, "meeting"), ("item", {"meeting": 1}, "position")),
    ],
)
def test_odd_arguments_get_an_answer_or_a_sentence(tool, usual, odd, settings, tmp_path):
    settings.INDEX_DIR = tmp_path
    keep_meeting(items=(HOUSING,))
    index_everything()

    for value in ODD_NUMBERS if odd in ("limit", "id", "meeting", "position") else ODD:
        answer = call(tool, **usual | {odd: value})
        if isinstance(answer, str):
            assert re.search(r"[\u4e00-\u9fff]", answer), (value, answer)
            assert not any(word in answer for word in ("Traceback", "Reverse for")), (value, answer)
