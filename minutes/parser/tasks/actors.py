"""Actors of tasks: units, posts, places, fields (应急、住建等部门), groups (各地)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from minutes.parser.source_text import Tracked
from minutes.parser.tasks.signs import AND_OTHERS, BEHIND_A_NAME, BETWEEN, TOGETHER, VERB
from minutes.parser.types import Span
from minutes.parser.vocabulary.departments import DEPARTMENT_SUFFIX, DEPARTMENT_WORD
from minutes.parser.vocabulary.names import OF_NAMES, TITLE_END, name_cost
from minutes.parser.vocabulary.organizations import CROWD, KINDS_OF_PLACES, SHORT_UNIT, UNIT_SUFFIX

# 尚未完成的部门 · 整改责任单位 · 验收牵头部门 · 重点排污单位 (what they are said to be is no order to them)
SAID_OF_A_CROWD = re.compile(
    r"^(?!要|请|由|对|按)[\u4e00-\u9fff“”]{2,12}(?:的(?:有关|相关|责任|牵头)?|责任|牵头|主管|配合|成员|承办|主办|实施)(?:部门|单位|企业|地区|乡镇|村|街道|同志|干部|人员)$"
    r"|^重点[\u4e00-\u9fff]{1,8}(?:单位|企业|部门|乡镇|村|街道)$"
)
# 生产 · 维保 (what makes a crowd of those who do it; part of the next)
DOES = (
    r"(?:生产|经营|建设|施工|设计|勘察|监理|维保|维护|管理|使用|运营|销售|储存|运输|加工|制造|安装|检测|服务|开发|承包)"
)
# 镇 · 街道办 (likewise)
LEVEL = r"(?:[市县区镇乡村]|街道办事处|街道办?|社区|园区|乡镇|部门|单位|企业)"
# 电梯生产和维保单位 · 有承办任务的乡、街道办 · 镇要 · 县、镇、村负责 (one crowd)
# 涉及老城的街道办事处 · 镇村两级包保干部 · 各乡镇场 (likewise)
# 市、县（区）各级政府 · 各区、市 · 有关方面要 · 各级财政要 · 包联项目领导要 (likewise)
JOINT_CROWD = re.compile(
    rf"(?:(?![和及与由])[\u4e00-\u9fff]){{0,8}}?{DOES}(?:[和及、]{DOES}){{1,4}}(?:单位|企业|机构)"
    rf"|(?:有(?!关)|涉及|承担)[^，。；：、的]{{1,12}}的{LEVEL}(?:[、和及]{LEVEL}){{1,4}}"
    rf"|涉及[^，。；：、的]{{1,14}}的(?:街道办事处|街道办?|乡镇|镇街|镇乡|社区|园区)"
    r"|[市县区镇乡村]{1,3}[两三]级(?:包保|包联|包片|驻村|帮扶|党员)?(?:干部|河长|林长|网格员)"
    r"|各(?:[镇乡街村区场办园]|街道){2,4}"
    rf"|各级(?:{DEPARTMENT_WORD})(?=要|应|须|必须|务必|负责)"
    r"|(?:包联|包保|包抓|挂钩)[\u4e00-\u9fff]{2,6}(?:领导|单位|部门)(?=要|应|须|必须|务必|负责)"
    r"|(?:各|有关|相关)方面(?=要|应|须|必须|务必|负责|加强)"
    r"|各(?:[市县区旗镇乡]、){1,3}(?:[市县区旗镇乡场]|街道)(?![\u4e00-\u9fff]{0,4}[长局委办])"
    r"|[省市县区](?:、[市县区镇乡](?:（[市县区镇乡街道、]{1,6}）)?){1,3}(?:各级|[两二三]级)?(?:人民政府|政府|党委政府|党委|部门)"
    r"|[市县区镇乡村](?:[、和][市县区镇乡村]){0,3}(?=要(?!求|素|点|闻|件|害|道|塞)|应当|必须|须(?!知)|负责(?!人|同志|制))"
)
# 财政部门 · 市公安部门 · 自然资源规划部门 (one field alone is called with 部门)
FIELD_ALONE = re.compile(
    rf"[市县区省州]?(?:级)?(?:(?:{DEPARTMENT_WORD}){{1,2}}|宣传|组织|法院|检察|通信|电力|供电|供水|燃气|水文|交警|巡警|路政|运管|农村|城建|房管|卫生|文物|环卫|纪检监察|新闻宣传)(?:主管|行政)?部门"
)
# 应急、住建、交通等部门 · 发展改革、财政部门 · 教育等部门
FIELDS = re.compile(
    r"(?P<fields>[\u4e00-\u9fff]{2,8}(?:(?:、|和|及)[\u4e00-\u9fff]{2,8}?){0,14}?)"
    r"(?P<behind>(?:[两三四五六七八九\d]{1,2}个?部门|等\d{0,2}个?(?:有关|相关|职能|主管|行业|执法|市直|县直|区直|行政)?(?:职能|主管|监管)?(?:部门|单位)(?:[和、]单位)?(?:之间)?|(?<=[、和及].{2})部门|(?<=[、和及].{3})部门|(?<=[、和及].{4})部门))"
)
# 市水务局 · 县发展和改革委员会 · 住建局 · 市审计 (cut short)
DEPARTMENT_NAME = re.compile(
    rf"(?:[\u4e00-\u9fff]{{2,3}}[市县区州旗])?(?:[市县区省州旗](?:{DEPARTMENT_WORD}){DEPARTMENT_SUFFIX}?|(?:{DEPARTMENT_WORD}){DEPARTMENT_SUFFIX})"
)
# 区城市管理 · 市统计 (a department cut short, unless the rest of its name follows)
CUT_SHORT = re.compile(rf"(?:[\u4e00-\u9fff]{{2,3}}[市县区州旗])?[市县区省州旗](?:{DEPARTMENT_WORD})")
# （区城市管理）和综合执法局 · （市统计）和大数据局 · （市卫生健康）委派专业人员 · （市规划）编制研究中心
REST_OF_THE_NAME = re.compile(
    r"(?:编制|设计|勘测|监测|检测|检验|保障|服务|推广|研究|执法|监察|督查|管理|指导|监督|评估|审核)[\u4e00-\u9fff]{0,4}?(?:中心|研究院|设计院|总?站|[大支]队|处(?!理)|所(?!有|需))"
    r"|和(?![市县区省州旗镇乡各])[\u4e00-\u9fff]{2,8}?(?:局|委员会)|委(?=[派会牵负要应须需做组按于在对根加尽及])"
)
# （各县）（市、区） · （各镇）（街道）
KIND_BEHIND = re.compile(KINDS_OF_PLACES)
# 水务公司 · 县财政局 · 城关镇政府 · 王岚同志 · 各有关部门 (what can only be the end of a name)
CERTAIN_END = re.compile(
    r"(?:局|委员会|中心|公司|集团|管委会|办事处|办公室|政府办|指挥部|大队|支队|银行|医院|学院|街道|专班|工作组|领导小组|检察院|法院|人民政府"
    r"|[镇乡]政府|联合会|总工会|研究院|“?两委”?|同志|河长办|[市县区]委办|所|站|部门|单位)$"
)
# （县公安局）巡特警大队 · （县医院）项目建设 (the name may go on, or be part of another)
NAME_GOES_ON = re.compile(
    r"$|长|(?:常务)?副|项目|工程|建设|改造|周边|门前|片区|地块|[^\u4e00-\u9fff]|[\u4e00-\u9fff]{0,6}?(?:[局队心所站科股室办委组院部]|公司|集团|会(?![议前后上])|商(?!定))"
)
# （县城投公司与供电公司）签订合同 · 对接 (what one does with another, who has no task)
DONE_WITH = re.compile(
    r"(?:逐一|逐户|充分|进一步|积极|及时|加强|做好|尽快|抓紧|主动)*(?:签订|对接|衔接|协商|沟通|洽谈|谈判|联系|协调)"
)
# 市防汛办 · 云川供电公司 · 东浦工业园管委会 · 区城投 · 市消防救援支队 · 县政府办公室 · 后勤组 · 县一中
UNIT = re.compile(
    rf"[\u4e00-\u9fff“”〇\d]{{0,24}}?(?:{UNIT_SUFFIX}|(?<=[府委局会])领导班子|(?<![\d一二三四五六七八九十各村居分编机群词重改按全两])组|(?<=[\u4e00-\u9fff])[一二三四五六七八九十]{{1,2}}[中小])"
)
# 昆山市 · 东浦区 · 城关镇 · 滨河街道 · 桃源村
PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:市|县|区|州|旗|镇|乡|街道|村|社区)")
# （云川市）科学技术局 · （东浦区）财政局 (then the place is part of the name)
DEPARTMENT_BEHIND = re.compile(rf"(?:{DEPARTMENT_WORD}){DEPARTMENT_SUFFIX}")
# 我市 · 片区 · 试点镇 (no place by its name)
NO_PLACE = re.compile(
    r"(?:[全我本各该外两跨进]|.*[全我本](?=.$)|.*(?:新建|重点|试点|薄弱|后进|沿线|城乡|全省|全国|主))(?:市|县|区|州|镇|乡|街道|村|社区)"
    r"|.*(?:城|老|小|片|校|库|灾|景|山|辖|地|学|厂|矿|牧|林|郊|商|特|禁|军|城区|院|街|住宅|(?:主体|城市|重点|生态|特色|各类)功能|行政|风景|保护|责任|生活|核心|中心|作业|集聚|农|乡|安置|施工|改造|征收|拆迁|整治|管控)区|.*(?:城市|都市|超市|门市|股市|楼市|上市|夜市|农村|乡村|空心村|城中村|集镇|小镇|下乡|家乡|返乡)"
    r"|(?:.*[小型心点丽色])?城镇"
)
# 主动走访企业 · 围绕市委 · 紧紧围绕市委 · 提升政府办 · 正在建设局
BEGINS_WITH_A_VERB = re.compile(
    rf"{VERB}|找[准出到]|紧紧|紧密|正在|目前|加大|提高|提升|增强|改善|改进|充分|大力|着力|努力|坚决|坚定|牢固|扎实|稳步|定期|不定期|适时|随时|全程|推行|推广|打击|查处|营造|加速|助推|助力|谋划|谱写|做[大强优实]|共[建创享]|争[当做创]|开创|建成|成为|实现|达到|突出|聚力|彰显|满足|激发|释放|打通|畅通|壮大|走访|促进|接受|批准|征得|取得|避免|依托|请求|恳请|受|服务|帮助|依靠|通知|形成|迅速|打破|鼓励|争取|围绕|在|由"
)
# 实行专班 · 成立办公室 · 强化大局 (no name begins so, however short)
ONLY_A_VERB = re.compile(
    r"实行|成立|组建|设立|建立|推行|强化|加强|加快|提高|完善|健全|做好|抓好|打造|优化|深化|细化|压实|确保|力争|争取"
)
# 专项工作组 · 督导检查组 · 整治办公室 (named by what it does)
NAMED_BY_ITS_WORK = re.compile(
    r"(?:督导|督查|督察|协调|推进|整治|整改|审批|采购|宣传|保障|监督|检查|巡查|专项|重点|联合|综合|统筹|创建|建设|改造|征收|收储|处置|化解|清理|清收|排查|防控|防治)"
    r"[\u4e00-\u9fff]{0,6}(?:组|专班|办|办公室|指挥部)"
)
# 市里的服务中心 · 整个安置区 · 要带队 · 加强与公安局 · 同意市城投公司 · 继续为市民政局 (words that are part of no name)
NO_NAME = re.compile(
    r"习近平|总书记|[的了是由被将并若]|不再|把(?!手)|(?<=工作)需|^交(?![通警易投管发运建控])|^其(?!他|它)|督促|(?<!与)会同|派员|组成|组建(?!办)|报(?=[市县区省州镇]政?府?)|^有(?!色|线|关)|年(?:以)?[内来]|直接|与(?!会|数据|规划|信息|社会|改革|旅游|体育|商务|科技|计划|环境)|(?<!主)要(?!区|市|素)|汇报|说明|[与和及]$|^(?:责成|责令|委托|授权|申请|会议|整个|提请|提交|报(?!告|社|刊)请?|同意|原则|关于|通过|推动|督促|指导|协调|支持|配合(?!部门|单位)|听取|审议|加强|加快|确保|做好|推进|充分|发挥|利用|组织(?!部|人事|宣传|统战)|按照|根据|为(?!民)|对(?!外|口)|在|从(?!化)|以|至|向|因|就|如(?!皋|东)|即(?!墨)|但|其中|要|请|让|使|给|经(?![发信贸济开管])|凡|不|已|暂|需|须|还|也|自(?![贡然治来流规资建])|研究(?![院所室中])|及时|尽快|抓紧|主动|积极|认真|切实|立即|迅速|密切|全力|统一|具体|同步|分别|共同|继续)"
    r"|提交|提请|(?<=[\u4e00-\u9fff])涉及|(?<=[局委办司府团心])(?:委托|组织(?!部|人事)|督促|牵头|负责|安排|责令)|报请|上报|报送|应当|必须|需要|可以|不得|以及|希望|建议|取得|通过|有效|有力|有序|要求|存在|问题|情况|工作(?!委|专班|组|领导小组|局|队|处|室|办|部|站|站|推进|协调|指挥)|对于|为了|方面|变更|更名"
)
# 全市在册隐患点94处 · 待市水务局 · 我市防汛形势仍处 · 全市中小学校 · 发展大局
# 美丽家园 · 水务局副局长周禾各自带队 (whatever it ends with, no unit)
NO_UNIT = re.compile(
    r"待(?!遇)|[\u4e00-\u9fff]*(?:仍|正|尚|均)处$|全[市县区省州镇域]|[\u4e00-\u9fff]*副(?:[局县市区镇乡处科院]长|主任|书记)|[\u4e00-\u9fff]*(?:大局|全局|布局|格局|开局|破局|僵局|家园|田园|网站|重心)$|[\u4e00-\u9fff]*\d+[处所个家项组支]$"
)
# 县委常委、常务副县长王岚 · 市住建局局长沈一舟同志 · 分管副县长 · 县政府主要负责同志
POST = re.compile(
    rf"(?P<title>(?:[\u4e00-\u9fff]{{0,14}}?{TITLE_END}、){{0,3}}[\u4e00-\u9fff]{{0,16}}?(?:常务|分管|主要|党组)?[副代]{{0,2}}{TITLE_END})"
    rf"(?P<name>[{OF_NAMES}]{{2,4}}?)?(?:同志)?"
)
# 县委常委、常务副县长 (one post of several titles)
SEVERAL_TITLES = re.compile(
    rf"[\u4e00-\u9fff]{{0,14}}?(?:常委|书记|组长|主任|成员|委员|副县长|副市长|副区长)、[\u4e00-\u9fff]{{0,12}}?{TITLE_END}"
)
# （王岚）牵头 · （王岚）、沈一舟 · （陈立）审核 · （王岚）责任单位： (where a bare name may end)
NAME_ENDS = re.compile(
    rf"{BEHIND_A_NAME.pattern}|{BETWEEN.pattern}|会同|审核|把关|审定|审查|根据|按照|[，；。）]|$"
    r"|(?:责任|牵头|主办|承办|主责|落实|配合|协办|参与|完成)(?:单位|部门|时限)"
)
# 分管副县长 · 县政府主要负责同志 (a post that names somebody without a name; not 市委常委)
POST_ALONE = re.compile(r"[长记]$|主任$|负责同志$|负责人$")
# 副县长左岸任组长 · 担任主任 (who is given a post)
NO_TITLE = re.compile(r"任(?:组长|副组长|主任|指挥长|总指挥|召集人)|为组长")
# 王岚副市长 · 王岚同志
NAME_FIRST = re.compile(
    rf"(?P<name>[{OF_NAMES}]{{2,4}}?)(?:(?P<title>(?:常务)?副?[市县区州镇乡局部主]{{1,2}}[长任]|书记|主任|秘书长)(?:同志)?|同志)"
)
LONGEST = 30


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor as named in a text: form, position, and a person's name and title."""

    form: str
    start: int
    end: int
    name: str | None
    title: str | None = None


def actors_from(
    text: Tracked, start: int, behind: re.Pattern[str], people: bool = False, charged: bool = False
) -> tuple[list[Mention], int]:
    """Return the actors listed from `start` up to `behind`, and the end of the list.

    A bare name (王岚) only counts if `people`: a person may be meant. If `charged` (after 由, 会同), the list may end
    with a name that must end there, whatever follows.
    """
    found: list[Mention] = []
    joint: re.Match[str] | None = None
    at = start
    while True:
        more = _fields_from(text, at, behind) or _actor_from(text, at, behind, people)
        if not more and charged:
            more = _certain_from(text, at)
        if joint and joint[0] == "与" and (not more or DONE_WITH.match(text.folded, more[1])):
            return (found, joint.start()) if behind.match(text.folded, joint.start()) else ([], start)
        if not more:
            return [], start
        if joint and len(more[0]) == 1 and _shares_the_crowd(text, found[-1], joint, more[0][0]):
            found[-1] = replace(found[-1], end=more[1], name=text.chars[found[-1].start : more[0][0].end])
        else:
            found += more[0]
        joint = BETWEEN.match(text.folded, more[1])
        if not joint:
            return found, more[1]
        at = joint.end()


def _shares_the_crowd(text: Tracked, before: Mention, joint: re.Match[str], mention: Mention) -> bool:
    """Return whether 各 or 相关 before one group applies to the next: 各相关地区和部门."""
    return (
        joint[0] in ("和", "及", "以及")
        and before.form == mention.form == "crowd"
        and BEGINS_A_CROWD.match(text.folded, before.start) is not None
        and WITHOUT_EACH.fullmatch(text.folded, mention.start, mention.end) is not None
    )


def _fields_from(text: Tracked, start: int, behind: re.Pattern[str]) -> tuple[list[Mention], int] | None:
    """Return the fields listed there (应急、住建、交通等部门) and their end."""
    found = FIELDS.match(text.folded, start)
    if not found or not _may_follow(text.folded, found.end(), behind):
        return None
    if found["behind"] == "部门" and not BETWEEN.search(text.folded, start, found.end("fields")):
        return None  # 公安部门、民政部门
    mentions, at = [], start
    for part in [*BETWEEN.finditer(text.folded, start, found.end("fields")), None]:
        end = part.start() if part else found.end("fields")
        name = text.folded[at:end]
        if not 2 <= len(name) <= 12 or NO_NAME.search(name) or BEGINS_A_CROWD.match(name) or CROWD.fullmatch(name):
            return None
        mentions.append(Mention(_form_in_a_list(name), at, end, text.chars[at:end]))
        at = part.end() if part else end
    return mentions, found.end()


def _form_in_a_list(name: str) -> str:
    """Return what a name before 等部门 stands for: a field, unless it is a unit or a town."""
    if DEPARTMENT_WORDS.fullmatch(name):
        return "field"
    if TOWN.fullmatch(name) and not NO_PLACE.fullmatch(name):
        return "place"
    return "unit" if _is_a_unit(name) else "field"


# 城关镇 · 滨河街道 · 青石乡 (named among departments: 县水务局、青石乡等单位)
TOWN = re.compile(r"[\u4e00-\u9fff]{1,4}(?:镇|乡|街道|村|社区)")
# 部门 · 单位 · 党员干部 · 部门主要负责同志 (a crowd that 各 or 相关 further in front is said of)
WITHOUT_EACH = re.compile(
    r"(?:部门|单位|乡镇|镇街|街道|企业|园区|社区|村|政府|部门单位|(?:党员)?领导干部|党员干部)"
    r"(?:主要)?(?:负责同志|负责人)?"
)
# 相关（部门） · 各（部门） (no field)
BEGINS_A_CROWD = re.compile(r"[市县区]?(?:级|直)?(?:各|上级|下级|相关|有关|主管|职能|责任|牵头|其他|行业)")
# 应急 · 市住建 (a field, not a unit)
DEPARTMENT_WORDS = re.compile(rf"[市县区省州]?(?:{DEPARTMENT_WORD})")


# 《政府工作报告》起草组 · 《规划》编制专班 (those who write a document)
DRAFTING_GROUP = re.compile(r"《[^《》]{1,30}》(?:起草|编制|修订|编写)(?:小组|组|专班|班子)")


def _actor_from(text: Tracked, start: int, behind: re.Pattern[str], people: bool) -> tuple[list[Mention], int] | None:
    """Return the actor that starts there, and its end including 等部门."""
    folded = text.folded
    drafting = DRAFTING_GROUP.match(folded, start)
    if drafting and _may_follow(folded, drafting.end(), behind):
        return [Mention("unit", start, drafting.end(), text.chars[start : drafting.end()])], drafting.end()
    crowd = JOINT_CROWD.match(folded, start)
    if crowd and _may_follow(folded, crowd.end(), behind):
        return [Mention("crowd", start, crowd.end(), text.chars[start : crowd.end()])], crowd.end()
    for end in _ends(folded, start):
        others = AND_OTHERS.match(folded, end)
        after = others.end() if others else end
        if not _may_follow(folded, after, behind) or _is_half_a_name(folded, start, end):
            continue
        if PLACE.fullmatch(folded, start, end) and DEPARTMENT_BEHIND.match(folded, end):
            continue
        comrades = others is not None and "同志" in others[0]
        mention = _named(text, start, end, people and (comrades or NAME_ENDS.match(folded, after) is not None))
        if mention:
            return [mention], after
    return None


def _certain_from(text: Tracked, start: int) -> tuple[list[Mention], int] | None:
    """Return the actor that starts there with a certain end: 县财政局兜底."""
    for end in _ends(text.folded, start):
        if CERTAIN_END.search(text.folded, start, end) and not NAME_GOES_ON.match(text.folded, end):
            mention = _named(text, start, end, people=False)
            return ([mention], end) if mention else None
    return None


def _ends(folded: str, start: int) -> list[int]:
    """Return possible ends of an actor: before a mark, outside brackets and titles."""
    titles = SEVERAL_TITLES.match(folded, start)
    first = titles.end() if titles else start + 2
    ends, depth = [], 0
    for end in range(start + 1, min(len(folded), start + LONGEST) + 1):
        char = folded[end - 1]
        if char in "，。；：！？《》" or (char == "、" and not depth and end > first):
            break
        depth += {"（": 1, "）": -1}.get(char, 0)
        if depth < 0:
            break
        if depth == 0 and end >= first:
            ends.append(end)
    return ends


def _is_half_a_name(folded: str, start: int, end: int) -> bool:
    """Return whether the name continues: 区城市管理和综合执法局, 市卫生健康委, 各县（市、区）."""
    return KIND_BEHIND.match(folded, end) is not None or bool(
        REST_OF_THE_NAME.match(folded, end) and CUT_SHORT.fullmatch(folded, start, end)
    )


def _may_follow(folded: str, at: int, behind: re.Pattern[str]) -> bool:
    return bool(behind.match(folded, at) or TOGETHER.match(folded, at) or BETWEEN.match(folded, at))


def _named(text: Tracked, start: int, end: int, people: bool) -> Mention | None:
    """Return the actor named by exactly these characters, or None."""
    name = text.folded[start:end]
    written = text.chars[start:end]
    if FIELD_ALONE.fullmatch(name):
        return Mention("field", start, end, written)
    if by_another_name := IN_BRACKETS.search(name):
        known = _named(text, start, start + by_another_name.start(), people=False)
        return replace(known, end=end) if known and known.form in ("unit", "crowd") else None
    if CROWD.fullmatch(name) and (
        SAID_OF_A_CROWD.search(name) or not (_begins_with_a_verb(name) or NO_NAME.search(name))
    ):
        return Mention("crowd", start, end, written)
    person = _person(text, start, end, people)
    if person:
        return person
    if NO_NAME.search(name) or _begins_with_a_verb(name):
        return None
    if PLACE.fullmatch(name):
        return None if NO_PLACE.fullmatch(name) else Mention("place", start, end, written)
    return Mention("unit", start, end, written) if _is_a_unit(name) and not NO_UNIT.match(name) else None


def _begins_with_a_verb(name: str) -> bool:
    """Return whether the text is an order (走访企业, 围绕市委), not an office (招标办)."""
    if ONLY_A_VERB.match(name) and not NAMED_BY_ITS_WORK.fullmatch(name):
        return True
    verb = BEGINS_WITH_A_VERB.match(name)
    if not verb or NAMED_BY_ITS_WORK.fullmatch(name):
        return False
    if name[verb.end() : verb.end() + 1] in tuple("市县区省全各"):
        return True
    return len(name) > 4 and not DEPARTMENT_NAME.fullmatch(name)


def _is_a_unit(name: str) -> bool:
    return DEPARTMENT_NAME.fullmatch(name) is not None or (
        (len(name) >= 3 and UNIT.fullmatch(name) is not None)
        or SHORT_UNIT.fullmatch(name) is not None
        or name in ("交警", "巡警", "特警", "城管")
    )


def _person(text: Tracked, start: int, end: int, people: bool) -> Mention | None:
    """Return the post named by these characters: 副县长王岚, 王岚同志, 分管副县长."""
    name, written = text.folded[start:end], text.chars[start:end]
    found = NAME_FIRST.fullmatch(name)
    if found and _may_be_a_name(found["name"]):
        return Mention("post", start, end, written[slice(*found.span("name"))], _title(written, found))
    if LEADER_OF.fullmatch(name) and not NO_NAME.search(name):
        return Mention("post", start, end, None, written)
    found = POST.fullmatch(name)
    if found and not NO_TITLE.search(found["title"]) and not NO_NAME.search(found["title"]):
        named = _may_be_a_name(found["name"]) if found["name"] else POST_ALONE.search(found["title"])
        if named and "各" in found["title"]:
            return Mention("crowd", start, end, text.chars[start:end])
        named_as = written[slice(*found.span("name"))] if found["name"] else None
        return Mention("post", start, end, named_as, _title(written, found)) if named else None
    if people and 2 <= len(name) <= 4 and _may_be_a_name(name) and not _is_a_unit(name):
        return Mention("post", start, end, written)
    return None


# 全面负责 · 通力配合 · 分管领导 · 安排专人负责 · 明确牵头 (words before 负责 that look like a name)
SAYS_HOW = re.compile(
    r"全[面力员程权部]|.*分管|安排|明确|成立|召集|管理|支持|单独|应[当该]|过去|明年|年[底内]|高效|严格|常[年态]|从严|平时|连续|妥善|施工|经营|宣传|通力"
)
# 县发改局（重点办） · 区财政局（国资局） · 各部门党组（党委） (a unit and what it is called besides)
IN_BRACKETS = re.compile(r"（[\u4e00-\u9fff]{1,10}(?:局|委|办|中心|公司|组|处|科|站|所|队)）$")
# 县水务局分管领导 · 青石镇包案领导 · 青石镇领导 (the leader of a unit, without a name)
LEADER_OF = re.compile(
    r"(?!各)[\u4e00-\u9fff]{1,10}?(?:局|委|办|镇|乡|街道|政府|公司|集团|中心|部门|单位|村|社区)"
    r"(?:分管|主管|主要|包联|挂钩|联系|包保|包案|包抓){1,2}领导|(?!各)[\u4e00-\u9fff]{2,8}(?:局|镇|乡|街道|公司|集团|社区)领导"
)


def _title(written: str, found: re.Match[str]) -> str | None:
    return written[slice(*found.span("title"))] if found["title"] else None


def _may_be_a_name(name: str) -> bool:
    cost = name_cost(name)
    return cost is not None and cost < 2.0 and name[0] not in "由其" and not SAYS_HOW.match(name)


def span_of(text: Tracked, start: int, end: int) -> Span:
    """Return the source span of those characters."""
    return Span(text.starts[start], text.ends[end - 1])
