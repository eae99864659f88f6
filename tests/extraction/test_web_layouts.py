"""Pages laid out as the systems of government sites do it: the facts are those of the text, and nothing of the page."""

# Lines of markup are as long as sites write them.
# ruff: noqa: E501

import base64
import quopri
from html import escape

import pytest

from minutes.extraction.read_file import read_file
from minutes.parser.pipeline import parse
from tests.extraction.facts import facts
from tests.extraction.web_pages import TITLE, paragraphs
from tests.minutes_text import minutes_text

LINES = [line for line in minutes_text().split("\n") if line.strip()]
TOP = (
    '<div class="top"><ul><li><a>网站支持IPv6</a></li><li>登录|注册</li></ul></div>'
    '<div class="dqwz"><span>您当前所在位置：</span><a>首页</a>&gt;<a>政务公开</a></div>'
)
FOOT = (
    "<div class=footer><p>主办：云川市人民政府办公室　承办：云川市政务信息中心</p>"
    "<p>地址：云川市人民路1号　邮编：000000　联系电话：0000-0000000</p><p>云ICP备00000000号-1　网站标识码：0000000000</p></div>"
)


def document(body, head="", charset="utf-8"):
    return f'<!DOCTYPE html>\n<html><head><meta charset="{charset}"><title>{TITLE}_云川市</title>{head}</head><body>{body}</body></html>'


def trs():
    table = (
        "<table><tr><td>索&nbsp;引&nbsp;号</td><td>000021/2021-1</td><td>公开目录</td><td>政府会议</td></tr>"
        "<tr><td>发布机构</td><td>市政府办公室</td><td>发布日期</td><td>2021-05-06 10:23:11</td></tr>"
        "<tr><td>文&nbsp;&nbsp;号</td><td></td><td>浏览量</td><td><script>count(12)</script>128</td></tr></table>"
    )
    article = "".join(f'<p align="justify">&nbsp;&nbsp;&nbsp; {escape(line)}</p>' for line in LINES)
    return document(
        f"{TOP}{table}<h1>{TITLE}</h1><div class=xl-info><span>来源：市政府办公室</span><span>发布时间：2021-05-06 10:23</span>"
        f"<span>字号：[ <a>大</a> <a>中</a> <a>小</a> ]</span></div><div id=zoom><div class=TRS_Editor>"
        f"<style>.TRS_Editor P{{line-height:2}}</style>{article}</div></div><div>责任编辑：贾子昂</div>"
        f"<div><p>上一篇：<a>关于公布目录的通知</a></p><p>下一篇：<a>没有了</a></p></div>{FOOT}"
    )


def dreamweaver():
    text = "<br>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(line)}<br>" for line in LINES)
    return (
        f'<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>{TITLE}-云川</title></head>'
        "<body bgcolor=#FFFFFF topmargin=0><table width=980 align=center><tr><td><a href=i.asp>首 页</a></td><td>今天是：</td></tr>"
        "</table><table width=980><tr><td width=200><table><tr><td>·<a>领导之窗</a></td></tr></table></td><td><table>"
        "<tr><td>您现在的位置：<a>首页</a> &gt;&gt; 正文</td></tr>"
        f"<tr><td align=center class=title><font size=4><b>{TITLE}</b></font></td></tr>"
        "<tr><td align=center>发布日期：2021-5-6&nbsp;作者：政府办&nbsp;点击：<font color=red>321</font>次</td></tr>"
        f"<tr><td style='line-height:200%'><font size=3>{text}</font></td></tr>"
        "<tr><td align=right>【<a>打印本页</a>】【<a>关闭窗口</a>】</td></tr></table></td></tr></table>"
        "<table><tr><td>版权所有：云川市人民政府&nbsp;技术支持：云川科技<br>建议使用1024*768分辨率浏览</td></tr></table></body></html>"
    )


def ueditor():
    article = "".join(
        f'<p style="white-space: normal;"><span style="font-size: 21px;">{escape(line[:7])}</span>'
        f"<span><strong></strong>{escape(line[7:])}</span><span><br/></span></p>"
        for line in LINES
    )
    return document(
        f"<header><nav><ul><li><a>首页</a></li></ul></nav></header><main><article><h2>{TITLE}</h2>"
        f"<div>2021-05-06 10:23:45 &nbsp; 来源: 政府办 &nbsp; 【字体：<a>大</a> <a>小</a>】</div>"
        f"<div id=vsb_content><div class=v_news_content>{article}<p><br/></p></div></div></article></main>{FOOT}"
    )


def word():
    def in_spans(line):
        return "".join(f"<span lang=EN-US>{sign}</span>" if sign.isdigit() else escape(sign) for sign in line)

    article = "".join(
        f"<p class=MsoNormal style='text-indent:32.0pt;mso-line-height-rule:\nexactly'><span>{in_spans(line)}"
        "<span lang=EN-US><o:p></o:p></span></span></p>\n"
        for line in LINES
    )
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40"><head>'
        '<meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=ProgId content=Word.Document>'
        "<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>甲</o:Author></o:DocumentProperties></xml><![endif]-->"
        f"<style><!-- @font-face {{font-family:宋体;}} --></style></head><body><div class=Section1>{article}"
        "<p class=MsoNormal><span><o:p>&nbsp;</o:p></span></p></div></body></html>"
    )


def list_of_facts():
    facts_of_page = "".join(
        f"<li><span>{label}：</span><b>{value}</b></li>"
        for label, value in (
            ("索引号", "00/2021-1"), ("发文机构", ""), ("发文字号", ""), ("发布日期", "2021年05月06日 16:34"),
            ("内容概述", "会议研究了河道管理、安全生产等工作，审议了有关办法。"),
        )
    )  # fmt: skip
    return document(
        f"<ul>{facts_of_page}</ul><h3>{TITLE}</h3><div><i>2021-05-06 16:34</i><i>阅读：<em>5</em></i><i>阅读模式</i></div>"
        f"<div class=box>{paragraphs()}</div><div class=fj><h4>附件：</h4></div>"
    )


def wechat():
    article = "".join(
        f"<section><section><p><span><leaf>{escape(line)}</leaf></span></p></section></section>" for line in LINES
    )
    return document(
        f"<div class=rich_media><h1 id=activity-name>{TITLE}</h1><div><span>云川发布</span><em id=publish_time>2021年05月06日 18:02</em>"
        f'</div><div class=rich_media_content id=js_content style="visibility: hidden; opacity: 0;">{article}'
        "<section><p>编辑：小李　审核：小王</p></section></div><p>微信扫一扫关注该公众号</p></div>"
    )


def viewstate():
    article = "".join(f"<div>{escape(line)}</div>" for line in LINES)
    return document(
        f'<form method=post><input type=hidden name=__VIEWSTATE value="{"A" * 6000}"/><div id=printArea><center><b>{TITLE}</b>'
        f"</center><div>信息来源：政府办&nbsp; 发布时间：2021/5/6 8:30:00&nbsp; 浏览：23</div><span id=lblContent>{article}</span>"
        '</div><input type="button" value="打印"/></form>'
    )


def copies():
    style = "<style>@media(max-width:700px){.pc{display:none}} .wap{display:none}</style>"
    return document(
        f"{TOP}<h1>{TITLE}</h1><div class=pc>{paragraphs()}</div><div class=wap>{paragraphs()}</div>", style
    )


def sentences_of_the_page():
    old = "<div>温馨提示：系统检测到您的浏览器版本过低，为了更好的体验，建议更换浏览器。</div>"
    below = (
        "<div><h3>网友评论</h3><p>请文明上网，理性发言，遵守相关规定。</p></div><div>用手机扫描二维码，分享至好友和朋友圈。</div>"
        "<div>您访问的链接即将离开“云川市人民政府门户网站”，是否继续？</div><p>政策解读：<a>一图读懂《办法》</a></p>"
    )
    return document(f"{old}{TOP}<h1>{TITLE}</h1><div class=c1>{paragraphs()}</div>{below}{FOOT}")


LAYOUTS = [
    trs, dreamweaver, ueditor, word, list_of_facts, wechat, viewstate, copies, sentences_of_the_page,
]  # fmt: skip


def mail(html, encoding):
    """Return the page as saved by Internet Explorer in one file."""
    content = html.encode("gb18030")
    encode = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes, "8bit": bytes}[encoding]
    return (
        "From: =?gb2312?B?08kgSUUgsaO05g==?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        '\tboundary="----=_NextPart_0"\r\n\r\nThis is a multi-part message in MIME format.\r\n\r\n------=_NextPart_0\r\n'
        f'Content-Type: text/html;\r\n\tcharset="gb2312"\r\nContent-Transfer-Encoding: {encoding}\r\n'
        "Content-Location: http://www.yunchuan.example/12.htm\r\n\r\n"
    ).encode() + encode(content) + b"\r\n------=_NextPart_0--\r\n"  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_facts_are_those_of_the_text(layout):
    reading = read_file("12.html", layout().encode("gb18030"))

    assert facts(reading.parsed) == facts(parse(minutes_text()))
    assert "line-unaccounted" not in [problem.code for problem in reading.parsed.problems]
    for word_of_page in ("IPv6", "二维码", "网友", "ICP备", "字号", "浏览", "编辑", "首页"):
        assert word_of_page not in reading.extraction.text


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("layout", [trs, word])
def test_so_are_those_of_a_page_kept_in_one_file(layout, encoding):
    reading = read_file("12.doc", mail(layout(), encoding))

    assert (reading.format, reading.extraction.source_url) == ("mht", "http://www.yunchuan.example/12.htm")
    assert facts(reading.parsed) == facts(parse(minutes_text()))


def test_a_table_of_the_minutes_is_text_though_its_columns_are_called_like_facts():
    table = "<table><tr><td>名称</td><td>分类</td><td>来源</td></tr><tr><td>青石渡泵站</td><td>水利</td><td>省级</td></tr></table>"

    text = read_file(
        "a.html", document(f"<h1>{TITLE}</h1><div id=zoom>{paragraphs()}{table}</div>").encode()
    ).extraction.text

    assert "青石渡泵站\t水利\t省级" in text


def test_two_parts_that_say_different_things_are_no_copies():
    rolls = "<div><p>出席：沈知远、陆岚、贺明舟</p></div><div><p>列席：市发改委闵怀远、市水利局贾子昂</p></div>"

    text = read_file("a.html", document(f"<h1>{TITLE}</h1><div>{rolls}</div>").encode()).extraction.text

    assert "沈知远" in text
    assert "闵怀远" in text


def test_a_value_of_the_table_ends_with_its_cell_and_an_empty_number_is_none():
    web = read_file("a.html", trs().encode()).extraction.web

    assert (web.index_number, web.issuer, web.doc_number) == ("000021/2021-1", "市政府办公室", None)


def test_footnotes_of_word_are_left_out_with_a_problem():
    notes = (
        '<div style="mso-element:footnote-list"><div style="mso-element:footnote" id=ftn1><p>'
        '<a href="#_ftnref1" name="_ftn1">[1]</a>以下简称《管理办法》，自印发之日起施行。</p></div></div>'
    )
    marked = paragraphs().replace("市应急局所作", '市应急局<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a>所作')

    reading = read_file("a.html", document(f"<h1>{TITLE}</h1><div id=zoom>{marked}{notes}</div>").encode())

    assert "[1]" not in reading.extraction.text
    assert "自印发之日" not in reading.extraction.text
    assert {problem.code for problem in reading.extraction.problems} == {"word-left-out"}
    assert facts(reading.parsed) == facts(parse(minutes_text()))


def test_columns_of_names_under_labels_are_read_one_after_the_other():
    rows = [("出席", "列席"), ("沈知远", "市发改委闵怀远"), ("陆　岚", "市水利局贾子昂")]
    table = "".join(f"<tr><td>{left}</td><td>{right}</td></tr>" for left, right in rows)
    content = document(f"<div class=TRS_Editor><p>一、听取汇报</p><p>会议原则同意。</p><table>{table}</table></div>")

    reading = read_file("a.html", content.encode())

    assert reading.extraction.text.split("\n")[-7:-1] == [name for column in zip(*rows, strict=True) for name in column]
    assert [(each.role, each.name) for each in reading.parsed.attendance] == [
        *(("present", name) for name in ("沈知远", "陆岚")),
        *(("in_attendance", name) for name in ("闵怀远", "贾子昂")),
    ]


def test_a_table_whose_columns_have_other_heads_is_read_row_by_row():
    table = "<tr><td>出席</td><td>职务</td></tr><tr><td>沈知远</td><td>市长</td></tr>"
    content = document(f"<div class=TRS_Editor><p>会议原则同意。</p><table>{table}</table></div>")

    assert read_file("a.html", content.encode()).extraction.text.endswith("出席\t职务\n沈知远\t市长\n")


@pytest.mark.parametrize("struck", ["<s>市财政局</s>", "<span style='text-decoration: line-through'>市财政局</span>"])
def test_text_with_a_line_through_it_is_a_problem(struck):
    content = document(f"<div class=TRS_Editor><p>会议原则同意。</p><p>由{struck}牵头，六月底前完成。</p></div>")
    found = read_file("a.html", content.encode()).extraction

    assert found.text.endswith("由市财政局牵头，六月底前完成。\n")
    assert [each.code for each in found.problems] == ["struck-text"]


def test_text_in_a_field_of_several_lines_is_text():
    lines = "\n".join(LINES)
    found = read_file("a.html", document(f"<div><textarea readonly>{lines}</textarea></div>").encode()).extraction

    assert found.text.split("\n")[-len(LINES) - 1 : -1] == [line.strip() for line in LINES]


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("地点：<input value='第一会议室'>。", "地点：第一会议室。"),
        ("阶段：<select><option>征求意见<option selected>审议</select>。", "阶段：审议。"),
        ("<input value='请输入关键词'>全文检索", "全文检索"),
        ("密级：<input type=hidden value='内部'>无", "密级：无"),
    ],
)
def test_what_form_fields_say_after_their_label_is_text(field, shown):
    content = document(f"<div class=TRS_Editor><p>会议原则同意。</p><p>{field}</p></div>")

    assert read_file("a.html", content.encode()).extraction.text.endswith(f"会议原则同意。\n{shown}\n")


def test_a_photograph_or_icon_is_no_problem():
    content = document("<div class=TRS_Editor><p><img src=12.jpg></p><p><img src=i.gif>会议原则同意。</p></div>")

    assert read_file("a.html", content.encode()).extraction.problems == ()


@pytest.mark.parametrize(
    "lost",
    [
        "<svg><text>流程</text></svg>",
        "<iframe src='12.html'></iframe>",
        "<object data='12.pdf'></object>",
        "<p>防洪标准为<img src='formula.gif'>以上。</p>",
    ],
)
def test_words_of_drawings_frames_and_formulas_are_a_problem(lost):
    content = document(f"<div class=TRS_Editor><p>会议原则同意。</p>{lost}</div>")

    assert [each.code for each in read_file("a.html", content.encode()).extraction.problems] == ["word-left-out"]


def test_a_page_of_frames_is_refused_with_what_to_save(refusal):
    frames = (
        "<frameset cols='20%,80%'><frame src='12.html'><noframes>您的浏览器不支持框架，请更换。</noframes></frameset>"
    )

    assert "框架" in refusal("a.html", f"<html>{frames}</html>".encode())
