"""Test that a .docx is read as displayed, and hidden parts are problems."""

import json

import pytest

from minutes.extraction.read_file import read_file
from minutes.extraction.readers.word.numerals import NUMERALS
from minutes.models import Meeting, SourceFile
from tests.extraction.documents import (
    CHINESE_LISTS,
    STYLES,
    docx,
    docx_of,
    docx_parts,
    numbered,
    paragraph,
    row,
    table,
    word_xml,
    words,
    zipped,
)
from tests.minutes_text import minutes_text


def text_of(body, **others):
    return read_file("a.docx", docx(body, **others)).extraction.text


def problems_of(body, **others):
    """Return the problems with the characters of their spans."""
    found = read_file("a.docx", docx(body, **others)).extraction
    return [(each.code, each.span and found.text[slice(*each.span)]) for each in found.problems]


def box(*paragraphs):
    return f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"


@pytest.mark.django_db
def test_a_word_file_is_taken_in_like_the_text_it_holds(run, write):
    result = run("ingest", write("云川纪要.docx", docx_of(minutes_text())))

    assert not result.failure, result.out
    source = SourceFile.objects.get()
    assert source.text == minutes_text() + "\n"
    assert source.format == "docx"
    assert Meeting.objects.get().items.count() == 2


@pytest.mark.django_db
def test_what_is_in_doubt_about_the_file_is_kept_with_the_meeting(run, write):
    inserted = f'<w:p><w:ins w:id="1" w:author="甲">{words("（二）市财政局要加强督促。")}</w:ins></w:p>'
    lines = "".join(paragraph(line) for line in minutes_text().split("\n"))

    run("ingest", write("a.docx", docx(lines + inserted)))

    problem = Meeting.objects.get().problems.get(code="word-insertion")
    assert SourceFile.objects.get().text[problem.start : problem.end] == "（二）市财政局要加强督促。"


def test_problems_of_the_file_stand_in_what_parse_prints(run, write):
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>暂不公开</w:t></w:r></w:p>"

    result = run("parse", write("a.docx", docx(paragraph("会议纪要") + hidden)))

    assert "word-hidden" in [problem["code"] for problem in json.loads(result.out)["problems"]]
    assert "暂不公开" not in result.out


def test_deletions_never_reach_the_text_and_leave_a_problem():
    body = (
        f"<w:p>{words('由市水利局')}<w:del><w:r><w:delText>和市财政局</w:delText></w:r></w:del>{words('负责。')}</w:p>"
        f"<w:p>{words('前')}<w:moveFrom>{words('移走')}</w:moveFrom>{words('后')}</w:p>"
        f"<w:del>{paragraph('整段删去')}</w:del>"
    )

    assert text_of(body).split() == ["由市水利局负责。", "前后"]
    assert [code for code, _ in problems_of(body)] == ["word-deletion"] * 3
    assert problems_of(body)[0] == ("word-deletion", "局")


def test_insertions_reach_the_text_and_leave_one_problem_for_each_place():
    body = (
        f"<w:p>{words('由市水利局')}<w:ins>{words('会同')}</w:ins><w:ins>{words('市财政局')}</w:ins>{words('负责。')}"
        f"<w:moveTo>{words('移来')}</w:moveTo></w:p>"
    )

    assert text_of(body) == "由市水利局会同市财政局负责。移来\n"
    assert problems_of(body) == [("word-insertion", "会同市财政局"), ("word-insertion", "移来")]


def test_many_changes_do_not_bury_the_minutes_under_problems():
    changes = "".join(f"<w:p>{words('同意')}<w:ins>{words('加')}</w:ins></w:p>" for _ in range(120))

    found = read_file("a.docx", docx(changes)).extraction

    assert len(found.problems) == 50
    assert "此后还有70处" in found.problems[-1].message


def test_a_paragraph_whose_end_was_deleted_runs_on_into_the_next():
    body = paragraph("由市水利局", "<w:rPr><w:del/></w:rPr>") + paragraph("负责。")

    assert text_of(body) == "由市水利局负责。\n"


def test_comments_and_footnotes_and_page_heads_are_left_out_and_told():
    body = f"<w:p>{words('原则同意。')}<w:r><w:commentReference w:id='1'/></w:r></w:p>"
    body += f"<w:p>{words('今年底前')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    comments = word_xml("comments", f"<w:comment>{paragraph('请再斟酌')}</w:comment>")
    head = word_xml("hdr", paragraph("内部资料"))
    foot = word_xml("ftr", paragraph("— 3 —"))

    found = read_file("a.docx", docx(body, comments=comments, header1=head, footer1=foot)).extraction

    assert found.text == "原则同意。\n今年底前\n"
    assert [problem.code for problem in found.problems] == ["word-comment", "word-left-out", "word-left-out"]
    assert "内部资料" in found.problems[-1].message
    assert "请再斟酌" not in str(found)


def test_foots_of_pages_with_nothing_but_numbers_are_no_problem():
    assert problems_of(paragraph("会议纪要"), footer1=word_xml("ftr", paragraph("第3页 共8页"))) == []


def test_the_cells_of_a_row_stand_on_one_line():
    body = table(
        row(paragraph("出席："), paragraph("沈知远")),
        row(paragraph("列席："), paragraph("市发改委") + paragraph("闵怀远"), paragraph()),
        columns=3,
    )

    assert text_of(body) == "出席：\t沈知远\n列席：\t市发改委  闵怀远\n"


def test_an_empty_cell_keeps_the_column_of_those_behind_it():
    matter = paragraph("编制抢险预案。")
    body = table(
        row(paragraph("事项"), paragraph("牵头单位"), paragraph("配合单位"), paragraph("时限")),
        row(matter, paragraph("市水务局"), paragraph(), paragraph("6月底")),
        row(matter, paragraph("市水务局"), paragraph("市气象局"), paragraph()),
        columns=4,
    )

    assert text_of(body) == (
        "事项\t牵头单位\t配合单位\t时限\n编制抢险预案。\t市水务局\t\t6月底\n编制抢险预案。\t市水务局\t市气象局\n"
    )


def test_a_table_that_only_frames_the_text_keeps_its_paragraphs():
    body = table(row(paragraph("一、审议办法") + paragraph("原则同意。")), columns=1)

    assert text_of(body) == "一、审议办法\n原则同意。\n"


def test_a_deleted_row_is_not_read():
    deleted = "<w:tr><w:trPr><w:del/></w:trPr>" + row(paragraph("贺明舟")).removeprefix("<w:tr>")
    body = table(row(paragraph("沈知远")), deleted, columns=1)

    assert text_of(body).split() == ["沈知远"]
    assert problems_of(body) == [("word-deletion", "\n")]


def test_text_boxes_are_read_once_and_before_the_text_they_stand_before():
    drawn = f"<wps:wsp><wps:txbx>{box(paragraph('云川市人民政府'))}</wps:txbx></wps:wsp>"
    drawn_for_old_programs = f"<w:pict><v:textbox>{box(paragraph('云川市人民政府'))}</v:textbox></w:pict>"
    both = (
        f"<mc:AlternateContent><mc:Choice>{drawn}</mc:Choice>"
        f"<mc:Fallback>{drawn_for_old_programs}</mc:Fallback></mc:AlternateContent>"
    )
    old_alone = f"<w:pict><v:textbox>{box(paragraph('（此件公开发布）'))}</v:textbox></w:pict>"
    body = f"<w:p><w:r>{both}</w:r>{words('常务会议纪要')}<w:r>{old_alone}</w:r></w:p>"

    assert text_of(body) == "云川市人民政府\n常务会议纪要\n（此件公开发布）\n"


def test_content_controls_links_and_fields_give_what_they_show():
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('〔2021〕7号')}</w:sdtContent></w:sdt>"
        f"<w:p><w:hyperlink>{words('云川市')}</w:hyperlink><w:sdt><w:sdtContent>{words('第12次')}</w:sdtContent></w:sdt>"
        f"<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple>{words('3')}</w:fldSimple>"
        "<w:r><w:tab/><w:t>左</w:t><w:br/><w:t>右</w:t></w:r></w:p>"
    )

    assert text_of(body) == "〔2021〕7号\n云川市第12次3\t左\n右\n"


def test_the_strict_form_of_word_files_is_read_too():
    strict = word_xml("document", f"<w:body>{paragraph('会议纪要')}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )

    assert read_file("a.docx", zipped(docx_parts("") | {"word/document.xml": strict})).extraction.text == "会议纪要\n"


def test_a_file_without_text_is_refused(refusal):
    assert "没有文字" in refusal("a.docx", docx(paragraph()))


def numbered_lines(*paragraphs):
    others = {"numbering": word_xml("numbering", CHINESE_LISTS), "styles": word_xml("styles", STYLES)}
    return text_of("".join(paragraphs), **others).splitlines()


def test_automatic_numbers_are_counted_as_word_does():
    lines = numbered_lines(
        numbered("审议办法", 0), numbered("原则同意", 1), numbered("抓好落实", 1), numbered("一季度", 2),
        numbered("听取汇报", 0), numbered("同意", 1), numbered("条", 3),
    )  # fmt: skip

    assert lines == [
        "一、审议办法",
        "（一）原则同意",
        "（二）抓好落实",
        "1. 一季度",
        "二、听取汇报",
        "（一）同意",
        "2.1 条",
    ]


def test_a_list_that_starts_elsewhere_goes_on_from_there():
    assert numbered_lines(numbered("甲", 0), numbered("乙", 0, 8), numbered("丙", 0, 8)) == [
        "一、甲",
        "五、乙",
        "六、丙",
    ]


def test_numbers_come_from_the_style_and_those_it_is_based_on():
    styled = [paragraph(text, f'<w:pStyle w:val="{style}"/>') for text, style in [("甲", "Item"), ("乙", "Derived")]]
    plain = paragraph("丙", '<w:pStyle w:val="Item"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    looping = paragraph("丁", '<w:pStyle w:val="Loop"/>')

    assert numbered_lines(*styled, plain, looping) == ["第一项 甲", "第二项 乙", "丙", "丁"]


def test_bullets_and_numbers_that_never_start_anew():
    lines = numbered_lines(
        numbered("点", 5), numbered("甲", 6), numbered("审议", 0), numbered("乙", 6), numbered("空号", 7)
    )

    assert lines == ["•点", "1）甲", "一、审议", "2）乙", "空号"]


def test_a_kind_of_number_that_is_not_known_is_told():
    others = {"numbering": word_xml("numbering", CHINESE_LISTS)}
    found = read_file("a.docx", docx(numbered("甲", 4), **others)).extraction

    assert found.text == "1）甲\n"
    assert [problem.code for problem in found.problems] == ["word-numbering"]
    assert "hindiVowels" in found.problems[0].message


def test_a_sign_that_libreoffice_lost_behind_chinese_numbers_is_restored_and_told():
    others = {"numbering": word_xml("numbering", CHINESE_LISTS.replace("%1、", "%1?"))}
    found = read_file("a.docx", docx(numbered("审议", 0) + numbered("听取", 0), **others)).extraction

    assert found.text == "一、审议\n二、听取\n"
    assert [problem.code for problem in found.problems] == ["word-numbering"]
    assert "标点在文件里已丢失" in found.problems[0].message


def test_a_deleted_paragraph_is_not_counted():
    deleted = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        "<w:del><w:r><w:delText>删去的议题</w:delText></w:r></w:del></w:p>"
    )

    assert numbered_lines(numbered("甲", 0), deleted, numbered("乙", 0)) == ["一、甲", "二、乙"]


@pytest.mark.parametrize(
    ("kind", "counted", "shown"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 12, "十二"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 102, "一百零二"),
        ("chineseCounting", 110, "一百一十"),
        ("chineseCounting", 1010, "一千零一十"),
        ("chineseCounting", 0, "〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographDigital", 2019, "二〇一九"),
        ("ideographTraditional", 3, "丙"),
        ("ideographZodiac", 12, "亥"),
        ("ideographTraditional", 11, "11"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedParen", 20, "⒇"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 3, "03"),
        ("lowerLetter", 28, "bb"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
        ("none", 4, ""),
    ],
)
def test_numbers_are_shown_as_word_shows_them(kind, counted, shown):
    assert NUMERALS[kind](counted) == shown


def test_symbols_of_symbol_fonts_are_the_characters_that_they_show():
    signs = [("Symbol", "F0B3", "≥"), ("Wingdings", "F0FC", "✔"), ("Wingdings", "F081", "①"), ("仿宋", "25CB", "○")]
    runs = "".join(f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>' for font, char, _ in signs)

    shown = "".join(sign for _, _, sign in signs)
    assert text_of(f"<w:p>{words('分担率')}{runs}{words('60%')}</w:p>") == f"分担率{shown}60%\n"


def test_a_symbol_without_unicode_is_a_problem_at_its_place():
    body = f'<w:p>{words("甲")}<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>{words("乙")}</w:p>'

    assert text_of(body) == "甲□乙\n"
    assert problems_of(body) == [("word-symbol", "□")]


def test_characters_written_in_a_symbol_font_are_read_by_their_font():
    run = '<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>&#xF0A3;</w:t></w:r>'

    assert text_of(f"<w:p>{words('甲')}{run}{words('乙')}</w:p>") == "甲≤乙\n"


def test_a_merged_cell_is_repeated_in_each_row_that_it_spans():
    def cell(content, merge):
        return f"<w:tcPr>{merge}</w:tcPr>{paragraph(content)}"

    rows = [
        row(paragraph("单位"), paragraph("姓名")),
        row(cell("市交通局", '<w:vMerge w:val="restart"/>'), paragraph("林望")),
        row(cell("", "<w:vMerge/>"), paragraph("陆岚")),
        row(cell("市财政局", '<w:gridSpan w:val="1"/>'), paragraph("周禾")),
    ]

    assert text_of(table(*rows, columns=2)) == "单位\t姓名\n市交通局\t林望\n市交通局\t陆岚\n市财政局\t周禾\n"


def test_a_merged_cell_with_sentences_is_not_repeated():
    first = row(f'<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("会议原则同意。")}', paragraph("甲"))
    second = row(f"<w:tcPr><w:vMerge/></w:tcPr>{paragraph()}", paragraph("乙"))

    assert text_of(table(first, second, columns=2)).count("会议原则同意。") == 1


def test_a_label_with_a_character_a_line_is_one_word():
    assert text_of(table(row(paragraph("出") + paragraph("席"), paragraph("林望")), columns=2)) == "出席\t林望\n"


def test_form_fields_show_what_they_show():
    def field(data):
        return f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'

    tick = field("<w:checkBox><w:checked/></w:checkBox>")
    choices = '<w:listEntry w:val="同意"/><w:listEntry w:val="原则同意"/>'
    chosen = field(f'<w:ddList><w:result w:val="1"/>{choices}</w:ddList>')
    hint = f"<w:sdtContent>{words('单击此处输入文字')}</w:sdtContent>"
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{hint}</w:sdt>"

    assert text_of(f"<w:p>{tick}{words('会议')}{chosen}{empty}</w:p>") == "☑会议原则同意\n"


def test_the_words_of_word_art_are_text():
    art = '<w:r><w:pict><v:shape><v:textpath string="云川市人民政府"/></v:shape></w:pict></w:r>'

    assert text_of(f"<w:p>{art}</w:p>{paragraph('常务会议纪要')}") == "云川市人民政府\n常务会议纪要\n"


def test_a_chart_is_a_problem_at_its_place():
    chart = '<w:r><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></w:r>'

    assert problems_of(f"<w:p>{words('见图')}{chart}</w:p>") == [("word-left-out", "图")]
