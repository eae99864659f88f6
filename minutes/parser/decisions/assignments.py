"""Who is made responsible for a matter, and who supports."""

from __future__ import annotations

import re

from minutes.parser.source_text import Tracked
from minutes.parser.types import Field
from minutes.parser.vocabulary.names import TITLE_END
from minutes.parser.vocabulary.organizations import (
    DEPARTMENT,
    STRONG_START,
    UNIT_IN_TEXT,
    is_generic,
    looks_like_a_unit,
)

Units = list[Field[str]]

# 市应急局、市水务局 (the units of a list; to be built into other expressions)
PHRASE = r"[^，。；：《》？！由]{2,60}?"
# 根据会议意见 · 负责 · 牵头 (what follows the units that do it; to be built into other expressions)
DOING = (
    r"(?=根据|按照|按|依|于|在|要|依据|结合|对照|对|负责|牵头|具体|统筹|尽快|抓紧|及时|立即|进一步|继续|作|做"
    r"|组织(?!部)|研究(?!室)|修改|整理|完善|提请|提交|报|办理|印发|承办|实施|落实|会后|制定|拟定|起草|出台|发布"
    r"|跟进|协调|督促|筹措|安排|审核|把关|汇总|与|将|予以|加强|加快|推进|开展|参照|严格|认真|解除|拨付|督办|重新|再"
    r"|抓好|承担|向|采取|建立|健全|配合|争取|做好|，|。|；|$)"
)
# 市应急局会同 · 县发改委商 · 市卫健委会 (not 市商务局; to be built into other expressions)
TOGETHER_WITH = r"(?:会同|协同|联合|配同|商请|商(?!务)|(?<=[局办厅部院府])会|(?<=[改健资教建经信科农商交监]委)会)"
# 由市应急局会同市水务局根据本次会议讨论意见 · 由县住建局商县财政局办理 · 由市资源规划局会各地和各相关部门
BY_UNIT = re.compile(rf"(?<![自来理经原])由(?P<lead>{PHRASE})(?:{TOGETHER_WITH}(?P<supporting>{PHRASE}))?{DOING}")
# 责成区住建局按照会上意见补充内容 · 委托县教育局会同县财政局制定
CHARGED = re.compile(
    rf"(?:责成|责令|委托|授权|(?:(?<=[，。；])|^)请)(?:由)?(?P<lead>{PHRASE})(?:(?:会同|商|联合)(?P<supporting>{PHRASE}))?{DOING}"
)
# 县财政局负责，县审计局配合 · 市农业农村局具体负责 · 县发改局牵头
IN_CHARGE = re.compile(
    r"(?:(?<=[。；，：、）])|^|(?<=会后))(?P<lead>(?:(?!由)[\u4e00-\u9fff“”\d、]){2,40}?)(?:等(?:部门|单位)?)?"
    r"(?:(?:要|应)(?=牵头))?(?:分别)?"
    r"(?:(?:具体|共同|总)?(?:牵头|负责)(?![人制同部单作责任协领的抓])|具体(?:落实|实施|承办|办理))"
)
# 县供水办要根据会议讨论意见，对预案修改完善后印发
TO_REVISE = re.compile(
    r"(?:(?<=[。；，])|^|(?<=会后，))(?P<lead>(?:(?!由|责成|责令)[\u4e00-\u9fff、]){2,40}?)"
    r"(?:要|应)?(?:根据|按照|结合)(?:本次)?会(?:议|上)[^，。]{0,6}(?:意见|精神|要求)"
)
# 会议要求县水务局尽快修改完善
REQUIRED_TO_REVISE = re.compile(
    rf"会议要求，?(?P<lead>{PHRASE})(?:要|应)?(?:尽快|抓紧|认真|进一步|继续){{0,2}}(?:修改|完善|优化)"
)
# 责成区城投集团倒排工期 · ，请区政府办公室修改完善
# 由县交通局会县公安局设置绕行标志 (whatever the verb, units are known by their names)
CHARGING = re.compile(r"责成|责令|(?:(?<=[，。；])|^)请|(?<![自来理经原])(?<!的，)由")
# 由县水务局（汇报防汛准备情况） · （就防汛准备情况作汇报）
REPORTS = re.compile(
    r"(?:就[^，。；]{2,40}|对[^，。；]{2,40})?(?:作了?|进行了?)?(?:专题|情况|工作|起草)?(?:汇报|说明|介绍)"
)
# （县交通局）会（县公安局）
TOGETHER = re.compile(r"会同|联合|商|会")
# ，县审计局配合 · ；市公安局、市城管局等部门积极参与
SUPPORT = re.compile(
    r"[，；、](?:由)?(?P<supporting>[^，。；：《》]{2,60}?)(?:等(?:部门|单位)?)?"
    r"(?:积极|密切|做好)?(?:配合|协助|协同|参与)(?=[，。；、做抓]|$)"
)
# 公安、交通、通信等部门 · 发展改革、财政、审计部门
TRADES = re.compile(
    r"(?P<trades>(?:[\u4e00-\u9fff]{2,6}?、){1,8}[\u4e00-\u9fff]{2,6}?(?:(?=等(?:有关|相关)?部门)|部门))"
)
# 由市工信局牵头，会同市文旅局、东浦区政府， (further units behind the one that leads)
JOINED_BY = re.compile(
    r"牵头，?(?:并)?(?:会同|商)(?P<supporting>[^，。；：《》]{2,80}?)"
    r"(?=，|。|；|根据|按照|研究|制定|抓紧|尽快|于|在|对|提出|$)"
)
# 县发改局牵头 · 市农业农村局具体负责 (a sentence that puts somebody in charge, perhaps a person)
PUTS_IN_CHARGE = re.compile(r"牵头|负责")
# 牵头单位：县住建局 · 责任单位：县发改局、县财政局 · 配合单位：县审计局
LABELLED_UNITS = re.compile(
    r"(?P<role>责任|牵头|主办|承办|主责|配合|协办|参与)(?:单位|部门)(?:：|为：?|是|(?=[市县区州][\u4e00-\u9fff]{1,8}[局委办]))"
    r"(?P<units>[^；。）：]{2,120}?)(?=[；。）]|，?(?:责任|牵头|配合|协办|参与|完成时限)|$)"
)
SUPPORTING_ROLES = ("配合", "协办", "参与")

# 市应急局、市水务局 · 市应急局和市水务局 (not 市人力资源和社会保障局)
JOINT = re.compile(
    r"[、，](?![^（）]{0,8}）)|以及|及(?!时)|和(?!信息|改革|规划|社会|粮食|物资|储备|草原|旅游|计划|数据|科技|体育)|与(?!数据)|会同"
)
# 二是区人社局 · 会议原则同意县财政局 (words in front of the unit)
SAID_BEFORE = re.compile(
    r"(?:[一二三四五六七八九十]是|会议|会后|同时|其中|责成|责令|要求|并|原则上?|同意|通过|审议|听取了?|由|请|统一|了)+"
)
# 市应急局等部门 · 县住建局具体 (words behind the unit)
SAID_BEHIND = re.compile(r"(?:等(?:部门|单位|\d?家?单位)?|具体|共同|总)$")
# 副县长王岚 · 沈一舟同志 (a person, not a unit)
PERSON = re.compile(rf".*(?:同志|{TITLE_END}(?:[\u4e00-\u9fff]{{2,4}})?)")
# 生态环境分局 · 云川城投公司 · 城关镇 (not 上半年预算执行, although 云川银行 ends so too)
ENDS_AS_AN_OFFICE = re.compile(
    r"(?:局|委|办|办公室|公司|集团|中心|院|政府|街道|办事处|镇|乡|区|县|市|所|站|队|会|部|厅|处|科|(?<![控参入持])股|署|社|组|专班|银行|分行|支行|大学|学校|园|场)$"
)
LONGEST_UNIT = 24


def assigned_in(sentence: Tracked) -> tuple[Units, Units]:
    """The units the sentence makes responsible, and those that support them."""
    lead: Units = []
    supporting: Units = []
    _take_by_verb(sentence, lead, supporting)
    _take_by_name(sentence, lead, supporting)
    if lead or PUTS_IN_CHARGE.search(sentence.folded):
        for pattern in (SUPPORT, JOINED_BY):
            for found in pattern.finditer(sentence.folded):
                supporting += _units_of_group(sentence, found, "supporting", generic_too=True)
                supporting += _named_by_their_trade(sentence, found.start("supporting"))
    for found in LABELLED_UNITS.finditer(sentence.folded):
        units = _units_of_group(sentence, found, "units", generic_too=True)
        (supporting if found["role"] in SUPPORTING_ROLES else lead).extend(units)
    leading = {unit.value for unit in lead}
    lead.sort(key=lambda unit: unit.span)
    return each_once(lead), each_once([unit for unit in supporting if unit.value not in leading])


def _named_by_their_trade(sentence: Tracked, start: int) -> Units:
    """The departments listed from `start` on by their trade alone: 公安、交通、通信等部门."""
    found = TRADES.match(sentence.folded, start)
    return [part.as_field() for part in sentence[start : found.end("trades")].parts("、")] if found else []


def _take_by_verb(sentence: Tracked, lead: Units, supporting: Units) -> None:
    """Adds the units that a verb known here makes responsible."""
    for pattern in (BY_UNIT, CHARGED, IN_CHARGE, TO_REVISE, REQUIRED_TO_REVISE):
        for found in pattern.finditer(sentence.folded):
            if REPORTS.match(sentence.folded, found.end()):
                continue
            units = _units_of_group(sentence, found, "lead")
            lead += units
            if units and found.groupdict().get("supporting"):
                supporting += _units_of_group(sentence, found, "supporting", generic_too=True)


def _take_by_name(sentence: Tracked, lead: Units, supporting: Units) -> None:
    """Adds the units named right behind 由 or 责成, whatever the verb that follows."""
    known = {unit.span.start for unit in lead}
    for found in CHARGING.finditer(sentence.folded):
        units, end = _units_listed_from(sentence, found.end())
        if not units or units[0].span.start in known or REPORTS.match(sentence.folded, end):
            continue
        lead += units
        known.update(unit.span.start for unit in units)
        if together := TOGETHER.match(sentence.folded, end):
            supporting += _units_listed_from(sentence, together.end())[0]


def _units_listed_from(sentence: Tracked, start: int) -> tuple[Units, int]:
    """The units listed from `start` on, and where the list ends."""
    units: Units = []
    while found := UNIT_IN_TEXT.match(sentence.folded, start):
        units.append(sentence.field(found))
        start = found.end()
        joint = JOINT.match(sentence.folded, start)
        if not joint:
            break
        start = joint.end()
    return units, start


def _units_of_group(sentence: Tracked, found: re.Match[str], group: str, generic_too: bool = False) -> Units:
    """The units that the matched phrase lists, persons left out; 各地, 相关部门 only where asked for."""
    phrase = sentence[found.start(group) : found.end(group)]
    units: Units = []
    start = 0
    for joint in [*JOINT.finditer(phrase.folded), None]:
        unit = unit_of(phrase[start : joint.start() if joint else len(phrase)], generic_too)
        if unit:
            units.append(unit)
        start = joint.end() if joint else start
    return units


def unit_of(part: Tracked, generic_too: bool) -> Field[str] | None:
    """The unit that one part of a list names."""
    if before := SAID_BEFORE.match(part.folded):
        part = part[before.end() :]
    if behind := SAID_BEHIND.search(part.folded):
        part = part[: behind.start()]
    folded = part.folded
    if len(part) < 2 or PERSON.fullmatch(folded) or folded.startswith("关于"):
        return None
    if is_generic(folded) or folded in ("各地", "各部门"):
        return part.as_field() if generic_too else None
    if _is_unit(folded) or (generic_too and looks_like_a_unit(folded)):
        return part.as_field()
    named = UNIT_IN_TEXT.match(folded) if generic_too else None
    return part.field(named) if named else None


def _is_unit(name: str) -> bool:
    if DEPARTMENT.fullmatch(name):
        return True
    named_in_full = STRONG_START.match(name) is not None or ENDS_AS_AN_OFFICE.search(name) is not None
    return 3 <= len(name) <= LONGEST_UNIT and named_in_full and looks_like_a_unit(name)


def each_once(units: Units) -> Units:
    """The units, each where it stands first."""
    return list({unit.value: unit for unit in reversed(units)}.values())[::-1]
