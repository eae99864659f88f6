"""What a page weighs on its way to a reader: itself and every file it loads, as the archive sends them."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from minutes.models import Document, Organization, Person
from search.service import index_everything

pytestmark = pytest.mark.slow


MOST_BYTES = 60 * 1024
# <link rel="stylesheet" href="/static/css/archive.1a2b.css"> · <script src="/static/js/suggest.3c4d.js" defer>
LOADED = re.compile(r'<(?:link rel="(?:stylesheet|icon)"[^>]* href|script src|img src)="([^"]+)"')


@pytest.fixture
def reader(settings, tmp_path):
    """Return a client for the archive with compressed static files, as served."""
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = False
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return Client(headers={"accept-encoding": "gzip"})


@pytest.fixture
def addresses(long_meeting, later_meeting, earlier_meeting):
    """Return the URLs of the largest pages, and of those with assets of their own."""
    index_everything()
    unit = Organization.objects.get(name="市城管局").get_absolute_url()
    return [
        "/",
        "/search/?q=市",
        "/search/?q=市&view=tasks",
        "/search/trend/?term=停车",
        "/meetings/?year=2019",
        long_meeting.get_absolute_url(),
        f"/meetings/{long_meeting.pk}/items/2/",
        f"/meetings/{long_meeting.pk}/source/",
        "/documents/",
        Document.objects.get(title="云川市公共停车场管理办法").get_absolute_url(),
        "/organizations/",
        unit,
        f"{unit}?role=lead",
        "/people/",
        Person.objects.get(name="闵若水").get_absolute_url(),
        "/tasks/?deadline=past",
        "/tasks/",
        "/tasks/by-unit/",
        f"/meetings/{long_meeting.pk}/tasks/",
        "/topics/",
        "/topics/10.2/",
        "/bodies/",
        long_meeting.body.get_absolute_url(),
        "/attendance/?year=2019",
        "/coverage/",
        "/meetings/calendar/2019/",
        "/help/",
        "/data/",
        "/api/docs/",
    ]


def sent(reader, address):
    """Return a response with its bytes."""
    response = reader.get(address)
    assert response.status_code == 200, address
    return response, b"".join(response.streaming_content) if response.streaming else response.content


def test_every_page_is_light_with_all_it_loads(reader, addresses):
    weights = {}
    for address in addresses:
        page, compressed = sent(reader, address)
        assert page["Content-Encoding"] == "gzip"
        files = set(LOADED.findall(Client().get(address).content.decode()))
        assert any(file.endswith(".css") for file in files)
        weights[address] = len(compressed) + sum(len(sent(reader, file)[1]) for file in files)

    assert {address: weight for address, weight in weights.items() if weight > MOST_BYTES} == {}


def test_files_are_compressed_once_and_kept_by_browsers(reader, addresses):
    files = LOADED.findall(Client().get("/search/?q=市").content.decode())

    # Pictures are compressed as they are.
    for file in (name for name in files if not name.endswith((".ico", ".png"))):
        answer, _ = sent(reader, file)
        assert answer["Content-Encoding"] == "gzip", file
        assert "immutable" in answer["Cache-Control"], file


def test_style_sheets_load_nothing_more():
    for sheet in (settings.BASE_DIR / "static").rglob("*.css"):
        assert not re.search(r"url\(|@import", sheet.read_text()), sheet


def test_a_page_that_has_not_changed_is_not_sent_again(reader, addresses):
    page = reader.get("/meetings/?year=2019")

    again = reader.get("/meetings/?year=2019", headers={"if-none-match": page["ETag"]})

    assert again.status_code == 304
    assert again.content == b""
