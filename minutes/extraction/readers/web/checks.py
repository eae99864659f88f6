"""Complete the minutes from the page's metadata table; report differences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from minutes.extraction.results import WebFacts
from minutes.parser.types import Field, ParsedMinutes, Problem, Span

# The span of a value from outside the text.
NOWHERE = Span(0, 0)
# 云川市人民政府办公室 · 清河区政府办
OFFICE_OF_GOVERNMENT = re.compile(r"(?P<body>[\u4e00-\u9fff]{2,20}(?:人民政府|管理委员会|管委会))(?:办公[室厅])?")
# 云府纪要〔2021〕7号 · [2021]7号
YEAR_AND_NUMBER = re.compile(r"[〔［\[（(](\d{4})[〕］\])）]第?\s*(\d{1,4})\s*号")


def complete_from_web(parsed: ParsedMinutes, web: WebFacts | None) -> ParsedMinutes:
    """Return the minutes with fields found only in the page's table.

    Where both have a value, that of the text is kept.
    """
    if web is None:
        return parsed
    completed = parsed
    problems = list(differences(parsed, web))
    if parsed.doc_number is None and web.doc_number and YEAR_AND_NUMBER.search(web.doc_number):
        completed = replace(completed, doc_number=Field("".join(web.doc_number.split()), NOWHERE))
    if parsed.issued_on is None and web.issued_on:
        completed = replace(completed, issued_on=Field(web.issued_on, NOWHERE))
    if parsed.web_published_on is None and web.published_on:
        completed = replace(completed, web_published_on=Field(web.published_on, NOWHERE))
    if parsed.body is None and (office := OFFICE_OF_GOVERNMENT.fullmatch(web.issuer or "")):
        completed = replace(completed, body=Field(office["body"], NOWHERE))
        message = f"原文没有写明会议主体，“{office['body']}”取自网页信息表的发文机关，请核对。"
        problems.append(Problem("body-from-web", message, None))
    unsettled = (problem for problem in parsed.problems if not (completed.body and problem.code == "body-missing"))
    return replace(completed, problems=(*problems, *unsettled))


def differences(parsed: ParsedMinutes, web: WebFacts) -> Iterator[Problem]:
    """Yield a problem for each value of the table that contradicts the text."""
    if parsed.doc_number and web.doc_number:
        ours, theirs = (YEAR_AND_NUMBER.search(each) for each in (parsed.doc_number.value, web.doc_number))
        if ours and theirs and ours.groups() != theirs.groups():
            yield differs("文号", web.doc_number, parsed.doc_number.value, parsed.doc_number.span)
    office = OFFICE_OF_GOVERNMENT.fullmatch(web.issuer or "")
    if parsed.body and office and not is_same_place(office["body"], parsed.body.value):
        yield differs("发文机关", web.issuer or "", parsed.body.value, parsed.body.span)
    if parsed.issued_on and web.issued_on and parsed.issued_on.value != web.issued_on:
        yield differs("印发日期", f"{web.issued_on}", f"{parsed.issued_on.value}", parsed.issued_on.span)
    if parsed.date:
        for label, day in (("成文日期", web.written_on), ("发布日期", web.published_on)):
            if day and day < parsed.date.value:
                yield differs(label, f"{day}", f"会议日期{parsed.date.value}", parsed.date.span)


def differs(label: str, in_table: str, in_text: str, span: Span) -> Problem:
    message = f"网页信息表的{label}是“{in_table}”，正文是“{in_text}”，请核对。"
    return Problem("web-differs", message, None if span == NOWHERE else span)


def is_same_place(one: str, other: str) -> bool:
    """Return whether two names may mean one body: 云川市人民政府 and 市人民政府."""
    return one.endswith(other) or other.endswith(one) or one[:2] == other[:2]
