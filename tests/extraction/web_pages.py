"""Web pages of invented minutes, in the forms in which government sites publish them."""

from __future__ import annotations

import base64
import quopri
from html import escape

from tests.minutes_text import minutes_text

TITLE = "云川市人民政府第12次常务会议纪要"
FACTS_TABLE = """<table class="bd1">
<tr><td><b>索 引 号：</b></td><td>000021/2021-00007</td><td><b>主题分类：</b></td><td>综合政务</td></tr>
<tr><td><b>发文机关：</b></td><td>云川市人民政府办公室</td><td><b>成文日期：</b></td><td>2021年03月09日</td></tr>
<tr><td><b>标　　题：</b></td><td colspan="3">云川市人民政府第12次常务会议纪要</td></tr>
<tr><td><b>发文字号：</b></td><td>〔2021〕7号</td><td><b>发布日期：</b></td><td>2021年04月20日</td></tr></table>"""
ABOVE = """<div class="top"><a href="/">首页</a><a href="/zwgk">政务公开</a></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/hy">常务会议</a></div>"""
INFO = (
    '<div class="info">发布时间：2021-04-20 10:11　来源：云川市人民政府办公室　浏览次数：<span>128</span>　'
    "字体：【<a>大</a> <a>中</a> <a>小</a>】 <a>打印</a></div>"
)
BELOW = """<div>【<a>打印</a>】【<a>关闭</a>】</div><ul><li><a href="1.html">云川市人民政府第11次常务会议召开</a></li>
<li><a href="2.html">沈知远调研重点项目，强调抓进度、保安全</a></li></ul>
<div class="foot">主办：云川市人民政府办公室　承办：云川市大数据中心　备案号：云ICP备00000001号</div>"""


def paragraphs(text: str | None = None) -> str:
    lines = (minutes_text() if text is None else text).split("\n")
    return "\n".join(f'<p style="text-indent: 2em">{escape(line)}</p>' for line in lines if line)


def page(article: str, title: str = TITLE, above: str = ABOVE, below: str = BELOW, head: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}_云川市人民政府</title>{head}'
        f"<script>var a = '<p>不是正文，</p>';</script></head>\n<body>{above}\n{article}\n{below}</body></html>"
    )


def with_container(attributes: str, inner: str | None = None) -> str:
    return page(f"<h1>{TITLE}</h1>{INFO}<div {attributes}>{paragraphs() if inner is None else inner}</div>")


def mht(html: bytes, *parts: tuple[str, bytes], location: str = "https://www.yunchuan.example/hy/12.html") -> bytes:
    """Return page and other parts, each with its URL, as saved by a browser."""
    boundary = "----MultipartBoundary--12--"
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {location}\r\nSubject: =?utf-8?Q?12?=\r\n"
        "Date: Tue, 11 May 2021 08:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        f'\ttype="text/html";\r\n\tboundary="{boundary}"\r\n\r\n\r\n'
    ).encode()
    body = b""
    for place, (address, content) in enumerate([(location, html), *parts]):
        encoding = "quoted-printable" if place % 2 == 0 else "base64"
        encoded = quopri.encodestring(content) if place % 2 == 0 else base64.encodebytes(content)
        body += (
            (
                f"--{boundary}\r\nContent-Type: text/html\r\nContent-ID: <frame-{place}@mhtml.blink>\r\n"
                f"Content-Transfer-Encoding: {encoding}\r\nContent-Location: {address}\r\n\r\n"
            ).encode()
            + encoded.replace(b"\n", b"\r\n")
            + b"\r\n"
        )
    return head + body + f"--{boundary}--\r\n".encode()
