"""The units that reported on a matter or submitted it."""

from __future__ import annotations

import re

from minutes.parser.attendance.segmentation import UNIT_AND_POST
from minutes.parser.items.titles import REPORTED_ON_A_DOCUMENT
from minutes.parser.source_text import Tracked
from minutes.parser.types import Field, Span
from minutes.parser.vocabulary.names import TITLE_END, is_a_likely_name, name_cost
from minutes.parser.vocabulary.organizations import (
    DEPARTMENT,
    STRONG_START,
    UNIT_IN_TEXT,
    is_generic,
    looks_like_a_unit,
)
from minutes.parser.vocabulary.verbs import any_of

Units = list[Field[str]]

# What the meeting did with the report.
HEARD = ("听取", "审议", "审定", "审核", "审查", "同意", "通过", "批准", "讨论", "研究")
# 听取了县水务局局长王岚关于防汛的汇报 · 同意，县水务局提交的《云川市节水条例》
# 听取了市司法局有关负责人关于节水条例的汇报
# 听取和审议了县财政局关于决算的报告 · 原则同意市发改委关于公交的汇报 · 审议县财政局《关于预算的请示》
REPORTED = re.compile(
    rf"{any_of(HEARD)}(?:[和并](?:审议|通过))?(?:了|并|，)?(?P<units>[^，。；：《》（）]{{2,60}}?)(?:分别)?"
    rf"(?:(?:有关|相关|主要|分管)?(?:负责同志|负责人)(?=关于|就|对|作)"
    rf"|(?:党[组委])?(?:主要|常务|副|代|[一二三四]级){{0,2}}(?:负责同志|负责人|{TITLE_END})(?!会)[\u4e00-\u9fff]{{2,4}}?(?:同志)?)?"
    r"(?=关于|就|对|所[作提]|(?<![合工运协制])作的?|提交的?|提出的?|报送的?|送审的?|提请的?|起草的?|上报的?|呈报的?|汇报"
    r"|的(?:情况)?(?:汇报|通报|介绍)|《)"
)
# 县水务局汇报了防汛准备情况 · 县应急局作了汇报 · 县司法局作起草说明
# 县水务局就防汛准备情况作了汇报 · 会议由县水务局汇报防汛准备情况 (where a sentence begins)
# 县水务局向会议汇报了防汛准备情况 · 县督查办、县环委办通报了有关工作情况
REPORTS_FIRST = re.compile(
    r"(?:会议|会[上前]，?)?(?P<by>由)?(?P<units>(?:(?!关于|同意|听取|[向要须将由对的]|应(?!急))[\u4e00-\u9fff、]){2,40}?)"
    r"(?:向[^，。；]{1,8}?)?(?:就[^，。；]{2,60}(?:作了?|进行了?)(?:专题|情况)?汇报|作了?(?:专题|情况)?汇报|作了?起草说明|汇报(?:了|$)|(?:通报|介绍)了|(?(by)汇报|(?!)))"
)
# 北渚旅游度假区 · 云川高新区 · 南屏镇 (beside departments; part of the next)
ZONE = r"[\u4e00-\u9fff]{2,10}?(?:度假区|开发区|高新区|经开区|产业园|园区|新区|镇|街道)"
# 听取了县水务局、县应急局、北渚旅游度假区防汛准备情况的汇报 (without 关于)
REPORTED_STATE = re.compile(
    rf"听取(?:了|并)?(?P<units>{UNIT_IN_TEXT.pattern}(?:[、和](?:{UNIT_IN_TEXT.pattern}|{DEPARTMENT.pattern}|{ZONE}))*)"
    r"(?![与和、及])(?=[^。；《》]{0,60}(?:汇报|通报|介绍))"
)
# 会上，县水务局通报了防汛情况，县应急局汇报了巡查情况 (clause by clause)
REPORTED_THERE = re.compile(
    r"(?:会[上前]，?)?(?P<units>(?:(?!会[上前]|关于)[\u4e00-\u9fff、]){2,30}?)(?:分别)?(?:围绕[^。；《]{2,60}，)?(?:汇报|通报|介绍)了"
)
# （听取了县水务局关于防汛的汇报）以及县应急局关于巡查的汇报 · 、云川银行关于资金管理规定
# （审议了县水务局送审的《云川县节水办法》），北渚镇送审的《北渚镇公房管理办法》
# （听取了水利局关于防汛情况）、应急局局长周禾关于巡查工作的汇报
REPORTED_TOO = re.compile(
    r"(?:以及|[；，、和]|(?<![涉普以])及)(?P<units>(?:(?!以及|关于)[\u4e00-\u9fff、]){3,60}?)(?=关于|(?:送审|提交|报送|提请|呈报|起草)?的?《|作的)"
)
# 审议了《政府工作报告》、县水务局《节水条例》 (where the first of several documents is nobody's)
LISTS_DOCUMENTS = re.compile(rf"{any_of(HEARD)}了?《")
# 县水务局局长 · 县应急局主要负责人 · 农业农村局 (before the name of who reported)
UNIT_BEFORE_NAME = re.compile(
    rf"(?P<unit>[\u4e00-\u9fff]{{2,20}}?)(?:(?:党[组委])?(?:主要|常务|副|代|[一二三四]级){{0,2}}(?:负责同志|负责人|{TITLE_END}))?"
)
# 关于防汛准备情况的汇报 · 提交的《云川市节水条例》
REPORT_OR_DOCUMENT = re.compile(r"汇报|报告|通报|提交|报送|送审|上报|呈报|《")
# （同意县水务局）提出的防汛方案 · （同意县财政局）关于调整预算的意见
BROUGHT = re.compile(r"(?:提出|提请|起草|拟定)的?|关于[^，。；]{2,80}(?:意见|请示|方案|建议|申请|情况|计划|办法)")
# 市应急局、市水务局 · 市应急局和市水务局
JOINT = re.compile(r"[、，]|以及|[和与及]")
# 二是区人社局 · 会议原则同意县财政局 (words before the unit)
SAID_BEFORE = re.compile(
    r"(?:[一二三四五六七八九十]是|会议|会后|会上|随后|同时|其中|责成|责令|要求|并|原则上?|同意|通过|审议了?|讨论了?|研究了?(?![院所室中])|听取了?|由|请|统一|了)+"
)
# 校长代表考察组 · 落实好省政府 · 市人大有关专门委员会
NOT_OF_A_NAME = re.compile(r"代表|有关|相关|落实|对接|做好")
# 市财政局负责人 · 市应急局等相关单位 · 县住建局具体 (words after the unit)
SAID_BEHIND = re.compile(
    r"(?:(?:主要|有关|相关)?负责(?:人|同志)|等(?:有关|相关)?(?:部门|单位|\d?家?单位)?|具体|共同|总)$"
)
# 生态环境分局 · 云川城投公司 · 城关镇 (not 上半年预算执行, although 云川银行 ends so too)
ENDS_AS_AN_OFFICE = re.compile(
    r"(?:局|委|办|办公室|公司|集团|中心|院|政府|街道|办事处|镇|乡|区|县|市|所|站|队|会|部|厅|处|科|(?<![控参入持])股|署|社|组|专班|银行|分行|支行|农发行|国开行|大学|学校|园|场)$"
)
# 区委常委 (a post, although it ends as a committee does)
ENDS_AS_A_POST = re.compile(rf"{TITLE_END}$")
# 曹县 (a place of two characters)
COUNTY = re.compile(r"(?![全各本我该两外跨])[\u4e00-\u9fff]县")
LONGEST_UNIT = 24


def reporters_in(sentence: Tracked) -> Units:
    """Return the units named before 关于, a 《document》 or 汇报 in a sentence."""
    reporters: Units = []
    if reporting := REPORTS_FIRST.match(sentence.folded):
        reporters += _units_of_group(sentence, reporting)
    if on_a_document := REPORTED_ON_A_DOCUMENT.match(sentence.folded):
        reporters += _units_of_group(sentence, on_a_document, "who")
    for clause in sentence.parts("，；") if sentence.folded.startswith(("会上", "会前", "随后")) else ():
        if reporting := REPORTED_THERE.match(clause.folded):
            reporters += _units_of_group(clause, reporting)
    heard = REPORTED.search(sentence.folded) or LISTS_DOCUMENTS.search(sentence.folded)
    for found in REPORTED_TOO.finditer(sentence.folded) if heard else ():
        reporters += _units_of_group(sentence, found)
    for found in REPORTED.finditer(sentence.folded):
        brought = REPORT_OR_DOCUMENT.search(sentence.folded, found.end()) or BROUGHT.match(sentence.folded, found.end())
        if found[0].startswith(("同意", "通过", "批准")) and not brought:
            continue
        units = _units_of_group(sentence, found)
        if sentence.folded.startswith("汇报", found.end()) and not _ends_with(units, sentence, found):
            # 听取了甲市与乙大学合作情况汇报: the words before 汇报 are the matter.
            continue
        reporters += units
    if state := REPORTED_STATE.search(sentence.folded):
        reporters += _units_of_group(sentence, state)
    return _each_once(sorted(reporters, key=lambda unit: unit.span))


def _ends_with(units: Units, sentence: Tracked, found: re.Match[str]) -> bool:
    """Return whether the last of the units ends where the match does."""
    last = SAID_BEHIND.sub("", found["units"])
    return bool(units) and sentence.ends[found.start("units") + len(last) - 1] == units[-1].span.end


def reporter_named(part: Tracked) -> Field[str] | None:
    """Return the unit after 汇报单位：, or of the person after 汇报人：, if any."""
    if post := UNIT_AND_POST.match(part.folded):
        return part.field(post, "unit")
    is_a_name = 2 <= len(part) <= 4 and name_cost(part.folded) is not None and not looks_like_a_unit(part.folded)
    return None if is_a_name else part.as_field()


def _units_of_group(sentence: Tracked, found: re.Match[str], group: str = "units") -> Units:
    """Return the units in the match; 和 only separates after a unit."""
    phrase = sentence[found.start(group) : found.end(group)]
    units: Units = []
    start = 0
    for joint in [*JOINT.finditer(phrase.folded), None]:
        end = joint.start() if joint else len(phrase)
        if joint and joint[0] in "和与及" and not looks_like_a_unit(phrase.folded[start:end]):
            continue
        if unit := _unit_of(phrase[start:end]):
            units.append(unit)
        start = joint.end() if joint else start
    return units


def _unit_of(part: Tracked) -> Field[str] | None:
    """Return the unit of a part of a list; None for persons and groups (各地)."""
    if before := SAID_BEFORE.match(part.folded):
        part = part[before.end() :]
    if behind := SAID_BEHIND.search(part.folded):
        part = part[: behind.start()]
    folded = part.folded
    if len(part) < 2 or folded.startswith("关于") or NOT_OF_A_NAME.search(folded) or is_generic(folded):
        return None
    if _is_unit(folded):
        return part.as_field()
    return _unit_of_person(part)


def _unit_of_person(part: Tracked) -> Field[str] | None:
    """Return the unit of a named person: 水利局局长周禾, 农业农村局陆岚."""
    person = part[: len(part.folded.removesuffix("同志"))]
    for length in (3, 2):
        before = UNIT_BEFORE_NAME.fullmatch(person.folded[:-length])
        if before and is_a_likely_name(person.folded[-length:]) and _is_unit(before["unit"]):
            return person.field(before, "unit")
    return None


def _is_unit(name: str) -> bool:
    if ENDS_AS_A_POST.search(name):
        return False
    if DEPARTMENT.fullmatch(name) or COUNTY.fullmatch(name):
        return True
    named_in_full = STRONG_START.match(name) is not None or ENDS_AS_AN_OFFICE.search(name) is not None
    return 3 <= len(name) <= LONGEST_UNIT and named_in_full and looks_like_a_unit(name)


def _each_once(units: Units) -> Units:
    """Return the units without duplicates, and without parts of others (改革局 of 县发展和改革局)."""
    whole = [unit for unit in units if not any(_is_part_of(unit.span, other.span) for other in units)]
    return list({unit.value: unit for unit in reversed(whole)}.values())[::-1]


def _is_part_of(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and inner != outer
