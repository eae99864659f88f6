"""Assistant programs over MCP: the package's own client asks, and gets sentences with addresses that hold."""

import json
from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest
from mcp import Client

from api.mcp.server import make_server
from minutes.models import Meeting, MeetingStatus
from tests.pages.factory import keep_meeting
from tests.pages.stories import HOUSING

pytestmark = pytest.mark.django_db(transaction=True)


def in_new_loop(ask):
    """Run the question in a thread of its own: a browser of other tests keeps an event loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(anyio.run, ask).result()


def call(tool: str, **arguments: object):
    async def ask():
        async with Client(make_server()) as client:
            return await client.call_tool(tool, arguments)

    result = in_new_loop(ask)
    text = result.content[0].text
    return text if result.is_error else json.loads(text)


def test_every_tool_says_what_it_gives():
    async def ask():
        async with Client(make_server()) as client:
            return (await client.list_tools()).tools

    tools = {tool.name: tool.description for tool in in_new_loop(ask)}
    assert set(tools) == {"search", "meeting", "item", "documents", "organizations", "tasks"}
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
