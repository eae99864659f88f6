"""The table of formats: one place from which the form, the folders, the documentation and the guide are right."""

from pathlib import Path

import pytest

from minutes.extraction.formats import ENDINGS, FORMATS, MHT, TEXT, ZIP, detect_format
from minutes.extraction.read_file import read_file
from minutes.parser.pipeline import parse
from tests.extraction.documents import docx_of, pdf_of
from tests.extraction.facts import facts
from tests.extraction.ofd_files import ofd_of
from tests.extraction.web_pages import mht, page, paragraphs
from tests.minutes_text import minutes_text

DOCS = Path(__file__).resolve().parents[2] / "docs"
HTML_PAGE = page(f"<div class=con>{paragraphs()}</div>").encode()
FILES = {
    "a.txt": minutes_text().encode(),
    "a.html": HTML_PAGE,
    "a.mht": mht(HTML_PAGE),
    "a.doc": HTML_PAGE,
    "a.docx": docx_of(minutes_text()),
    "a.wps": docx_of(minutes_text()),
    "a.ofd": ofd_of(minutes_text()),
    "a.pdf": pdf_of([line for line in minutes_text().split("\n") if line]),
}


@pytest.mark.parametrize("name", FILES)
def test_one_meeting_has_the_same_facts_in_every_format(name):
    assert facts(read_file(name, FILES[name]).parsed) == facts(parse(minutes_text()))


@pytest.mark.parametrize("page", ["develop/extraction.md", "guide/upload.md"])
def test_every_ending_is_documented(page):
    written = (DOCS / page).read_text(encoding="utf-8")

    assert [ending for ending in ENDINGS if f"`{ending}`" not in written] == []


def test_every_format_has_endings_and_a_name_of_its_own():
    assert len({each.key for each in FORMATS}) == len({each.label for each in FORMATS}) == len(FORMATS)
    assert all(each.endings for each in FORMATS)


def test_mht_is_told_from_text_that_begins_with_a_colon():
    assert detect_format("a", mht(b"<p>x</p>")) is MHT
    assert detect_format("a", "Time: 2021\n会议纪要".encode()) is TEXT


@pytest.mark.parametrize("kind", ["text/plain", "multipart/mixed; boundary=x", "text/html"])
@pytest.mark.parametrize(
    "line", ["To: <archive@yunchuan.example>", "Received: from mail.yunchuan.example", "Message-ID: <1>"]
)
def test_a_mail_is_refused(kind, line, refusal):
    """Its attachments would be lost."""
    content = f"From: <office@yunchuan.example>\r\n{line}\r\nContent-Type: {kind}\r\n\r\n<p>请查收附件。</p>\r\n"

    assert "这是电子邮件" in refusal("a.eml", content.encode())


def test_a_text_that_quotes_a_mail_is_text():
    assert detect_format("a", "主题：会议纪要\n\nFrom: a\nTo: b\n".encode()) is TEXT
    assert detect_format("a", "Time: 2021\n\nFrom: a\nTo: b\n会议纪要".encode()) is TEXT


def test_an_archive_is_no_file_of_minutes(refusal):
    from tests.extraction.documents import zipped

    content = zipped({"a.txt": b"x"})
    assert detect_format("a.zip", content) is ZIP
    assert "这是压缩包" in refusal("a.zip", content)
