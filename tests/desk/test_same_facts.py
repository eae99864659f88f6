"""Test that one meeting has the same API data in every file format."""

import pytest
from django.core.cache import cache
from django.db import transaction

from desk.models import Upload
from minutes.models import Meeting
from tests.desk.bringing import bring, logged_in, work
from tests.desk.staff import somebody
from tests.extraction.all_formats import html_of, mht_of, saved_as
from tests.extraction.documents import docx_of, pdf_of, zipped
from tests.extraction.needed import needs_libreoffice
from tests.extraction.ofd_files import ofd_of
from tests.minutes_text import minutes_text

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ABOUT_THE_FILE = {"id", "url", "page", "source", "published_at", "updated_at", "web_published_on", "span"}
LISTS = ("items", "tasks", "attendance", "decisions", "deadlines", "paragraphs")


def lines_on_paper(text):
    return [line for line in text.split("\n") if line]


FORMATS = [
    pytest.param("a.html", html_of, id="html"),
    pytest.param("a.doc", html_of, id="html named doc"),
    pytest.param("a.mht", mht_of, id="mht"),
    pytest.param("a.ofd", ofd_of, id="ofd"),
    pytest.param("a.docx", docx_of, id="docx"),
    pytest.param("a.pdf", lambda text: pdf_of(lines_on_paper(text)), id="pdf"),
    pytest.param("a.zip", lambda text: zipped({"2021/a.txt": text, "2021/broken.docx": b"PK\3\4"}), id="zip"),
    pytest.param("a.wps", saved_as("doc"), id="wps", marks=needs_libreoffice),
    pytest.param("a.rtf", saved_as("rtf"), id="rtf", marks=needs_libreoffice),
    pytest.param("a.odt", saved_as("odt"), id="odt", marks=needs_libreoffice),
]


@pytest.fixture
def publisher():
    return logged_in(somebody("阮知秋", "发布员"))


def without_file(data):
    if isinstance(data, dict):
        return {name: without_file(value) for name, value in data.items() if name not in ABOUT_THE_FILE}
    return [without_file(each) for each in data] if isinstance(data, list) else data


def public_record(client, name, content):
    """Upload, settle, review and publish a file; return its API data."""
    assert bring(client, (name, content)).status_code == 302
    work()
    meeting = Meeting.objects.get()
    for code in meeting.problems.to_settle().values_list("code", flat=True).distinct():
        client.post("/admin/imports/settle/", {"all": "1", "code": code})
    client.post("/admin/imports/reviewed/", {"all": "1"})
    client.post("/admin/imports/publish/", {"all": "1", "confirmed": "1"})
    # The interface counts requests, and these tests make more than a reader in a minute.
    cache.clear()
    said = {"meeting": client.get(f"/api/v1/meetings/{meeting.pk}/").json()}
    for kind in LISTS:
        answer = client.get(f"/api/v1/{kind}/", {"meeting": meeting.pk, "page_size": 100})
        assert answer.status_code == 200, (kind, answer.content)
        said[kind] = answer.json()["results"]
    return without_file(said)


@pytest.mark.parametrize(("name", "make"), FORMATS)
def test_the_interface_says_the_same_whatever_the_format(name, make, publisher):
    text = minutes_text(extra_paragraph="市财政局要在6月底前拨付资金。")
    point = transaction.savepoint()
    expected = public_record(publisher, "a.txt", text.encode())
    transaction.savepoint_rollback(point)
    assert not Upload.objects.exists()

    said = public_record(publisher, name, make(text))

    assert said == expected
    assert said["meeting"]["number"] == 12
    assert all(said[kind] for kind in LISTS), {kind: len(said[kind]) for kind in LISTS}
