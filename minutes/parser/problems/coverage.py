"""Every line of the source is accounted for: it belongs to a field, to the form, to the page around, or is reported."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from itertools import accumulate

from minutes.parser.head.opening import HEAD_NUMBER, KIND, SERIAL
from minutes.parser.imprint import addressees_in
from minutes.parser.layout.lines import Line
from minutes.parser.layout.sections import Sections
from minutes.parser.meeting_fields import MEETING_FIELDS
from minutes.parser.source_text import joined
from minutes.parser.types import ParsedMinutes, Problem, Span
from minutes.parser.vocabulary import labels
from minutes.parser.vocabulary.dates import dates_in

# 现将会议纪要印发给你们，请认真贯彻执行 (all that most notices say; what one says besides is reported)
NOTICE = re.compile(
    r"[^。]{0,120}(?:印发|转发)(?:给)?(?:你们|各单位)?(?:，(?:望|请)[^。\d]{2,40}?(?:执行|落实|办理))?"
    r"|(?:望|请)[^。\d]{2,40}?(?:执行|落实|办理)"
)
# 关于研究云川热电公司供热问题的（会议纪要） · 内部资料 · 特急
TITLE_OR_MARK = re.compile(
    r"关于[^。；]{2,80}(?:的|问题|事项|事宜|工作|会议)|(?:机密|秘密|绝密|内部(?:资料|文件)|特急|加急|急件|平急)(?:★.{0,6})?"
)


def unaccounted_lines_as_problems(parsed: ParsedMinutes, sections: Sections) -> list[Problem]:
    """Return a problem for each line of head and imprint that no field explains."""
    explained = _Explained([*_spans(parsed), *_sentences_of_a_notice(sections.head)])
    days = {field.value for field in (parsed.date, parsed.compiled_on, parsed.issued_on) if field}
    return [
        Problem("line-unaccounted", f"这一行没有归入任何字段：{line.text.chars[:30]}", line.text.span)
        for line in [*sections.head, *sections.attendance_prose, *sections.imprint]
        if not _is_form(line) and not explained.touches(line.text.span) and not _repeats_a_day(line, days)
    ]


def _sentences_of_a_notice(head: list[Line]) -> list[Span]:
    """Return the sentences by which a notice above the minutes passes them on."""
    addressees = addressees_in(head)
    if not addressees:
        return []
    behind = head[addressees.stop :]
    ends = (index for index, line in enumerate(behind) if labels.OFFICE_AND_DATE.fullmatch(line.folded))
    text = joined([line.text for line in behind[: next(ends, len(behind))]]).compact
    sentences = [sentence for sentence in text.parts("。") if sentence]
    return [sentence.span for sentence in sentences if NOTICE.fullmatch(sentence.folded)]


def _repeats_a_day(line: Line, days: set[datetime.date]) -> bool:
    """Return whether the line only repeats a day that the result already has."""
    if not (labels.DATE_LINE.fullmatch(line.folded) or labels.OFFICE_AND_DATE.fullmatch(line.folded)):
        return False
    return any(written.resolved() in days for written in dates_in(line.text))


def unaccounted_lines(parsed: ParsedMinutes) -> list[Span]:
    """Return the lines that no field explains."""
    return [problem.span for problem in parsed.problems if problem.code == "line-unaccounted" and problem.span]


class _Explained:
    """The characters that the result explains, asked line by line without going through all spans each time."""

    def __init__(self, spans: list[Span]) -> None:
        self.starts = sorted(span.start for span in spans)
        self.furthest_ends = list(accumulate((span.end for span in sorted(spans)), max))

    def touches(self, line: Span) -> bool:
        """Return whether a span that begins before the line's end reaches into it."""
        begun = bisect_left(self.starts, line.end)
        return begun > 0 and self.furthest_ends[begun - 1] > line.start


def _is_form(line: Line) -> bool:
    """Return whether the line is a title or a label that carries no fact of its own."""
    folded = line.folded
    return (
        folded.endswith(("纪要", "文件", "人民政府"))
        or HEAD_NUMBER.search(folded) is not None
        or KIND.search(folded) is not None
        or labels.IMPRINT.match(folded) is not None
        or SERIAL.fullmatch(folded) is not None
        or TITLE_OR_MARK.fullmatch(folded) is not None
    )


def _spans(parsed: ParsedMinutes) -> list[Span]:
    """Return the span of every part of the result that stands in head or imprint."""
    facts = (getattr(parsed, field.name) for field in MEETING_FIELDS if field.type != "texts")
    fields = (*facts, *parsed.distribution, *parsed.items, *parsed.attendance)
    return [field.span for field in fields if field is not None]
