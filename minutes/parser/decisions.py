"""What was decided about an item: outcome, who leads, who supports, what comes next, and who reported."""

from __future__ import annotations

import re

from minutes.parser.names import TITLE_END
from minutes.parser.organizations import DEPARTMENT, STRONG_START, UNIT_IN_TEXT, is_generic, looks_like_a_unit
from minutes.parser.records import Field, Span
from minutes.parser.tracked import Tracked

# 会议原则同意《…》 · 会议研究审议并原则通过 · 同意由市自然资源局 · 会议讨论并原则上同意
OUTCOME = re.compile(
    r"(?:(?:^|(?<=[。；：，、）]))(?:会议|经|会上)?[^。；：，《》]{0,16}?|(?<=会议)|(?<=并)|(?<=一致))"
    r"(?P<outcome>原则上?(?:同意|通过)|基本同意|不予?同意|未(?:予)?通过|暂不(?:同意|通过)|审议通过|讨论通过|一致通过|同意|通过(?=了?(?:《|[^，。；]{0,40}?(?:提交|报送|起草|拟定|制定)的|关于|县|市|区|本|该)))"
)
# 未经同意 · 报市政府同意后 · 征得群众同意 · 通过推进试点努力 (these decide nothing)
NOT_AN_OUTCOME = re.compile(r"(?:不|未|未经|经.{0,8}(?:政府|党委|市委|县委|区委|人大|批准|书面)|征得|征求|取得|报|报请|提请|获得|得到|必须|须|应|需|群众|居民|业主|各方|双方|事先|提前)[^，。；]{0,8}$")
RESOLVED = re.compile(r"会议(?:研究)?(?P<outcome>决定|确定|明确)(?=[：，了由将对]|[\u4e00-\u9fff])")

PHRASE = r"[^，。；：《》？！由]{2,60}?"
DOING = (
    r"(?=根据|按照|按|依|于|在|要|依据|结合|对照|对|负责|牵头|具体|统筹|尽快|抓紧|及时|立即|进一步|继续|作|做|组织(?!部)|研究(?!室)|修改|整理|完善|提请|提交|报|办理|印发|承办|实施|落实|会后|制定|拟定|起草|出台|发布"
    r"|跟进|协调|督促|筹措|安排|审核|把关|汇总|与|将|予以|加强|加快|推进|开展|参照|严格|认真|解除|拨付|督办|重新|再|抓好|承担|向|采取|建立|健全|配合|争取|做好|，|。|；|$)"
)
# 由市应急局会同市水务局根据本次会议讨论意见 · 由县住建局商县财政局办理 · 由市资源规划局会各地和各相关部门
BY_UNIT = re.compile(rf"(?<![自来理经])由(?P<lead>{PHRASE})(?:(?:会同|协同|联合|配同|商请|商(?!务)|(?<=[局办厅部院府])会|(?<=[改健资教建经信科农商交监]委)会)(?P<supporting>{PHRASE}))?{DOING}")
# 责成区财政局结合会上意见修改完善 · 请县教育局牵头
CHARGED = re.compile(rf"(?:责成|责令|委托|授权)(?:由)?(?P<lead>{PHRASE})(?:(?:会同|商|联合)(?P<supporting>{PHRASE}))?{DOING}")
# 责成区城投集团倒排工期 · 由县交通局会县公安局设置绕行标志 (whatever the verb, the units are known by their names)
CHARGING = re.compile(r"责成|责令|(?<![自来理经])(?<!的，)由")
TOGETHER = re.compile(r"会同|联合|商|会")
# 县安防办要根据会议讨论意见，对方案修改完善后印发
TO_REVISE = re.compile(r"(?:(?<=[。；，])|^|(?<=会后，))(?P<lead>(?:(?!由|责成|责令)[\u4e00-\u9fff、]){2,40}?)(?:要|应)?(?:根据|按照|结合)(?:本次)?会(?:议|上)[^，。]{0,6}(?:意见|精神|要求)")
# 县财政局负责，县审计局配合 · 市农业农村局具体负责 · 县发改局牵头
IN_CHARGE = re.compile(
    r"(?:(?<=[。；，：、）])|^|(?<=会后))(?P<lead>(?:(?!由)[\u4e00-\u9fff“”\d、]){2,40}?)(?:等(?:部门|单位)?)?(?:(?:要|应)(?=牵头))?(?:具体|共同|总)?(?:牵头|负责)(?![人制同部单作责任协领的抓])"
)
SUPPORT = re.compile(r"[，；、](?:由)?(?P<supporting>[^，。；：《》]{2,60}?)(?:等(?:部门|单位)?)?(?:积极|密切|做好)?(?:配合|协助|协同|参与)(?=[，。；、做抓]|$)")
# 牵头单位：县住建局 · 责任单位：县发改局、县财政局 · 配合单位：县审计局
LABELLED_UNITS = re.compile(r"(?P<role>责任|牵头|主办|承办|主责|配合|协办|参与)(?:单位|部门)：(?P<units>[^；。）：]{2,120}?)(?=[；。）]|，?(?:责任|牵头|配合|协办|参与|完成时限)|$)")

REVISED = r"(?:修改|完善|补充|整理|审核|把关|论证|优化|调整|细化|充实|审查|审定|同意|意见|核实|研究)(?:[^，。；]{0,6}?)后，?"
STEP = (
    r"(?:(?:尽快|及时|抓紧)?(?:(?:依规依?法?依?|依法依规依?|严格)?(?:按照?|依|履行)(?:有关|相关|法定|规定|法律)?(?:的)?程序|依法依规|依规|按规定)(?:逐级)?[^，。；：《》]{2,24}"
    r"|(?:再)?(?:提请|提交|报请|报送|呈报|上报|报)(?!告|名|道|刊|纸|备案登记|销|考|到|价|表|警|批|酬|废|答|复|国|效)[^，。；：《》]{1,24}?(?:审议|审定|审批|批准|研究|审查|备案|决定|同意|审核|审阅|批复|审签|票决|表决|考虑)(?:同意|批准|通过|后)?(?:后[^，。；：《》]{0,16})?"
    r"|(?:再)?以[^，。；：《》]{2,16}名义[^，。；：《》]{0,3}(?:印发|发布|下发|公布|行文|发文|上报|报送)(?:实施|执行|施行)?"
    r"|(?:(?:(?!由)[\u4e00-\u9fff]){2,10}(?:办公室|办))?(?:正式|联合|尽快|及时|抓紧)?(?:印发|发布|公布|下发|发文|颁布)(?:各[^，。；]{1,10})?(?:实施|执行|施行)?)"
)
NEXT_STEP = re.compile(rf"(?:{REVISED}(?:会后，?)?(?:由[^，。；]{{2,16}}?)?|(?<=[，内])|(?<=负责)|(?<![自来理经])由[^，。；《》]{{2,40}}?)(?P<step>{STEP})(?=[，。；《]|$)")
AT_ONCE = re.compile(r"(?P<step>(?:按照?|依|履行)(?:有关|相关|法定|规定)?程序[^，。；：《》]{2,20})(?=[，。；《]|$)")
STUDY_ON = re.compile(r"(?P<step>作(?:进一步|深入)[^，。；：《》]{0,4}(?:研究|完善|论证)[^，。；：《》]{0,6})(?=[，。；]|$)")

# 原则同意市发改委关于…的汇报 · 听取了县水务局局长王岚关于…的汇报 · 审议县财政局《关于…的请示》 · 通过市教育局提交的
REPORTED = re.compile(
    r"(?:听取|审议|同意|通过|讨论|研究)(?:了|并)?(?P<units>[^，。；：《》（）]{2,60}?)(?:分别)?"
    r"(?:(?:党[组委])?(?:主要)?(?:负责同志|负责人|" + TITLE_END + r")[\u4e00-\u9fff]{2,4}?(?:同志)?)?(?=关于|就|对|所作|作的?|提交的?|报送的?|上报的?|呈报的?|汇报|的(?:情况)?(?:汇报|通报|介绍)|《)"
)
# …关于防汛准备情况的汇报 · 提交的《…》
TELLS = re.compile(r"汇报|报告|通报|提交|报送|上报|呈报|《")
# 由副县长王岚牵头 · 由沈一舟同志牵头调度 (a person, not a unit)
PERSON = re.compile(rf".*(?:同志|{TITLE_END}(?:[\u4e00-\u9fff]{{2,4}})?)$")
# 二是区人社局 · 会议原则同意县财政局 (words in front of the unit)
SAID_BEFORE = re.compile(r"(?:[一二三四五六七八九十]是|会议|会后|同时|其中|并|原则上?|同意|通过|审议|听取了?|由|请|统一|了)+")
JOINTS = re.compile(r"[、，]|以及|及(?!时)|和(?!信息|改革|规划|社会|粮食|物资|储备|草原|旅游|计划|数据|科技|体育)|与(?!数据)|会同")


def outcome_in(sentence: Tracked) -> Field[str] | None:
    """The outcome as written (原则同意), if the sentence decides."""
    for found in OUTCOME.finditer(sentence.folded):
        start = found.start("outcome")
        if NOT_AN_OUTCOME.search(sentence.folded[max(0, start - 14) : start]):
            continue
        if found["outcome"] == "通过" and not _adopts(sentence.folded, start, found.end()):
            continue
        value = sentence.chars[start : found.end()]
        trimmed = value.removeprefix("审议").removeprefix("讨论").removeprefix("一致") if value.endswith("通过") else value
        return Field(trimmed, Span(sentence.starts[found.end() - len(trimmed)], sentence.ends[found.end() - 1]))
    return None


def _adopts(folded: str, start: int, end: int) -> bool:
    """Whether 通过 means that a thing was adopted, and not by what means something is done."""
    return bool(re.search(r"(?:会议|审议|讨论|研究|一致|并|原则|^)$", folded[:start])) and folded[end : end + 1] != "后"


def resolution_in(sentence: Tracked) -> Field[str] | None:
    """决定, 确定 or 明确, where the meeting resolved something in these words."""
    found = RESOLVED.search(sentence.folded)
    return sentence.field(found, "outcome") if found else None


def leads_in(sentence: Tracked) -> tuple[list[Field[str]], list[Field[str]]]:
    """The units the sentence makes responsible, and those that support them."""
    lead: list[Field[str]] = []
    supporting: list[Field[str]] = []
    for pattern in (BY_UNIT, CHARGED, IN_CHARGE, TO_REVISE):
        for found in pattern.finditer(sentence.folded):
            units = units_of(sentence[found.start("lead") : found.end("lead")])
            if not units:
                continue
            lead += units
            groups = found.groupdict()
            if groups.get("supporting"):
                part = sentence[found.start("supporting") : found.end("supporting")]
                supporting += units_of(part, generic_too=True)
    for found in CHARGING.finditer(sentence.folded):
        units, end = _units_at(sentence, found.end())
        if not units or any(unit.span.start == units[0].span.start for unit in lead):
            continue
        lead += units
        if together := TOGETHER.match(sentence.folded, end):
            supporting += _units_at(sentence, together.end())[0]
    if lead or re.search(r"牵头|负责", sentence.folded):
        for found in SUPPORT.finditer(sentence.folded):
            part = sentence[found.start("supporting") : found.end("supporting")]
            supporting += units_of(part, generic_too=True)
    for found in LABELLED_UNITS.finditer(sentence.folded):
        units = units_of(sentence[found.start("units") : found.end("units")], generic_too=True)
        (supporting if found["role"] in ("配合", "协办", "参与") else lead).extend(units)
    names = {unit.value for unit in lead}
    lead.sort(key=lambda unit: unit.span)
    return _distinct(lead), _distinct([unit for unit in supporting if unit.value not in names])


def _units_at(sentence: Tracked, start: int) -> tuple[list[Field[str]], int]:
    """The units listed from `start` on, and where the list ends."""
    units: list[Field[str]] = []
    while found := UNIT_IN_TEXT.match(sentence.folded, start):
        units.append(sentence.field(found))
        start = found.end()
        joint = JOINTS.match(sentence.folded, start)
        if not joint:
            break
        start = joint.end()
    return units, start


def units_of(text: Tracked, generic_too: bool = False) -> list[Field[str]]:
    """The units a phrase lists, persons left out; 各地, 相关部门 only where asked for."""
    units: list[Field[str]] = []
    start = 0
    for end, after in [*((joint.start(), joint.end()) for joint in JOINTS.finditer(text.folded)), (len(text), len(text))]:
        part = text[start:end]
        start = after
        if lead_in := SAID_BEFORE.match(part.folded):
            part = part[lead_in.end() :]
        trimmed = re.sub(r"(?:等(?:部门|单位|\d?家?单位)?|具体|共同|总)$", "", part.folded)
        part = part[: len(trimmed)]
        if len(part) < 2 or PERSON.fullmatch(part.folded) or part.folded.startswith("关于"):
            continue
        if is_generic(part.folded) or part.folded in ("各地", "各部门"):
            if generic_too:
                units.append(part.as_field())
        elif _is_unit(part.folded) or (generic_too and looks_like_a_unit(part.folded)):
            units.append(part.as_field())
        elif generic_too and (named := UNIT_IN_TEXT.match(part.folded)):
            units.append(part.field(named))
    return units


def _is_unit(name: str) -> bool:
    if DEPARTMENT.fullmatch(name):
        return True
    return len(name) <= 24 and looks_like_a_unit(name) and (STRONG_START.match(name) is not None or len(name) >= 3)


def next_step_in(sentence: Tracked) -> Field[str] | None:
    """What happens next with the matter: 提请市委常委会审议, 按程序印发实施."""
    candidates = [*NEXT_STEP.finditer(sentence.folded)] or [*AT_ONCE.finditer(sentence.folded)]
    if candidates:
        return sentence.field(candidates[0], "step")
    study = STUDY_ON.search(sentence.folded)
    return sentence.field(study, "step") if study else None


def reporters_in(sentence: Tracked) -> list[Field[str]]:
    """Who reported on the matter, where the sentence names the unit before 关于 or a 《document》."""
    reporters: list[Field[str]] = []
    for found in REPORTED.finditer(sentence.folded):
        if found[0].startswith(("同意", "通过")) and not TELLS.search(sentence.folded, found.end()):
            continue
        reporters += units_of(sentence[found.start("units") : found.end("units")])
    return _distinct(reporters)


def _distinct(units: list[Field[str]]) -> list[Field[str]]:
    """The units, each once."""
    return list({unit.value: unit for unit in reversed(units)}.values())[::-1]
