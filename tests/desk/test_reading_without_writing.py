"""Reading needs no writing: with a database or a disk that cannot be written, everything public is still answered."""

import errno
import json
import resource
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from urllib.parse import quote

import pytest
from django.core.cache.backends.filebased import FileBasedCache
from django.db import OperationalError, connection
from django.test import Client

from desk.models import Upload
from minutes.models import ErrorReport
from pages.citations.passages import Passage, keep_wording
from search.alerts.models import Alert
from tests.desk.addresses import ADDRESSES, PUBLIC, path_of
from tests.desk.served import Person, Site
from tests.desk.staff import PASSWORD, somebody
from tests.minutes_text import minutes_text


@contextmanager
def unwritable():
    """Let the database refuse to write; past Django, which takes the test's own transaction for broken then."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        begin, end = "PRAGMA query_only = ON", "PRAGMA query_only = OFF"
    else:
        begin, end = "SAVEPOINT unwritable; SET TRANSACTION READ ONLY", "ROLLBACK TO unwritable"
    connection.connection.execute(begin)
    try:
        yield
    finally:
        connection.connection.execute(end)
        connection.needs_rollback = False


@pytest.fixture
def read_only(archive):
    """Make the archive read-only, both the database and the cache files."""
    paths = {address.name: path_of(address) for address in ADDRESSES if address.name in PUBLIC}

    def refuse(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patched, unwritable():
        patched.setattr(FileBasedCache, "_createdir", refuse)
        yield paths


@pytest.mark.slow
def test_every_public_address_answers_as_ever(read_only):
    client = Client()
    answered = {}
    for name, path in read_only.items():
        response = client.get(path)
        answered[name] = response.status_code
        response.close()

    assert answered == PUBLIC


def test_a_new_passage_can_be_cited_and_the_page_says_what_is_missing(read_only, archive):
    place = f"{archive.pk}/2"
    page = Client().get(f"/cite/{place}/").content.decode()

    assert "没有存下这段文字" in page
    fingerprint = keep_wording(Passage(archive, archive.items.get(position=2))).fingerprint
    assert Client().get(f"/cite/{place}/{fingerprint}/").status_code == 200
    assert Client().get(f"/cite/{place}/{'0' * 12}/").status_code == 404


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/report/", {"text": "第二项有错。", "place": "/"}),
        ("/search/alerts/?q=停车", {"email": "reader@yunchuan.example"}),
        ("/admin/login/", {"username": "闵若水", "password": PASSWORD}),
    ],
)
def test_what_must_write_says_in_a_sentence_that_it_cannot(path, fields, archive):
    somebody("闵若水", "编辑")
    with unwritable():
        response = Client().post(path, fields)

    assert response.status_code == 503
    assert "刚才提交的内容没有保存" in response.content.decode()
    assert response["Retry-After"] == "60"
    assert ErrorReport.objects.count() == 1
    assert not Alert.objects.exists()


def test_an_error_of_the_database_before_the_view_is_said_in_a_sentence_too(archive, monkeypatch):
    def is_gone(*arguments):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("desk.accounts.second_factor.missing_step", is_gone)
    client = Client(raise_request_exception=False)
    client.force_login(somebody("闵若水", "编辑"))

    response = client.post("/admin/uploads/")

    assert response.status_code == 503
    assert "刚才提交的内容没有保存" in response.content.decode()


def test_staff_still_read(archive):
    client = Client()
    client.force_login(somebody("闵若水", "编辑"))
    paths = ("/admin/", "/admin/minutes/meeting/", f"/admin/uploads/{Upload.objects.get().pk}/")
    with unwritable():
        assert [client.get(path).status_code for path in paths] == [200, 200, 200]


PUBLIC_PAGES = (
    "/",
    "/meetings/",
    "/meetings/1/",
    "/cite/1/2/",
    "/search/?q=道路",
    "/api/v1/meetings/",
    "/api/search/?q=道路",
)


@pytest.fixture
def site(new_archive, tmp_path):
    """Serve an archive with one meeting."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.txt").write_text(minutes_text(), encoding="utf-8")
    site = Site(tmp_path / "var")
    site.prepare(new_archive)
    site.manage("ingest", str(tmp_path / "files"), "--publish")
    site.manage("index")
    yield site
    site.close()


def statuses(site):
    reader = Person(site.port, "nobody")
    return {path: reader.ask("GET", quote(path, safe="/?=&"))[0] for path in PUBLIC_PAGES}


@pytest.mark.slow
def test_while_another_process_writes_for_long_everything_is_answered_at_once(site):
    site.start_web()
    site.wait_until_open()
    with closing(sqlite3.connect(site.var_dir / "archive.sqlite3")) as other:
        other.execute("BEGIN IMMEDIATE")
        answered = statuses(site)
        other.rollback()

    assert answered == dict.fromkeys(PUBLIC_PAGES, 200)
    assert site.rows("SELECT count(*) FROM minutes_citedtext") == [(0,)]


@pytest.mark.slow
def test_on_a_full_disk_everything_is_answered(site):
    # As an archive that is being served has them: the files of the log exist when the disk fills.
    with closing(sqlite3.connect(site.var_dir / "archive.sqlite3")) as open_elsewhere:
        open_elsewhere.execute("SELECT count(*) FROM minutes_meeting").fetchone()
        site.start_web(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)))
        site.wait_until_open()
        answered = statuses(site)

    assert answered == dict.fromkeys(PUBLIC_PAGES, 200)


@pytest.mark.slow
def test_an_index_that_does_not_fit_on_the_disk_is_not_built_and_the_old_one_answers(site):
    generations = sorted((site.var_dir / "index").iterdir())
    with closing(sqlite3.connect(site.var_dir / "archive.sqlite3")) as open_elsewhere:
        open_elsewhere.execute("SELECT count(*) FROM minutes_meeting").fetchone()
        with pytest.raises(subprocess.CalledProcessError) as ended:
            site.manage("index", "--rebuild", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)))

    assert ended.value.stderr.startswith("CommandError: The index could not be written: ")
    assert "Traceback" not in ended.value.stderr
    assert sorted((site.var_dir / "index").iterdir()) == generations
    site.start_web()
    site.wait_until_open()
    found = json.loads(Person(site.port, "nobody").ask("GET", quote("/api/search/?q=河道", safe="/?="))[1])
    assert found["total"] > 0


def test_an_error_of_the_database_while_reading_is_no_500(archive, client, monkeypatch):
    def busy(*arguments, **more):
        raise OperationalError("database is locked")

    monkeypatch.setattr("pages.home.views.render", busy)
    response = client.get("/")

    assert response.status_code == 503
    assert "过一分钟再试" in response.content.decode()
