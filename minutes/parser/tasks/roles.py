"""Further actors of a task: partners (会同市气象局) and reviewers (报陈立审核)."""

from __future__ import annotations

import re

from minutes.parser.source_text import Tracked
from minutes.parser.tasks.actors import Mention, actors_from
from minutes.parser.tasks.signs import TOGETHER_WITHIN, VERB_BEHIND

# 审核 · 合法性审查 (part of other expressions)
REVIEWING = r"(?:进行)?(?:合法性|合规性|严格|初步|书面)?(?:审核|把关|审查|复核|审签)(?:把关)?"
# （会同市气象局）做好 · （会同县财政局），
BEHIND_JOINED = re.compile(rf"{VERB_BEHIND}|，|。|；|$|）|（|要|等")
# 经副市长陈立审核 · 报县司法局把关 · 经副市长陈立，秘书长左岸审核
REVIEW = re.compile(
    r"(?<![曾已])经(?=[^，。；]{2,30}，[^，。；]{2,20}?(?:审核|把关))"
    r"|(?:(?<![曾已])经(?!济|营|费|信|开|贸|发|济|常|过|验)|报请?|(?<![移报递])送(?![达检气水电])|交(?![易通警流付接办由])|交由|提交)(?=[^，。；]{2,30}?(?:审核|把关|审查|复核|审签|合法性))"
)
# 经副市长陈立审核后，市政府办公室印发 (before the actor who goes on then)
REVIEWED = re.compile(r"经(?=[^，。；]{2,30}?(?:审核|把关|审查|复核|审签|合法性))")
# （经副市长陈立）审核 · （报县司法局）合法性审查 · （经副市长陈立），秘书长左岸审核
BEHIND_REVIEWER = re.compile(rf"{REVIEWING}|，(?=[^，。；]{{2,20}}?{REVIEWING})")
# （县法制办）审查后报县委 · （市司法局）合法性审核后印发
REVIEWS_FIRST = re.compile(rf"{REVIEWING}(?:通过|同意)?后")
# （由副县长左岸）审核把关，提交县委常委会 (what a leader does to the document of another)
REVIEWS = re.compile(rf"{REVIEWING}(?=[，。]|$)")


def joined_within(text: Tracked, start: int, end: int) -> list[Mention]:
    """Return the partners named within the range."""
    return [
        mention
        for found in TOGETHER_WITHIN.finditer(text.folded, start, end)
        for mention in actors_from(text, found.end(), BEHIND_JOINED, charged=True)[0]
        if mention.end <= end
    ]


def reviewers_within(text: Tracked, start: int, end: int) -> list[Mention]:
    """Return the reviewers named within the range."""
    return [
        mention
        for found in REVIEW.finditer(text.folded, start, end)
        for mention in actors_from(text, found.end(), BEHIND_REVIEWER, people=True)[0]
        if mention.end <= end
    ]
