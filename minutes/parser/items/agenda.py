"""Convert raw items to agenda items with actions, decisions, documents and tasks."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import takewhile

from minutes.parser.decisions.deadlines import deadline_of_cell, deadlines_in
from minutes.parser.decisions.decision import decided_in, decisions_of
from minutes.parser.decisions.outcomes import outcome_in
from minutes.parser.items.actions import actions_of
from minutes.parser.items.documents import Document, documents_in, item_documents
from minutes.parser.items.paragraphs import RawParagraph
from minutes.parser.items.raw_item import RawItem
from minutes.parser.items.reporters import reporter_named, reporters_in
from minutes.parser.items.titles import BEGINS_WITH_AN_ACTION, matters_in
from minutes.parser.source_text import NOTHING, Tracked, joined
from minutes.parser.tasks.clauses import LABELS
from minutes.parser.tasks.read_tasks import tasks_in
from minutes.parser.tasks.tables import TaskRow, task_of_row
from minutes.parser.topics.classify import classify
from minutes.parser.types import AgendaItem, Deadline, Decision, Field, Paragraph, Span, Task

# 审议《云川市节水条例》等三个文件 (the title names only the first of the documents)
AND_OTHERS = re.compile(
    r"》(?:（[^）]{0,20}）)?等(?:[一二三四五六七八九十两\d]{1,3}[个项部份]?)?"
    r"[\u4e00-\u9fff]{0,6}(?:文件|方案|办法|制度|规划|报告|材料|议题|规定)"
)
# 补偿标准参照 · 由市财政局按照 (before a document that is only to be followed)
ONLY_FOLLOWED = re.compile(r"(?:[参按依遵对]照|根据|依据|遵循|符合|严格执行|按)$")
# Without a title, an item is named by the start of its text.
BEGINNING = 40
# Reporters are named in the title, at the start of the text, or where something is decided.
PARAGRAPHS_THAT_NAME_REPORTERS = 2


def agenda_item(position: int, raw: RawItem, met: datetime.date | None) -> AgendaItem:
    """Return the item with all fields; `met` is the date of the meeting."""
    title = _title_of(raw)
    texts = [paragraph.text for paragraph in raw.paragraphs if paragraph.text]
    named = [document for text in [title, *texts] for document in documents_in(text)]
    decided = _documents_decided_on(raw.paragraphs)
    of_title = _documents_of_matters(raw) or documents_in(title)
    if of_title and AND_OTHERS.search(title.folded):
        of_title += decided
    deadlines = [deadline for paragraph in raw.paragraphs for deadline in _deadlines(paragraph, met)]
    tasks = tuple(_tasks(raw.paragraphs, deadlines))
    documents, mentions = item_documents(of_title, named, decided)
    opening = texts[0].chars if texts else ""
    return AgendaItem(
        position=position,
        title=title.as_field(),
        title_derived=raw.title_derived,
        span=_span_of(raw, title, texts),
        actions=actions_of(title) or _actions_of_first_sentence(texts),
        documents=documents,
        mentions=mentions,
        paragraphs=tuple(_paragraph(paragraph) for paragraph in raw.paragraphs),
        decisions=_decided_with_others(raw) or decisions_of(title, raw.paragraphs, tasks, deadlines),
        reported_by=_reporters(raw, title, texts),
        tasks=tasks,
        topics=classify(title.chars, (document.title for document in documents), opening),
    )


def _decided_with_others(raw: RawItem) -> tuple[Decision, ...]:
    """Return the decision that a later item states for this one too: 会议原则通过以上议题."""
    if not raw.decided_with_others:
        return ()
    outcome, span = raw.decided_with_others
    return (Decision(outcome, (), (), None, (), span),)


def _deadlines(paragraph: RawParagraph, met: datetime.date | None) -> list[Deadline]:
    """Return the deadlines of a paragraph; in a table row those of each cell."""
    if not paragraph.row:
        return deadlines_in(paragraph.text, met)
    limit = deadline_of_cell(paragraph.row.limit, met) if paragraph.row.limit else []
    return sorted([*deadlines_in(paragraph.row.matter, met), *limit], key=lambda deadline: deadline.span)


def _tasks(paragraphs: list[RawParagraph], deadlines: list[Deadline]) -> Iterator[Task]:
    """Yield the tasks of the paragraphs."""
    starts = [deadline.span.start for deadline in deadlines]
    for text, numbered, row in _orders(paragraphs):
        start, end = text.span
        here = deadlines[bisect_left(starts, start) : bisect_left(starts, end)]
        yield from [task_of_row(row, here)] if row else tasks_in(text, here, numbered)


def _orders(paragraphs: list[RawParagraph]) -> list[tuple[Tracked, bool, TaskRow | None]]:
    """Return texts to parse for tasks, whether each is a list item, and its table row.

    Consecutive labels (责任单位：, 配合单位：) are one text.
    """
    texts: list[tuple[Tracked, bool, TaskRow | None]] = []
    previous_is_label = False
    for paragraph in paragraphs:
        if not paragraph.text or paragraph.names_columns:
            continue
        is_label = LABELS.match(paragraph.text.folded) is not None
        if is_label and previous_is_label:
            before, numbered, _ = texts.pop()
            texts.append((joined([before, paragraph.text]).compact, numbered, None))
        else:
            texts.append((paragraph.text, paragraph.marker is not None or paragraph.is_a_point, paragraph.row))
        previous_is_label = is_label
    return texts


def _documents_of_matters(raw: RawItem) -> list[Document]:
    """Return the documents of the matters named first, if these serve as title."""
    if not raw.title_derived or not raw.paragraphs or not raw.paragraphs[0].text:
        return []
    sentences = raw.paragraphs[0].text.parts("。")
    # A paragraph of full stops has no sentence.
    first, further = sentences[:1], sentences[1:]
    leading = [*first, *takewhile(lambda sentence: BEGINS_WITH_AN_ACTION.match(sentence.folded), further)]
    matters = [matter for each in leading for part in decided_in(each) for matter in matters_in(part)]
    return [document for matter in matters for document in documents_in(matter)]


def _actions_of_first_sentence(texts: list[Tracked]) -> tuple[Field[str], ...]:
    """Return the actions in the first sentence."""
    first = next((sentence for text in texts for sentence in text.parts("。")), None)
    return actions_of(first) if first else ()


def _title_of(raw: RawItem) -> Tracked:
    """Return the title, else the start of the text or the bare number."""
    if raw.title:
        return raw.title
    if raw.paragraphs and raw.paragraphs[0].text:
        return raw.paragraphs[0].text[:BEGINNING]
    numbers = (raw.marker.written if raw.marker else None, *(paragraph.marker for paragraph in raw.paragraphs))
    return next((number for number in numbers if number), NOTHING)


def _span_of(raw: RawItem, title: Tracked, texts: list[Tracked]) -> Span:
    """Return the span of the item, from its number to its last paragraph."""
    parts = [raw.marker.written] if raw.marker else []
    parts += [title, *texts, *(paragraph.marker for paragraph in raw.paragraphs if paragraph.marker)]
    return Span(min(part.span.start for part in parts), max(part.span.end for part in parts))


def _paragraph(raw: RawParagraph) -> Paragraph:
    """Return the paragraph with its number, （一） without what follows it."""
    marker = raw.marker.chars if raw.marker else None
    if marker and marker.startswith(("（", "(")):
        marker = marker.rstrip("、．. ")
    parts = [part for part in (raw.marker, raw.text) if part]
    return Paragraph(marker, raw.text.chars, Span(parts[0].span.start, parts[-1].span.end))


def _documents_decided_on(paragraphs: list[RawParagraph]) -> list[Document]:
    """Return the documents of the first sentence that decides on any.

    Each further numbered paragraph adds those of its own first such sentence.
    """
    decided: list[Document] = []
    for paragraph in paragraphs:
        if decided and not paragraph.marker:
            continue
        sentences = (sentence for sentence in paragraph.text.parts("。") if outcome_in(sentence))
        decided += next((documents for sentence in sentences if (documents := _decided_on(sentence))), [])
    return decided


def _decided_on(sentence: Tracked) -> list[Document]:
    """Return the documents in a deciding sentence, except those only referred to."""
    return [one for one in documents_in(sentence) if not ONLY_FOLLOWED.search(sentence.folded, 0, one.start)]


def _reporters(raw: RawItem, title: Tracked, texts: list[Tracked]) -> tuple[Field[str], ...]:
    """Return the reporters after 汇报单位：, in title and text, without duplicates."""
    labelled = (reporter_named(part) for label in raw.reporters for part in label.parts("、，）"))
    reporters = {unit.value: unit for unit in labelled if unit}
    sentences = [title]
    for index, text in enumerate(texts):
        of_beginning = index < PARAGRAPHS_THAT_NAME_REPORTERS
        sentences += [
            sentence
            for sentence in text.parts("。")
            if of_beginning or outcome_in(sentence) or sentence.folded.startswith("会上，")
        ]
    reporters |= {unit.value: unit for sentence in sentences for unit in reporters_in(sentence)}
    return tuple(reporters.values())
