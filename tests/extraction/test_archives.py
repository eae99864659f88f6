"""A ZIP is so many files, each with its own result; nothing of it touches the disk, and nothing in it is believed."""

import io
import json
import stat
import struct
import zipfile

import pytest

from minutes.extraction.archives import documents_in
from minutes.extraction.exceptions import UnreadableText
from minutes.models import Meeting, SourceFile
from tests.extraction.documents import docx_of, zipped
from tests.extraction.ofd_files import ofd_of
from tests.extraction.web_pages import page, paragraphs
from tests.minutes_text import minutes_text

SEVERAL = {
    "2021年/第12次.txt": minutes_text().encode(),
    "2021年/第13次.docx": docx_of(minutes_text(13, 12, doc_number="〔2021〕8号")),
    "2021年/bad.docx": b"not Word",
    "2021年/第14次.html": page(
        f'<div id="zoom">{paragraphs(minutes_text(14, 19, doc_number="〔2021〕9号"))}</div>'
    ).encode(),
    "2021年/第15次.ofd": ofd_of(minutes_text(15, 26, doc_number="〔2021〕10号")),
    "__MACOSX/2021年/._第12次.txt": b"\0\5\26\7",
    "2021年/Thumbs.db": b"x",
    "2021年/~$第13次.docx": b"x",
    "2021年/第14次_files/site.css": b"p {}",
}


def documents(content, name="a.zip"):
    return list(documents_in(name, content))


def reasons(content):
    return [document.reason for document in documents(content)]


@pytest.mark.django_db
def test_each_file_of_a_zip_has_its_own_result_and_a_second_run_adds_nothing(run, write):
    path = write("2021.zip", zipped(SEVERAL))

    first, second = run("ingest", path), run("ingest", path)

    assert [line.split()[0] for line in first.lines[:5]] == ["added", "added", "failed", "added", "added"]
    assert "bad.docx: 无法读取：" in first.lines[2]
    assert first.failure.startswith("1 of 5 files")
    assert [line.split()[0] for line in second.lines[:5]] == [
        "unchanged", "unchanged", "failed", "unchanged", "unchanged",
    ]  # fmt: skip
    assert sorted(Meeting.objects.values_list("number", flat=True)) == [12, 13, 14, 15]
    assert bytes(SourceFile.objects.get(name="第12次.txt").content) == SEVERAL["2021年/第12次.txt"]


def test_parse_prints_an_object_for_each_file_of_a_zip(run, write):
    result = run("parse", write("2021.zip", zipped(SEVERAL)))

    assert [json.loads(line)["number"] for line in result.lines] == [12, 13, 14, 15]
    assert "2021.zip/2021年/bad.docx: 无法读取：" in result.err


def test_names_are_read_in_the_encoding_they_were_written_in():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for encoding in ("gb18030", "utf-8"):
            archive.writestr(zipfile.ZipInfo("会议纪要.txt".encode(encoding).decode("cp437")), b"x")
    # What old programs write: the bytes of the name, and no word of their encoding.
    content = buffer.getvalue()
    for encoding in ("gb18030", "utf-8"):
        written = "会议纪要.txt".encode(encoding).decode("cp437").encode()
        assert written in content
        content = unflagged(content, written, "会议纪要.txt".encode(encoding))

    assert [document.name for document in documents(content)] == ["会议纪要.txt", "会议纪要.txt"]


def unflagged(content, written, name):
    """Return the archive with this raw name, without the UTF-8 flag."""
    for head, flags_at, length_at, name_at in ((b"PK\x03\x04", 6, 26, 30), (b"PK\x01\x02", 8, 28, 46)):
        start = content.index(head)
        while content[start + name_at : start + name_at + len(written)] != written:
            start = content.index(head, start + 1)
        entry = bytearray(content[start : start + name_at])
        entry[flags_at + 1] &= ~0x08
        entry[length_at : length_at + 2] = struct.pack("<H", len(name))
        lost = len(written) - len(name)
        content = content[:start] + bytes(entry) + name + content[start + name_at + len(written) :]
        if head == b"PK\x03\x04":
            content = moved(content, start, lost)
        else:
            place = content.rindex(b"PK\x05\x06")
            size = struct.unpack_from("<I", content, place + 12)[0]
            content = content[: place + 12] + struct.pack("<I", size - lost) + content[place + 16 :]
    return content


def moved(content, after, lost):
    """Return the archive with offsets corrected, after a preceding part shrank."""
    content = bytearray(content)
    end = content.rindex(b"PK\x05\x06")
    directory = struct.unpack_from("<I", content, end + 16)[0] - lost
    struct.pack_into("<I", content, end + 16, directory)
    place = directory
    while content[place : place + 4] == b"PK\x01\x02":
        at = struct.unpack_from("<I", content, place + 42)[0]
        struct.pack_into("<I", content, place + 42, at - lost if at > after else at)
        place += 46 + sum(struct.unpack_from("<HHH", content, place + 28))
    return bytes(content)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\windows\\passwd", "a/../../passwd"])
def test_a_path_that_leads_out_is_only_a_name(name):
    assert [document.name for document in documents(zipped({name: b"x"}))] == ["passwd"]


def test_a_link_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")

    assert "链接" in reasons(buffer.getvalue())[0]


def test_a_zip_in_a_zip_is_not_unpacked():
    assert "压缩包里的压缩包" in reasons(zipped({"a.zip": zipped({"b.txt": b"x"})}))[0]


def test_a_file_with_a_password_is_refused_and_the_others_are_read():
    content = bytearray(zipped({"a.txt": b"x", "b.txt": b"y"}))
    for head, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(head) + flags_at] |= 1

    first, second = documents(bytes(content))

    assert "密码" in first.reason
    assert second.content == b"y"


def test_an_unusual_compression_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", "会议纪要")

    assert "不常见的压缩方式" in reasons(buffer.getvalue())[0]


def test_a_file_that_unpacks_to_more_than_allowed_is_refused(settings):
    settings.EXTRACT_FILE_MB = 1
    content = zipped({"a.txt": b" " * 2_000_000, "b.txt": b"y"})
    true_size = struct.pack("<I", 2_000_000)

    for archive in (content, content.replace(true_size, struct.pack("<I", 10))):
        first, second = documents(archive)
        assert first.reason
        assert second.content == b"y"


def test_all_files_together_may_not_unpack_to_any_size(settings):
    settings.EXTRACT_FILE_MB = 1

    assert reasons(zipped({f"{number}.txt": b" " * 900_000 for number in range(25)}))[-1].startswith(
        "压缩包展开后超过20 MB"
    )


def test_ten_thousand_entries_are_refused():
    with pytest.raises(UnreadableText, match="超过 5000 个文件"):
        documents(zipped({f"{number}.txt": b"" for number in range(10_000)}))


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"\0" * 50, zipped({"a.txt": b"x"})[:-10]])
def test_a_damaged_zip_is_refused(content):
    with pytest.raises(UnreadableText, match="压缩包已损坏"):
        documents(content)


@pytest.mark.django_db
def test_a_list_of_addresses_names_where_each_file_was_published(run, write):
    write("12.txt", minutes_text().encode())
    write("13.txt", minutes_text(13, 12, doc_number="〔2021〕8号").encode())
    lines = "\ufeff12.txt,https://www.yunchuan.example/hy/12.html\nhttps://www.yunchuan.example/13 13.txt\n"
    listed = write("urls.csv", lines.encode())

    result = run("ingest", listed.parent, "--url-list", listed)

    assert not result.failure, result.out
    assert dict(SourceFile.objects.values_list("name", "source_url")) == {
        "12.txt": "https://www.yunchuan.example/hy/12.html",
        "13.txt": "https://www.yunchuan.example/13",
    }


@pytest.mark.django_db
def test_a_wrong_line_of_the_list_is_named(run, write):
    listed = write("urls.csv", "# 网址\n12.txt www.yunchuan.example\n".encode())

    assert "urls.csv 第2行" in run("ingest", listed.parent, "--url-list", listed).failure
