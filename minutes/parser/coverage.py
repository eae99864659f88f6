"""Every line of the source is accounted for: it belongs to a field, to the form, to the page around, or is reported."""

from __future__ import annotations

import re

from minutes.parser.layout import Layout, Line
from minutes.parser.opening import HEAD_NUMBER, KIND
from minutes.parser.records import ParsedMinutes, Problem, Span
from minutes.parser.sections import Sections
from minutes.parser.labels import COLOPHON as COLOPHON_LABEL

# 第6期
ISSUE_NUMBER = re.compile(r"（?(?:总?第)?\d{1,4}期）?")


def unaccounted_problems(parsed: ParsedMinutes, sections: Sections, layout: Layout) -> list[Problem]:
    """A problem for each line that no part of the result explains."""
    spans = sorted(_spans(parsed))
    noise = {line.text.span for line in layout.noise}
    of_the_form = {line.text.span for line in [*sections.lead_in, *sections.record]}
    of_the_form |= {line.text.span for lines in sections.labelled.values() for line in lines}
    of_the_form |= {line.text.span for group in sections.attendance for line in group.lines}
    problems = []
    for line in [*sections.head, *sections.colophon]:
        if line.text.span in noise or line.text.span in of_the_form or _is_form(line):
            continue
        if not any(start < line.text.span.end and line.text.span.start < end for start, end in spans):
            problems.append(
                Problem("line-unaccounted", f"这一行没有归入任何字段：{line.text.chars[:30]}", line.text.span)
            )
    return problems


def unaccounted_lines(parsed: ParsedMinutes) -> list[Span]:
    """The lines that no field explains."""
    return [problem.span for problem in parsed.problems if problem.code == "line-unaccounted" and problem.span]


def _is_form(line: Line) -> bool:
    """Whether the line is a title or a label that carries no fact of its own."""
    folded = line.folded
    return (
        folded.endswith(("纪要", "文件", "人民政府"))
        or HEAD_NUMBER.search(folded) is not None
        or KIND.search(folded) is not None
        or COLOPHON_LABEL.match(folded) is not None
        or ISSUE_NUMBER.fullmatch(folded) is not None
    )


def _spans(parsed: ParsedMinutes) -> list[Span]:
    """The span of every part of the result that stands in head or colophon."""
    fields = (
        parsed.body, parsed.kind, parsed.number, parsed.doc_number, parsed.date, parsed.part_of_day, parsed.place,
        parsed.chair, parsed.recorder, parsed.compiled_by, parsed.compiled_on, parsed.issued_by, parsed.issued_on,
        parsed.disclosure, parsed.opening, parsed.closing, *parsed.distribution, *parsed.items, *parsed.attendance,
    )
    return [field.span for field in fields if field is not None]
