"""Requests that make no sense, by chance: every public address with odd ids and odd parameters, never a 500.

`REQUESTS=15000 pytest tests/test_fuzzed_requests.py` asks more of them; the chance is the same each time.
"""

import os
import random
import re
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver
from rest_framework.throttling import SimpleRateThrottle

from minutes.models import Meeting, Organization
from open_data.public import regenerate
from search.service import index_everything
from tests.pages.factory import keep_meeting
from tests.pages.stories import HOUSING, PARKING_DRAFT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

REQUESTS = int(os.environ.get("REQUESTS", "1500"))
# In place of an id, a code or a name within an address; some are percent-encoded already.
ODD_PARTS = (
    *("1", "2", "0", "-1", "00001", "9223372036854775807", "9223372036854775808", "9" * 30, "1.0", "1e3", "٣", "１"),
    *("x", "云川", "%00", "%FF", "%ED%A0%80", "..", "%2e%2e%2f", "%2F", "%0d%0aSet-Cookie:a=b", "a" * 900, "'", "<b>"),
    *("10", "10.2", "meetings", "minutes.jsonl", "json", "1/1", "1/99999999999999999999", "0" * 12),
)
ODD_VALUES = (
    *("", " ", "0", "-1", "1", "2", "9223372036854775808", "9" * 400, "٣", "１", "1e308", "NaN", "Infinity", "null"),
    *(
        "云川",
        "市住建局",
        "改造",
        "\x00",
        "改\x00造",
        "\ud800",
        "\u202e",
        "🀄",
        "\U00020000" * 9,
        "a" * 3000,
        "改" * 201,
    ),
    *("2019", "0000", "99999", "2019-13-45", "9999-12-31", "0001-01-01", "0000-00-00", "2019-02-30", "2019-W01"),
    *(
        "(" * 80,
        '"',
        "“”",
        "-",
        "-改造",
        "改 OR",
        "OR OR",
        "标题:",
        "单位:(",
        "日期:..",
        "年份:1..2",
        "文号:〔〕",
        "*:*",
    ),
    *(
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "%s%n",
        "../../etc/passwd",
        "=1+1",
        "\r\nX: y",
        "[]",
        "{}",
    ),
    *("lead", "newest", "item", "csv", "json", "true", "10", "10.2", "approved", "procurement", "date", "-date"),
)
# Besides those that a page's own form names.
PARAMETERS = (
    *("q", "page", "page_size", "cursor", "year", "years", "body", "bodies", "organization", "department", "person"),
    *("document", "topic", "kind", "role", "outcome", "sort", "order", "only", "fields", "format", "date_after"),
    *("date_before", "from", "to", "when", "place", "next", "status", "meeting", "number", "lead", "unit", "view", "n"),
)
HEADERS = (
    {"accept": "text/markdown"},
    {"accept": "application/json"},
    {"accept": "/;q=x,*"},
    {"hx-request": "true", "hx-target": "<x>"},
    {"if-none-match": 'W/"'},
    {"if-modified-since": "Thu, 99 Foo 0000 99:99:99 GMT"},
    {"range": "bytes=9-1,-"},
    {"accept-language": "zz-\x80" * 90},
    {"x-request-id": "a" * 900},
    {"x-forwarded-for": "::::", "x-forwarded-host": "elsewhere.example", "x-forwarded-prefix": "/x"},
    {"cookie": 'sessionid="\\"; csrftoken=;;==; a'},
)
# <input name="q">, <select name="body">
NAMED = re.compile(r'name="([a-z_]+)"')
# meetings/%(pk)s/
PART = re.compile(r"%\(\w+\)s")


@pytest.fixture
def archive(settings, tmp_path, monkeypatch):
    settings.INDEX_DIR, settings.EXPORT_DIR = tmp_path / "index", tmp_path / "exports"
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"anon": None})
    cache.clear()
    keep_meeting(number=1, items=(HOUSING, PARKING_DRAFT), attendees=2)
    index_everything()
    regenerate()


def templates():
    """Every public address as the program's own table has it: `meetings/%(pk)s/`."""
    table = get_resolver().reverse_dict
    every = {entry[0] for name in table if isinstance(name, str) for each in table.getlist(name) for entry in each[0]}
    return sorted(template for template in every if not template.startswith("admin/"))


def requests(chance):
    """Yield paths and headers without end."""
    known = templates()
    named = {}
    while True:
        template = chance.choice(known)
        part = chance.choice((real_id, real_id, odd_part))
        path = "/" + PART.sub(lambda _, part=part: part(chance), template)
        if template not in named:
            page = Client(raise_request_exception=False).get("/" + PART.sub("1", template))
            is_page = page.get("Content-Type", "").startswith("text/html")
            named[template] = tuple(sorted(set(NAMED.findall(page.text)))) if is_page else ()
        some = chance.sample(PARAMETERS + named[template], chance.choice((0, 1, 1, 2, 3)))
        values = [(name, chance.choice(ODD_VALUES)) for name in some for _ in range(chance.choice((1, 1, 1, 2)))]
        question = urlencode(values, errors="surrogatepass")
        yield f"{path}?{question}" if values else path, chance.choice(HEADERS) if chance.random() < 0.2 else {}


def real_id(chance):
    return str(chance.choice([Meeting.objects.first().pk, Organization.objects.first().pk, 1, 2]))


def odd_part(chance):
    return chance.choice(ODD_PARTS)


def test_no_request_ends_in_an_error_of_the_archive(archive):
    client = Client(raise_request_exception=False)
    chance = random.Random(20261130)
    failed, statuses = [], {}
    for _, (path, headers) in zip(range(REQUESTS), requests(chance), strict=False):
        response = client.generic(chance.choice(("GET",) * 9 + ("POST",)), path, headers=headers)
        if response.streaming:
            response.close()
        statuses[response.status_code] = statuses.get(response.status_code, 0) + 1
        if response.status_code >= 500:
            failed.append((path, headers, response.status_code))
        assert "elsewhere.example" not in str(response.headers), path

    print(statuses)
    assert failed == []
    assert {200, 400, 404} <= set(statuses)
