"""Read a saved web page: the lines of the minutes, and the page's metadata."""

from __future__ import annotations

import re
from dataclasses import replace

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.readers.marks import resolve_marks
from minutes.extraction.readers.text import encoding_problems
from minutes.extraction.readers.web.article import Article, article_of
from minutes.extraction.readers.web.facts import facts_of
from minutes.extraction.readers.web.mht import ADDRESS, unpack_mht
from minutes.extraction.readers.web.page import parse_page
from minutes.extraction.results import Extraction, Progress
from minutes.extraction.sandbox.confinement import Limits
from minutes.parser.types import Problem

MAX_SHOWN = 200
# <!-- saved from url=(0043)https://www.yunchuan.example/zwgk/12.html -->
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(\S{1,900}?)\s*-->")
HEAD_WITH_ADDRESS = 2_000


def read_html(content: bytes, limits: Limits, progress: Progress) -> Extraction:
    """Return the minutes in a saved web page."""
    page, decoded = parse_page(content)
    article = article_of(page)
    extraction = resolve_marks("\n".join(article.lines) + "\n")
    saved_from = SAVED_FROM.search(decoded.text[:HEAD_WITH_ADDRESS])
    return replace(
        extraction,
        problems=(*encoding_problems(content, decoded), *extraction.problems, *problems_of(article)),
        encoding=decoded.encoding,
        web=facts_of(article.page_lines, page),
        source_url=saved_from[1] if saved_from and ADDRESS.fullmatch(saved_from[1]) else "",
    )


def read_mht(content: bytes, limits: Limits, progress: Progress) -> Extraction:
    """Return the minutes in an MHT file, from the page or frame with most prose."""
    saved = unpack_mht(content)
    found: list[Extraction] = []
    reason = None
    for page in saved.pages:
        try:
            found.append(read_html(page, limits, progress))
        except UnreadableText as error:
            reason = reason or error
    if not found:
        raise reason or UnreadableText("网页文件（MHT）里没有文字。请用浏览器重新保存，再提交。")
    longest = max(found, key=lambda each: len(each.text))
    return replace(longest, source_url=saved.address or longest.source_url)


def problems_of(article: Article) -> list[Problem]:
    """Report sentences of the page outside the minutes, and downloadable files."""
    problems = []
    if article.left_out:
        shown = "；".join(article.left_out)[:MAX_SHOWN]
        message = f"网页正文之外还有文字，未收入正文，请核对是否需要：{shown}"
        problems.append(Problem("web-left-out", message, None))
    if article.attachments:
        shown = "；".join(article.attachments)[:MAX_SHOWN]
        problems.append(Problem("attachments-left-out", f"附件未收入正文，请核对是否需要：{shown}", None))
    return problems
