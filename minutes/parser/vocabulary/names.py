"""Personal names, and the titles beside them."""

from __future__ import annotations

import re

from minutes.parser.vocabulary.departments import DEPARTMENT_WORD
from minutes.parser.vocabulary.surnames import COMMON_SURNAMES, COMPOUND_SURNAMES, RARER_SURNAMES, WORDS_OF_NAMES

# Characters of names, including rare and private-use ones: 𬭎 in 王𬭎.
OF_NAMES = r"\u3400-\u9fff\ue000-\uf8ff\U00020000-\U0003ffff\U000f0000-\U0010ffff"
# 沈一舟
HAN = re.compile(rf"[{OF_NAMES}〇]+")

# Characters of office names that never, or rarely, occur in given names.
NEVER_GIVEN = frozenset("局委办厅院处镇街队所厂署届副")
SELDOM_GIVEN = frozenset(
    "科区县乡站会社司校省州旗盟题席室职责任员级次项税银铁款资党团企总和与及等各无不在由对将是了市村厅府场馆库庭"
)
# 代表 · 职务 · 财政 · 和发改 (words of lists that look like names; 文明 may be one)
NO_NAMES = re.compile(
    rf"(?!文明$)[和与及]?(?:{DEPARTMENT_WORD})|[^领]{{0,2}}领导|常务|同志|单位|姓名|职务|序号|备注|.{{0,2}}代表"
    r"|党组|党委|党政|党群|企业|人员|部门|有关|全体|以上|参加|专家|记者|媒体|群众|干部|职工"
    r"|会议|成员|党员|委员|.?(?:纪检|监察).?|[正副]职|组织|宣传|统战|政法|纪检|纪委|武装|人武"
)
# 县委常委、常务副县长王岚 · 党组成员李望 · 二级调研员周禾 (how a title ends, part of other expressions)
TITLE_END = (
    r"(?:省长|市长|区长|县长|州长|旗长|盟长|镇长|乡长|局长|厅长|处长|科长|院长|校长|行长|部长|所长|站长|队长|支队长"
    r"|大队长|会长|团长|社长|台长|馆长|股长|园长|场长|段长|总经理|经理|总裁"
    r"|董事长|秘书长|检察长|主任委员|主任|书记|主席|专员|组长|委员|常委|调研员|政委|司令员|参谋长|关长|巡视员|督查专员|督导员"
    r"|总工程师|工程师|总工|总规划师|总经济师|总会计师|总监|顾问|律师|教授|研究员"
    r"|党组成员|党委委员|主任科员|负责人|负责同志|主要负责同志|分管负责同志|理事长|指导员|教导员|政治委员|政治协理员|调度长"
    r"|厂长|村长|指挥长|总指挥|主持工作|助理|司令|会长|秘书|召集人|级干部|干事|科员|记者)"
)

# 纪委书记 · 组织委员 · 武装部长 · 人大主席 (posts of the leaders of a town, who are listed without a unit)
POST_OF_A_TOWN = (
    r"(?:党[委工]{1,2}委员、|党[委工]{1,2}副?书记、)?(?:人大(?:副主席|主席)|纪委副?书记|纪检(?:副书记|书记|委员|专干)|(?:组织|宣传|统战|政法|武装|纪检)委员"
    r"|(?:人民)?武装部(?:副部长|部长|长)|人武部副?部长|政协联络组长|四级主任科员|三级主任科员)"
)

# 副市长 · 秘书长 (a title, however much it looks like a name)
IS_A_TITLE = re.compile(rf"(?:常务)?[副代]?{TITLE_END}")
LONGEST_RUN_OF_NAMES = 30
COST_OF_A_LIKELY_NAME = 1.0
COST_OF_AN_OFFICE = 4.5


def name_cost(name: str) -> float | None:
    """Return the cost of the text as a person's name (0 is best), or None."""
    if "·" in name:
        if not 4 <= len(name) <= 14 or name.startswith("·") or name.endswith("·") or not NEVER_GIVEN.isdisjoint(name):
            return None  # 管委会艾山·买买提
        # The longer, the less likely: 会 in 管委会艾山·买买提 belongs to the unit.
        return 0.25 + 0.05 * len(name)
    if 4 <= len(name) <= 7 and _is_made_of_words(name):
        return 0.3
    if not 2 <= len(name) <= 4 or not HAN.fullmatch(name) or not NEVER_GIVEN.isdisjoint(name):
        return None
    if NO_NAMES.fullmatch(name) or name.startswith(("各", "武警")) or IS_A_TITLE.fullmatch(name):
        return None
    if IS_A_TITLE.fullmatch(name, 1):
        return None  # 张主任 names nobody in full
    # 王广部 may be a name behind a title only: 武装部, 商务部.
    of_an_office = COST_OF_AN_OFFICE if "部" in name else 0
    return _surname_cost(name) + of_an_office + 1.2 * sum(char in SELDOM_GIVEN for char in name[1:])


def is_a_likely_name(text: str | None) -> bool:
    """Return whether the characters are likely one person's name."""
    cost = name_cost(text) if text else None
    return cost is not None and cost < COST_OF_A_LIKELY_NAME


def _is_made_of_words(name: str) -> bool:
    """Return whether the name is two words of Tibetan or Mongolian: 多吉才让, 额尔敦布和."""
    return any(name[:cut] in WORDS_OF_NAMES and name[cut:] in WORDS_OF_NAMES for cut in (2, 3, 4))


def is_a_run_of_names(text: str) -> bool:
    """Return whether the text consists of likely names: 王岚沈一舟."""
    if len(text) > LONGEST_RUN_OF_NAMES:
        return False
    ends = {0}
    for start in range(len(text)):
        if start in ends:
            ends |= {start + length for length in (2, 3) if _is_likely(text[start : start + length])}
    return len(text) in ends


def _is_likely(name: str) -> bool:
    cost = name_cost(name)
    return cost is not None and cost < 0.5


def _surname_cost(name: str) -> float:
    """Return the cost of the surname: the rarer, the higher."""
    compound = name[:2] in COMPOUND_SURNAMES
    if len(name) == 4:
        return 0.3 if compound else 6.0
    if compound and len(name) == 3:
        return 0.2
    short = 0.0 if len(name) == 3 else 0.15
    if name[0] in COMMON_SURNAMES:
        return short
    return (0.8 if name[0] in RARER_SURNAMES else 3.5) + short
