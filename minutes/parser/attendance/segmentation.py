"""Segment a list into units, names and titles, whatever its whitespace.

The segmentation is a shortest path over the characters. Its costs express how much a piece looks like a name or a
unit; spaces indicate possible boundaries. So padded names (王 岚), names broken over lines and units joined to names
are all handled in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from minutes.parser.source_text import Tracked
from minutes.parser.vocabulary.names import POST_OF_A_TOWN, TITLE_END, is_a_likely_name, name_cost
from minutes.parser.vocabulary.organizations import DEPARTMENT, STRONG_START, is_generic, looks_like_a_unit

# 县委常委、常务副县长
TITLE_WORDS = re.compile(rf".*{TITLE_END}")
LAST_OF_TITLES = frozenset(words[-1] for words in TITLE_END.removeprefix("(?:").removesuffix(")").split("|"))
# 县发改局副局长 · 县人大常委会副主任 · 东浦区政府副区长 (a unit and a post in it; not 县委副书记, 县政府副县长)
UNIT_AND_POST = re.compile(
    r"(?P<unit>[^、，]{2,12}?[市县区旗镇乡](?:人民)?政府(?=副?[市县区旗镇乡]长)|[^、，]{1,20}?(?:局|厅|(?<!党)委员会|常委会|办公室|部|院|大学|中心|公司|集团|镇|乡|街道|街道办|政协|管委会"
    r"|支队|大队|医院|学校|联|会|行|室|办|(?<![市县区省州党])委|庭|所|站))"
    r"(?P<post>(?:党组|党委)?(?:副|代|执行|主要|[一二三四]级)?"
    r"(?:局长|厅长|行长|所长|站长|主任|部长|院长|检察长|经理|总经理|董事长|[市县区旗镇乡]长|书记|主席|支队长|大队长|队长|校长"
    r"|政委|负责人|党组成员|党委委员|调研员|总工程师|总会计师|总经济师|总规划师|教授|研究员|高级工程师))"
)
# 局长 · 副主任 · 武装部长
POST = re.compile(
    rf"{POST_OF_A_TOWN}|副?(?:局长|行长|所长|站长|主任|部长|院长|检察长|经理|总经理|董事长|镇长|乡长|主席|支队长|大队长|队长|校长|政委)"
    r"|(?:主要|分管|有关|相关)?(?:负责人|负责同志)"
)
# 王岚 · a line break and three blanks · 沈 (each run of blanks counts once)
BLANKS_OR_CHARACTER = re.compile(r"\s+|\S")

# 南屏县麻彦博北渚市 (two places with somebody between them, rather than one)
TWO_PLACES = re.compile(r"[\u4e00-\u9fff]{2,3}[市县区].{2,8}[市县区]")
# 市水务局麻彦市财政局 (two units with somebody between them; not 市公安局东浦区分局)
TWO_OFFICES = re.compile(r".*局[\u4e00-\u9fff]{2,3}[市县区].*(?<!分)[局委办院室]")
# 市公安局东浦分局 · 中国银行云川分行 · 省武警云川支队
BRANCH = re.compile(r".+(?:局|公司|银行|集团|消防|武警).{2,5}(?:分局|分公司|支公司|分行|支行|支队|大队)")
# 县委 · 党委
PARTY_COMMITTEE = re.compile(r"[市县区省州旗镇乡党]委")

WIDE = "\t"
MAX_UNIT, MAX_NAME, MAX_TITLE, MAX_UNCLEAR = 26, 14, 30, 12

Kind = Literal["start", "unit", "name", "title", "unclear"]
KINDS: tuple[Kind, ...] = ("unit", "name", "title", "unclear")

# Costs of one kind following another without and with a space between them: units are usually followed by a name, and
# names are separated from each other.
GLUED: dict[tuple[Kind, Kind], float] = {
    ("name", "name"): 5.0,
    ("name", "unit"): 1.6,
    ("name", "title"): 1.0,
    ("unit", "name"): 0.0,
    ("unit", "unit"): 4.0,
    ("unit", "title"): 0.6,
    ("title", "unit"): 3.0,
    ("title", "title"): 3.0,
}
APART: dict[tuple[Kind, Kind], float] = {
    ("name", "name"): 0.2,
    ("unit", "name"): 0.1,
    ("unit", "unit"): 4.0,
    ("title", "unit"): 3.0,
}
NAME_BEFORE_UNIT_IN_A_LONE_PAIR = 3.0
ANY_OTHER = 0.2


@dataclass(frozen=True)
class Piece:
    """A piece of a list: a unit, name or title, or unclear."""

    kind: Kind
    text: Tracked


@dataclass(frozen=True)
class _Step:
    """The cheapest path to a position: cost, start of the last piece, previous kind."""

    cost: float
    back: int
    before: Kind


_Reached = dict[Kind, _Step]


def behind_the_unit(name: str) -> int:
    """Return where a likely name starts behind a unit (县水务局王岚), else 0."""
    for length in (3, 2):
        start = len(name) - length
        if start > 1 and is_a_likely_name(name[start:]) and looks_like_a_unit(name[:start]):
            return start
    return 0


def cheapest_cut(segment: Tracked, home: str) -> list[Piece]:
    """Segment a list into units, names and titles.

    `home` is the place of the body; no name starts with it.
    """
    segment = _with_single_blanks(segment)
    chars = segment.folded
    lone_pair = len(chars) <= 30 and not any(char.isspace() for char in chars)
    reached: list[_Reached] = [{"start": _Step(0.0, 0, "start")}, *({} for _ in chars)]
    for start, ways_here in enumerate(reached):
        if not ways_here:
            continue
        first = start + 1 if chars[start : start + 1].isspace() else start
        before = {kind: _cheapest_before(kind, ways_here, first > start, lone_pair) for kind in KINDS}
        for end in _ends_of_pieces(chars, first):
            for kind, cost in _readings(chars[first:end], home):
                total, previous = before[kind][0] + cost, before[kind][1]
                known = reached[end].get(kind)
                if known is None or total < known.cost:
                    reached[end][kind] = _Step(total, start, previous)
    return _path_back(segment, reached)


def _cheapest_before(kind: Kind, ways: _Reached, apart: bool, lone_pair: bool) -> tuple[float, Kind]:
    """Return what it costs to get to a piece of this kind, and the kind of the piece before it."""
    costs = {previous: step.cost + _joint(previous, kind, apart, lone_pair) for previous, step in ways.items()}
    cheapest = min(costs, key=lambda previous: costs[previous])
    return costs[cheapest], cheapest


def _ends_of_pieces(chars: str, start: int) -> Iterator[int]:
    """Yield where a piece that starts here may end; only a name, whose characters are set apart, has several gaps."""
    gaps = letters = 0
    for end in range(start + 1, min(len(chars), start + MAX_TITLE) + 1):
        if chars[end - 1].isspace():
            gaps += chars[end - 1] != "\n"
            continue
        letters += 1
        if gaps > 1 and letters > MAX_NAME:
            return
        yield end


def _path_back(segment: Tracked, reached: list[_Reached]) -> list[Piece]:
    """Return the pieces of the cheapest path."""
    end = len(segment)
    if not reached[end]:
        return [Piece("unclear", segment)]
    ways_to_the_end = reached[end]
    kind = min(ways_to_the_end, key=lambda kind: ways_to_the_end[kind].cost)
    pieces: list[Piece] = []
    while end > 0:
        step = reached[end][kind]
        pieces.append(Piece(kind, segment[step.back : end].stripped()))
        end, kind = step.back, step.before
    return pieces[::-1]


def _with_single_blanks(text: Tracked) -> Tracked:
    """Replace every run of whitespace by one character.

    A line break if it contains one, else a narrow or wide space.
    """
    kept: list[int] = []
    chars: list[str] = []
    for run in BLANKS_OR_CHARACTER.finditer(text.chars):
        kept.append(run.start())
        chars.append(_one_character_for(run[0]))
    return Tracked("".join(chars), tuple(text.starts[i] for i in kept), tuple(text.ends[i] for i in kept))


def _one_character_for(run: str) -> str:
    if not run.isspace() or run == " ":
        return run
    return "\n" if "\n" in run else WIDE


@lru_cache(maxsize=50_000)
def _readings(written: str, home: str) -> tuple[tuple[Kind, float], ...]:
    """Return the possible kinds of a text with costs, cached since units repeat."""
    return tuple(_possible_readings(written, home))


def _possible_readings(written: str, home: str) -> Iterator[tuple[Kind, float]]:
    """Yield the possible kinds of a text with their costs."""
    wide, breaks = written.count(WIDE), written.count("\n")
    gaps = written.count(" ") + wide
    text = "".join(written.split())
    at_home = bool(home) and text.startswith(home)
    if len(text) <= MAX_NAME and not at_home:
        padded = len(text) == 2 and len(written) > 2
        apart = gaps + breaks == len(text) - 1 and not wide
        cost = name_cost(text) if gaps + breaks <= 1 or apart else None
        if cost is not None:
            yield "name", cost - 1.5 + (0.0 if padded else 0.7 if apart else 0.8 * gaps + 0.3 * breaks)
    broken = 4.0 * gaps + 0.3 * breaks
    if 2 <= len(text) <= MAX_UNIT and gaps <= 1:
        yield "unit", 0.04 * len(text) - 0.6 + broken + _oddness_of_unit(text, home, at_home)
    if 2 <= len(text) <= MAX_TITLE and gaps <= 1 and _is_a_title(text):
        yield "title", 0.04 * len(text) - 0.8 + broken + _oddness_of_title(text)
    if len(text) <= MAX_UNCLEAR:
        yield "unclear", 4.0 + 2.0 * len(text)


def _is_a_title(text: str) -> bool:
    """Return whether the text ends like a title.

    Its last character is checked first, because most texts fail there.
    """
    return text[-1] in LAST_OF_TITLES and TITLE_WORDS.fullmatch(text) is not None


def _oddness_of_unit(unit: str, home: str, at_home: bool) -> float:
    """Return the cost of a text as a unit (below 0: likely)."""
    oddness = 0.0 if looks_like_a_unit(unit) and unit != home else 3.0
    if _is_a_title(unit):
        oddness += 0.8
    if TWO_PLACES.fullmatch(unit):
        oddness += 1.2
    if len(unit) > 8 and TWO_OFFICES.fullmatch(unit):
        oddness += 5.0
    if unit.endswith("党组"):
        oddness += 1.0  # more often the beginning of a title: 县政协党组书记
    if PARTY_COMMITTEE.fullmatch(unit):
        oddness += 0.5  # more often the start of a title: 县委书记
    if not (at_home or STRONG_START.match(unit) or is_generic(unit)):
        oddness += 0.4 if len(unit) > 3 else 0.8
    return oddness - (0.6 if DEPARTMENT.fullmatch(unit) or (unit[-1] in "局司行队" and BRANCH.fullmatch(unit)) else 0.0)


def _oddness_of_title(title: str) -> float:
    """Return the cost of a text as a title (below 0: likely)."""
    if POST.fullmatch(title):
        return -0.6
    if "各" in title or title[0] in "会局委办部室院处厅长" or title.startswith("政府"):
        return 2.0
    if title in ("常委", "委员", "成员", "党组成员"):
        return 1.0
    return 1.0 if UNIT_AND_POST.fullmatch(title) else 0.0


def _joint(previous: Kind, kind: Kind, apart: bool, lone_pair: bool) -> float:
    """Return the cost of one kind following another.

    `lone_pair`: the list is short and has no spaces.
    """
    pair = (previous, kind)
    if apart:
        return APART.get(pair, 0.0 if previous in ("start", "name") else ANY_OTHER)
    if lone_pair and pair == ("name", "unit"):
        return NAME_BEFORE_UNIT_IN_A_LONE_PAIR
    return GLUED.get(pair, ANY_OTHER)
