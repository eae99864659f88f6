"""Every line of the source is accounted for: it belongs to a field, to the form, to the page around, or is reported."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

from minutes.parser import labels
from minutes.parser.layout import Line
from minutes.parser.opening import HEAD_NUMBER, KIND
from minutes.parser.records import ParsedMinutes, Problem, Span
from minutes.parser.sections import Sections

# 第6期 · （总第112期）
ISSUE_NUMBER = re.compile(r"（?(?:总?第)?\d{1,4}期）?")


def unaccounted_problems(parsed: ParsedMinutes, sections: Sections) -> list[Problem]:
    """A problem for each line of head and colophon that no part of the result explains."""
    explained = _Explained(_spans(parsed))
    return [
        Problem("line-unaccounted", f"这一行没有归入任何字段：{line.text.chars[:30]}", line.text.span)
        for line in [*sections.head, *sections.colophon]
        if not _is_form(line) and not explained.touches(line.text.span)
    ]


def unaccounted_lines(parsed: ParsedMinutes) -> list[Span]:
    """The lines that no field explains."""
    return [problem.span for problem in parsed.problems if problem.code == "line-unaccounted" and problem.span]


class _Explained:
    """The characters that the result explains, asked line by line without going through all spans each time."""

    def __init__(self, spans: list[Span]) -> None:
        self.starts = sorted(span.start for span in spans)
        self.furthest_ends = list(accumulate((span.end for span in sorted(spans)), max))

    def touches(self, line: Span) -> bool:
        """Whether any of the spans that begin before the line's end reaches into it."""
        begun = bisect_left(self.starts, line.end)
        return begun > 0 and self.furthest_ends[begun - 1] > line.start


def _is_form(line: Line) -> bool:
    """Whether the line is a title or a label that carries no fact of its own."""
    folded = line.folded
    return (
        folded.endswith(("纪要", "文件", "人民政府"))
        or HEAD_NUMBER.search(folded) is not None
        or KIND.search(folded) is not None
        or labels.COLOPHON.match(folded) is not None
        or ISSUE_NUMBER.fullmatch(folded) is not None
    )


def _spans(parsed: ParsedMinutes) -> list[Span]:
    """The span of every part of the result that stands in head or colophon."""
    fields = (
        parsed.body,
        parsed.kind,
        parsed.number,
        parsed.doc_number,
        parsed.date,
        parsed.part_of_day,
        parsed.place,
        parsed.chair,
        parsed.recorder,
        parsed.compiled_by,
        parsed.compiled_on,
        parsed.issued_by,
        parsed.issued_on,
        parsed.disclosure,
        parsed.opening,
        parsed.closing,
        *parsed.distribution,
        *parsed.items,
        *parsed.attendance,
    )
    return [field.span for field in fields if field is not None]
