"""Who came: lists of units and names are cut where unit and name meet, however the lines were broken.

A list is read as the cheapest way to cut it into names, units and titles (a shortest path over its characters). The
cost of a cut says how much it looks like a name or a unit; blanks and punctuation say where a cut may be. So padded
names (王  岚), names broken over lines and units glued to names all come out alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from minutes.parser.names import TITLE_END, name_cost
from minutes.parser.organizations import DEPARTMENT, STRONG_START, is_generic, looks_like_a_unit
from minutes.parser.records import Attendee, Problem, Span
from minutes.parser.sections import AttendanceGroup
from minutes.parser.tracked import Tracked, joined

ROLES = (("请假", "apologies"), ("缺席", "apologies"), ("列席", "in_attendance"), ("", "present"))

# 市检察院、云川军分区的代表 · 市教育局、市民政局代表
REPRESENTATIVES = re.compile(r"(?P<units>[^。；]+?)(?:的|等单位的?|等)?(?:有关|相关)?代表(?:列席|参加)?[。；]?")
# 县发改局、县财政局主要负责同志 · 各乡镇负责人列席会议
IN_CHARGE = re.compile(
    r"(?P<units>[^。；：]+?)(?:的|等)?(?P<title>(?:主要|有关|相关|分管|单位|部门)*(?:负责人|负责同志|领导))(?:列席|参加|出席)?(?:了)?(?:会议|相关议题|有关议题)?[。；]?"
)
# （一）邀请列席： · 县直单位： · 第一至五议题：
SUBLABEL = re.compile(r"(?:（[一二三四五六七八九十]{1,2}）|\d{1,2}[.、])?(?P<label>[^：，。、\s]{0,16}?)：")
# （三）发改局王岚 (a number at the head of a line)
GROUP_NUMBER = re.compile(r"(?:(?<=\n)|\A)[ ]*(?:（[一二三四五六七八九十]{1,2}）|（?\d{1,2}[）.、])")
NOTE = re.compile(r"（(?P<text>[^（）]{0,40})）")
TITLE_WORDS = re.compile(rf".*{TITLE_END}")
# 县发改局副局长 · 县人大常委会副主任 (a unit and a post in it; not 县委副书记)
UNIT_AND_POST = re.compile(
    r"(?P<unit>[^、，]{1,20}?(?:局|(?<!党)委员会|常委会|办公室|部|院|中心|公司|集团|镇|乡|街道|街道办|政协|管委会|支队|大队|医院|学校|联|会|行|室|办|(?<![市县区省州党])委|庭|所|站))"
    r"(?P<post>(?:党组书记|党委书记|副|代|执行|主要)?(?:局长|行长|所长|站长|主任|部长|院长|检察长|经理|总经理|董事长|镇长|乡长|书记|主席|支队长|大队长|队长|校长|政委|负责人))"
)
# 局长 · 副主任
POST = re.compile(r"副?(?:局长|行长|所长|站长|主任|部长|院长|检察长|经理|总经理|董事长|镇长|乡长|主席|支队长|大队长|队长|校长|政委)|主要负责人|负责人")
# 区级各部门主要负责人列席有关议题
ATTENDED = re.compile(r"(?:列席|参加|出席)(?:了)?(?:会议|相关议题|有关议题|本议题)?$")
# 王岚等5人 · 等同志
AND_OTHERS = re.compile(r"等(?:同志|\d{1,3}人|人)?(?=$|[，。；])")

WIDE = "\t"
MAX_UNIT, MAX_NAME, MAX_TITLE = 26, 14, 30


@dataclass(frozen=True)
class Piece:
    """A stretch of a list, read as unit, name or title."""

    what: str
    text: Tracked


def attendance_of(groups: list[AttendanceGroup], home: str = "") -> tuple[tuple[Attendee, ...], tuple[Problem, ...]]:
    """Everyone the lists name, in their order, and what could not be read in them.

    `home` is the place that meets (云川): names of units often begin with it, names of people never do.
    """
    attendees: list[Attendee] = []
    problems: list[Problem] = []
    for group in groups:
        role = next(role for word, role in ROLES if word in group.label)
        for listing, unit in _listings(joined([line.raw for line in group.lines])):
            found, unclear = _read_listing(listing, role, home)
            if unit:
                found = [replace(one, organization=unit) if one.name and not one.organization else one for one in found]
            attendees += found
            problems += unclear
    return tuple(_each_once(attendees)), tuple(problems)


def _each_once(attendees: list[Attendee]) -> list[Attendee]:
    """The entries without those that a later list of the same meeting repeats."""
    seen, once = set(), []
    for attendee in attendees:
        key = (attendee.role, attendee.name, attendee.organization)
        if key not in seen:
            seen.add(key)
            once.append(attendee)
    return once


def _listings(text: Tracked) -> list[tuple[Tracked, str | None]]:
    """The lists of a group, each with the unit its sub-label names: cut at sentence ends, sub-labels, representatives."""
    parts: list[tuple[Tracked, str | None]] = []
    for part in text.parts("。；;"):
        start, unit = 0, None
        for label in _group_heads(part):
            parts.append((part[start : label.start()].stripped(), unit))
            start = label.end()
            unit = _unit_of_label("".join((label.groupdict().get("label") or "").split()))
        parts.append((part[start:].stripped(), unit))
    whole = [(_without_loose_brackets(part), unit) for part, unit in parts if part]
    return [(piece, unit) for part, unit in whole if part for piece in _representatives_apart(part)]


def _unit_of_label(label: str) -> str | None:
    """The unit that a sub-label names (政府办：), if it names one and not a group (县直单位：, 部门列席：)."""
    if len(label) < 3 or is_generic(label) or re.search(r"列席|出席|参加|议题|单位|部门|直|名单|人员|乡镇|街道$|同志|领导", label):
        return None
    return label if re.search(r"(?:局|办|委|院|办公室|中心|公司|集团)$", label) else None


def _without_loose_brackets(text: Tracked) -> Tracked:
    """The list without brackets around the whole of it, and without words that only say they attended."""
    ending = ATTENDED.search(text.folded)
    text = text[: ending.start()] if ending else text
    folded = text.folded
    if folded.startswith("（") and folded.endswith("）") and "（" not in folded[1:]:
        return text[1:-1].stripped()
    if folded.endswith("）") and folded.count("（") < folded.count("）"):
        return text[:-1].stripped()
    if folded.startswith("（") and folded.count("（") > folded.count("）"):
        return text[1:].stripped()
    return text


def _group_heads(text: Tracked) -> list[re.Match[str]]:
    """Where a group within the list begins: at a sub-label, or at a number at the head of a line."""
    heads = [*SUBLABEL.finditer(text.folded), *GROUP_NUMBER.finditer(text.folded)]
    starts: list[re.Match[str]] = []
    for head in sorted(heads, key=lambda found: (found.start(), -found.end())):
        if not starts or head.start() >= starts[-1].end():
            starts.append(head)
    return starts


def _representatives_apart(text: Tracked) -> list[Tracked]:
    """The list, the closing lines that end in 的代表 made a list of their own."""
    if not re.search(r"代表\s*$", text.folded):
        return [text]
    lines = text.lines()
    start = len(lines) - 1
    while start > 0 and _is_a_run_of_units(lines[start - 1]):
        start -= 1
    return [part for part in (joined(lines[:start]), joined(lines[start:])) if part]


def _is_a_run_of_units(line: Tracked) -> bool:
    """Whether the line lists units with 、 alone; lines of units and names have blanks."""
    written = line.chars.strip()
    return "、" in written and " " not in written


def _read_listing(text: Tracked, role: str, home: str) -> tuple[list[Attendee], list[Problem]]:
    compact = text.compact
    represented = REPRESENTATIVES.fullmatch(compact.folded)
    if represented:
        return _units_without_names(compact[: represented.end("units")], "represented", None), []
    in_charge = IN_CHARGE.fullmatch(compact.folded)
    if in_charge and all(looks_like_a_unit(unit) for unit in re.split("[、，]", in_charge["units"])) and " " not in text.chars.strip():
        title = compact.chars[in_charge.start("title") : in_charge.end("title")]
        return _units_without_names(compact[: in_charge.end("units")], "represented", title), []
    return _read_names(text, role, home)


def _units_without_names(text: Tracked, role: str, title: str | None) -> list[Attendee]:
    return [
        Attendee(role, None, part.chars.removesuffix("的"), title, None, part.span)
        for part in text.parts("、，")
        if part.chars
    ]


# 县委常委、副县长王岚，副县长沈一舟出席会议 · 县人大常委会副主任林望应邀参加会议 · 县审计局局长周禾列席
IN_PROSE = re.compile(
    r"(?P<who>[^。；]{2,400}?)(?:等(?:县领导|领导|同志)?)?(?P<how>应邀参加|应邀列席|邀请列席|出席|列席|参加|请假)(?:了)?(?:本次|此次)?(?:会议|相关议题|有关议题|(?=[，。；]))"
)
COLLECTIVE = re.compile(r".*(?:领导|负责人|负责同志|成员|班子|部门|单位|有关人员|与会)")


def attendance_in_prose(opening: Tracked, home: str = "") -> tuple[Attendee, ...]:
    """Everyone the opening says was there; groups that it does not name are left out."""
    attendees: list[Attendee] = []
    for sentence in opening.parts("。；"):
        if re.search(r"主持召开|召开.{0,30}会议", sentence.folded):
            continue
        for found in IN_PROSE.finditer(sentence.folded):
            who = sentence[found.start("who") : found.end("who")].stripped("，、 ")
            role = "apologies" if found["how"] == "请假" else "in_attendance" if "列席" in found["how"] or "应邀" in found["how"] else "present"
            for clause in who.parts("，"):
                if COLLECTIVE.fullmatch(clause.folded):
                    continue
                attendees += [a for a in _read_names(clause, role, home)[0] if a.name]
    return tuple(attendees)


# --- cutting a list of units and names ---------------------------------------------------------------------------


def _read_names(text: Tracked, role: str, home: str) -> tuple[list[Attendee], list[Problem]]:
    attendees: list[Attendee] = []
    problems: list[Problem] = []
    unit: Tracked | None = None
    title: Tracked | None = None
    named_before = False
    for segment, separator, notes in _segments(text):
        pieces = _cheapest_cut(segment, home)
        if not named_before and title is not None and separator == "、" and [piece.what for piece in pieces[:2]] == ["unit", "title"]:
            pieces = [Piece("title", _between(pieces[0].text, pieces[1].text, segment)), *pieces[2:]]
        if separator != "、":
            unit = title = None
        named = [piece for piece in pieces if piece.what == "name"]
        named_before = bool(named)
        if not named and len(pieces) == 2 and (pieces[0].what, pieces[1].what) == ("unit", "title"):
            attendees.append(_represented(pieces[0].text, pieces[1].text))
            continue
        if not named and pieces:
            if pieces[-1].what == "title":
                title = pieces[-1].text if title is None else _between(title, pieces[-1].text, text)
            for piece in pieces:
                if piece.what == "unclear":
                    problems.append(Problem("name-unclear", f"“{piece.text.compact.chars}”读不出单位和姓名，请核对原文", piece.text.span))
                elif piece.what == "unit":
                    unit = piece.text
            if pieces[-1].what == "unit" and separator != "、" and not _continues(text, segment):
                attendees.append(Attendee(role, None, unit.compact.chars, None, notes, unit.span))
            continue
        heads_this_name = False
        for index, piece in enumerate(pieces):
            if piece.what == "unit":
                unit, title, heads_this_name = piece.text, None, True
            elif piece.what == "title":
                follows_name = index > 0 and pieces[index - 1].what == "name" and (
                    index + 1 == len(pieces) or pieces[index + 1].what != "name"
                )
                after_unit = index > 0 and pieces[index - 1].what == "unit"
                if after_unit and unit and (index + 1 == len(pieces) or pieces[index + 1].what != "name"):
                    attendees.append(_represented(unit, piece.text))
                    unit = None
                elif follows_name and attendees and attendees[-1].title is None:
                    attendees[-1] = replace(attendees[-1], title=piece.text.compact.chars)
                else:
                    heads_this_name = True
                    title = piece.text if title is None or separator != "、" or index else _between(title, piece.text, text)
            elif piece.what == "name":
                note = notes if piece is named[-1] else None
                attendees.append(_attendee(role, piece.text, unit, title, note, own_name_only=not heads_this_name))
                heads_this_name = False
            else:
                problems.append(Problem("name-unclear", f"“{piece.text.compact.chars}”读不出单位和姓名，请核对原文", piece.text.span))
    return attendees, problems


def _represented(unit: Tracked, title: Tracked) -> Attendee:
    """An entry that names a unit and a post, but nobody: 各街道办事处主任."""
    return Attendee("represented", None, unit.compact.chars, title.compact.chars, None, unit.span)


def _attendee(
    role: str, name: Tracked, unit: Tracked | None, title: Tracked | None, note: str | None, own_name_only: bool
) -> Attendee:
    """An entry of the list; only the first name after a unit or title has these in its span."""
    organization = unit.compact.chars if unit else None
    post = title.compact.chars if title else None
    if unit is None and post and (split := UNIT_AND_POST.fullmatch(post)):
        organization, post = split["unit"], split["post"]
    span = name.span if own_name_only else Span(min(p.span.start for p in (unit, title, name) if p), name.span.end)
    return Attendee(role, name.compact.chars, organization, post, "".join(note.split()) if note else None, span)


def _between(first: Tracked, last: Tracked, whole: Tracked) -> Tracked:
    """The text from the first to the last of two parts of a whole, what stands between them included."""
    return whole[whole.starts.index(first.starts[0]) : whole.starts.index(last.starts[-1]) + 1]


def _continues(text: Tracked, segment: Tracked) -> bool:
    """Whether 、 follows the segment."""
    after = text.starts.index(segment.starts[-1]) + 1
    return text.folded[after:].lstrip()[:1] == "、"


def _segments(text: Tracked) -> list[tuple[Tracked, str, str | None]]:
    """The list cut at hard punctuation: each part, what stood before it (“、” or “”), and the note in brackets after it."""
    segments: list[tuple[Tracked, str, str | None]] = []
    folded, start, before, index = text.folded, 0, "", 0
    while index <= len(folded):
        char = folded[index] if index < len(folded) else "，"
        note = NOTE.match(folded, index) if char == "（" else None
        if note or char in "、，":
            part = text[start:index].stripped()
            if part:
                segments.append((part, before, text.chars[note.start("text") : note.end("text")] if note else None))
            before = "" if note or char == "，" else "、"
            index = start = note.end() if note else index + 1
            continue
        index += 1
    return segments


@dataclass(frozen=True)
class _Step:
    cost: float
    back: int
    what: str
    before: str


def _cheapest_cut(segment: Tracked, home: str) -> list[Piece]:
    """The segment as units, names and titles: the cheapest path over its characters."""
    segment = _with_single_blanks(segment)
    chars = segment.folded
    lone_pair = len(chars) <= 30 and not any(char.isspace() for char in chars)
    best: list[dict[str, _Step]] = [{"start": _Step(0.0, 0, "", "")}] + [{} for _ in chars]
    for start, reached in enumerate(best):
        if not reached:
            continue
        first = start + 1 if chars[start : start + 1].isspace() else start
        for end in range(first + 1, min(len(chars), first + MAX_UNIT + 4) + 1):
            if chars[end - 1].isspace():
                continue
            for what, cost in _readings(chars[first:end], home):
                for previous, step in reached.items():
                    total = step.cost + cost + _joint(previous, what, chars[start:first], lone_pair)
                    known = best[end].get(what)
                    if known is None or total < known.cost:
                        best[end][what] = _Step(total, start, what, previous)
    return _path_back(segment, best)


def _path_back(segment: Tracked, best: list[dict[str, _Step]]) -> list[Piece]:
    end = len(best) - 1
    if not best[end]:
        return [Piece("unclear", segment)]
    what = min(best[end], key=lambda kind: best[end][kind].cost)
    pieces: list[Piece] = []
    while end > 0:
        step = best[end][what]
        pieces.append(Piece(what, segment[step.back : end].stripped()))
        end, what = step.back, step.before
    return pieces[::-1]


def _with_single_blanks(text: Tracked) -> Tracked:
    """The text with every run of blanks as one character: a line break where one stands in it, else narrow or wide."""
    kept: list[int] = []
    chars: list[str] = []
    for run in re.finditer(r"\s+|\S", text.chars):
        kept.append(run.start())
        chars.append("\n" if "\n" in run[0] else run[0] if not run[0].isspace() else " " if run[0] == " " else WIDE)
    return Tracked("".join(chars), tuple(text.starts[i] for i in kept), tuple(text.ends[i] for i in kept))


def _readings(written: str, home: str) -> list[tuple[str, float]]:
    """What the characters may be, each with its cost."""
    wide, breaks = written.count(WIDE), written.count("\n")
    gaps = written.count(" ") + wide
    text = "".join(written.split())
    at_home = bool(home) and text.startswith(home)
    readings: list[tuple[str, float]] = []
    if len(text) <= MAX_NAME:
        cost = None if at_home else name_cost(text)
        padded = len(text) == 2 and len(written) > 2
        apart = gaps + breaks == len(text) - 1 and not wide
        if cost is not None and (gaps + breaks <= 1 or apart):
            readings.append(("name", cost - 1.5 + (0.0 if padded else 0.7 if apart else 0.8 * gaps + 0.3 * breaks)))
    if 2 <= len(text) <= MAX_UNIT and gaps <= 1:
        cost = 0.04 * len(text) - 0.6 + 4.0 * gaps + 0.3 * breaks
        cost += 0.0 if looks_like_a_unit(text) and text != home else 3.0
        cost += 0.0 if at_home or STRONG_START.match(text) or is_generic(text) else 0.4 if len(text) > 3 else 0.8
        cost -= 0.6 if DEPARTMENT.fullmatch(text) else 0.0
        readings.append(("unit", cost))
    if 2 <= len(text) <= MAX_TITLE and gaps <= 1 and TITLE_WORDS.fullmatch(text):
        odd = _oddness_of_title(text)
        readings.append(("title", 0.04 * len(text) - 0.8 + odd + 4.0 * gaps + 0.3 * breaks))
    if len(text) <= 12:
        readings.append(("unclear", 4.0 + 2.0 * len(text)))
    return readings


def _oddness_of_title(title: str) -> float:
    """What speaks against the characters being a title of their own, or for a bare post (below 0)."""
    if POST.fullmatch(title):
        return -0.6
    if "各" in title or title[0] in "会局委办部室院处厅长":
        return 2.0
    if title in ("常委", "委员", "成员", "党组成员"):
        return 1.0
    return 1.0 if UNIT_AND_POST.fullmatch(title) else 0.0


def _joint(previous: str, what: str, blank: str, lone_pair: bool) -> float:
    """The cost of one kind following another: a unit wants a name behind it, names stand apart from each other."""
    if blank:
        return {("name", "name"): 0.2, ("unit", "name"): 0.1, ("unit", "unit"): 4.0, ("title", "unit"): 3.0}.get(
            (previous, what), 0.0 if previous in ("start", "name") else 0.2
        )
    if (previous, what) == ("name", "unit"):
        return 3.0 if lone_pair else 1.6
    return {
        ("name", "name"): 5.0,
        ("name", "title"): 1.0,
        ("unit", "title"): 0.6,
        ("title", "title"): 3.0,
        ("unit", "name"): 0.0,
        ("unit", "unit"): 4.0,
        ("title", "unit"): 3.0,
    }.get((previous, what), 0.2)
