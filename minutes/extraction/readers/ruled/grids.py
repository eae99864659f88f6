"""Find the tables of a page by their ruling lines. Positions are in points, from the lower left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise, product
from typing import NamedTuple

# A drawing with more of them is no table.
MAX_STROKES = 20_000
MAX_RULES = 400
MAX_FIELDS = 10_000
# Rules this close, in points, are one, and touch what they nearly reach.
NEAR = 3.0
# A filled shape that is thinner is a rule; shorter ones are dots and corners.
MAX_THICKNESS = 3.0
MIN_LENGTH = 4.0


Box = tuple[float, float, float, float]


class Rule(NamedTuple):
    """A horizontal rule at `place` from the bottom, or a vertical one from the left."""

    place: float
    start: float
    end: float


class Cell(NamedTuple):
    """A cell: the rows and columns of the grid that it spans, and its box in points."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    bottom: float
    right: float
    top: float

    def contains(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top


class Grid:
    """A table: the positions of its rules, and its cells from the top left."""

    def __init__(self, across: list[Rule], down: list[Rule]) -> None:
        ends_x = [place for rule in across for place in (rule.start, rule.end)]
        ends_y = [place for rule in down for place in (rule.start, rule.end)]
        # Tables may be open at their sides: the rules of the other direction end there.
        self.xs = clusters([*(rule.place for rule in down), min(ends_x), max(ends_x)])
        self.ys = clusters([*(rule.place for rule in across), min(ends_y), max(ends_y)])[::-1]
        # Whether rules enclose a part of the table that is no rectangle, and so no cell.
        self.is_uneven = False
        # The rules above and on the left of each field of the grid.
        self.above = walls(across, self.ys, self.xs)
        self.on_left = {(row, column) for column, row in walls(down, self.xs, self.ys)}
        self.cells = list(self.merged()) if len(self.xs) * len(self.ys) <= MAX_FIELDS else []

    @property
    def is_a_table(self) -> bool:
        """Return whether a row has several cells; a frame around text is no table."""
        return len({cell.column for cell in self.cells}) > 1

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[0] - self.ys[-1])

    def merged(self) -> Iterator[Cell]:
        """Yield each rectangle of the grid that rules enclose."""
        done: set[tuple[int, int]] = set()
        for start in product(range(len(self.ys) - 1), range(len(self.xs) - 1)):
            if start in done:
                continue
            top, left = start
            area = self.area_of(start)
            done |= area
            bottom, right = max(area)
            if len(area) == (bottom - top + 1) * (right - left + 1):
                box = (self.xs[left], self.ys[bottom + 1], self.xs[right + 1], self.ys[top])
                yield Cell(*start, bottom - top + 1, right - left + 1, *box)
            else:
                self.is_uneven |= not self.surrounds(area)

    def surrounds(self, area: set[tuple[int, int]]) -> bool:
        """Return whether an area is what a frame around the table leaves beside it."""
        columns = {column for _, column in area}
        return {0, len(self.xs) - 2} <= columns

    def area_of(self, start: tuple[int, int]) -> set[tuple[int, int]]:
        """Return the fields of the grid that no rule separates from this one."""
        area, open_ones = {start}, [start]
        while open_ones:
            row, column = open_ones.pop()
            for field in ((row, column + 1), (row, column - 1), (row + 1, column), (row - 1, column)):
                if field not in area and self.is_open((row, column), field):
                    area.add(field)
                    open_ones.append(field)
        return area

    def is_open(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Return whether no rule is between a field of the grid and its neighbour, which may be outside."""
        row, column = max(one, other)
        if min(*one, *other) < 0 or row >= len(self.ys) - 1 or column >= len(self.xs) - 1:
            return False
        return (row, column) not in (self.on_left if one[0] == other[0] else self.above)


def grids_of(strokes: Iterable[Box]) -> list[Grid]:
    """Return the tables of a page, the smallest first, so that a table within another comes before it."""
    across, down = rules_of(strokes)
    if not across or not down or len(across) > MAX_RULES or len(down) > MAX_RULES:
        return []
    grids = (Grid(*rules) for rules in connected(across, down))
    return sorted((grid for grid in grids if grid.is_a_table), key=lambda grid: grid.area)


def cell_at(grids: list[Grid], x: float, y: float) -> tuple[Grid, Cell] | None:
    """Return the table and the cell at this position, if any."""
    return next(((grid, cell) for grid in grids for cell in grid.cells if cell.contains(x, y)), None)


def connected(across: list[Rule], down: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield the rules of each table: those that touch one another."""
    left_across, left_down = list(across), list(down)
    while left_down:
        found_across: list[Rule] = []
        found_down = new = [left_down.pop()]
        while new:
            crossing = [rule for rule in left_across if any(touch(rule, other) for other in new)]
            left_across = [rule for rule in left_across if rule not in crossing]
            new = [rule for rule in left_down if any(touch(other, rule) for other in crossing)]
            left_down = [rule for rule in left_down if rule not in new]
            found_across += crossing
            found_down = found_down + new
        if len(found_across) > 1:
            yield found_across, found_down


def touch(across: Rule, down: Rule) -> bool:
    return (
        across.start - NEAR <= down.place <= across.end + NEAR and down.start - NEAR <= across.place <= down.end + NEAR
    )


def walls(rules: Iterable[Rule], places: list[float], along: list[float]) -> set[tuple[int, int]]:
    """Return the position of each rule in the grid, with each step of the other direction that it passes."""
    return {
        (place, step)
        for rule in rules
        for place, at in enumerate(places)
        if abs(rule.place - at) <= NEAR
        for step, (start, end) in enumerate(pairwise(along))
        if rule.start <= (start + end) / 2 <= rule.end
    }


def rules_of(strokes: Iterable[Box]) -> tuple[list[Rule], list[Rule]]:
    """Return the horizontal and the vertical rules among the boxes of lines and filled shapes."""
    across: list[Rule] = []
    down: list[Rule] = []
    for left, bottom, right, top in islice(strokes, MAX_STROKES):
        if top - bottom <= MAX_THICKNESS and right - left >= MIN_LENGTH:
            across.append(Rule((bottom + top) / 2, left, right))
        elif right - left <= MAX_THICKNESS and top - bottom >= MIN_LENGTH:
            down.append(Rule((left + right) / 2, bottom, top))
    return joined(across), joined(down)


def box_of(points: Iterable[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def joined(rules: list[Rule]) -> list[Rule]:
    """Join the pieces of a rule: Word draws one for each cell."""
    places = clusters([rule.place for rule in rules])
    whole: list[Rule] = []
    for place, start, end in sorted(Rule(nearest(places, rule.place), rule.start, rule.end) for rule in rules):
        if whole and whole[-1].place == place and start <= whole[-1].end + NEAR:
            whole[-1] = whole[-1]._replace(end=max(end, whole[-1].end))
        else:
            whole.append(Rule(place, start, end))
    return whole


def clusters(places: list[float]) -> list[float]:
    """Return the positions in order, those next to each other as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    return found


def nearest(places: list[float], place: float) -> float:
    return min(places, key=lambda each: abs(each - place))
