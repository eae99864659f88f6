"""The addresses of the former register of deadlines: links, calendars and programs of others still use them."""

import csv
import datetime
import io
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from icalendar import Calendar

from minutes.models import Deadline
from tests.kept import kept
from tests.pages.factory import ItemFacts, TaskFacts, keep_meeting
from tests.pages.reading import read
from tests.pages.stories import FLOODS, HOUSING

CROWD = TaskFacts("各地要在12月31日前备足货源", crowd="各地", deadline=("12月31日前", datetime.date(2019, 12, 31)))
MARKET = ItemFacts(title="研究元旦市场供应", paragraphs=("各地要在12月31日前备足货源。",), tasks=(CROWD,))


@pytest.fixture
def on_new_years_day(monkeypatch):
    """Set the time to 1 January 2020 in Shanghai, still 2019 in UTC."""
    moment = datetime.datetime(2019, 12, 31, 16, 30, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)


@kept
def market():
    """Create deadlines of an unnamed group (past), 市水务局 and 市住建局 (upcoming)."""
    return keep_meeting(items=(MARKET, FLOODS, HOUSING))


@pytest.fixture
def deadlines(market, on_new_years_day):
    return market


def listed(client, address):
    text = read(client.get(address, follow=True)).text
    return [word for word in ("备足货源", "险工险段", "36个小区", "防汛经费") if word in text]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["备足货源", "险工险段", "36个小区"]),
        ("?when=upcoming", ["险工险段", "36个小区"]),
        ("?when=past", ["备足货源"]),
        ("?when=undated", []),
        ("?when=nonsense&page=7", ["备足货源", "险工险段", "36个小区"]),
        ("?year=2019", ["备足货源"]),
        ("?year=2020", ["险工险段", "36个小区"]),
        ("?year=2020&date_after=2020-07-01", ["36个小区"]),
        ("?date_before=2020-07-01", ["备足货源", "险工险段"]),
        ("?organization=市水务局", ["险工险段"]),
        ("?answerable=市水务局&when=upcoming", ["险工险段"]),
        ("?lead=市水务局", ["险工险段"]),
        ("?lead=市气象局", []),
        ("?organization=市气象局&role=supporting", ["险工险段"]),
        ("?body=云川市人民政府&year=2020", ["险工险段", "36个小区"]),
    ],
)
def test_an_old_state_is_the_same_state_of_the_register_of_tasks(client, deadlines, query, found):
    assert listed(client, f"/deadlines/{query}") == found


def test_the_redirect_is_permanent_and_says_all_in_its_address(client, deadlines):
    response = client.get("/deadlines/?when=past&answerable=7&year=2019&page=2")

    assert response.status_code == 301
    path, asked = urlsplit(response["Location"]).path, parse_qs(urlsplit(response["Location"]).query)
    assert path == "/tasks/"
    assert asked == {
        "deadline": ["past"],
        "collective": ["all"],
        "organization": ["7"],
        "due_after": ["2019-01-01"],
        "due_before": ["2019-12-31"],
        "sort": ["due-latest"],
    }


def test_a_deadline_without_a_certain_day_is_not_lost(client, deadlines):
    Deadline.objects.filter(text="2020年10月底前").update(date=None)

    assert listed(client, "/deadlines/?when=undated") == ["36个小区"]
    assert listed(client, "/deadlines/?year=unknown") == ["36个小区"]


def test_the_former_calendar_has_the_deadlines_of_all_tasks_under_the_same_marks(client, deadlines):
    calendar = Calendar.from_ical(client.get("/deadlines.ics", follow=True).content)
    events = {event["DTSTART"].dt.isoformat(): event for event in calendar.walk("VEVENT")}

    assert list(events) == ["2019-12-31", "2020-06-30", "2020-10-31"]
    place = Deadline.objects.get(text="2020年10月底前").start
    assert events["2020-10-31"]["UID"] == f"{deadlines.pk}-3-{place}@testserver"
    assert "由谁办理：市住建局" in events["2020-10-31"]["DESCRIPTION"]


def test_the_former_table_has_the_tasks_with_a_deadline(client, deadlines):
    content = client.get("/deadlines/deadlines.csv?year=2020", follow=True).content.decode("utf-8-sig")

    assert [line["期限日期"] for line in csv.DictReader(io.StringIO(content))] == ["2020-06-30", "2020-10-31"]


def test_the_former_page_as_markdown_leads_there_too(client, deadlines):
    assert client.get("/deadlines.md?when=past")["Location"].startswith("/tasks/?deadline=past")


def test_what_was_refused_is_refused_after_the_redirect(client, deadlines):
    assert client.get("/deadlines/deadlines.csv?organization=nobody", follow=True).status_code == 400
    assert client.get("/deadlines.ics?date_after=never", follow=True).status_code == 400
    assert client.get("/deadlines/deadlines.csv?year=last", follow=True).status_code == 400
    assert client.get("/deadlines/deadlines.csv?colour=red", follow=True).status_code == 400
    assert client.get("/deadlines/?organization=nobody", follow=True).status_code == 200
