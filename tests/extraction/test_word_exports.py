"""Test Word files as office systems export them, with the name .doc."""

import pytest

from minutes.extraction.read_file import read_file
from minutes.parser.pipeline import parse
from tests.extraction.documents import CHINESE_LISTS, docx_of, docx_parts, numbered, paragraph, word_xml
from tests.extraction.facts import facts
from tests.minutes_text import minutes_text

WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'


def flat(parts):
    """Return the parts of a .docx as one XML file."""
    types = {"word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"}
    packed = "".join(
        f'<pkg:part pkg:name="/{name}" pkg:contentType="{types.get(name, "application/xml")}">'
        f"<pkg:xmlData>{content}</pkg:xmlData></pkg:part>"
        for name, content in parts.items()
        if name != "[Content_Types].xml"
    )
    image = '<pkg:part pkg:name="/word/media/image1.png"><pkg:binaryData>iVBO</pkg:binaryData></pkg:part>'
    namespace = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return f'{DECLARATION}<pkg:package xmlns:pkg="{namespace}">{packed}{image}</pkg:package>'.encode()


def word_2003(body):
    namespaces = (
        f'xmlns:w="{WORD_2003}" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
        'xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
    )
    written = f"<w:wordDocument {namespaces}><w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>"
    return (DECLARATION + written).encode()


@pytest.mark.parametrize(
    "content",
    [
        docx_of(minutes_text()),
        flat(docx_parts("".join(paragraph(line) for line in minutes_text().split("\n")))),
        word_2003("".join(paragraph(line) for line in minutes_text().split("\n"))),
    ],
    ids=["docx", "flat", "2003"],
)
def test_the_facts_are_those_of_the_text_under_the_name_doc(content):
    reading = read_file("纪要.doc", content)

    assert reading.format == "docx"
    assert facts(reading.parsed) == facts(parse(minutes_text()))


def test_numbers_and_page_heads_of_a_flat_file_are_those_of_its_parts():
    body = numbered("审议《云川市河道管理办法》", 0) + numbered("原则同意。", 1)
    parts = docx_parts(
        body, numbering=word_xml("numbering", CHINESE_LISTS), header1=word_xml("hdr", paragraph("云川市人民政府"))
    )
    found = read_file("a.doc", flat(parts)).extraction

    assert found.text == "一、审议《云川市河道管理办法》\n（一）原则同意。\n"
    assert [problem.code for problem in found.problems] == ["word-left-out"]


def test_lists_tables_and_changes_of_word_2003():
    body = (
        '<w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="一、"/></w:listPr></w:pPr>'
        "<w:r><w:t>审议办法</w:t></w:r></w:p>"
        '<w:p><w:pPr><w:listPr><wx:t wx:val="1."/></w:listPr></w:pPr><w:r><w:t>原则同意</w:t></w:r>'
        '<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>暂缓</w:delText></w:r></aml:content>'
        '</aml:annotation><aml:annotation w:type="Word.Insertion"><aml:content><w:r><w:t>。</w:t></w:r></aml:content>'
        '</aml:annotation><w:r><aml:annotation w:type="Word.Comment"><aml:content><w:p><w:r><w:t>请核</w:t></w:r></w:p>'
        "</aml:content></aml:annotation></w:r></w:p>"
        '<w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>出席</w:t></w:r></w:p></w:tc>'
        "<w:tc><w:p><w:r><w:t>沈知远</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc>"
        "<w:tc><w:p><w:r><w:t>陆岚</w:t></w:r><w:r><w:footnote><w:p><w:r><w:t>请假</w:t></w:r></w:p></w:footnote></w:r>"
        "</w:p></w:tc></w:tr></w:tbl>"
        "<w:sectPr><w:hdr w:type='odd'><w:p><w:r><w:t>内部资料</w:t></w:r></w:p></w:hdr></w:sectPr>"
    )
    found = read_file("a.doc", word_2003(body)).extraction

    assert found.text == "一、审议办法\n1. 原则同意。\n出席\t沈知远\n出席\t陆岚\n"
    assert [problem.code for problem in found.problems] == [
        "word-deletion",
        "word-insertion",
        "word-comment",
        "word-left-out",
        "word-left-out",
    ]
    assert "内部资料" in found.problems[-1].message


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (flat(docx_parts(paragraph("会议纪要")))[:-20], "已损坏"),
        (word_2003(paragraph()), "没有文字"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + word_2003("").split(b"?>")[-1], "DOCTYPE"),
        (DECLARATION.encode() + b"<pkg:package xmlns:pkg='http://x'/>", "这不是 Word 文件"),
    ],
)
def test_harmful_and_damaged_files_end_with_a_sentence(content, sentence, refusal):
    assert sentence in refusal("a.doc", content)


def test_a_style_takes_its_list_from_another_and_the_level_from_itself():
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    lists = CHINESE_LISTS.replace('<w:lvlText w:val="%1、"/>', '<w:pStyle w:val="A"/><w:lvlText w:val="%1、"/>', 1)
    parts = docx_parts(
        paragraph("审议办法", '<w:pStyle w:val="A"/>') + paragraph("原则同意", '<w:pStyle w:val="B"/>'),
        numbering=word_xml("numbering", lists),
        styles=word_xml("styles", styles),
    )

    assert read_file("a.doc", flat(parts)).extraction.text == "一、审议办法\n（一）原则同意\n"
