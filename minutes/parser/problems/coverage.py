"""Check that every line is in a field, boilerplate, page noise, or reported."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from itertools import accumulate, pairwise

from minutes.parser.head.notice import Notice
from minutes.parser.head.opening import HEAD_NUMBER, KIND, SERIAL
from minutes.parser.layout.lines import Line
from minutes.parser.layout.sections import Sections
from minutes.parser.meeting_fields import MEETING_FIELDS
from minutes.parser.types import ParsedMinutes, Problem, Span
from minutes.parser.vocabulary import labels
from minutes.parser.vocabulary.dates import dates_in

# 关于研究云川热电公司供热问题的（会议纪要） · 内部资料 · 内部资料 注意保存 · 特急
TITLE_OR_MARK = re.compile(
    r"关于[^。；]{2,80}(?:的|问题|事项|事宜|工作|会议)|(?:机密|秘密|绝密|内部(?:资料|文件)(?:，?(?:注意|妥善)保[存密管])?|特急|加急|急件|平急)(?:★.{0,6})?"
)
# 应到9人，实到7人 · 应出席9人，实出席7人，请假2人 (how many came, above the list of them)
HOW_MANY_CAME = re.compile(r"应(?:到|出席)\d{1,3}人，实(?:到|出席)\d{1,3}人(?:，(?:请假|缺席|列席)\d{1,3}人)?。?")
# 王岚主持会议并讲话 · 暨市政府第12次常务会议召开 · 市政府党组会议举行 (the lines of a headline)
HEADLINE = re.compile(
    r"[^，。；：]{2,20}主持(?:召开)?(?:会议)?(?:并(?:作)?讲话)?|暨[^，。；：]{4,40}|[^，。；：]{4,40}会议?(?:召开|举行)"
)


def unaccounted_lines_as_problems(parsed: ParsedMinutes, sections: Sections, notice: Notice) -> list[Problem]:
    """Return problems for unexplained lines, and for other requests in a notice.

    The lines are those of head and imprint.
    """
    explained = _Explained(_spans(parsed))
    of_page = _titles_of_page(parsed, sections)
    days = {field.value for field in (parsed.date, parsed.compiled_on, parsed.issued_on) if field}
    lines = (
        line for line in (*sections.head, *sections.attendance_prose, *sections.imprint) if line not in notice.lines
    )
    unaccounted = [
        *notice.asking,
        *(
            line.text
            for line in lines
            if not _is_form(line)
            and line not in of_page
            and not explained.touches(line.text.span)
            and not _repeats_a_day(line, days)
        ),
    ]
    return [
        Problem("line-unaccounted", f"这一行没有归入任何字段：{text.chars[:30]}", text.span) for text in unaccounted
    ]


def _titles_of_page(parsed: ParsedMinutes, sections: Sections) -> list[Line]:
    """Return the lines of the head right above lines of a web page, which are its titles."""
    web = {noise.span.start for noise in parsed.noise if noise.reason == "web-head"}
    lines = {line.text.span.start: line for line in (*sections.head, *sections.opening)}
    return [lines[above] for above, below in pairwise(sorted({*web, *lines})) if above in lines and below in web]


def _repeats_a_day(line: Line, days: set[datetime.date]) -> bool:
    """Return whether the line only repeats a known date."""
    if not (labels.DATE_LINE.fullmatch(line.folded) or labels.OFFICE_AND_DATE.fullmatch(line.folded)):
        return False
    return any(written.resolved() in days for written in dates_in(line.text))


def unaccounted_lines(parsed: ParsedMinutes) -> list[Span]:
    """Return the lines not covered by any field."""
    return [problem.span for problem in parsed.problems if problem.code == "line-unaccounted" and problem.span]


class _Explained:
    """The characters covered by the result, searchable by line in logarithmic time."""

    def __init__(self, spans: list[Span]) -> None:
        self.starts = sorted(span.start for span in spans)
        self.furthest_ends = list(accumulate((span.end for span in sorted(spans)), max))

    def touches(self, line: Span) -> bool:
        """Return whether a span that starts before the line's end reaches into it."""
        begun = bisect_left(self.starts, line.end)
        return begun > 0 and self.furthest_ends[begun - 1] > line.start


def _is_form(line: Line) -> bool:
    """Return whether the line is a title or a label without a value of its own."""
    folded = line.folded
    return (
        folded.endswith(("纪要", "文件", "人民政府"))
        or HEAD_NUMBER.search(folded) is not None
        or KIND.search(folded) is not None
        or labels.IMPRINT.match(folded) is not None
        or SERIAL.fullmatch(folded) is not None
        or TITLE_OR_MARK.fullmatch(folded) is not None
        or HOW_MANY_CAME.fullmatch(folded) is not None
        or HEADLINE.fullmatch(folded) is not None
    )


def _spans(parsed: ParsedMinutes) -> list[Span]:
    """Return the spans of all results in head or imprint."""
    facts = (getattr(parsed, field.name) for field in MEETING_FIELDS if field.type != "texts")
    fields = (*facts, *parsed.distribution, *parsed.items, *parsed.attendance)
    return [field.span for field in fields if field is not None]
