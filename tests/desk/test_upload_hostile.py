"""Test malicious files, names and requests on the upload form."""

import psycopg
import pytest
from django.db import OperationalError
from django.test import Client

from desk.models import Upload
from minutes.extraction.sandbox import supervisor
from minutes.models import AuditEntry, Meeting
from tests.desk.bringing import UPLOADS, bring, logged_in, multipart, work
from tests.desk.staff import somebody
from tests.extraction.documents import MACRO_TYPE, content_types, docx_of, docx_parts, paragraph, zipped
from tests.extraction.test_hostile_word import bomb
from tests.minutes_text import minutes_text

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

OLE_WITHOUT_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le")
SCRIPT_NAME = "<img src=x onerror=alert(1)>.txt"


@pytest.fixture
def client():
    return logged_in(somebody("鲁一苇", "上传员", is_staff=True))


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "a.docx",
            zipped(docx_parts(paragraph("会议纪要")) | {"[Content_Types].xml": content_types(MACRO_TYPE)}),
            "宏",
        ),
        ("a.doc", OLE_WITHOUT_WORD, "这是 Excel 表格（.xls），不是 Word 文件"),
        ("a.pdf", b"<!doctype html><body><script>alert(1)</script>", "内容却是“网页”"),
        ("a.txt", b"<script>alert(1)</script>", "这是脚本或程序代码"),
        ("a.pdf", minutes_text().encode(), "文件名以 .pdf 结尾，内容却是“纯文本”"),
        ("a.docx", lambda: bomb(200_000_000), "展开后过大"),
        ("a.txt", b"", "文件是空的"),
    ],
    ids=["macros", "ole", "html", "script", "text", "bomb", "empty"],
)
def test_what_is_not_what_it_says_is_refused_by_its_content(name, content, sentence, client):
    content = content() if callable(content) else content
    bring(client, (name, content))
    work()

    upload = Upload.objects.get()
    page = text_of(client.get(upload.get_absolute_url()))
    assert upload.state == "failed"
    assert "无法读取：" in page
    assert sentence in page
    assert "alert(1)" not in page
    assert upload.original == content, "what cannot be read is kept all the same"
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(("deed", "cpu_seconds"), [("loop", 1), ("segfault", 120)])
def test_a_reader_that_is_taken_over_ends_with_a_sentence_and_the_next_file_is_read(
    deed, cpu_seconds, client, settings, monkeypatch
):
    monkeypatch.setattr(supervisor, "WORKER", "tests.extraction.misbehaving")
    settings.EXTRACT_CPU_SECONDS = cpu_seconds

    bring(
        client,
        ("a.docx", zipped(docx_parts(paragraph("会议纪要")) | {f"<{deed}>": ""})),
        ("b.docx", docx_of(minutes_text())),
    )
    work()

    bad, good = Upload.objects.order_by("pk")
    assert (bad.state, good.state) == ("failed", "added")
    assert bad.message.startswith("无法读取：读取")


NAMES = {
    "../../etc/纪要.txt": "纪要.txt",
    "..\\..\\纪要.txt": "纪要.txt",
    "纪\0要.txt": "纪要.txt",
    "\u202etxt.纪要.txt": "txt.纪要.txt",
    "长" * 100 + ".txt": "长" * 100 + ".txt",
    "长" * 300 + ".txt": None,
    SCRIPT_NAME: SCRIPT_NAME,
    '纪要"onmouseover=alert(1).txt': None,
}


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_file_is_called_its_name_is_shown_safely(name, client):
    bring(client, (name.replace('"', "%22"), minutes_text().encode()))
    work()

    upload = Upload.objects.get()
    page = text_of(client.get(upload.get_absolute_url()))
    assert upload.state == "added"
    assert NAMES[name] in (None, upload.name)
    assert upload.name.isprintable()
    assert len(upload.name) <= 255
    assert "<img src=x" not in page
    download = client.get(f"{upload.get_absolute_url()}original/")
    assert download.content == minutes_text().encode()
    assert download["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in download["Content-Disposition"]


def test_the_original_is_a_download_and_noted(client):
    bring(client, ("a.txt", b"<script>alert(1)</script>"))
    upload = Upload.objects.get()

    response = client.get(f"{upload.get_absolute_url()}original/")

    assert response.content == b"<script>alert(1)</script>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == 'attachment; filename="a.txt"'
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert AuditEntry.objects.filter(action="exported", by__username="鲁一苇", about="a.txt").count() == 1


class NeverRead:
    """A request body that must not be read."""

    def __init__(self, length):
        self.length = length

    def __len__(self):
        return self.length

    def read(self, *size):
        pytest.fail("the body was read")

    readline = read


@pytest.mark.parametrize(("path", "megabytes"), [(UPLOADS, 51), ("/report/", 3), ("/admin/login/", 51)])
def test_a_body_that_is_too_large_is_refused_unread(path, megabytes, client):
    response = client.generic(
        "POST",
        path,
        content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": NeverRead(megabytes), "CONTENT_LENGTH": str(megabytes * 1_000_000)},
    )

    assert response.status_code == 413
    assert "不能超过 50 MB" in text_of(response)
    assert not Upload.objects.exists()


def test_words_too_long_for_a_form_are_to_come_as_a_file(client):
    refused = bring(client, text="会" * 900_000)

    assert refused.status_code == 413
    assert "请存成 .txt 文件" in text_of(refused)
    assert not Upload.objects.exists()


def test_nobody_else_may_send_large_bodies():
    for client in (Client(), logged_in(somebody("路人", is_staff=True))):
        assert bring(client, ("a.txt", b"x" * 3_000_000)).status_code == 413
    assert not Upload.objects.exists()


def test_a_file_may_be_as_large_as_the_limit_and_not_a_byte_larger(client, settings):
    settings.EXTRACT_FILE_MB = 4

    assert bring(client, ("a.txt", b"x" * 4_000_000)).status_code == 302
    refused = bring(client, ("b.txt", b"x" * 4_000_001))

    assert refused.status_code == 413
    assert "“b.txt”超过 4 MB，没有收下" in text_of(refused)
    assert Upload.objects.get().size == 4_000_000


def test_too_many_files_are_refused_with_their_limit_and_none_is_kept(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3

    refused = bring(client, *((f"{number}.txt", b"x") for number in range(4)))

    assert refused.status_code == 413
    assert "一次最多提交 3 份文件" in text_of(refused)
    assert not Upload.objects.exists()


def test_what_cannot_be_stored_is_told_and_leaves_nothing(client, monkeypatch):
    def full(*arguments):
        raise OperationalError("database or disk is full") from psycopg.errors.DiskFull()

    # The last thing that is stored of an upload.
    monkeypatch.setattr("django_tasks_db.backend.DatabaseBackend.enqueue", full)

    response = bring(client, ("a.txt", minutes_text().encode()))

    assert response.status_code == 507
    assert "没有收下：服务器磁盘已满" in text_of(response)
    assert not Upload.objects.exists()
    assert not AuditEntry.objects.filter(action="uploaded").exists()


PATHS = [UPLOADS, *(f"{UPLOADS}1/{step}" for step in ("", "original/", "again/", "aside/", "both/"))]


@pytest.mark.parametrize("path", PATHS)
def test_strangers_are_sent_to_the_login_and_staff_without_the_right_are_refused(path):
    stranger, staff = Client(), logged_in(somebody("路人", is_staff=True))

    for answer in (stranger.get(path), stranger.post(path)):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/admin/login/")
    assert staff.get(path).status_code == 403
    assert staff.post(path).status_code == 403


def test_a_form_from_elsewhere_is_refused():
    client = logged_in(somebody("鲁一苇", "上传员", is_staff=True), enforce_csrf_checks=True)
    body, content_type = multipart(("a.txt", minutes_text().encode()))

    assert client.post(UPLOADS, body, content_type=content_type).status_code == 403
    assert not Upload.objects.exists()
