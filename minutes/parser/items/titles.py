"""The title of an item: its first lines, or the matter in the first sentence."""

from __future__ import annotations

import re
from itertools import accumulate

from minutes.parser.items.documents import blank_titles
from minutes.parser.items.markers import Style, markers_of
from minutes.parser.layout.lines import Line
from minutes.parser.source_text import Tracked
from minutes.parser.vocabulary.names import OF_NAMES, is_a_likely_name
from minutes.parser.vocabulary.names import TITLE_END as POST
from minutes.parser.vocabulary.verbs import ACTIONS, STATEMENTS, THE_MEETING, any_of
from minutes.parser.vocabulary.verbs import SPEECH as SPEECH_VERBS

# 审议 · 听取 · 传达 (how a matter begins; part of other expressions)
VERB = any_of((*ACTIONS, "集体学习", "专题", "组织", "书面", "集中", "学法", "再次", "进一步", "继续", "专门", "重点"))
# 以党组会的形式，深入 · 采取集中学习的方式，认真 (how the meeting did it, before the verb; part of other expressions)
MANNER = r"(?:(?:以|采取|采用)[^，。；]{2,40}(?:形式|方式)，?)?(?:深入|认真|系统|跟进)?"
# 听取了防汛准备情况汇报后， (not 听取大家的发言后; part of other expressions)
HEARD_FIRST = r"听取了?(?![^，。；]{0,8}(?:发言|意见|建议)后)(?:《[^《》]{2,80}》|[^，。；《]){2,80}?后，"
# 与会人员首先共同（学习了省委会议精神） · 我镇全体机关干部（学习了） · 县政府班子成员集体（学习了） (part of the next)
THOSE_PRESENT = (
    r"(?:(?:[我本全][镇乡局街村社][道区]?|[县市区镇乡](?:委|政府))?(?:全体)?(?:与会|参会|机关|党政班子|班子|镇村|党员)(?:人员|同志|领导|干部|党员|成员|职工)"
    r"|各(?:校|单位|部门)(?:有关|主要|相关)?(?:负责同志|负责人)|[我本全][镇乡局街村社][道区]?全体[\u4e00-\u9fff]{0,6}?(?:人员|同志|干部|党员|成员|职工))(?:首先|集体|共同|一起|会前){0,3}"
)
# 会议对《云川市节水条例》进行了研究 (or with the verb in front)
# 在听取了防汛准备情况汇报后，会议强调
# 与会人员共同学习了《云川市节水条例》 · 会议听取了县水务局关于防汛准备情况的汇报。 · 党组会议传达学习了省委会议精神
# 随后，会议对移民工作进行部署
# 会上，组织专题讲座。 · 会议首先传达了 · 会前学习了 · 根据安排，会议采取集中学习的形式，传达了省委会议精神
ITEM_SENTENCE = re.compile(
    rf"(?:(?:根据|按照)[^，。；]{{0,16}}安排，|(?:随后|接着|最后)，)?(?:在(?:认真)?(?={HEARD_FIRST})|(?:{THE_MEETING}|(?:会[上前]，?)?{THOSE_PRESENT}|会[上前]，?)(?:首先|还|又|再(?:一)?次|专题|集中|书面|分别|一并|组织|集体)?，?{MANNER})"
    rf"(?!要求|强调|指出|认为|决定|明确|确定|议定|原则|讨论(?:气氛|热烈)|[就对](?:上述|以上|这些))"
    rf"(?:{VERB}|(?:表决|协商)?通过了|(?:就|对|围绕)[^，。；]{{2,40}}(?:进行|作|做|开展)了?(?:专题|全面|再)?"
    r"(?:部署|安排|调度|动员|传达|学习|研究|审议|讨论|审定|审查|分析|协调|协商|会商))"
)
# 审议《云川市公交发展规划》 · 关于城区道路命名的问题 · 专题学习《云川市节水条例》
TITLE_START = re.compile(rf"(?:{VERB}|关于|《)")
# 关于城区道路命名有关问题 · 防汛准备情况的汇报 · 云川市节水实施方案》
TITLE_END = re.compile(
    r"(?:问题|事项|事宜|情况|汇报|报告|工作|方案|意见|请示|精神|通报|办法|规划|议题|》|建议|讲话|条例|计划|安排|名单"
    r"|项目|建设|改革|修订|修编|废止|变更|命名)(?:（[^）]*）)?$"
)
# 会议指出，防汛工作 · 县长王岚强调 · 汇报单位：县教育局
# （传达：县政府办） · 原则同意 (a paragraph of its own, never part of a title)
SPEECH = re.compile(
    r"（?(?:汇报|提交|报送|呈报|提请|传达|通报|列席|出席|参加|责任|牵头|配合)(?:单位|部门|人员?)：|（(?:汇报|传达|通报|领学)："
    r"|(?:会议|会上|县长|市长|区长)[^，。：]{0,12}?"
    rf"(?:{any_of(STATEMENTS)}|对|就)"
    r"|原则(?:上)?(?:同意|通过)"
)
# 会议原则同意县水务局的方案 · 原则同意 · 由县水务局牵头 · 责成县财政局
# 会议要求抓好防汛 (what was settled; broken over lines it is no title)
SETTLES = re.compile(
    r"(?:会议)?(?:一致|研究|讨论)?(?:原则上?)?(?:同意|通过|批准)(?!的)|会议(?:决定|明确|确定|议定|要求|强调|指出|认为)(?=.)"
    r"|(?:由|请|责成)[\u4e00-\u9fff、]{2,24}?(?:局|委|办|厅|公司|集团|中心|政府|部门|单位|[镇乡]|街道)"
)
# 议定事项： · 会议意见：
LABEL_OF_THE_DECISION = re.compile(r"(?:会议)?(?:议定|决定|确定|研究|讨论|审议)?(?:事项|意见|结果|情况)：")
# 交流 · 汇报 (further words before 了)
OTHER_DEEDS = ("表决", "同意", "通过", "批准", "决定", "组织", "开展", "进行", "交流", "汇报", "总结", "安排", "梳理")
# 会议听取了县水务局的汇报 · 审议通过了《云川市节水条例》 · 对防汛作了部署 (了 is no part of a title; not 了解)
DONE = re.compile(rf"(?:{any_of((*ACTIONS, *OTHER_DEEDS))}|(?<!工)[作做])(?P<mark>了)(?!解)")
# 就征收补偿标准问题进行研究 · 对道路命名事宜进行了专题讨论 (only the matter is a title)
DEALT_WITH = re.compile(
    r"(?:就|对|围绕)(?P<matter>[^，。；]{2,80}?(?:问题|事项|事宜|请示))(?:进行|作|做|展开|开展)了?(?:专题|集中|深入|认真|全面|再)*"
    rf"(?:{any_of((*ACTIONS, '安排', '动员', '协调', '解决', '商议', '会商'))})+"
)
# （以下简称《办法》） (nor is a short title)
CALLED_IN_SHORT = re.compile(r"（以下[^（）]{0,4}[简统]称[^（）]{1,40}）")
# （省委会议精神），研究我市贯彻落实意见 · （治污会议精神），研究推进我市治污工作 · （节水方案），并审议有关事项
# （防汛准备情况的汇报），议定了以下意见： · （实施方案》），会议认为 (where the matter ends and what was said begins)
# （省委会议精神），并安排落实意见 · （节水条例），因论证不足，会议决定 · 听取防汛准备情况汇报强调，
# （通报移民工作情况），点明工作存在的问题 · （听取招商工作汇报），在汇报过程中，王岚
# （研究防汛事宜）等四项议题，并原则通过 · 审议《云川市节水条例》并指出
# （听取县水务局的汇报），审议并原则通过了该方案 · （听取汇报）后，会议强调
MATTER_END = re.compile(
    r"，(?=(?:因|鉴于|由于)[^，。；]{2,40}，|并?(?:就|对|围绕)[^，。；]{1,60}?(?:进行|作|做|展开|开展)了?"
    r"|(?:会议|并?议定|研究并?议定|经研究|讨论|形成|原则|同意|通过|决定|确定|充分肯定|并?(?:指出|强调|要求|认为)|与会[^，。；]{0,12}(?:就|对|围绕|进行|逐一|审定|踊跃|认真|汇报|交流)|就[^，。；]{2,60}，[^，。；]{2,30}作了?[^，。；]{0,6}讲话|现|责成|请(?!示)|由|(?:并)?举行了|并?(?:研究)?(?:安排)?部署|研究推[动进][我本全][省市县区]|并?(?:安排|研究)[^，。；]{0,6}落实(?:意见|措施|工作)))"
    r"|(?=等[\d一二三四五六七八九十]{1,2}[项个](?:议题|事项|议程)，并?(?:原则|一致|均)?(?:同意|通过))"
    r"|，(?=在[^，。；]{1,10}(?:过程中|后|时)，|听取(?:汇报|介绍|发言)后，)"
    r"|，(?=并?研究[^，。；]{0,12}(?:贯彻|落实)|(?:并|还)?(?:研究|审议|讨论){1,2}了?(?:有关|相关|其[他它])(?:重要)?(?:事项|事宜|工作|问题|议题|文件))"
    r"|，(?=并听取了?[^，。；]{0,12}(?:有关|相关|情况)[^，。；]{0,16}汇报)|，(?=(?:点明|剖析|查摆)了?[^，。；]{2,20}(?:问题|不足))|，(?=(?:进一步)?(?:明确|完善|细化|梳理)了)|，(?=并?(?:研究|审议|讨论)?并?(?:原则上?|一致)?(?:通过|同意)了?(?:该|此|上述|以上|这))"
    r"|(?<=[》神况])并(?=(?:研究)?安排部署)|(?<=汇报|报告|介绍|发言)后，|(?<=稿）)后，|，(?=[^，。；]{2,40}(?:[作做]了?(?:表态|交流|优秀|典型)*|先后)发言)"
    r"|(?<=[报告况神》])(?:并(?=指出|强调|要求|认为)|(?=(?:指出|强调|要求|认为)[，：]))|[。：]|；(?!(?!会议)[^，。；]{2,60}(?:讲话|会议)精神(?:[；。]|$))"
)
# （审议了《云川市节水条例》；）研究了县水务局《关于购置水泵的请示》
BEGINS_WITH_AN_ACTION = re.compile(any_of(ACTIONS))
# 根据安排，会议（听取了县水务局的汇报）
# 会议首先（听取了县水务局的汇报） · 会议以党组会的形式，深入（学习《云川市节水条例》）
MEETING_DID = re.compile(
    rf"(?:(?:根据|按照)[^，。；]{{0,16}}安排，|(?:随后|接着|最后)，)?(?:在(?:认真)?(?={HEARD_FIRST})|(?:{THE_MEETING}|(?:会[上前]，?)?{THOSE_PRESENT}|会[上前]，?)(?:首先|还)?，?(?:{MANNER}(?:分别|一并)?(?={any_of(ACTIONS)}|通过了))?)"
)
# 会上，副市长沈一舟通报了防汛准备情况 · 会上，副县长多吉才让同志通报
# 市长王岚传达了省委会议精神 · 王岚主任首先向与会同志传达了省委会议精神 (the matter begins behind the person)
PERSON_DID = re.compile(
    rf"(?:会[上前]，?|(?:随后|接着)，?)?[\u4e00-\u9fff、]{{0,30}}{POST}(?:[\u4e00-\u9fff]{{2,3}}(?:同志)?|[\u4e00-\u9fff]{{4}}同志)"
    rf"(?:首先|最后|分别|还)?(?:向[^，。；]{{2,10}})?(?=通报|传达|宣读|宣讲|解读|领学)"
)
# 会上，王静传达了省委会议精神 (likewise, where the person has no post; the name has to be likely)
BARE_NAME_DID = re.compile(rf"会[上前]，?(?P<name>[{OF_NAMES}]{{2,3}})(?:同志)?(?:首先|还)?(?=传达|宣读|通报|领学)")
# 随后，市财政局负责人汇报了《云川市预算管理办法》的起草情况。
# 会上，市城投公司围绕退出机制，汇报了《云川市公房管理办法》
REPORTED_ON_A_DOCUMENT = re.compile(
    r"(?:随后，?|接着，?|会上，?)(?P<who>[\u4e00-\u9fff、]{2,24}?)(?:围绕[^。；《]{2,80}，(?=(?P<on>汇报|介绍|通报|解读)))?(?:汇报|介绍|通报|解读)了《"
)
# 县司法局对《云川县节水条例》（草案）的起草情况作了说明 · 与会人员就《云川县节水条例》的修改作了汇报 (likewise)
EXPLAINED = re.compile(
    r"[\u4e00-\u9fff、]{2,24}?(?:对|就)(?P<matter>《[^《》]{2,80}》[^，。；《》]{0,30}?)(?:进行|作|做)了?[^，。；《》]{0,6}(?:说明|解读|介绍|汇报)"
)
# 就做好安全生产工作，王岚要求 · 针对当前防汛工作。县长王岚指出 (what was said of a matter, which is named before it)
# 就防汛准备方面，王岚指出
SPOKEN_ON = re.compile(
    rf"(?:最后，?)?(?:就|针对|围绕|关于)(?P<matter>[^，。；《]{{4,40}}?)(?:方面)?[，。][\u4e00-\u9fff、]{{2,20}}?{any_of(SPEECH_VERBS)}"
)
# 同时学习了《云川市节水条例》 · 还审议了节水方案 (likewise behind the word)
FURTHERMORE = re.compile(rf"(?:同时|还|又|深入|认真|迅速|进一步|全面)(?={any_of(ACTIONS)})")
# （会议）指出，城区公交线路过少，群众出行不便 (what was said; its first clause names the matter)
SAID = re.compile(r"(?:指出|强调|要求|认为|决定|确定|明确|议定)[，：]")
# 根据《云川市节水条例》要求，决定对泵站进行检查 · 按照省的部署，研究泵站检查方案 (only what comes then is the matter)
# 考虑到汛期临近，决定拨付经费 · 鉴于资金紧张，经研究，同意由县财政局垫付
FOLLOWING_A_DOCUMENT = re.compile(
    r"(?:根据|按照)[^，。；]{2,80}，(?:研究)?(?:决定(?=对|由|在|成立|开展)|(?=研究|审议|讨论))"
    r"|(?:考虑到|鉴于|由于)[^。；]{2,80}?，(?:经[^，。；]{0,6}研究，?)?(?:会议)?(?:研究)?(?:决定|(?=同意))"
)
# 一要（摸清情况） · 一是（压实责任） · 第一，（压实责任） (the first of several points that were said)
FIRST_POINT = re.compile(r"一[是要]要?|第一，")
# （会议）同意县财政局的意见
# 同意：周禾任县水务局副局长 (what follows is a decision; its first clause names the matter)
DECIDES = re.compile(r"(?:(?:一致|原则上?)?(?:同意|通过)：|决定|同意|原则|议定)")
# 关于城区道路命名的问题。会议认为 · 滨江公园设计方案。原则通过。
# 研究供水问题：会议同意 (a title before its text)
HEADING_SENTENCE = re.compile(
    rf"(?P<title>(?:关于|{VERB}|(?=《))(?:《[^《》]{{2,80}}》|[^。，：《]){{1,80}}|[^。，：；]{{4,30}}(?:方案|规划|问题|事项|事宜))[。：](?=.)"
)

# 加强监测预警。县气象局要加密会商 · 严明工作纪律。县督查室要 (not 原则同意。由县水务局, 水务局抓紧清淤。由)
SHORT_HEADING = re.compile(
    r"(?P<title>(?!会议|原则|同意|通过|批准|决定|由|请|责成|要|经|就|对|围绕|该|上述|暂|各|全[市县区镇]|[省市县区镇乡][^。]{0,8}[局委办])"
    r"(?![^。]{0,8}(?:局|委|办(?![理法公])|厅|部门|单位|公司|集团|中心|政府|乡镇|街道|科|处(?![理置])|院))"
    r"(?:(?!负责|牵头|了|已)[^，。：；《》“”\d]){4,20})。(?=.)"
)

OPENING_BRACKETS, CLOSING_BRACKETS = "《（“〔", "》）”〕"
# Maximum length of a title; longer text is not one.
TITLE_LIMIT = 160
# A clause as short as 同意从2009年起 does not name a matter.
SHORTEST_CLAUSE = 10


def title_length(lines: list[Line], width: int | None, marker_length: int) -> int:
    """Return how many of an item's lines are its title, 0 for none.

    The first line follows the number of the item, which is `marker_length` characters long (0: no number).
    """
    if not lines or ITEM_SENTENCE.match(lines[0].folded) or (len(lines) > 1 and SETTLES.match(lines[0].folded)):
        return 0
    if not marker_length and not TITLE_START.match(lines[0].folded):
        return 0
    numbered = next((index for index, line in enumerate(lines) if index and _begins_a_list(line)), len(lines))
    leads_to_list = numbered < len(lines) and all("。" not in line.folded for line in lines[:numbered])
    for count, so_far in enumerate(accumulate(line.folded for line in lines), 1):
        stop = so_far.find("。")
        if 0 <= stop < len(so_far) - 1 or len(so_far) > TITLE_LIMIT:
            return 0
        if stop >= 0:
            return count if count < len(lines) and _is_a_title_with_full_stop(so_far) else 0
        if count in (len(lines), numbered):
            return count
        line, following = lines[count - 1], lines[count]
        is_full = width is not None and len(line.text) + (marker_length if count == 1 else 0) >= width - 1
        may_wrap = width is None and 20 <= len(line.text) <= 34
        if not _goes_on(so_far, following, is_full, leads_to_list, may_wrap):
            return count
    return 0


def _goes_on(so_far: str, following: Line, is_full: bool, leads_to_list: bool, may_wrap: bool) -> bool:
    """Return whether a title continues in the next line."""
    if not _is_balanced(so_far):
        return True
    if LABEL_OF_THE_DECISION.fullmatch(following.folded):
        return False
    if SPEECH.match(following.folded) and (not is_full or TITLE_END.search(so_far)):
        return False
    if leads_to_list or is_full:
        return True
    if len(following.text) >= 20:
        return False
    if TITLE_END.search(following.folded) and not TITLE_END.search(so_far):
        return True
    return may_wrap and "。" not in following.folded


def _is_a_title_with_full_stop(text: str) -> bool:
    return TITLE_START.match(text) is not None and "，" not in text.split("，并")[0]


def _is_balanced(text: str) -> bool:
    """Return whether all brackets are closed."""
    pairs = zip(OPENING_BRACKETS, CLOSING_BRACKETS, strict=True)
    return all(text.count(opening) <= text.count(closing) for opening, closing in pairs)


def _begins_a_list(line: Line) -> bool:
    """Return whether the line starts with a number one."""
    return any(marker.value == 1 and marker.style is not Style.ARABIC_WITHOUT_DOT for marker in markers_of(line))


def short_heading_and_rest(text: Tracked) -> tuple[Tracked, Tracked] | None:
    """Split off a short first sentence that is a heading (加强监测预警。)."""
    heading = SHORT_HEADING.match(text.folded)
    return (text[: heading.end("title")], text[heading.end() :].stripped()) if heading else None


def heading_and_rest(text: Tracked) -> tuple[Tracked, Tracked] | None:
    """Split off a title at the start of the text, if it is a sentence of its own."""
    heading = HEADING_SENTENCE.match(text.folded)
    if not heading or ITEM_SENTENCE.match(text.folded):
        return None
    return text[: heading.end("title")], text[heading.end() :].stripped()


def matter_of(text: Tracked) -> Tracked:
    """Return the matter of a sentence, without 会议."""
    if spoken := SPOKEN_ON.match(text.folded) or EXPLAINED.match(text.folded):
        return text[spoken.start("matter") : spoken.end("matter")]
    if reported := REPORTED_ON_A_DOCUMENT.match(text.folded):
        start = reported.start("on" if reported["on"] else "who")
        return without_asides(text[start : _end_of_matter(text.folded, start)])
    did = somebody_did(text.folded) or MEETING_DID.match(text.folded) or FURTHERMORE.match(text.folded)
    start = did.end() if did else 0
    if after := FOLLOWING_A_DOCUMENT.match(text.folded, start):
        start = after.end()
    said = SAID.match(text.folded, start)
    start = said.end() if said else start
    if said and (first := FIRST_POINT.match(text.folded, start)):
        start = first.end()
    decided = DECIDES.match(text.folded, start)
    if decided and decided[0].endswith("："):
        start = decided.end()
    end = _end_of_matter(text.folded, start)
    if (said or decided) and (comma := text.folded.find("，", start + SHORTEST_CLAUSE, end)) > 0:
        end = comma
    if end - start > TITLE_LIMIT:
        comma = text.folded.find("，", start)
        end = comma if 0 < comma - start <= TITLE_LIMIT else _end_of_list(text.folded, start, start + TITLE_LIMIT)
    matter = text[start:end].stripped("。：；，、, ")
    if dealt_with := DEALT_WITH.fullmatch(matter.folded):
        matter = matter[dealt_with.start("matter") : dealt_with.end("matter")]
    return without_asides(matter)


def somebody_did(folded: str) -> re.Match[str] | None:
    """Return the words before what somebody conveyed; without a post the name has to be likely: 会上，王静传达了."""
    if person := PERSON_DID.match(folded):
        return person
    found = BARE_NAME_DID.match(folded)
    return found if found and is_a_likely_name(found["name"]) else None


def _end_of_list(folded: str, start: int, limit: int) -> int:
    """Return where the last whole part of a list ends before the limit, else the limit."""
    end = blank_titles(folded).rfind("、", start, limit)
    return end if end > start else limit


def matters_in(sentence: Tracked) -> list[Tracked]:
    """Return the matters of a sentence in full: 审议了《甲》；研究了县水务局《乙》."""
    parts = sentence.parts("；")
    did = MEETING_DID.match(sentence.folded)
    start = did.end() if did else 0
    following = FOLLOWING_A_DOCUMENT.match(sentence.folded, start)
    # A sentence of semicolons has no part.
    starts = [following.end() if following else start, *(0 for _ in parts[1:])][: len(parts)]
    return [
        part[start : _end_of_matter(part.folded, start)]
        for start, part in zip(starts, parts, strict=True)
        if part is parts[0] or BEGINS_WITH_AN_ACTION.match(part.folded)
    ]


def without_asides(title: Tracked) -> Tracked:
    """Remove 了 after verbs, and short titles of documents, from a derived title."""
    outside = blank_titles(title.folded)
    left_out = {found.start("mark") for found in DONE.finditer(outside)}
    for found in CALLED_IN_SHORT.finditer(title.folded):
        left_out |= set(range(*found.span()))
    return title.without(left_out) if left_out else title


def _end_of_matter(folded: str, start: int) -> int:
    """Return the end of the matter that starts at `start`, ignoring brackets."""
    depth = 0
    for index in range(start, len(folded)):
        char = folded[index]
        depth += (char in OPENING_BRACKETS) - (char in CLOSING_BRACKETS)
        if depth <= 0 and index > start and MATTER_END.match(folded, index):
            return index
    return len(folded)
