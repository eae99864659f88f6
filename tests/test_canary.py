"""A canary: what stands in one meeting alone is gone from every door at once when it is withdrawn, without a worker."""

import datetime
import re
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from minutes.models import Document, Meeting, Organization, Person
from minutes.workflow import withdraw
from open_data.public import regenerate
from search.alerts.digest import send_digests
from search.alerts.models import Alert
from search.service import index_everything
from tests.desk.addresses import ADDRESSES, PUBLIC
from tests.minutes_text import minutes_text

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WORD, UNIT, PERSON, DOCUMENT = "灯塔迁建", "市航标局", "幸有光", "云川市灯塔管理办法"
CANARIES = (WORD, UNIT, PERSON, DOCUMENT)
# What leads to each of them without being one: the beginning of a word, another spelling, the sound.
HINTS = ("灯塔", "灯塔迁健", "航标", "市航标", "幸有", "灯塔管理", "dengta", "hangbiao")


@pytest.fixture
def canary(settings, tmp_path):
    """A public meeting that alone names the canaries, beside another one; index and files hold both."""
    settings.INDEX_DIR, settings.EXPORT_DIR = tmp_path / "index", tmp_path / "exports"
    cache.clear()
    texts = {
        "other.txt": minutes_text(3, 3, doc_number="〔2019〕3号"),
        "canary.txt": minutes_text(4, 4, doc_number="〔2019〕4号")
        + f"\n二、研究{WORD}事宜\n\n会议审议了《{DOCUMENT}（草案）》，原则同意。由{UNIT}牵头，12月底前完成{WORD}。\n"
        f"\n出席：陆砚青\n列席：{UNIT}{PERSON}\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        call_command("ingest", str(tmp_path / name), "--publish", verbosity=0)
    index_everything()
    regenerate()
    return Meeting.objects.get(source__name="canary.txt")


def paths(canary):
    """Every public address without parameters, those of the canary's own records, and every search for them."""
    alone = [reverse(address.name) for address in ADDRESSES if address.name in PUBLIC and not address.parameters]
    yield from alone
    meeting = canary.get_absolute_url()
    yield from (f"{meeting}{rest}" for rest in ("", "source/", "original/", "items/1/", "items/2/", "tasks/"))
    yield from (f"/cite/{canary.pk}/", f"/cite/{canary.pk}/2/", f"/api/v1/meetings/{canary.pk}/")
    for model, kind in ((Organization, "organizations"), (Person, "people"), (Document, "documents")):
        for record in model.objects.filter(**{"title" if model is Document else "name": named(model)}):
            yield from (f"/{kind}/{record.pk}/", f"/feeds/{kind}/{record.pk}/", f"/api/v1/{kind}/{record.pk}/")
    yield from (f"/data/{name}" for name in ("minutes.jsonl", "minutes-csv.zip", "minutes.sqlite3", "manifest.json"))
    yield from (f"/search/suggest/?q={quote(hint)}" for hint in (*HINTS, WORD[0], UNIT[0], PERSON[0], DOCUMENT[0]))
    queried = [path for path in alone if path.startswith(("/search/", "/api/search/", "/feeds/"))]
    yield from (f"{path}?q={quote(hint)}" for path in queried for hint in HINTS)
    yield from (f"/api/v1/{kind}/?q={quote('云川')}" for kind in ("meetings", "items"))


def named(model):
    return {Organization: UNIT, Person: PERSON, Document: DOCUMENT}[model]


def body_of(client, path):
    response = client.get(path)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return response.status_code, content.decode("utf-8", "replace")


def names_in(text, path):
    """The canaries that a page tells; not those that the reader typed into it."""
    shown = re.sub(r"<(title|input|meta|link)[^>]*>", "", text)
    return [canary for canary in CANARIES if canary in shown]


def test_before_the_withdrawal_the_walk_finds_each_of_them(client, canary):
    found = {name for path in paths(canary) for name in names_in(body_of(client, path)[1], path)}

    assert found == set(CANARIES)


def test_withdrawn_is_withdrawn_at_once_through_every_door(client, canary):
    walk = list(paths(canary))
    withdraw(canary, "涉及个人信息", None)

    told = {}
    for path in walk:
        status, text = body_of(client, path)
        assert status in (200, 302, 400, 404, 410, 503), path
        if names := names_in(text, path):
            told[path] = names

    assert told == {}


@pytest.mark.parametrize("query", CANARIES)
def test_nothing_of_it_is_counted_any_more(client, canary, query):
    withdraw(canary, "涉及个人信息", None)

    answer = client.get("/api/search/", {"q": f"“{query}”"}).json()
    assert answer["total"] == 0
    everything = client.get("/api/search/").json()
    assert not any(name in str(everything) for name in CANARIES)


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
