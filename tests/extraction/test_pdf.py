"""A .pdf with text is read line by line; every other one is refused with a sentence that helps."""

import pytest

from minutes.extraction import needs
from minutes.extraction.exceptions import MustBeRecognized
from minutes.extraction.read_file import read_file
from minutes.models import Meeting, SourceFile
from tests.extraction.documents import FONT, drawn_lines, pdf, pdf_of, pdf_with, scanned_pdf, stream
from tests.minutes_text import minutes_text

pytestmark = pytest.mark.slow


@pytest.fixture
def without_recognition(monkeypatch):
    monkeypatch.setattr(needs, "is_installed", lambda need: False)


@pytest.mark.django_db
def test_a_pdf_is_taken_in_like_the_text_it_holds(run, write):
    lines = [line for line in minutes_text().split("\n") if line]

    result = run("ingest", write("a.pdf", pdf_of(lines[:8], lines[8:])))

    assert not result.failure, result.out
    meeting = Meeting.objects.get()
    assert (meeting.number, meeting.items.count(), meeting.attendance.count()) == (12, 2, 8)
    assert SourceFile.objects.get().format == "pdf"


def test_lines_stand_as_on_the_page_with_their_blanks():
    found = read_file("a.pdf", pdf_of(["云川市人民政府", "出席：沈知远 陆 岚 贺明舟"], ["— 2 —"])).extraction

    assert found.text.split("\n") == ["云川市人民政府", "出席：沈知远 陆 岚 贺明舟", "— 2 —"]
    assert found.problems == ()


def test_characters_beyond_the_basic_plane_are_kept():
    assert "𬭎" in read_file("a.pdf", pdf_of(["参加会议的有陆𬭎同志"])).extraction.text


def test_each_page_is_told_as_it_is_done():
    pages = []

    read_file("a.pdf", pdf_of(["会议纪要第一页的文字"], ["会议纪要第二页的文字"]), lambda *page: pages.append(page))

    assert pages == [(1, 2), (2, 2)]


@pytest.mark.usefixtures("without_recognition")
def test_a_scan_is_refused_with_what_to_install(refusal):
    sentence = refusal("a.pdf", scanned_pdf())

    assert "文字识别（OCR）" in sentence
    assert "bin/install requirements-ocr.txt" in sentence


@pytest.mark.usefixtures("without_recognition")
def test_text_that_makes_no_chinese_counts_as_a_scan(refusal):
    assert "文字识别" in refusal(
        "a.pdf", pdf_of(["".join(map(chr, range(0xE000, 0xE040))), "".join(map(chr, range(0xE040, 0xE080)))])
    )


def test_pages_that_are_pictures_among_pages_of_text_are_told():
    picture = stream(
        b"\x80" * 100, b"/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    content = pdf_with(
        stream(drawn_lines(["会议纪要正文，原则同意。"])),
        stream(b"q 595 0 0 842 0 0 cm /I1 Do Q"),
        resources=b"/Font<</F1 3 0 R>>/XObject<</I1 8 0 R>>",
        extra=[picture],
    )

    (problem,) = read_file("a.pdf", content).extraction.problems

    assert problem.code == "pages-left-out"
    assert "第2页只有图片" in problem.message


def pages_of(count, kids=b""):
    """Return a .pdf that claims to have this many pages."""
    return [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count)]


def empty_pages(count):
    kids = b" ".join(b"%d 0 R" % (3 + place) for place in range(count))
    return pdf([*pages_of(count, kids), *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * count])


def encrypted():
    """Return the encryption dictionary for an unknown password."""
    secret = b"<</Filter/Standard/V 1/R 2/P -4/O<%b>/U<%b>>>" % (b"41" * 32, b"42" * 32)
    return pdf([*pages_of(1, b"3 0 R"), b"<</Type/Page/Parent 2 0 R>>", secret], b"/Encrypt 4 0 R/ID[<00><00>]")


def bomb():
    """Return a page with a gigabyte of spaces as commands, compressed twice."""
    import zlib

    packer = zlib.compressobj(9)
    once = b"".join([packer.compress(b" " * 1_000_000) for _ in range(1_000)] + [packer.flush()])
    twice = zlib.compress(once, 9)
    return pdf_with(b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n%b\nendstream" % (len(twice), twice))


HOSTILE = {
    "no page": (lambda: pdf(pages_of(0)), "或一页也没有"),
    "10,001 pages": (lambda: empty_pages(10_001), "PDF 有10001页，超过上限10000页"),
    "pages that contain each other": (
        lambda: pdf([*pages_of(3, b"3 0 R"), b"<</Type/Pages/Kids[2 0 R]/Count 3/Parent 2 0 R>>"]),
        "PDF",
    ),
    "a page that is its own parent": (lambda: pdf(pages_of(9, b"2 0 R 2 0 R 2 0 R")), "PDF"),
    "encrypted": (encrypted, "密码保护"),
    "cut off": (lambda: pdf_of(["会议纪要"])[:60], "PDF 打不开"),
    "nothing but a head": (lambda: b"%PDF-1.7\n", "PDF 打不开"),
    "a stream that unpacks to a gigabyte": (bomb, "读取程序意外终止"),
    "an empty page": (lambda: empty_pages(1), "没有文字，也没有图片"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_end_with_a_sentence(kind, refusal):
    make, sentence = HOSTILE[kind]

    assert sentence in refusal("a.pdf", make())


@pytest.mark.parametrize(
    "content",
    [
        b"<script>alert('x')</script>",
        b"#!/bin/sh\nrm -rf /\n",
        b"<?php system($_GET['c']); ?>",
        "<svg onload='alert(1)'>会议纪要</svg>".encode(),
    ],
)
@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a"])
def test_scripts_are_refused_under_any_name(name, content, refusal):
    assert "这是脚本或程序代码" in refusal(name, content)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.doc", "a.png", "a.JPG"])
def test_text_that_calls_itself_something_else_is_refused(name, refusal):
    assert "内容却是“纯文本”" in refusal(name, minutes_text().encode())


@pytest.mark.parametrize("content", [b"MZ\x90", b"\x7fELF", b"Rar!\x1a", b"GIF89a", b"II*\x00"])
def test_other_formats_are_named(content, refusal):
    assert "不能收录" in refusal("minutes", content)


def test_a_name_without_ending_says_nothing_against_its_content():
    assert read_file("minutes", pdf_of(["云川市人民政府会议纪要"])).format == "pdf"


def test_a_file_that_is_too_large_is_refused(refusal, settings):
    settings.EXTRACT_FILE_MB = 1

    assert "文件超过1 MB" in refusal("a.txt", b"a" * 1_000_001)


def with_form(value, rectangle):
    """Return a .pdf with the text 记录： and a form field somewhere."""
    content = stream(drawn_lines(["会议议定以下意见。", "记录：", "云川市人民政府办公室整理"]))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>",
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        FONT,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 5 0 R"
        b"/Annots[6 0 R]>>",
        content,
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V<%b>/Rect[%b]>>"
        % (("\ufeff" + value).encode("utf-16-be").hex().encode(), rectangle),
    ]
    return pdf(objects)


def test_the_value_of_a_form_stands_behind_what_it_fills_in():
    extraction = read_file("a.pdf", with_form("侯鹤鸣", b"116 752 200 772")).extraction

    assert extraction.text.split("\n") == ["会议议定以下意见。", "记录：侯鹤鸣", "云川市人民政府办公室整理"]
    assert [problem.code for problem in extraction.problems] == ["pdf-form-value"]


def test_the_value_of_a_field_with_nothing_beside_it_is_not_lost():
    assert "侯鹤鸣" in read_file("a.pdf", with_form("侯鹤鸣", b"20 20 60 40")).extraction.text


def with_annotations(*annotations):
    """Return a .pdf with a line of text and these annotations on its page."""
    content = pdf_with(stream(drawn_lines(["会议议定以下意见。"])), extra=annotations)
    references = b" ".join(b"%d 0 R" % (6 + place) for place in range(len(annotations)))
    return content.replace(b"/Type/Page/", b"/Annots[%b]/Type/Page/" % references)


def test_comments_are_left_out_and_told():
    written = [text.encode("utf-16-be").hex().encode() for text in ("建议删去", "应写明时限")]
    content = with_annotations(
        b"<</Type/Annot/Subtype/FreeText/Rect[72 300 300 330]/Contents<feff%b>>>" % written[0],
        b"<</Type/Annot/Subtype/Text/Rect[72 400 90 420]/Contents<feff%b>>>" % written[1],
        b"<</Type/Annot/Subtype/StrikeOut/Rect[72 700 90 720]>>",
    )
    (problem,) = read_file("a.pdf", content).extraction.problems

    assert problem.code == "pdf-comment"
    assert problem.message.endswith("第1页有批注，批注内容未收入正文，请核对原件是否定稿：建议删去；应写明时限")


def test_a_link_is_no_comment():
    assert read_file("a.pdf", with_annotations(b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]>>")).extraction.problems == ()


@pytest.mark.parametrize(
    ("extra", "name"),
    [
        ([b"<</Type/Filespec/F(plan.docx)/UF(plan.docx)/EF<</F 7 0 R>>>>", stream(b"x")], "plan.docx"),
        ([], "（附件已损坏）"),
    ],
)
def test_attached_files_are_told(extra, name):
    content = pdf_with(stream(drawn_lines(["会议议定以下意见。"])), extra=extra).replace(
        b"/Type/Catalog", b"/Type/Catalog/Names<</EmbeddedFiles<</Names[(plan)6 0 R]>>>>"
    )
    (problem,) = read_file("a.pdf", content).extraction.problems

    assert (problem.code, problem.message) == ("attachments-left-out", f"附件未收入正文，请核对是否需要：{name}")


def test_text_that_a_scanner_recognized_below_the_picture_is_told():
    """Scanners draw the page as a picture, and the characters that they recognized invisibly."""
    layer = b"3 Tr\n" + drawn_lines(["云川市人民政府常务会议纪要"])
    found = read_file("a.pdf", pdf_with(stream(layer), stream(drawn_lines(["出席：沈知远"])))).extraction

    assert found.text == "云川市人民政府常务会议纪要\n出席：沈知远"
    assert [(each.code, "第1页" in each.message) for each in found.problems] == [("recognized-text", True)]


def test_a_sentence_that_is_drawn_invisibly_is_a_problem_at_its_place():
    hidden = b"\n3 Tr BT /F1 14 Tf 72 300 Td <%b> Tj ET" % "不公开".encode("utf-16-be").hex().encode()
    found = read_file("a.pdf", pdf_with(stream(drawn_lines(["会议议定以下意见。"]) + hidden))).extraction

    assert found.text == "会议议定以下意见。\n不公开"
    assert [(each.code, each.span) for each in found.problems] == [("pdf-unseen-text", (10, 11))]


def test_a_sentence_outside_the_page_is_a_problem_at_its_place():
    outside = b"\nBT /F1 14 Tf 72 -300 Td <%b> Tj ET" % "不公开".encode("utf-16-be").hex().encode()
    found = read_file("a.pdf", pdf_with(stream(drawn_lines(["会议议定以下意见。"]) + outside))).extraction

    assert found.text == "会议议定以下意见。\n不公开"
    assert [(each.code, each.span) for each in found.problems] == [("pdf-unseen-text", (10, 11))]


def test_a_form_whose_pages_a_program_makes_is_refused(refusal):
    form = stream(b'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"/>')
    content = pdf_with(stream(drawn_lines(["Please wait..."])), extra=[form]).replace(
        b"/Type/Catalog", b"/NeedsRendering true/AcroForm<</Fields[]/XFA 6 0 R>>/Type/Catalog"
    )

    assert "动态表单（XFA）" in refusal("a.pdf", content)


def test_turned_text_is_a_problem_at_its_place():
    turned = b"BT /F1 14 Tf 0 1 -1 0 500 100 Tm <%b> Tj ET" % "附表".encode("utf-16-be").hex().encode()
    content = pdf_with(stream(drawn_lines(["会议议定以下意见。"]) + b"\n" + turned))

    (problem,) = read_file("a.pdf", content).extraction.problems

    assert problem.code == "pdf-turned-text"


WITHOUT_MAPPING = FONT.replace(b"/STSong-Light/Encoding/UniGB-UCS2-H", b"/AAAAAA+Song/Encoding/Identity-H").replace(
    b"/Registry(Adobe)/Ordering(GB1)/Supplement 4", b"/Registry(Adobe)/Ordering(Identity)/Supplement 0"
)


def pdf_with_heading_without_mapping(codes, lines):
    heading = b"BT /F2 14 Tf 72 810 Td <%b> Tj ET\n" % codes
    resources = b"/Font<</F1 3 0 R/F2 6 0 R>>"
    return pdf_with(stream(heading + drawn_lines(lines)), resources=resources, extra=[WITHOUT_MAPPING])


def test_characters_of_a_font_without_mapping_are_a_problem_at_their_place():
    lines = ["□ 会议原则同意。", *(["会议由市水利局局长主持召开，审议河道管理办法。"] * 3)]
    found = read_file("a.pdf", pdf_with_heading_without_mapping(b"000100020003", lines)).extraction

    assert found.text.splitlines() == ["□□□", *lines]
    assert [(each.code, each.span) for each in found.problems] == [("pdf-symbol", (2, 3))]


def test_text_of_fonts_without_mapping_counts_as_a_scan():
    content = pdf_with_heading_without_mapping(b"000100020003" * 4, ["会议原则同意。"])

    with pytest.raises(MustBeRecognized):
        read_file("a.pdf", content, recognizes=False)
