"""Determine the body from who held the meeting, where no government is named in full."""

from __future__ import annotations

import re
from collections.abc import Iterable

from minutes.parser.head.body import GENERIC_PLACE, NOT_A_PLACE, WORDS_OF_SENTENCES
from minutes.parser.source_text import Tracked
from minutes.parser.types import Chair, Field, Problem

# 3月5日，云川市召开防汛工作会议 · 北渚镇召开党委会 · 云川高新区党工委召开扩大会议 · 南屏县人大常委会召开主任会议
# 北渚村两委召开会议 · 东浦街道举行座谈会 · -云川市召开防汛会议
HELD_BY = re.compile(
    r"(?:^-?|[，日：）]|[上下]午，?)(?P<place>(?:(?!召开|举行|主持)[\u4e00-\u9fff]){1,8}?(?P<level>[省市县区州旗镇乡村]|街道|社区))"
    r"(?P<organ>人大常委会|政协|纪委监委|纪委|党工委|党委|委员会|委|管委会|办事处|党总支|党支部|“?两委”?|村?委会|人大)?(?:党[组委])?"
    r"(?:在[^，。；]{2,24})?(?:组织(?:全体)?[^，。；]{0,8}|隆重|专题)?(?:召开|举行)"
)
# 南屏县第十六届人民代表大会第四次会议主席团召开第二次会议
# 3月5日，北渚大学召开校长办公会议 · 云川城投公司党委召开会议 · 云川市水务局召开安全生产会议
UNIT_HELD = re.compile(
    r"(?:^|[，日：）]|[上下]午，?)(?P<unit>(?:(?!召开|举行|主持)[\u4e00-\u9fff（）]){2,24}?"
    r"(?:大学|学院|学校|中学|小学|医院|公司|集团|次会议主席团|(?<=[省市县区州旗镇乡].{2})局|(?<=[省市县区州旗镇乡].{3})局|指挥部|领导小组|委员会))(?:党组|党委|党总支)?"
    r"(?:在[^，。；]{2,24})?(?:组织(?:全体)?[^，。；]{0,8}|隆重|专题)?(?:召开|举行)"
)
# 3月5日，云川市防汛工作推进会召开 · 云川市开发区高质量发展座谈会在市政府礼堂举行 (whose place begins its name)
CALLED_AFTER_ITS_PLACE = re.compile(
    r"(?:^|[，日：）]|[上下]午，?)(?P<place>(?:(?!召开|举行|主持)[\u4e00-\u9fff]){1,6}?(?P<level>[市县区州旗镇乡](?![市县区州旗])|街道))"
    r"(?!委|政府|政协|人大|纪委|党|(?:第[^，。]{1,6}届)?人民代表大会)[^，。；：]{2,30}?会议?(?:在[^，。；]{2,24})?(?:顺利|隆重)?(?:召开|举行)"
)
# 2月8日，南屏镇第十五届人民代表大会第一次会议在镇政府召开 (the congress itself)
CONGRESS = re.compile(
    r"(?:^|[，日：）]|[上下]午，?)(?P<place>(?:(?!召开|举行|主持)[\u4e00-\u9fff]){1,8}?[省市县区州旗镇乡])"
    r"(?:第[^，。]{1,6}届)?(?P<organ>人民代表大会)第[^，。]{1,4}次会议(?!主席团)[^，。；]{0,24}(?:召开|举行)"
)
# 云川市新型肺炎防控指挥部第二次会议召开
# 南屏县安委会第2次全体会议召开 · 云川市防汛抗旱指挥部会议在市应急局举行
GROUP_BEHIND = re.compile(
    r"(?:^|[，日：）]|[上下]午，?)(?P<unit>(?:(?!召开|举行|主持)[\u4e00-\u9fff（）]){3,24}?(?:指挥部|领导小组|委员会|安委会|食安委|防指|规委会|联席会议))"
    r"(?:(?:(?:19|20)\d\d年)?度?(?:第[^，。；]{1,4}次|[一二三四]季度)?(?:工作|全体|成员|专题|（?扩大）?|主任|调度)*会议?(?:在[^，。；]{2,24})?(?:召开|举行))"
)
# 召开了云川生态园建设协调指挥部工作会议 · 举行北渚新区开发领导小组第2次会议 (the group that met)
GROUP_MET = re.compile(
    r"(?:召开|举行)了?(?P<unit>(?:(?!召开|举行|主持|[市县区][^，。；]{0,2}级)[\u4e00-\u9fff（）]){5,24}?(?:指挥部|领导小组))"
    r"(?:第[^，。；]{1,4}次)?(?:工作|全体|成员|专题|扩大)?会议?"
)
# 全县领导小组 · 县水务局 · 会议听取了市公司 (no full name of a unit)
NO_FULL_NAME = re.compile(r"^(?:[全各本我]|[省市县区旗州镇乡])|会议(?!主席团)|会[在，]|暨|了|(?<!感染)的|在")
# 北渚镇党委书记王岚主持召开党委会 · 南屏县委书记王岚 · 云川高新区党工委副书记、管委会主任 (whose post names the body)
POST_OF_THE_CHAIR = re.compile(
    r"(?P<place>(?:(?!省|市)[\u4e00-\u9fff]){1,6}?(?P<level>[市县区州旗镇乡]|街道))(?P<organ>党委|党工委|委|管委会|办事处)(?:副?书记|常委|委员|主任)"
)
# 市委副书记、市长 · 常务副县长
HEADS_A_GOVERNMENT = re.compile(r"(?:^|、|政府)(?:常务)?[副代]?[省市州县区旗镇乡]长")
# 县委书记 · 党工委书记
HEADS_A_PARTY = re.compile(r"(?:委|党工委)书记")
TOWNS = ("镇", "乡", "街道")
PARTY = ("党委", "党工委", "委")
OF_THE_PARTY = ("党委会议", "党工委会议", "常委会会议", "常委会议", "书记办公会议", "委员会议")
OF_THE_GOVERNMENT = ("常务会议", "办公会议", "主任办公会议", "专题会议", "现场办公会议")


def group_that_met(about: Tracked) -> Field[str] | None:
    """Return the committee or congress that the sentence on the meeting names as meeting."""
    congress = CONGRESS.search(about.folded)
    if congress and _is_a_place(congress["place"]):
        return about.field_as(congress["place"] + congress["organ"], congress)
    group = GROUP_MET.search(about.folded) or GROUP_BEHIND.search(about.folded)
    return about.field(group, "unit") if group and not NO_FULL_NAME.search(group["unit"]) else None


def body_of_holder(
    about: Tracked, head: Iterable[Tracked], chair: Chair | None, kind: str | None
) -> tuple[Field[str] | None, list[Problem]]:
    """Return the body that is said to hold the meeting, and a problem if only its place is named."""
    for text in (about, *head):
        if (unit := UNIT_HELD.search(text.folded)) and not NO_FULL_NAME.search(unit["unit"]):
            return text.field(unit, "unit"), []
        if group := group_that_met(text):
            return group, []
        holder = HELD_BY.search(text.folded) or CALLED_AFTER_ITS_PLACE.search(text.folded)
        if holder and _is_a_place(holder["place"]):
            return _body_of(text, holder, chair, kind)
    post = POST_OF_THE_CHAIR.search(chair.title) if chair and chair.title else None
    if chair and post and _is_a_place(post["place"]):
        if (kind in OF_THE_PARTY) == (post["organ"] in PARTY):
            return Field(post["place"] + post["organ"], chair.span), []
        if post["level"] in TOWNS:
            government, _ = _bodies_of(post["place"], post["level"])
            message = f"原文没有写明会议主体，由主持人的职务推断为{government}"
            return Field(government, chair.span), [Problem("body-inferred-from-text", message, chair.span)]
    return None, []


def _is_a_place(place: str) -> bool:
    """Return whether the words may be a place's name: 云川高新区, but not 全县 or 高新区."""
    if len(place) <= len("高新区") and GENERIC_PLACE.search(place):
        return False
    return not NOT_A_PLACE.search(place) and not WORDS_OF_SENTENCES.search(place)


def _body_of(
    text: Tracked, holder: re.Match[str], chair: Chair | None, kind: str | None
) -> tuple[Field[str] | None, list[Problem]]:
    """Return the body of a place, by the kind of the meeting and the post of its chair."""
    if holder.groupdict().get("organ"):
        return text.field_as(text.chars[holder.start("place") : holder.end("organ")], holder), []
    place = text.chars[holder.start("place") : holder.end("place")]
    government, party = _bodies_of(place, holder["level"])
    post = chair.title or "" if chair else ""
    of_party = kind in OF_THE_PARTY
    of_government = kind in OF_THE_GOVERNMENT or HEADS_A_GOVERNMENT.search(post) is not None
    span = text.span_of(holder, "place")
    if not of_party and not of_government and HEADS_A_PARTY.search(post):
        message = f"原文没有写明会议主体，可能是：{government}、{party}，请选择"
        return None, [Problem("body-uncertain", message, span)]
    name = party if of_party else government
    message = f"原文只写地名“{place}”，推断会议主体为{name}"
    code = "body-inferred" if of_party or of_government else "body-inferred-from-text"
    return Field(name, span), [Problem(code, message, span)]


def _bodies_of(place: str, level: str) -> tuple[str, str]:
    """Return the names of government and party of a place."""
    if level == "街道":
        return f"{place}办事处", f"{place}党工委"
    if level in ("村", "社区"):
        return f"{place}{'村民' if level == '村' else '居民'}委员会", f"{place}党支部"
    if place.endswith(("开发区", "高新区", "新区", "园区", "示范区")):
        return f"{place}管委会", f"{place}党工委"
    return f"{place}人民政府", f"{place}{'党' if level in '镇乡' else ''}委"
