"""Task tables: a header with the columns, and a task in each row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes.parser.source_text import BETWEEN_CELLS, NOTHING, Tracked
from minutes.parser.tasks.actors import Mention, actors_from, span_of
from minutes.parser.tasks.orders import BEHIND_LABEL, IS_SUPPORTING
from minutes.parser.types import Deadline, Field, Span, Task, TaskActor

# 议定事项 · 工作任务 · 主要内容 · 落实要求
MATTER = re.compile(r"(?:议定|决定|交办|督办|工作|具体|主要|落实|整改|重点)?(?:事项|任务|内容|要求|措施|工作)")
# 责任单位 · 牵头部门 · 配合单位 · 责任领导 · 承办单位及责任人
UNITS = re.compile(
    r"(?P<role>责任|牵头|主办|承办|主责|落实|配合|协办|参与|协助|包联|分管)(?P<what>单位|部门|领导|人)(?:及责任人)?"
)
SUPPORTING = ("配合", "协办", "参与", "协助")
# 市交通局 | 王岚
BAR = re.compile(r"\|")
# 完成时限 · 办结时间 · 时限
LIMIT = re.compile(r"(?:完成|办理|办结|整改|落实)?(?:时限|时间|期限)(?:要求)?")
# Two are also a label and its value, or a name and a post.
FEWEST_CELLS = 3


@dataclass(frozen=True)
class TaskRow:
    """A row of the table: matter, cells of units with their roles, time limit, next step of a matter decided."""

    matter: Tracked
    units: tuple[tuple[str, Tracked], ...]
    limit: Tracked | None
    next_step: Field[str] | None = None


def columns_of(line: Tracked) -> tuple[str, ...] | None:
    """Return the columns of a table header, or None if the line is none."""
    columns = tuple(column_called(cell.compact.folded) for cell in cells_of(line))
    return columns if columns.count("matter") == 1 and "lead" in columns else None


def column_called(head: str) -> str:
    """Return what a column with this head has: matter, lead, supporting, people, limit, or "" if nothing of these."""
    if MATTER.fullmatch(head):
        return "matter"
    if units := UNITS.fullmatch(head):
        return "supporting" if units["role"] in SUPPORTING else "people" if units["what"] in ("领导", "人") else "lead"
    return "limit" if LIMIT.fullmatch(head) else ""


def cells_of(line: Tracked) -> list[Tracked]:
    """Return the cells of a line, including empty ones between bars and tabs."""
    if marks := _cell_marks(line):
        places = [0, *(place for mark in marks for place in mark), len(line)]
        cells = [line[start:end].stripped() for start, end in zip(places[::2], places[1::2], strict=True)]
        # | 事项 | 责任单位 |: bars at the edges are not separators
        is_framed = line.folded.strip().startswith("|")
        return cells[is_framed : len(cells) - (is_framed and not cells[-1])]
    between = [place for found in BETWEEN_CELLS.finditer(line.folded) for place in found.span()]
    places = [0, *between, len(line)]
    return [cell for start, end in zip(places[::2], places[1::2], strict=True) if (cell := line[start:end].stripped())]


def is_a_row(line: Tracked) -> bool:
    """Return whether bars or tabs cut a line into as many cells as only tables have."""
    return bool(_cell_marks(line)) and len(cells_of(line)) >= FEWEST_CELLS


def _cell_marks(line: Tracked) -> list[tuple[int, int]]:
    """Return the positions of bars and tabs.

    A tab has become two spaces with the same source position.
    """
    if "|" in line.folded:
        return [found.span() for found in BAR.finditer(line.folded)]
    pairs = range(len(line) - 1)
    return [
        (place, place + 2)
        for place in pairs
        if line.starts[place] == line.starts[place + 1] and line.chars[place : place + 2] == "  "
    ]


def row_of(columns: tuple[str, ...], line: Tracked) -> TaskRow | None:
    """Return the row, or None for the rule below a header.

    A line with a wrong number of cells is a row with a matter only, because its cells are ambiguous.
    """
    cells = cells_of(line)
    if not any(map(str.isalpha, line.chars)):
        return None  # --- | ---
    if _cell_marks(line):
        cells += [NOTHING] * (len(columns) - len(cells))  # readers of files may omit trailing empty cells
    if len(cells) != len(columns):
        return TaskRow(line.compact, (), None)
    named = [(kind, cell) for kind, cell in zip(columns, cells, strict=True) if cell]
    matter = next((cell.compact for kind, cell in named if kind == "matter"), line.compact)
    units = tuple((kind, cell) for kind, cell in named if kind in ("lead", "supporting", "people"))
    return TaskRow(matter, units, next((cell.compact for kind, cell in named if kind == "limit"), None))


def task_of_row(row: TaskRow, deadlines: list[Deadline]) -> Task:
    """Return the task of a row; its span covers all of its cells."""
    actors = tuple(actor for kind, cell in row.units for actor in _actors_in(kind, cell))
    cells = [row.matter, *(cell for _, cell in row.units), *([row.limit] if row.limit else [])]
    return Task(
        kind="procedure" if row.next_step else "work",
        collective=bool(actors) and all(actor.form == "crowd" for actor in actors),
        actors=actors,
        about=None,
        text=row.matter.chars,
        span=Span(min(cell.span.start for cell in cells), max(cell.span.end for cell in cells)),
        deadlines=tuple(deadlines),
        next_step=row.next_step,
        assigned=bool(row.units),
    )


def _actors_in(kind: str, cell: Tracked) -> list[TaskActor]:
    """Return the actors in a cell: 市财政局、市发改委 · 市水务局牵头，市财政局配合."""
    actors: list[TaskActor] = []
    for part in cell.parts("，；。 \n"):
        mentions, end = actors_from(part, 0, BEHIND_LABEL, people=kind == "people")
        role = "supporting" if kind == "supporting" or IS_SUPPORTING.match(part.folded, end) else "lead"
        actors += [_actor(part, mention, role) for mention in mentions]
    return actors


def _actor(part: Tracked, mention: Mention, role: str) -> TaskActor:
    role = "leader" if role == "lead" and mention.form == "post" else role
    span = span_of(part, mention.start, mention.end)
    written = part.chars[mention.start : mention.end]
    return TaskActor(written, mention.name, mention.title, role, mention.form, span)
