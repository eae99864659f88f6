"""Test Word files whose text is not all in the paragraphs of the body: page heads, styles that hide, drawings."""

import pytest

from minutes.extraction.read_file import read_file
from tests.extraction.documents import (
    content_types,
    docx,
    docx_of,
    docx_parts,
    paragraph,
    row,
    table,
    word_xml,
    words,
    zipped,
)
from tests.minutes_text import minutes_text

RELATIONSHIPS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
HIDING = """
<w:style w:type="character" w:styleId="Hides"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Derived"><w:basedOn w:val="Hides"/></w:style>
<w:style w:type="paragraph" w:styleId="Shows"><w:basedOn w:val="Hides"/>
<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>"""


def read(body, **others):
    """Return the text, and the problems with their messages."""
    found = read_file("a.docx", docx(body, **others)).extraction
    return found.text, [(each.code, each.message) for each in found.problems]


def section(first_page="<w:titlePg/>"):
    return (
        f'<w:sectPr {RELATIONSHIPS}><w:headerReference w:type="default" r:id="r2"/>'
        f'<w:headerReference w:type="first" r:id="r1"/>{first_page}</w:sectPr>'
    )


def test_the_header_of_the_first_page_is_the_head_of_the_minutes():
    heads = {
        "header1": word_xml("hdr", paragraph("云川市人民政府") + paragraph("常务会议纪要")),
        "header2": word_xml("hdr", paragraph("内部资料") + paragraph("— 2 —")),
    }

    text, problems = read(paragraph("〔2021〕7号") + section(), **heads)

    assert text == "云川市人民政府\n常务会议纪要\n〔2021〕7号\n"
    assert [code for code, _ in problems] == ["word-left-out"]
    assert problems[0][1].endswith("：内部资料")


@pytest.mark.parametrize("first_page", ["", '<w:titlePg w:val="0"/>'])
def test_a_header_that_no_page_shows_is_left_out_and_told(first_page):
    heads = {f"header{place}": word_xml("hdr", paragraph(f"页眉{place}")) for place in (1, 2)}

    text, problems = read(paragraph("会议纪要") + section(first_page), **heads)

    assert text == "会议纪要\n"
    assert "页眉1；页眉2" in problems[0][1]


def test_the_imprint_in_the_footer_follows_the_text_once():
    imprint = paragraph("抄送：市委办公室。") + paragraph("云川市人民政府办公室      2021年3月12日印发")
    foots = {f"footer{place}": word_xml("ftr", imprint + paragraph("— 1 —")) for place in (1, 2)}

    text, problems = read(paragraph("会议纪要"), **foots)

    assert text == "会议纪要\n抄送：市委办公室。\n云川市人民政府办公室      2021年3月12日印发\n"
    assert problems == []


@pytest.mark.parametrize(
    ("properties", "run_style", "is_hidden"),
    [
        ('<w:pStyle w:val="Derived"/>', "", True),
        ("", '<w:rPr><w:rStyle w:val="Hides"/></w:rPr>', True),
        ('<w:pStyle w:val="Derived"/>', '<w:rPr><w:vanish w:val="0"/></w:rPr>', False),
        ('<w:pStyle w:val="Shows"/>', "", False),
    ],
)
def test_text_that_a_style_hides_is_left_out_and_told(properties, run_style, is_hidden):
    hidden = f"<w:p><w:pPr>{properties}</w:pPr><w:r>{run_style}<w:t>暂不公开</w:t></w:r></w:p>"

    text, problems = read(paragraph("会议纪要") + hidden, styles=word_xml("styles", HIDING))

    assert ("暂不公开" not in text) is is_hidden
    assert [code for code, _ in problems] == ["word-hidden"] * is_hidden


def test_text_of_a_shape_from_a_presentation_is_a_problem_at_its_place():
    shape = (
        '<w:r><w:drawing><a:txBody xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<a:p><a:r><a:t>流程图</a:t></a:r></a:p></a:txBody></w:drawing></w:r>"
    )

    text, problems = read(f"<w:p>{words('会议纪要')}{shape}</w:p>")

    assert text == "会议纪要\n"
    assert [code for code, _ in problems] == ["word-left-out"]


def test_a_template_is_read_as_a_document():
    parts = docx_parts(paragraph("会议纪要")) | {"[Content_Types].xml": content_types(TEMPLATE)}

    assert read_file("a.docx", zipped(parts)).extraction.text == "会议纪要\n"


def test_parts_named_as_in_windows_are_found():
    parts = docx_parts("".join(map(paragraph, minutes_text().split("\n"))))
    renamed = zipped({name.replace("/", "\\"): content for name, content in parts.items()})

    assert read_file("a.docx", renamed).extraction.text == read_file("a.docx", docx_of(minutes_text())).extraction.text


def names(*cells):
    return row(*map(paragraph, cells))


def test_columns_of_names_under_labels_are_read_one_after_the_other():
    rows = [
        names("出 席", "列席人员"),
        names("沈知远", "市发改委闵怀远"),
        names("陆  岚", "市水利局贾子昂"),
        names("", "市应急局应连胜"),
    ]
    reading = read_file("a.docx", docx(paragraph("一、听取汇报") + table(*rows, columns=2)))

    assert reading.extraction.text.split("\n")[1:] == [
        *("出 席", "沈知远", "陆  岚", "列席人员", "市发改委闵怀远", "市水利局贾子昂", "市应急局应连胜", "")
    ]
    assert [(each.role, each.name) for each in reading.parsed.attendance] == [
        *(("present", name) for name in ("沈知远", "陆岚")),
        *(("in_attendance", name) for name in ("闵怀远", "贾子昂", "应连胜")),
    ]


def test_a_table_with_another_column_is_read_row_by_row():
    rows = [names("出席", "姓名"), names("市长", "沈知远")]

    assert read(table(*rows, columns=2))[0] == "出席\t姓名\n市长\t沈知远\n"


def field(code, cached):
    """Return a field that Word computes: its code, and what it was when the file was saved."""
    kinds = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{kinds[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{kinds[1]}{words(cached)}{kinds[2]}"


@pytest.mark.parametrize(
    "number",
    [
        f"<w:p>{words('第')}{field(' PAGE ', '3')}{words('页 共')}{field('NUMPAGES', '8')}{words('页')}</w:p>",
        f"<w:p>{field('PAGE  &#92;* MERGEFORMAT', '— 3 —')}</w:p>",
        f'<w:p><w:fldSimple w:instr=" PAGE ">{words("3")}</w:fldSimple></w:p>',
    ],
)
def test_a_page_number_in_the_body_is_left_out(number):
    assert read(paragraph("一、听取汇报") + number + paragraph("会议原则同意。")) == (
        "一、听取汇报\n会议原则同意。\n",
        [],
    )


@pytest.mark.parametrize("code", [" REF n ", " PAGEREF p ", " =1+2 "])
def test_a_number_that_another_field_computes_is_text(code):
    assert read(f"<w:p>{field(code, '3')}</w:p>")[0] == "3\n"


def test_a_page_number_within_a_sentence_is_text():
    assert read(f"<w:p>{words('详见第')}{field(' PAGE ', '3')}{words('页附表。')}</w:p>")[0] == "详见第3页附表。\n"


@pytest.mark.parametrize("code", [' DATE &#92;@ "yyyy年M月d日" ', "TIME", " SAVEDATE "])
def test_a_date_that_word_keeps_up_to_date_is_text_and_a_problem(code):
    text, problems = read(f"<w:p>{words('印发日期：')}{field(code, '2024年7月1日')}</w:p>")

    assert text == "印发日期：2024年7月1日\n"
    assert [each for each, _ in problems] == ["word-computed"]


def test_characters_that_a_field_arranges_are_text_and_a_problem():
    """Word writes the code in pieces, where their fonts differ."""
    pieces = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in ("eq &#92;o&#92;ac(", "○", ",印)"))
    kinds = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end")]
    text, problems = read(f"<w:p>{words('盖')}{kinds[0]}{pieces}{kinds[1]}{words('处')}</w:p>")

    assert (text, [each for each, _ in problems]) == ("盖○印处\n", ["word-formula"])


MATHEMATICS = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
FRACTION = "<m:f><m:num><m:r><m:t>80</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f>"


@pytest.mark.parametrize(
    ("formula", "text", "codes"),
    [
        (f"<m:oMath {MATHEMATICS}>{FRACTION}</m:oMath>", "80/3", ["word-formula"]),
        (f"<m:oMath {MATHEMATICS}><m:r><m:t>a=b</m:t></m:r></m:oMath>", "a=b", []),
    ],
)
def test_formulas_are_text_and_a_problem_if_their_arrangement_matters(formula, text, codes):
    in_paragraph, problems = read(f"<w:p>{words('每户')}{formula}</w:p>")
    alone, _ = read(paragraph("每户") + f"<m:oMathPara {MATHEMATICS}>{formula}</m:oMathPara>")

    assert (in_paragraph, alone) == (f"每户{text}\n", f"每户\n{text}\n")
    assert [each for each, _ in problems] == codes


@pytest.mark.parametrize("line", ["strike", "dstrike"])
def test_text_with_a_line_through_it_is_a_problem(line):
    run = f"<w:r><w:rPr><w:{line}/></w:rPr><w:t>市财政局</w:t></w:r>"
    text, problems = read(f"<w:p>{run}{words('牵头')}</w:p>")

    assert (text, [each for each, _ in problems]) == ("市财政局牵头\n", ["struck-text"])
    switched_off = run.replace(f"<w:{line}/>", f'<w:{line} w:val="0"/>')
    assert read(f"<w:p>{switched_off}</w:p>")[1] == []


def test_the_version_for_old_programs_is_read_if_the_new_one_is_empty():
    box = f"<w:pict><v:textbox><w:txbxContent>{paragraph('附注')}</w:txbxContent></v:textbox></w:pict>"
    versions = f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"

    assert "附注" in read(f"<w:p><w:r>{versions}</w:r></w:p>")[0]


def test_a_deleted_cell_is_left_out_and_told():
    deleted = f"<w:tc><w:tcPr><w:cellDel w:id='1'/></w:tcPr>{paragraph('市财政局')}</w:tc>"
    text, problems = read(f"<w:tbl><w:tr>{deleted}<w:tc>{paragraph('市水利局')}</w:tc></w:tr></w:tbl>")

    assert "市财政局" not in text
    assert [each for each, _ in problems] == ["word-deletion"]
