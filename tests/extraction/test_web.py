"""Web pages in the forms of government sites: the same facts as from the text alone, and nothing of the page."""

import datetime

import pytest

from minutes.extraction.read_file import read_file
from minutes.extraction.readers.web.article import article_of
from minutes.extraction.readers.web.lines import lines_of
from minutes.extraction.readers.web.mht import unpack_mht
from minutes.extraction.readers.web.page import tree_of
from minutes.models import Meeting, SourceFile
from minutes.parser.pipeline import parse
from tests.extraction.facts import facts
from tests.extraction.web_pages import ABOVE, BELOW, FACTS_TABLE, INFO, TITLE, mht, page, paragraphs, with_container
from tests.minutes_text import minutes_text

pytestmark = pytest.mark.thorough

WITHOUT_HEAD = minutes_text().split("\n", 4)[4]


def lines(html):
    return [line.text for line in lines_of(tree_of(html))]


def in_spans(line):
    return "".join(f"<span>{character}</span>" for character in line)


FORMS = {
    "TRS_Editor": with_container('class="TRS_Editor"'),
    "zoom": with_container('id="zoom"'),
    "UCAP-CONTENT": with_container('id="UCAP-CONTENT"', f'<div class="trs_editor_view">{paragraphs()}</div>'),
    "article-content": with_container('class="art article-content"'),
    "pages_content": with_container('class="pages_content"'),
    "no known container": with_container('class="x93"'),
    "no class at all": with_container(""),
    "in cells of tables": page(
        f"<table><tr><td width=200><a href=1>机构设置</a></td><td><table><tr><td>{TITLE}</td></tr>"
        f"<tr><td>{INFO}</td></tr><tr><td>{paragraphs()}</td></tr></table></td></tr></table>"
    ),
    "lines with br": with_container('id="zoom"', "<br>\n".join(minutes_text().split("\n"))),
    "divisions": with_container('id="zoom"', paragraphs().replace("<p ", "<div ").replace("</p>", "</div>")),
    "a table of facts": page(f'{FACTS_TABLE}<h1>{TITLE}</h1><div class="TRS_Editor">{paragraphs()}</div>'),
    "a table of facts in the container": page(f'<div id="zoom">{FACTS_TABLE}<h1>{TITLE}</h1>{paragraphs()}</div>'),
    "a bare timestamp above the text": page(
        f'<div id="zoom"><h2>{TITLE}</h2><p>2021-04-20 10:11</p>{paragraphs()}</div>'
    ),
    "shown late on phones": page(
        f'<div id="js_content" style="visibility: hidden; opacity: 0">{paragraphs()}</div>'
    ),
    "digits in spans of Word": with_container(
        'class="TRS_Editor"',
        paragraphs().replace("2021", '<span lang="EN-US">20</span><span lang="EN-US">21</span>').replace(
            "3月", '<span>3</span><span style="font-family:仿宋">月</span>'
        ),
    ),
    "zero-width blanks": with_container('id="zoom"', paragraphs().replace("会议", "会\u200b议\ufeff")),
    "attendance in a box of its own": page(
        f"<h1>{TITLE}</h1><div class=x1>{paragraphs(minutes_text().partition('出席')[0])}</div>"
        f"<div class=x2>{paragraphs('出席' + minutes_text().partition('出席')[2])}</div>"
    ),
    "attendance below the container": page(
        f"<h1>{TITLE}</h1><div class=TRS_Editor>{paragraphs(minutes_text().partition('出席')[0])}</div>"
        f"<div class=x2>{paragraphs('出席' + minutes_text().partition('出席')[2])}</div>"
    ),
    "form around everything": page(
        f'<form id="form1" action="/x">{ABOVE}<h1>{TITLE}</h1><div class=con>{paragraphs()}</div></form>'
    ),
    "every character in a span": with_container(
        'class="x"', "".join(f"<p>{in_spans(line)}</p>" for line in minutes_text().split("\n"))
    ),
    "a margin with sentences": page(
        f'<div class="left"><h2>{TITLE}</h2><div class="xl_txt">{paragraphs()}</div></div>'
        '<div class="right"><h3>热点</h3><p>云川市召开防汛会议，部署工作。</p></div>'
    ),
    "XML encoding line": '<?xml version="1.0" encoding="gb2312"?>\n' + with_container('id="zoom"'),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_the_facts_are_those_of_the_text(form):
    reading = read_file("12.html", FORMS[form].encode())

    assert facts(reading.parsed) == facts(parse(minutes_text()))
    assert not [each for each in reading.with_file_problems().problems if each.code == "line-unaccounted"]


@pytest.mark.parametrize(
    ("declared", "encoding"), [("utf-8", "gb18030"), ("gb2312", "utf-8"), ("gb2312", "gb18030"), ("big5", "utf-16")]
)
def test_a_page_is_decoded_by_its_bytes_whatever_it_declares(declared, encoding):
    html = with_container('id="zoom"', paragraphs(minutes_text().replace("陆  岚", "陆𬭎岚")))

    reading = read_file("a.htm", html.replace('charset="utf-8"', f'charset="{declared}"').encode(encoding))

    assert "陆𬭎岚" in reading.extraction.text
    assert reading.extraction.encoding.replace("-le", "") == encoding


def test_a_title_outside_the_container_heads_the_text():
    html = page(
        f'<div class="art-title">{TITLE}</div><p>云府纪要〔2021〕7号</p><div id="zoom">{paragraphs(WITHOUT_HEAD)}</div>'
    )

    text = read_file("a.html", html.encode()).extraction.text

    assert text.startswith(f"{TITLE}\n云府纪要〔2021〕7号\n")


def test_without_a_heading_the_title_of_the_page_heads_the_text():
    html = page(f'<div id="zoom">{paragraphs(WITHOUT_HEAD)}</div>')

    assert read_file("a.html", html.encode()).extraction.text.startswith(f"{TITLE}\n")


def test_the_table_of_facts_is_kept_apart():
    html = page(f'{FACTS_TABLE}{INFO}<div id="zoom">{paragraphs()}</div>')

    web = read_file("a.html", html.encode()).extraction.web

    assert web.index_number == "000021/2021-00007"
    assert (web.issuer, web.doc_number) == ("云川市人民政府办公室", "〔2021〕7号")
    assert (web.written_on, web.published_on) == (datetime.date(2021, 3, 9), datetime.date(2021, 4, 20))
    assert (web.title, web.topic) == (TITLE, "综合政务")


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li><b>文　　号：</b>〔2021〕7号</li><li><b>发布机构：</b><span>云川市人民政府办公室</span></li></ul>",
        "<div><div>文号：<label>〔2021〕7号</label></div><div>发布机构：<label>云川市人民政府办公室</label></div></div>",
        "<table><tr><th>文号</th><td>〔2021〕7号</td><th>发布机构</th><td>云川市人民政府办公室</td></tr></table>",
        "<p>文号：〔2021〕7号&nbsp;&nbsp;发布机构：云川市人民政府办公室</p>",
        "<dl><dt>文号：</dt><dd>〔2021〕7号</dd><dt>发布机构：</dt><dd>云川市人民政府办公室</dd></dl>",
    ],
)
def test_facts_of_a_page_stand_in_lists_tables_and_lines(html):
    web = read_file("a.html", page(f'{html}<div id="zoom">{paragraphs()}</div>').encode()).extraction.web

    assert (web.doc_number, web.issuer) == ("〔2021〕7号", "云川市人民政府办公室")


def test_facts_of_the_page_complete_the_text():
    text = minutes_text(doc_number="", head="常务会议纪要").replace("云川市人民政府", "").replace("云川", "")
    html = page(f'{FACTS_TABLE}<div id="zoom">{paragraphs(text)}</div>', title="纪要")

    parsed = read_file("a.html", html.encode()).parsed

    assert parsed.body.value == "云川市人民政府"
    assert parsed.doc_number.value == "〔2021〕7号"
    assert parsed.web_published_on.value == datetime.date(2021, 4, 20)
    assert "body-from-web" in [problem.code for problem in parsed.problems]


def test_a_difference_between_page_and_text_is_a_problem_and_the_text_stands():
    html = page(f'{FACTS_TABLE.replace("〔2021〕7号", "〔2021〕8号")}<div id="zoom">{paragraphs()}</div>')

    parsed = read_file("a.html", html.encode()).parsed

    (problem,) = [each for each in parsed.problems if each.code == "web-differs"]
    assert "“〔2021〕8号”" in problem.message
    assert parsed.doc_number.value == "〔2021〕7号"


@pytest.mark.parametrize("day", ["2021-03-20", "2021/3/20 09:30:00", "2021年03月20日 09:30"])
def test_the_day_of_publication_never_becomes_that_of_the_meeting(day):
    text = WITHOUT_HEAD.replace("2021年3月5日上午，", "").replace("2021年3月9日", "").replace("2021年3月12日印发", "")
    html = page(f'<div id="zoom"><h1>{TITLE}</h1><p>{day}</p>{paragraphs(text)}</div>')

    reading = read_file("a.html", html.encode())

    assert reading.parsed.date is None
    assert reading.extraction.web.published_on == datetime.date(2021, 3, 20)


def test_nothing_of_the_page_around_enters_the_text():
    text = read_file("a.html", with_container("class=x93").encode()).extraction.text

    for word in ("首页", "当前位置", "浏览次数", "打印", "ICP备", "第11次", "调研", "不是正文"):
        assert word not in text


def test_sentences_outside_the_container_are_a_problem():
    html = page(f'<div class="zy">本页说明，会议精神由各单位贯彻落实。</div><div id="zoom">{paragraphs()}</div>')

    (problem,) = [p for p in read_file("a.html", html.encode()).extraction.problems if p.code == "web-left-out"]

    assert "本页说明" in problem.message


def test_attached_files_are_a_problem_and_no_text():
    html = page(f'<div id="zoom">{paragraphs()}<p>附件：<a href="1.pdf">1.云川市河道管理办法.pdf</a></p></div>')

    extraction = read_file("a.html", html.encode()).extraction

    assert [each.code for each in extraction.problems] == ["attachments-left-out"]
    assert "河道管理办法.pdf" not in extraction.text


@pytest.mark.parametrize("style", ["display:none", "mso-hide: all"])
def test_hidden_text_is_left_out_with_a_problem(style):
    html = page(f'<div id="zoom">{paragraphs()}<p style="{style}">秘密的话，不要看。</p></div>')

    extraction = read_file("a.html", html.encode()).extraction

    assert "秘密" not in extraction.text
    assert [each.code for each in extraction.problems] == ["word-hidden"]


def test_tables_are_rows_with_tabs_and_cells_that_span_rows_are_repeated():
    html = """<table><tr><th>单位</th><th>姓名</th><th>职务</th></tr>
      <tr><td rowspan="2">市交通局</td><td>林望</td><td>局长</td></tr><tr><td>陆岚</td><td>副局长</td></tr>
      <tr><td>市财政局</td><td colspan="2">闵怀远</td></tr></table>"""

    assert lines(html) == ["单位\t姓名\t职务", "市交通局\t林望\t局长", "市交通局\t陆岚\t副局长", "市财政局\t闵怀远"]


def test_a_label_with_a_character_a_line_is_one_word():
    assert lines("<table><tr><td><p>出</p><p>席</p></td><td>林望　陆岚</td></tr></table>") == ["出席\t林望　陆岚"]


def test_a_row_of_rows_that_span_without_end_stays_small():
    html = f"<table><tr>{'<td rowspan=65000>甲</td>' * 100}</tr>{'<tr></tr>' * 1_000}</table>"

    assert len(lines(html)) == 200


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ol><li>甲</li><li>乙</li></ol>", ["1.甲", "2.乙"]),
        ('<ol start="3" type="a"><li>甲</li></ol>', ["c.甲"]),
        ('<ol style="list-style-type: cjk-ideographic"><li>甲</li><li>乙</li></ol>', ["一、甲", "二、乙"]),
        ('<ol style="list-style: none"><li>甲</li></ol>', ["甲"]),
        ("<ol><li>一、甲</li><li>二、乙</li></ol>", ["一、甲", "二、乙"]),
        ("<ol><li>甲<ol><li>乙</li></ol></li><li>丙</li></ol>", ["1.甲", "1.乙", "2.丙"]),
        ("<ul><li>甲</li></ul>", ["甲"]),
        (
            "<p><![if !supportLists]><span style='mso-list:Ignore'>一、<span>&nbsp; </span></span><![endif]>甲</p>",
            ["一、甲"],
        ),
    ],
)
def test_numbers_of_lists_are_written_out(html, expected):
    assert lines(html) == expected


def test_text_that_a_page_shows_late_is_text_beside_other_text():
    article = f'<div id="js_content" style="visibility: hidden; opacity: 0">{paragraphs()}</div>'
    notice = "<p>本页由云川发布推送，欢迎转发，欢迎收藏，欢迎留言。</p>" * 20

    assert "原则同意" in read_file("a.html", page(article + notice).encode()).extraction.text


def test_invisible_characters_go():
    assert lines("<p>会\u200b议\ufeff纪\u00ad要</p>") == ["会议纪要"]


def test_inline_elements_are_joined_and_lines_break_where_a_browser_breaks_them():
    html = "<p>第<b>1</b><span>2</span>次\n   会议</p><div>甲<br>乙<p>丙</p>丁</div><pre>戊\n己</pre>"

    assert lines(html) == ["第12次 会议", "甲", "乙", "丙", "丁", "戊", "己"]


def test_word_saved_as_a_web_page_and_named_doc_is_a_web_page():
    html = page(
        paragraphs().replace("<p ", "<p class=MsoNormal "),
        above="<!--[if gte mso 9]><xml><w:WordDocument>正文，之外</w:WordDocument></xml><![endif]-->",
        below="",
    )

    reading = read_file("纪要.doc", html.encode("gb18030"))

    assert reading.format == "html"
    assert facts(reading.parsed) == facts(parse(minutes_text()))


def test_one_file_pages_are_read_with_their_address():
    html = with_container('id="zoom"').replace('charset="utf-8"', 'charset="gb2312"')

    reading = read_file("12.mht", mht(html.encode("gb18030")))

    assert reading.format == "mht"
    assert facts(reading.parsed) == facts(parse(minutes_text()))
    assert reading.extraction.source_url == "https://www.yunchuan.example/hy/12.html"


def test_the_minutes_in_a_frame_of_a_one_file_page_are_found():
    outer = page('<p>请使用新版浏览器访问，谢谢。</p><iframe src="content.htm"></iframe>')
    inner = f"<html><body>{paragraphs()}</body></html>"

    parts = [("https://www.yunchuan.example/hy/content.htm", inner.encode())]
    reading = read_file("12.mht", mht(outer.encode(), *parts))

    assert facts(reading.parsed) == facts(parse(minutes_text()))


def test_a_page_without_sentences_is_refused(refusal):
    assert "没有找到正文" in refusal("a.html", b"<html><body><div>404</div></body></html>")


def test_text_that_only_scripts_would_show_is_read_where_there_is_no_other():
    html = page(f'<div id="zoom" style="display:none">{paragraphs()}</div>', below="")

    assert facts(read_file("a.html", html.encode()).parsed) == facts(parse(minutes_text()))


@pytest.mark.django_db
def test_a_page_is_taken_in_with_its_facts_and_its_address(run, write):
    html = "<!-- saved from url=(0041)https://www.yunchuan.example/hy/12.html -->\n" + page(
        f'{FACTS_TABLE}<div id="zoom">{paragraphs()}</div>'
    )

    result = run("ingest", write("12.html", html.encode()), "--publish")

    assert not result.failure, result.out
    source = SourceFile.objects.get()
    assert (source.format, source.encoding, bytes(source.content)) == ("html", "utf-8", html.encode())
    assert source.source_url == "https://www.yunchuan.example/hy/12.html"
    assert source.web["issuer"] == "云川市人民政府办公室"
    assert Meeting.objects.get().number == 12


def test_a_page_that_hides_its_article_nowhere_loses_no_sentence():
    """On an unknown page, every sentence is in the text or in a problem."""
    sentences = [f"第{number}句，由市水利局负责。" for number in range(40)]
    html = page("".join(f"<div class=c{number}><p>{each}</p></div>" for number, each in enumerate(sentences)))

    article = article_of(tree_of(html))

    assert [line for line in article.lines if "句" in line] == sentences


HOSTILE = {
    "levels": (lambda: "<div>" * 100_000 + "会议，通过。", "嵌套过深"),
    "attributes": (
        lambda: f"<p {' '.join(f'a{place}=1' for place in range(200_000))}>会议，通过。</p>",
        "过长的标签",
    ),
    "scripts that never end": (lambda: "<div>会议</div>" + "<script>" * 1_000_000, "没有找到正文"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_pages_end_with_a_sentence(kind, refusal):
    make, sentence = HOSTILE[kind]

    assert sentence in refusal("a.html", f"<html><body>{make()}</body></html>".encode())


def test_parts_nested_without_end_are_refused(refusal):
    nested = b"Content-Type: text/html\r\n\r\n<p>\xe4\xbc\x9a</p>"
    for level in range(3_000):
        nested = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n%b\r\n--b%d--\r\n' % (
            level, level, nested, level,
        )  # fmt: skip

    assert "MHT" in refusal("a.mht", b"MIME-Version: 1.0\r\n" + nested)


def test_links_below_are_left_out_without_a_known_word():
    assert "调研" not in read_file("a.html", page(f"<div>{paragraphs()}</div>", below=BELOW).encode()).extraction.text


def test_the_line_of_information_is_no_text():
    assert "来源" not in read_file("a.html", page(f"<div>{INFO}{paragraphs()}</div>").encode()).extraction.text


def test_frames_stand_in_the_order_in_which_the_page_shows_them():
    base = "https://www.yunchuan.example/hy"
    outer = '<iframe src="cid:frame-2@mhtml.blink"></iframe><iframe src="first.htm"></iframe>'
    parts = [(f"{base}/first.htm", b"second shown"), (f"{base}/other.htm", b"first shown")]

    saved = unpack_mht(mht(outer.encode(), *parts))

    assert [each.strip() for each in saved.pages] == [outer.encode(), b"first shown", b"second shown"]


@pytest.mark.parametrize(("parts", "depth"), [(1, 30), (6_000, 1)])
def test_one_file_pages_with_too_many_parts_or_levels_are_refused(parts, depth, refusal):
    content = b"Content-Type: text/html\r\n\r\n<p>x</p>"
    for level in range(depth):
        head = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n' % level
        content = head + (b"--b%d\r\n" % level + content + b"\r\n") * parts + b"--b%d--\r\n" % level

    assert "过多或嵌套过深" in refusal("a.mht", b"MIME-Version: 1.0\r\n" + content)
