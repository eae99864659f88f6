"""Split a paragraph into clauses at its punctuation."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from minutes.parser.vocabulary.names import name_cost

# （县住建局牵头，县财政局配合） · （责任单位：县教育局） (brackets that say who does it, and are read)
ASSIGNS = re.compile(r"（[^（）]{0,80}?(?:牵头|负责|配合|(?:责任|配合|牵头)(?:单位|部门|领导)：)[^（）]{0,60}）")
# 责任单位： · 配合单位市财政局 (a label begins a clause, and what it labels another)
LABELS = re.compile(
    r"(?:责任|牵头|主办|承办|主责|落实|配合|协办|参与|协助|包联|分管)(?:单位|部门|领导|人)(?:及责任人)?(?:：|为：|(?=[市县区州][\u4e00-\u9fff]{1,8}[局委办]))|完成时限："
)
# 由县气象局牵头、县司法局、县公安局配合， · 由县民政局审核、县财政局拨付
LIST_OF_DUTIES = re.compile(
    r"(?<=牵头|负责)、(?=[\u4e00-\u9fff、]{2,40}?(?:配合|参与|协助)[，。；])"
    r"|(?<=审核|把关|初审)、(?=[\u4e00-\u9fff]{2,12}?[局办委心](?:拨付|兑付|发放|印发|审定|备案|复核))"
)
# 一是 · 二要 · （三） · 4. · ⑤ · 首先， (a new point)
POINT = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,2}(?:是(?!否)|要(?!求)|、)|（[一二三四五六七八九十\d]{1,2}）、?|\d{1,2}[.．、）](?!\d)|[①-⑳]|(?:首先|其次|再次|最后)，)"
)
# 会议要求， · 会议明确 · 会议原则同意 (another statement of the meeting)
MEETING = re.compile(
    r"(?:会议|经研究|会上)，?(?:还|同时|最后|一致|研究|讨论|审议|原则上?|认真|并){0,3}，?"
    r"(?:要求|强调|指出|认为|明确|决定|议定|确定|同意|通过|商定|提出|部署|听取|审议|学习|传达|研究)?(?:了)?(?:如下)?[，：]?"
)
# 王岚要求各镇 · 沈一舟市长强调全县各级各部门 · 于孚同志在讲话中要求各有关单位
SPEAKER = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,4}?)(?:(?:常务)?副?[市县区州镇乡局][长]|书记|主任|同志)?(?:在[^，。；]{0,10}?[中时上])?"
    r"(?:最后|再次|同时|还|并)?(?:要求|强调|指出)(?=全[市县区镇乡州]|各|[市县区镇]?(?:相关|有关)|[\u4e00-\u9fff]{0,6}班子)"
)
# 下一步， · 同时， · 会后 (words before an order that say nothing of the matter)
BEFORE = re.compile(
    r"(?:(?:今年|明年|\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日|底|[上中下]旬)?|年底|[本下]?月底|[本下]周[一二三四五六日末]?|春节|汛期|开学)(?:之|以)?前(?=由|请|责成|[市县区各有相]|[\u4e00-\u9fff]{2,8}(?:局|委|办|镇|乡|街道|公司|中心|部门|单位))|下一?步(?:工作)?|下一?阶段|接下来|当前|目前|近期|今后|同时|此外|另外|会后|其中|特别是|尤其是|并且?|但|对此|为此|因此|具体|原则上?同意|同意|研究决定|决定|现场|本次会议后|此次|要求(?=[市县区各有相分镇乡]|(?:建设|施工|监理|责任|项目|参建)单位|物业|研究室|[\u4e00-\u9fff]{2,10}?(?:局|委|办|镇|乡|街道|政府|公司|中心|部门|单位|站|所|研究室|科室|处室|专委会|工委)(?!有))|明确(?=[由市县区各])|(?:强调|指出)(?=全[市县区镇乡州](?!市|县|区|镇|乡|州)|各)|会议后|必要时|也|又|再|还|且|即|，)+"
)

# 《云川市节水条例》 (what closes a title or a quotation)
CLOSING_MARK = re.compile(r"[》”）]")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause; `mark` is the punctuation before it ("" at the paragraph's start).

    `point`: it starts a new point (一是, 会议要求). `words` is the offset of its first own word. `half_sentence` is
    the range between the nearest 。 or ； on both sides, `sentence_end` the position of the next 。.
    """

    start: int
    end: int
    mark: str
    point: bool
    words: int
    half_sentence: tuple[int, int]
    sentence_end: int


def clauses_of(folded: str) -> list[Clause]:
    """Return the clauses of a paragraph in order."""
    read = {place for found in ASSIGNS.finditer(folded) for place in (found.start(), found.end() - 1)}
    inside = _within_marks(folded, read)
    labels = {place for found in LABELS.finditer(folded) for place in found.span()}
    duties = {found.start() for found in LIST_OF_DUTIES.finditer(folded)}
    halves = [place for place, char in enumerate(folded) if char in "。；"]
    sentences = [place for place in halves if folded[place] == "。"]
    clauses, start, mark = [], 0, ""
    for place in [*range(len(folded)), len(folded)]:
        is_mark = place < len(folded) and (
            place in read or place in duties or (folded[place] in "，。；：！？" and not inside[place])
        )
        if not is_mark and place < len(folded) and place not in labels:
            continue
        if place > start:
            clauses.append(_clause(folded, start, place, mark, halves, sentences))
            mark = ""
        if is_mark and not (mark and mark in "。；"):
            # Once a sentence has ended, it stays so, whatever follows its mark.
            mark = "，" if place in duties else folded[place]
        start = place + 1 if is_mark else place
    return clauses


def _clause(folded: str, start: int, end: int, mark: str, halves: list[int], sentences: list[int]) -> Clause:
    """Return the clause; `halves` and `sentences` are their end positions."""
    point = POINT.match(folded, start, end)
    meeting = MEETING.match(folded, point.end() if point else start, end)
    if not meeting:
        speaker = SPEAKER.match(folded, point.end() if point else start, end)
        meeting = speaker if speaker and _may_be_a_name(speaker["name"]) else None
    words = meeting.end() if meeting else point.end() if point else start
    before = BEFORE.match(folded, words, end)
    half_sentence = _stretch_around(start, halves, len(folded))
    _, sentence_end = _stretch_around(start, sentences, len(folded))
    return Clause(
        start, end, mark, bool(point or meeting), before.end() if before else words, half_sentence, sentence_end
    )


def _may_be_a_name(name: str) -> bool:
    cost = name_cost(name)
    return cost is not None and cost < 2.0


def _stretch_around(place: int, stops: list[int], length: int) -> tuple[int, int]:
    """Return the range between the nearest stops around a position."""
    index = bisect_left(stops, place)
    return stops[index - 1] + 1 if index else 0, stops[index] if index < len(stops) else length


def _within_marks(folded: str, read: set[int]) -> list[bool]:
    """Return for each character whether it is within 《》, “” or ignored brackets."""
    inside, depth = [], 0
    for place, char in enumerate(folded):
        if place in read:
            inside.append(depth > 0)
            continue
        if char in "《“（":
            depth += 1
        elif char == "。" and depth and _unclosed(folded, place):
            depth = 0
        inside.append(depth > 0)
        if char in "》”）":
            depth = max(0, depth - 1)
    return inside


def _unclosed(folded: str, place: int) -> bool:
    """Return whether a bracket opened before a full stop is not closed nearby.

    Then its closing mark was lost.
    """
    return CLOSING_MARK.search(folded, place, place + 120) is None
