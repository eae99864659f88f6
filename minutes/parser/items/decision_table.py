"""Minutes as a table: in each row a matter, what was decided on it, and who carries it out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes.parser.decisions.outcomes import outcome_in
from minutes.parser.items.paragraphs import RawParagraph
from minutes.parser.items.raw_item import RawItem
from minutes.parser.layout.lines import Line
from minutes.parser.source_text import NOTHING, Tracked, joined
from minutes.parser.tasks.procedure import next_step_in
from minutes.parser.tasks.tables import TaskRow, cells_of, column_called
from minutes.parser.types import Field

# 议题 · 议题名称 · 研究事项
MATTER = re.compile(r"(?:会议|研究|审议|讨论|上会)?(?:议题|事项|议案)(?:名称|内容)?")
# 议定意见 · 会议决定 · 审议结果 · 议定事项
DECISION = re.compile(
    r"(?:议定|会议|审议|研究|讨论|决定|决议|表决)(?:意见|决定|结果|情况|结论|内容|事项)|决定|决议|意见|结论"
)
FEWEST_COLUMNS = 2


@dataclass
class DecisionTable:
    """The lines above a table, its items, and the lines below it."""

    above: list[Line]
    items: list[RawItem]
    below: list[Line]


def decision_table(lines: list[Line]) -> DecisionTable | None:
    """Return the first table of decisions.

    None without one, or if a row of it has no matter or more cells than the head, so that its columns are ambiguous.
    """
    for start, line in enumerate(lines):
        columns = _columns_of(line.raw)
        if columns is None:
            continue
        end = next(
            (place for place in range(start + 1, len(lines)) if len(cells_of(lines[place].raw)) < FEWEST_COLUMNS),
            len(lines),
        )
        items = _items_of(columns, lines[start:end])
        return DecisionTable(lines[:start], items, lines[end:]) if items else None
    return None


def _items_of(columns: list[str], lines: list[Line]) -> list[RawItem]:
    """Return the items of a table, or none if a row cannot be read.

    Heads, which a PDF repeats on each page, are paragraphs of the item below them, or above the last one.
    """
    items: list[RawItem] = []
    heads: list[RawParagraph] = []
    for line in lines:
        if _columns_of(line.raw) == columns:
            heads.append(RawParagraph(None, line.text.compact, names_columns=True))
            continue
        cells = cells_of(line.raw)
        item = _item_of(columns, cells) if len(cells) <= len(columns) else None
        if item is None:
            return []
        item.paragraphs[:0] = heads
        items.append(item)
        heads = []
    if items:
        items[-1].paragraphs += heads
    return items


def _columns_of(line: Tracked) -> list[str] | None:
    """Return what each column has: matter, decision, lead, supporting, people, limit or nothing of these."""
    heads = [cell.compact.folded for cell in cells_of(line)]
    columns = [_column_called(head) for head in heads]
    return columns if columns.count("matter") == columns.count("decision") == 1 else None


def _column_called(head: str) -> str:
    if MATTER.fullmatch(head):
        return "matter"
    if DECISION.fullmatch(head):
        return "decision"
    kind = column_called(head)
    return "" if kind == "matter" else kind


def _item_of(columns: list[str], cells: list[Tracked]) -> RawItem | None:
    """Return the item of a row, or None without a matter."""
    named = list(zip(columns, [cell.compact for cell in cells], strict=False))
    title, decision = (
        next((cell for kind, cell in named if kind == wanted), NOTHING) for wanted in ("matter", "decision")
    )
    if not title:
        return None
    units = tuple((kind, cell) for kind, cell in named if kind in ("lead", "supporting", "people") and cell)
    limit = next((cell for kind, cell in named if kind == "limit" and cell), None)
    item = RawItem(None, title=title)
    if units:
        step = _next_step(decision)
        row = TaskRow(decision or title, units, limit, step)
        cells = [each for each in (decision, *(cell for _, cell in units), limit) if each]
        item.paragraphs.append(RawParagraph(None, joined(cells).compact, row))
    else:
        item.paragraphs += [RawParagraph(None, each) for each in (decision, limit) if each]
    return item


def _next_step(decision: Tracked) -> Field[str] | None:
    """Return the next step of a matter that was decided: 按程序印发."""
    step = next_step_in(decision.folded, 0, len(decision))
    is_decided = any(outcome_in(sentence) for sentence in decision.parts("。；"))
    return decision[slice(*step)].as_field() if step and is_decided else None
