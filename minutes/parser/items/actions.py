"""The actions of the meeting on a matter: 审议, 听取, 传达 …"""

from __future__ import annotations

import re

from minutes.parser.items.documents import blank_titles
from minutes.parser.source_text import Tracked
from minutes.parser.types import Field
from minutes.parser.vocabulary.verbs import ACTIONS, any_of

# 会议首先审议 · ，听取 · ：传达学习 (where a clause begins; in 并部署 the verb before counts)
ACTION = re.compile(
    r"(?:^|(?<=[，；、：]))(?:会议|会上，?)?(?:首先|还|并|分别|一并|进一步|再次|专题|集体|集中|书面|组织|安排)?"
    rf"(?!(?<=并)部署|(?<=并安排)部署)(?P<verb>{any_of(ACTIONS)})"
)
# 就防汛工作进行了部署 · 围绕经济运行作分析 (the verb follows the matter)
ACTION_BEHIND = re.compile(
    rf"(?:^|(?<=[，；：]))(?:会议|会上，?)?(?:就|对|围绕)[^，。；]{{2,40}}?(?:进行|作|做|开展)了?(?:专题|全面|安排|再)?(?P<verb>{any_of(ACTIONS)})"
)
# （审议）废止 · （研究）审定 · （传达学习）和贯彻落实 (a second verb right after the first)
SECOND_ACTION = re.compile(
    r"(?:和|并|及|、)?(?P<verb>废止|修订|修改|审议|审定|讨论|研究|部署|贯彻落实|听取)(?!(?:方案|稿|意见|建议)?[》的])"
)
# 关于《云川市公交管理办法》（云府〔2019〕36号）修订
TRAILING_ACTION = re.compile(r"》(?:（[^）]{0,30}）)?的?(?P<verb>修订|废止|修改)(?:事宜|问题|工作)?$")


def actions_of(title: Tracked) -> tuple[Field[str], ...]:
    """Return the actions on the matter, each verb once."""
    outside = blank_titles(title.folded)
    actions: dict[str, Field[str]] = {}
    for found in ACTION.finditer(outside):
        actions.setdefault(found["verb"], title.field(found, "verb"))
        if second := SECOND_ACTION.match(outside, found.end()):
            actions.setdefault(second["verb"], title.field(second, "verb"))
    if behind := ACTION_BEHIND.search(outside):
        actions.setdefault(behind["verb"], title.field(behind, "verb"))
    if trailing := TRAILING_ACTION.search(title.folded):
        actions.setdefault(trailing["verb"], title.field(trailing, "verb"))
    return tuple(actions.values())
