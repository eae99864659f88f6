"""OFD files are read as their pages show them, and nothing that is not shown."""

import pytest

from minutes.extraction.read_file import read_file
from minutes.parser.pipeline import parse
from tests.extraction.documents import zipped
from tests.extraction.facts import facts
from tests.extraction.needed import needs_recognition
from tests.extraction.ofd_files import document_parts, drawn, ofd, ofd_of, package, page_xml, text_object, visual_lines
from tests.extraction.private_fonts import glyph_numbers, in_private_codes, private_font
from tests.minutes_text import minutes_text

pytestmark = pytest.mark.thorough


def text_of(content):
    return read_file("a.ofd", content).extraction.text


def lines_of(*objects):
    return text_of(ofd(["".join(objects)])).split("\n")[:-1]


@pytest.mark.parametrize("options", [{}, {"absolute": True}, {"namespace": "http://www.ofdspec.org"}])
def test_the_facts_are_those_of_the_text(options):
    reading = read_file("12.ofd", ofd_of(minutes_text(), **options))

    assert reading.format == "ofd"
    assert facts(reading.parsed) == facts(parse(minutes_text()))
    assert reading.extraction.problems == ()


def test_lines_stand_in_visual_order_whatever_the_order_of_the_xml():
    below, above = text_object("一、审议办法", 20, 60), text_object("常务会议纪要", 60, 30)
    right, left = text_object("陆岚", 60, 90), text_object("出席：沈知远", 20, 90.4)

    text = " ".join(lines_of(below, right, above, left))

    assert text.split() == ["常务会议纪要", "一、审议办法", "出席：沈知远", "陆岚"]


def test_gaps_inside_a_line_are_blanks():
    assert lines_of(text_object("沈知远陆岚贺明舟", 20, 30, deltas="5 5 15 15 15 5 5")) == ["沈知远   陆   岚   贺明舟"]


def test_a_heading_spread_evenly_is_one_word():
    assert lines_of(text_object("会议纪要", 20, 30, deltas="g 3 15")) == ["会议纪要"]


def test_red_heads_stand_in_templates():
    content = ofd(drawn(["2021年3月5日上午，会议召开。"]), template=text_object("云川市人民政府", 60, 20))

    assert text_of(content).startswith("云川市人民政府\n")


@pytest.mark.parametrize(
    "attributes",
    ['Visible="false"', 'Alpha="0"', 'Fill="false"', 'CTM="0.7 0.7 -0.7 0.7 0 0" Alpha="60"'],
    ids=["invisible", "transparent", "without colour", "watermark"],
)
def test_what_is_not_seen_or_only_a_watermark_is_no_text(attributes):
    assert lines_of(text_object("会议纪要", 20, 30), text_object("内部资料", 20, 60, attributes=attributes)) == [
        "会议纪要"
    ]


def test_an_invisible_block_hides_what_it_holds():
    hidden = f'<ofd:PageBlock ID="7" Visible="false">{text_object("草稿", 20, 60)}</ofd:PageBlock>'

    assert lines_of(text_object("会议纪要", 20, 30), hidden) == ["会议纪要"]


def test_annotations_and_seals_are_no_text():
    parts = {**package(), **document_parts(drawn(["会议纪要"]))}
    parts["Doc_0/Annots/Page_0/Annotation.xml"] = page_xml(text_object("已阅", 20, 90))
    parts["Doc_0/Signs/Sign_0/Signature.xml"] = page_xml(text_object("印章", 20, 90))

    assert text_of(zipped(parts)) == "会议纪要\n"


def test_all_documents_of_the_package_are_one_text():
    first, second = drawn(["会议纪要"]), drawn(["出席：沈知远"])
    parts = package("Doc_0", "Doc_1") | document_parts(first) | document_parts(second, folder="Doc_1")

    assert text_of(zipped(parts)) == "会议纪要\n出席：沈知远\n"


def test_attachments_are_named_in_a_problem():
    (problem,) = read_file("a.ofd", ofd_of("会议纪要", attachments="任务分解表")).extraction.problems

    assert problem.code == "attachments-left-out"
    assert "任务分解表" in problem.message


def glyphs_only(text, x, y, instead):
    """Return a text object of glyph numbers, with wrong characters or none."""
    numbers = " ".join(str(glyph_numbers()[sign]) for sign in text)
    transform = (
        f'<ofd:CGTransform CodePosition="0" CodeCount="{len(text)}" GlyphCount="{len(text)}">'
        f"<ofd:Glyphs>{numbers}</ofd:Glyphs></ofd:CGTransform>"
    )
    written = text_object(text, x, y)
    return written.replace("<ofd:TextCode", f"{transform}<ofd:TextCode").replace(f">{text}<", f">{instead}<")


@pytest.mark.slow
@needs_recognition
def test_characters_without_unicode_are_recognized_and_have_to_be_checked():
    characters = "".join(sorted(set(minutes_text()) - set(" \n")))
    private = in_private_codes(minutes_text(), characters)

    reading = read_file("a.ofd", ofd_of(private, font=private_font(characters)))

    assert facts(reading.parsed) == facts(parse(minutes_text()))
    assert reading.extraction.problems[0].code == "recognized-text"


@pytest.mark.slow
@needs_recognition
@pytest.mark.parametrize("instead", ["", "¤¤¤¤", "\ue001\ue002\ue003\ue004"])
def test_glyphs_without_characters_are_recognized_in_their_place(instead):
    objects = [text_object("云川市", 20, 30), glyphs_only("会议纪要", 20 + 15, 30, instead), text_object("完", 55, 30)]

    assert text_of(ofd(["".join(objects)], font=private_font("会"))) == "云川市会议纪要完\n"


@pytest.mark.slow
@needs_recognition
def test_a_glyph_that_is_no_character_is_shown_as_unknown_with_a_problem_at_its_place():
    extraction = read_file("a.ofd", ofd_of("会议\ue000纪要", font=private_font("◥"))).extraction

    assert [problem.code for problem in extraction.problems] == ["recognized-text", "recognized-unsure"]
    span = extraction.problems[1].span
    assert (span.start, span.end) == (2, 3)


@pytest.mark.slow
@needs_recognition
@pytest.mark.parametrize("font", [b"", b"OTTO no font"], ids=["no font", "broken font"])
def test_characters_that_cannot_be_drawn_are_refused_and_never_stored(font, refusal):
    assert "有2个字没有通用编码" in refusal("a.ofd", ofd_of("会议\ue001\ue002纪要", font=font))


def test_characters_without_unicode_are_refused_where_recognition_is_not_installed(refusal, monkeypatch):
    monkeypatch.setattr("minutes.extraction.read_file.is_installed", lambda need: False)

    for content in (ofd_of("会议\ue001纪要"), ofd([glyphs_only("会议", 20, 30, "")])):
        sentence = refusal("a.ofd", content)
        assert "没有通用编码" in sentence
        assert "bin/install requirements-ocr.txt" in sentence


def test_a_page_that_cannot_be_read_is_a_problem():
    parts = {**package(), **document_parts(drawn(visual_lines("会议纪要\n" * 30)))}
    parts["Doc_0/Pages/Page_1/Content.xml"] = "<ofd:Page"

    extraction = read_file("a.ofd", zipped(parts)).extraction

    assert [problem.code for problem in extraction.problems] == ["pages-left-out"]
    assert "第2页" in extraction.problems[0].message


def test_a_page_that_is_not_there_is_a_problem():
    parts = {**package(), **document_parts(drawn(visual_lines("会议纪要\n" * 30)))}
    del parts["Doc_0/Pages/Page_1/Content.xml"]

    (problem,) = read_file("a.ofd", zipped(parts)).extraction.problems

    assert problem.code == "pages-left-out"
    assert "第2页" in problem.message


LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;">]><ofd:OFD>&b;</ofd:OFD>'
DEEP = "<ofd:PageBlock>" * 50_000 + "</ofd:PageBlock>" * 50_000
PAGE = '<Page ID="1" BaseLoc="p.xml"/>'
HOSTILE = {
    "no page": (lambda: ofd([]), "OFD"),
    "only a picture": (lambda: ofd(['<ofd:ImageObject ID="1" ResourceID="2"/>']), "没有文字"),
    "entities": (lambda: zipped({**document_parts(drawn(["会"])), "OFD.xml": LAUGHS}), "已损坏"),
    "no document": (lambda: zipped(package()), "已损坏"),
    "paths that lead out": (lambda: zipped(package("../../../../etc")), "已损坏"),
    "blocks without end": (lambda: ofd([DEEP]), "没有文字"),
    "cut off": (lambda: ofd_of("会议纪要")[:-40], "已损坏"),
    "a million pages": (
        lambda: zipped(package() | {"Doc_0/Document.xml": f"<Document><Pages>{PAGE * 1_000_000}</Pages></Document>"}),
        "",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_packages_end_with_a_sentence(kind, refusal):
    make, sentence = HOSTILE[kind]

    assert sentence in refusal("a.ofd", make())


def codes_and_messages(content):
    return [(problem.code, problem.message) for problem in read_file("a.ofd", content).extraction.problems]


def test_a_page_that_is_only_a_picture_beside_pages_of_text_is_named():
    ((code, message),) = codes_and_messages(ofd([*drawn(["会议纪要"]), '<ofd:ImageObject ID="1" ResourceID="2"/>']))

    assert code == "pages-left-out"
    assert "第2页" in message


def test_a_template_that_cannot_be_read_is_a_problem():
    parts = {**package(), **document_parts(drawn(["会议纪要"]), template=text_object("云川市人民政府", 60, 20))}
    parts["Doc_0/Tpls/Tpl_0/Content.xml"] = "<ofd:Page"

    ((code, message),) = codes_and_messages(zipped(parts))

    assert code == "pages-left-out"
    assert "部分内容已损坏" in message


def test_more_pages_than_allowed_are_refused(refusal, settings):
    settings.EXTRACT_PAGES = 1

    assert "有2页，超过上限1页" in refusal("a.ofd", ofd(drawn(["会议纪要"]) * 2))
