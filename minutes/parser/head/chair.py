"""The chair of the meeting: name and title, in either order."""

from __future__ import annotations

import re

from minutes.parser.source_text import Tracked
from minutes.parser.types import Chair
from minutes.parser.vocabulary.characters import canonical
from minutes.parser.vocabulary.dates import DATE_FORM
from minutes.parser.vocabulary.names import COST_OF_A_LIKELY_NAME, HAN, OF_NAMES, TITLE_END, name_cost

# 县委副书记、县长王岚在县政府会议室主持召开 · 王岚同志主持 · 会议由王岚主持 · 王岚召集县水务局召开专题会议
# 王岚召集县水务局，就堤防加固有关问题进行了专题研究 · 区长王岚先后主持召开
# 市长王岚昨天主持召开 · 县长王岚3月5日主持召开
CHAIRED = re.compile(
    rf"(?P<who>[^。；：]{{2,60}}?)(?:同志)?(?:{DATE_FORM}|\d{{1,2}}日|[今昨][日天]|近日|日前)?(?:上午|下午|晚上?)?(?:在[^，。由]{{2,32}})?，?(?:共同|联合|先后|分别|亲自)?"
    r"(?:主持(?:召开)?|组织召开|召集(?=[^人。][^。]{0,160}(?:召开|开会|研究|协调)))"
)
# 主持 · 组织召开 · 召集
VERB_OF_THE_CHAIR = re.compile(r"主持|组织召开|召集(?!人)")
# Longer than what CHAIRED may match before 主持.
BEFORE_CHAIRED = 100
# The chair may be named within this many characters of the opening.
BEHIND_THE_MEETING = 600

# 市政府召开第12次常务会议。会议由市长王岚主持。 · 会议受市长王岚委托，由副市长沈一舟主持，
# 第12次会议在县政府召开，市长王岚主持会议并讲话
CHAIRED_BEHIND = re.compile(
    r"(?<=[，。])(?:(?:本次|此次)?会议)?(?:受[^，。]{2,20}委托，?)?[^，。；：]{2,40}主持(?=[，。；]|了?(?:本次|此次)?会议|并|$)"
)
# 副市长沈一舟在市政府会议室就堤防加固工作召开专题会议 · 副市长沈一舟召集市水务局、市财政局负责人，专题研究
# 副市长沈一舟到北渚水库察看堤防加固情况，并召开现场办公会 · 副秘书长周禾受副市长沈一舟委托，在市政府召开会议
CALLED = re.compile(
    rf"(?P<who>[^，。；：]{{0,40}}?{TITLE_END}[{OF_NAMES}·]{{2,14}}?)(?:同志)?"
    r"(?:受[^，。]{2,20}委托，?)?(?:(?:到|赴|深入|前往|率)[^，。]{2,60}，(?:并|随后)?)?(?:在[^，。]{2,32}?)?(?:就[^，。]{2,40}?)?(?:召开|召集)"
)

# 王  岚 (a name of two characters, set as wide as one of three)
SPREAD_NAME = re.compile(rf"(?<![{OF_NAMES}])([{OF_NAMES}])\s+([{OF_NAMES}])(?![{OF_NAMES}])")

# Words before the name to be removed, in this order.
BEFORE_THE_NAME = (
    # 本报讯市长王岚
    re.compile(r"[\u4e00-\u9fff]{2,8}讯"),
    # 2021年3月5日（星期五）县长王岚
    re.compile(rf".*?{DATE_FORM}(?:（[^）]*）)?"),
    # 下午3时30分，县长王岚
    re.compile(r"(?:上午|下午|晚上?|中午)?\d{0,2}[时点]?\d{0,2}分?，?"),
)
# 受县长王岚委托，由常务副县长沈一舟主持召开 · 受王岚县长的委托，
ON_BEHALF = re.compile(r"受.{2,20}?委托，?由?")
# 市政府副秘书长王岚受副市长沈一舟委托
BEFORE_ON_BEHALF = re.compile(r"(?P<who>.{4,40})受[^，]{2,20}委托$")
# 会议由王岚 · 由王岚 · 在县水务局由王岚
BY = re.compile(r"(?:会议|本次会议)?(?:在[^，。由]{2,32})?由")

# 县委副书记、县长王岚
TITLE_THEN_NAME = re.compile(rf"(?P<title>.*{TITLE_END}[）]?)(?P<name>[{OF_NAMES}·]{{2,14}}?)")
# 王岚副县长
NAME_THEN_TITLE = re.compile(rf"(?P<name>[{OF_NAMES}·]{{2,14}}?)(?P<title>(?:代|副|常务副)?{TITLE_END})")
# 县政府办公室王岚主任 · 县水务局沈一舟副局长 (the unit is not of the name)
UNIT_NAME_TITLE = re.compile(
    rf"[\u4e00-\u9fff]{{2,20}}(?:局|委|办|厅|办公室|政府|院|公司|集团|[镇乡]|街道|中心|管委会)(?P<name>[{OF_NAMES}]{{2,3}})(?P<title>副?{TITLE_END})"
)
# 县安委会主任王岚副局长 (a post before the name and one behind it)
NAME_BETWEEN_TITLES = re.compile(rf"(?P<title>.*{TITLE_END})(?P<name>[{OF_NAMES}]{{2,3}}?)(?:常务)?副?{TITLE_END}")
# 王岚（县长）
NAME_THEN_BRACKETS = re.compile(rf"(?P<name>[{OF_NAMES}·]{{2,14}}?)（(?P<title>[^（）]{{2,40}})）")

# 县委副书记、县长 (in 县委副书记、县长，县安委会主任王岚 one more post of the same person)
ONLY_POSTS = re.compile(rf"[\u4e00-\u9fff、]{{1,40}}?{TITLE_END}")
# 县委书记王岚、县长沈一舟 (two people; 县委副书记、县长沈一舟 is one)
TWO_PEOPLE = re.compile(rf".*?{TITLE_END}(?P<first>[{OF_NAMES}]{{2,3}})(?:同志)?[、和].*{TITLE_END}[{OF_NAMES}]{{2,3}}")

# With a title before it, even a rare surname is certain; without one the name itself must be likely.
COST_BEHIND_A_TITLE, COST_ALONE = 6, 3


def chair_of(about: Tracked) -> Chair | None:
    """Return the chair, with the title before or after the name."""
    who = _chair_words(about)
    return name_and_title(who) if who else None


def chair_clause(about: Tracked, opening: Tracked) -> Tracked:
    """Return the clause that names the chair."""
    if VERB_OF_THE_CHAIR.search(about.folded):
        return about
    behind = CHAIRED_BEHIND.search(opening.folded, 0, BEHIND_THE_MEETING)
    return opening[behind.start() : behind.end()] if behind else about


def _chair_words(about: Tracked) -> Tracked | None:
    """Return the words before 主持, without date, place and 受…委托."""
    chaired = VERB_OF_THE_CHAIR.search(about.folded)
    found = CHAIRED.search(about.folded, max(0, chaired.start() - BEFORE_CHAIRED)) if chaired else None
    found = found or CALLED.search(about.folded)
    if not found:
        return None
    who = about[found.start("who") : found.end("who")]
    for pattern in BEFORE_THE_NAME:
        if before := pattern.match(who.folded):
            who = who[before.end() :].stripped("，, ")
    if before := BEFORE_ON_BEHALF.fullmatch(who.folded):
        who = who[: before.end("who")]
    elif behalf := ON_BEHALF.search(who.folded):
        who = who[behalf.end() :]
    return _last_clause(who)


def chair_behind_label(spaced: Tracked) -> Chair | None:
    """Return the chair after the label 主持：; spaces are kept."""
    return name_and_title(spaced.compact) or _separated_by_space(spaced)


def name_and_title(who: Tracked) -> Chair | None:
    """Return a person with a title before or after: 王岚县长, 县委副书记、县长王岚, 王岚同志."""
    who = who[: len(who.folded.removesuffix("同志"))]
    folded = who.folded
    if not who or len(who) > 60 or _are_two(folded):
        return None
    before = TITLE_THEN_NAME.fullmatch(folded)
    if before and _may_be_a_name(before["name"], COST_BEHIND_A_TITLE):
        return Chair(_name(who, before), who.chars[: before.end("title")], who.span)
    between = NAME_BETWEEN_TITLES.fullmatch(folded)
    if between and _may_be_a_name(between["name"], COST_ALONE):
        return Chair(_name(who, between), who.chars[: between.end("title")], who.span)
    after = NAME_THEN_TITLE.fullmatch(folded)
    if after and _may_be_a_name(after["name"], COST_ALONE):
        return Chair(_name(who, after), who.chars[after.start("title") :], who.span)
    of_unit = UNIT_NAME_TITLE.fullmatch(folded)
    # After a unit, whose end may look like a name, only common surnames count.
    if of_unit and _may_be_a_name(of_unit["name"], COST_OF_A_LIKELY_NAME):
        return Chair(_name(who, of_unit), who.chars[of_unit.start("title") :], who.span)
    if bracketed := NAME_THEN_BRACKETS.fullmatch(folded):
        return Chair(_name(who, bracketed), who.chars[bracketed.start("title") : bracketed.end("title")], who.span)
    if HAN.fullmatch(folded) and _may_be_a_name(folded, COST_ALONE):
        return Chair(canonical(who.chars), None, who.span)
    return None


def _name(who: Tracked, found: re.Match[str]) -> str:
    return canonical(who.chars[found.start("name") : found.end("name")])


def several_chairs(about: Tracked) -> Tracked | None:
    """Return the text naming two chairs, if there are two."""
    who = _chair_words(about)
    return who if who and _are_two(who.folded) else None


def _are_two(folded: str) -> bool:
    found = TWO_PEOPLE.fullmatch(folded)
    return found is not None and _may_be_a_name(found["first"], COST_BEHIND_A_TITLE)


def _separated_by_space(spaced: Tracked) -> Chair | None:
    """Return a person whose name and title are separated by a space: 王岚  县长."""
    text = spaced.stripped()
    parts = SPREAD_NAME.sub(r"\1\2", text.chars).split()
    if len(parts) < 2:
        return None
    for name, title in ((parts[0], parts[1:]), (parts[-1], parts[:-1])):
        if _may_be_a_name(name, COST_ALONE):
            return Chair(name, "".join(title), text.span)
    return None


def _may_be_a_name(text: str, limit: float) -> bool:
    cost = name_cost(text)
    return cost is not None and cost < limit


def _last_clause(who: Tracked) -> Tracked:
    """Return the last clause with preceding posts of the same person, without 会议由."""
    who = who.stripped("，, ")
    comma = who.folded.rfind("，")
    while comma > 0 and ONLY_POSTS.fullmatch(who.folded, who.folded.rfind("，", 0, comma) + 1, comma):
        comma = who.folded.rfind("，", 0, comma)
    who = who[comma + 1 :]
    by = BY.match(who.folded)
    return who[by.end() :] if by else who
