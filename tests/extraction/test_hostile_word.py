"""Files that call themselves Word and mean harm are refused with a sentence, and quickly forgotten."""

import io
import struct
import warnings
import zipfile

import pytest

from minutes.extraction.read_file import read_file
from tests.extraction.documents import (
    MACRO_TYPE,
    content_types,
    docx,
    docx_of,
    docx_parts,
    ole,
    paragraph,
    word_xml,
    words,
    zipped,
)

pytestmark = pytest.mark.slow


TOO_LARGE = "Word 文件展开后过大"


def bomb(size):
    """Return a .docx a thousandth of this size, with a text of spaces."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in docx_parts("").items():
            if name != "word/document.xml":
                archive.writestr(name, content)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(size // 1_000_000):
                part.write(b" " * 1_000_000)
    return buffer.getvalue()


def test_a_megabyte_that_unpacks_to_a_gigabyte_is_refused(refusal):
    content = bomb(1_000_000_000)

    assert len(content) < 1_100_000
    assert TOO_LARGE in refusal("a.docx", content)


def test_what_a_zip_says_of_its_sizes_is_not_believed(refusal):
    """The directory says ten bytes; what comes out is 60 MB."""
    body = f"<w:p>{words('甲' * 20_000_000)}</w:p>"
    parts = docx_parts(body)
    content = zipped(parts)
    true_size = struct.pack("<I", len(parts["word/document.xml"].encode()))
    assert content.count(true_size) >= 1

    sentence = refusal("a.docx", content.replace(true_size, struct.pack("<I", 10)))

    assert sentence.startswith("无法读取：Word 文件")


def test_sizes_that_say_less_than_there_is_do_not_cut_the_text_silently(refusal):
    parts = docx_parts(paragraph("会议纪要"))
    size = struct.pack("<I", len(parts["word/document.xml"].encode()))

    assert "已损坏" in refusal("a.docx", zipped(parts).replace(size, struct.pack("<I", 200)))


def test_ten_thousand_entries_are_refused(refusal):
    content = zipped(docx_parts(paragraph("会议纪要")) | {f"word/media/{number}.png": "" for number in range(10_000)})

    assert "超过 5000 个文件" in refusal("a.docx", content)


def test_zips_in_a_word_file_are_never_unpacked():
    nested = bomb(100_000_000)
    for _ in range(5):
        nested = zipped({"inner.zip": nested})
    content = zipped(docx_parts(paragraph("会议纪要")) | {"word/embeddings/inner.zip": nested})

    assert read_file("a.docx", content).extraction.text == "会议纪要\n"


def xml_with(doctype, content):
    return doctype + word_xml("document", f"<w:body><w:p><w:r><w:t>{content}</w:t></w:r></w:p></w:body>")


def test_an_entity_brings_in_no_file_of_the_machine(refusal, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密内容")
    xml = xml_with(f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>', "会议纪要&e;")

    sentence = refusal("a.docx", zipped(docx_parts("") | {"word/document.xml": xml}))

    assert "DOCTYPE" in sentence
    assert "机密内容" not in sentence


def test_a_billion_laughs_are_refused(refusal):
    laughs = '<!ENTITY l0 "哈">' + "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    xml = xml_with(f"<!DOCTYPE x [{laughs}]>", "&l9;")

    assert "Word 文件" in refusal("a.docx", zipped(docx_parts("") | {"word/document.xml": xml}))


def test_elements_nested_without_end_are_refused(refusal):
    deep = "<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000

    assert "已损坏" in refusal("a.docx", docx(deep))


def test_more_memory_than_allowed_is_refused(refusal, settings):
    settings.EXTRACT_MEMORY_MB = 200

    assert "占用的内存超过上限" in refusal("a.docx", docx("<w:p/>" * 3_000_000))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "a.docx",
            zipped(docx_parts(paragraph("会议纪要")) | {"[Content_Types].xml": content_types(MACRO_TYPE)}),
            "带宏的 Word 文件（.docm）",
        ),
        ("a.docx", zipped(docx_parts(paragraph("会议纪要")) | {"word/vbaProject.bin": b"x"}), "带宏的 Word 文件"),
        ("a.docm", zipped(docx_parts(paragraph("会议纪要")) | {"word/vbaProject.bin": b"x"}), "带宏的 Word 文件"),
        ("a.docx", ole("WordDocument"), "文件名以 .docx 结尾，内容却是“旧版 Word 文件（.doc）”"),
        ("a.docx", ole("EncryptedPackage"), "文件有密码保护"),
        ("a.doc", ole("EncryptedPackage"), "文件有密码保护"),
        ("a.doc", ole("Workbook"), "Excel 表格（.xls），不是 Word 文件"),
        ("a.doc", ole("PowerPoint Document"), "PowerPoint 演示文稿（.ppt），不是 Word 文件"),
        ("a.msg", ole("__properties_version1.0", "WordDocument"), "Outlook 邮件（.msg）"),
        ("a.doc", ole("MatOST"), "不是 Word 文档"),
        ("a.docx", zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "Excel 表格"),
        ("a.docx", zipped({"OFD.xml": ""}), "内容却是“OFD 版式文件”"),
        ("a.docx", zipped({"纪要.docx": docx_of("会议纪要")}), "压缩包"),
        ("a.docx", b"PK\x05\x06" + b"\0" * 18, "空的压缩包"),
        ("a.docx", docx_of("会议纪要")[:-30], "已损坏"),
        ("a.docx", docx_of("会议纪要").replace(b"word/document.xml", b"word/document.xmX"), "已损坏"),
        ("a.docx", zipped(docx_parts("") | {"word/document.xml": "<w:p>"}), "已损坏"),
        ("a.docx", zipped(docx_parts("") | {"word/document.xml": "<p/>"}), "没有正文"),
    ],
)
def test_what_is_no_harmless_word_file_is_refused_by_content(name, content, sentence, refusal):
    assert sentence in refusal(name, content)


def test_a_zip_with_a_password_is_refused(refusal):
    content = bytearray(docx_of("会议纪要"))
    for head, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(head)
        while place >= 0:
            content[place + flags_at] |= 1
            place = content.find(head, place + 1)

    assert "密码保护" in refusal("a.docx", bytes(content))


def test_a_compression_that_word_does_not_use_is_refused(refusal):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in docx_parts(paragraph("会议纪要")).items():
            archive.writestr(name, content)

    assert "已损坏" in refusal("a.docx", buffer.getvalue())


def test_the_marks_of_our_own_do_no_harm_when_a_file_brings_them():
    body = f"<w:p>{words(chr(0xFDD0) + '会议' + chr(0xFDD2) + '纪要')}</w:p>"

    found = read_file("a.docx", docx(body)).extraction

    assert found.text == "会议纪要\n"
    assert found.problems == ()


def test_the_bomb_is_a_bomb():
    """The content rejected above would otherwise unpack, so the reason is right."""
    with zipfile.ZipFile(io.BytesIO(bomb(2_000_000))) as archive:
        assert len(archive.read("word/document.xml")) == 2_000_000


def test_a_file_with_two_texts_is_refused(refusal):
    """Programs differ in which one they show."""
    content = io.BytesIO(docx(paragraph("会议原则同意。")))
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(content, "a") as archive:
        archive.writestr("word/document.xml", word_xml("document", f"<w:body>{paragraph('会议不同意。')}</w:body>"))

    assert "两份正文" in refusal("a.docx", content.getvalue())
