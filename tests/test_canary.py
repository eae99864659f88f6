"""Test that content of a withdrawn meeting disappears from every view at once."""

import datetime
import re
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.utils import timezone
from mcp.server.mcpserver.exceptions import ToolError
from rest_framework.throttling import SimpleRateThrottle

from api.mcp.server import document, item, meeting, search, tasks, unit
from minutes.models import Meeting
from minutes.workflow import withdraw
from open_data.public import regenerate
from pages.citations.passages import Passage, keep_wording
from search.alerts.digest import send_digests
from search.alerts.models import Alert
from search.service import index_everything
from tests.kept import kept
from tests.minutes_text import minutes_text
from tests.test_invisibility import public_addresses, words_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WORD, UNIT, PERSON, DOCUMENT = "灯塔迁建", "市航标局", "幸有光", "云川市灯塔管理办法"
CANARIES = (WORD, UNIT, PERSON, DOCUMENT)
DECISION = f"会议审议了《{DOCUMENT}（草案）》，原则同意。由{UNIT}牵头，12月底前完成{WORD}。"
# What leads to each of them without being one: the beginning of a word, another spelling, the sound.
HINTS = ("灯塔", "灯塔迁健", "航标", "市航标", "幸有", "灯塔管理", "dengta", "hangbiao")


@kept
def published(folder):
    """Publish a meeting, the only one that names the canaries, and another one.

    Both are in the index and in the files.
    """
    texts = {
        "other.txt": minutes_text(3, 3, doc_number="〔2019〕3号"),
        "canary.txt": minutes_text(4, 4, doc_number="〔2019〕4号")
        .replace("\n出席：", f"\n三、研究{WORD}事宜\n\n{DECISION}\n\n出席：")
        .replace("市应急局应连胜", f"市应急局应连胜  {UNIT}{PERSON}"),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
        call_command("ingest", str(folder / name), "--publish", verbosity=0)
    meeting = Meeting.objects.get(source__name="canary.txt")
    for passage in (Passage(meeting, None), *(Passage(meeting, each) for each in meeting.items.all())):
        keep_wording(passage)
    index_everything()
    regenerate()
    return meeting


@pytest.fixture
def canary(published, monkeypatch):
    """Return the meeting, of which a reader may ask as often as they like."""
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"anon": None})
    return published


def paths():
    """Every public address of the program's own table, with every id, and with every search that leads to a canary."""
    for _, path in public_addresses():
        yield path
        if re.fullmatch(r"/(search|feeds|api)/[a-z/.]*", path):
            yield from (f"{path}?q={quote(hint)}" for hint in HINTS)
    yield from (f"/search/suggest/?q={quote(name[0])}" for name in CANARIES)


def body_of(client, path):
    response = client.get(path)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return response.status_code, content


def names_in(content):
    """Return the canaries on a page, except those typed by the reader."""
    shown = re.sub(r"<(title|input|meta|link)[^>]*>", "", content.decode("utf-8", "replace")).encode()
    words = words_in(content if content.startswith(b"PK") else shown)
    return [name for name in CANARIES if name in words or name.encode("unicode_escape").decode() in words]


def test_before_the_withdrawal_the_walk_finds_each_of_them(client, canary):
    found = {}
    for path in paths():
        for name in names_in(body_of(client, path)[1]):
            found.setdefault(name, set()).add(re.sub(r"\d+", "N", path.partition("?")[0]))

    assert set(found) == set(CANARIES)
    # Pages of every kind show the word: without that the walk after the withdrawal would prove nothing.
    doors = {"/meetings/N/", "/meetings/N.md", "/meetings/N/tasks.xlsx", "/meetings/N/tasks.docx", "/tasks/tasks.csv"}
    assert doors <= found[WORD]


def test_withdrawn_is_withdrawn_at_once_through_every_door(client, canary):
    walk = list(paths())
    withdraw(canary, "涉及个人信息", None)

    found = {}
    for path in walk:
        status, content = body_of(client, path)
        assert status in (200, 301, 302, 400, 404, 405, 410, 503), path
        if names := names_in(content):
            found[path] = names

    assert found == {}


@pytest.mark.parametrize("query", CANARIES)
def test_nothing_of_it_is_counted_any_more(client, canary, query):
    withdraw(canary, "涉及个人信息", None)

    answer = client.get("/api/search/", {"q": f"“{query}”"}).json()
    assert answer["total"] == 0
    everything = client.get("/api/search/").json()
    assert not any(name in str(everything) for name in CANARIES)


def said_by(tool, arguments):
    """Return the output of a tool of the MCP server without its input."""
    try:
        answer = str(tool(**arguments))
    except ToolError as refused:
        answer = str(refused)
    return answer.replace(f"“{arguments.get('name')}”", "").replace(f"“{arguments.get('organization')}”", "")


@pytest.mark.parametrize("name", CANARIES)
def test_no_assistant_is_told_of_it(canary, name):
    asked = [(search, {"query": name}), (document, {"title": name}), (unit, {"name": name})]
    asked += [(tasks, {"organization": name}), (meeting, {"id": canary.pk})]
    asked += [(item, {"meeting": canary.pk, "position": number}) for number in (1, 2, 3)]
    assert any(name in said_by(*each) for each in asked)
    withdraw(canary, "涉及个人信息", None)

    assert [each for each in asked if name in said_by(*each)] == []


def test_no_letter_tells_of_it(canary):
    long_ago = timezone.now() - datetime.timedelta(days=2)
    Alert.objects.create(
        email="reader@yunchuan.example",
        conditions=f"q={WORD}",
        site="http://testserver",
        confirmed_at=long_ago,
        covered_until=long_ago,
    )
    withdraw(canary, "涉及个人信息", None)

    assert send_digests().letters == 0
