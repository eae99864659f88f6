"""Turn deadlines outside of any task into tasks without actors.

压减部分于9月底前收回统筹 names no actor. Such deadlines must not be missing from the lists.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import groupby

from minutes.ingest.problems import ProblemList
from minutes.parser import types as parsed
from minutes.parser.problems.recorded import task_without_actor

# 压减部分于9月底前收回统筹。(ends one task, begins the next)
END_OF_SENTENCE = re.compile(r"[。！？]")
# （三）各县要把好关。 · ，6月底前完成； (not part of the matter)
MARKS_AROUND = "，。；：、！？ \u3000\t\r\n"


def unassigned_tasks(
    item: parsed.AgendaItem, minutes: parsed.ParsedMinutes, source: str, problems: ProblemList
) -> Iterator[parsed.Task]:
    """Yield a task for each passage that has a deadline but no task; add problems.

    A deadline inside a task that does not include it was removed by a person.
    """
    assigned = {deadline.span for task in item.tasks for deadline in task.deadlines}
    dates = {deadline.span: deadline for decision in item.decisions for deadline in decision.deadlines}
    outside = sorted(
        span
        for span in dates.keys() - assigned
        if not any(task.span.start <= span.start < task.span.end for task in item.tasks)
    )
    noise = [each.span for each in minutes.noise]
    for stretch, spans in groupby(outside, key=lambda span: stretch_around(span, item, source)):
        text = text_of(stretch, source, noise)
        task = parsed.Task("work", False, (), None, text, stretch, tuple(dates[span] for span in spans))
        problem = task_without_actor(task)
        problems.add(problem.code, problem.message, problem.span)
        yield task


def stretch_around(date: parsed.Span, item: parsed.AgendaItem, source: str) -> parsed.Span:
    """Return the sentence around a deadline, without overlapping tasks.

    The deadline alone if it is outside of all paragraphs.
    """
    paragraph = next((each for each in item.paragraphs if each.span.start <= date.start < each.span.end), None)
    if paragraph is None:
        return date
    ends = [found.end() for found in END_OF_SENTENCE.finditer(source, *paragraph.span)]
    first = bisect_right(ends, date.start) - 1
    start = ends[first] if first >= 0 else after_marker(paragraph, source)
    last = bisect_left(ends, date.end)
    end = ends[last] if last < len(ends) else paragraph.span.end
    start = max([start, *(task.span.end for task in item.tasks if task.span.end <= date.start)])
    end = min([end, *(task.span.start for task in item.tasks if task.span.start >= date.end)])
    start, end = min(start, date.start), max(end, date.end)
    while source[start] in MARKS_AROUND and start < date.start:
        start += 1
    while source[end - 1] in MARKS_AROUND and end > date.end:
        end -= 1
    return parsed.Span(start, end)


def after_marker(paragraph: parsed.Paragraph, source: str) -> int:
    """Return the start of the text of a paragraph after its marker （三）.

    Whitespace may be in between.
    """
    place = paragraph.span.start
    for char in "".join((paragraph.marker or "").split()):
        while source[place].isspace():
            place += 1
        if source[place] != char:
            return paragraph.span.start
        place += 1
    return place


def text_of(stretch: parsed.Span, source: str, noise: list[parsed.Span]) -> str:
    """Return the text of a span without whitespace, page numbers and running heads."""
    pieces, at = [], stretch.start
    for span in noise:
        if at <= span.start < stretch.end:
            pieces.append(source[at : span.start])
            at = span.end
    pieces.append(source[at : stretch.end])
    return "".join("".join(pieces).split())
