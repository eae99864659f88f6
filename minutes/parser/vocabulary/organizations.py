"""What the name of a unit looks like, and the units that a running text names."""

from __future__ import annotations

import re

from minutes.parser.source_text import track
from minutes.parser.types import Field
from minutes.parser.vocabulary.departments import (
    DEPARTMENT_SUFFIX,
    DEPARTMENT_WORD,
    OF_COMMITTEE_OR_GOVERNMENT,
    OTHER_BODY,
)

# 市应急局 · 县发展和改革委员会 · 云川城投公司 · 东浦区 · 城关镇 · 市消防救援支队
UNIT_END = re.compile(
    r"(?:局|委员会|委|办公室|办事处|办|部|厅|院|处|科|(?<![控参入持])股|所|站|段|中心|公司|集团|银行|分行|支行|支队|大队|总队|中队|队"
    r"|区|县|市|镇|乡|街道|旗|州|场|园|园区|管委会|管理处"
    r"|工会|联合会|联|总社|供销社|社|协会|商会|学会|学校|大学|学院|党校|医院|海关|专班|组|中支|调查队|电视台|台|馆"
    r"|军分区|人武部|武装部|分局|分公司|供电|电信|移动|联通"
    r"|铁塔|证券|人寿|保险|检察院|法院|中级法院|团|会|港口|机场|车站|水库|林场|农场|基金|石油|石化|烟草|邮政|盐业"
    r"|联社|信用社|农商行|农发行|国开行|人行|工行|建行|农行|中行"
    r"|室|行|机构|支局|库|厂|店|村|社区|开发区|高新区|新区|度假区|示范区|保税区|试验区|人大|政协|政府|党委|机关"
    r"|[城交水旅建国农工]投|项目部|服务队|指挥部|研究室|党组|工委|编办|军队|消防|气象|部队|局等部门|委等部门)$"
)
# 市应急局 · 国家电网 · 东浦区财政局 (how a unit's name begins, and hardly anything else)
STRONG_START = re.compile(
    r"(?:[市县区省州旗镇乡]|自治|国家|中国|人行|武警|驻|团[市县区省州]|人民|农业|工商|建设|交通|中信|国开"
    r"|[\u4e00-\u9fff]{2,4}(?:市|区|县|镇|乡|街道|州|旗))"
)

# 各县区 · 有关部门 · 市直各单位 · 相关乡镇（街道） (units that are meant without being named)
GENERIC = re.compile(
    r"(?:[市县区]级?直?)?(?:各|有关|相关|其他|其它|所属|属地|本|全|该|上述|责任|牵头|成员|业主|主管|行业"
    r"|建设(?=单位))[\u4e00-\u9fff（）、]{0,14}"
    r"(?:部门|单位|地|地区|[市县区]|乡|镇|乡镇|街道|街道办|办事处|街道办事处|科室|机构|村|社区|企业|园区|管委会|板块"
    r"|组|局|委|办|级|方|政府|人民政府)(?:（[市县区旗镇乡街道园、]{1,10}）)?"
    r"|.*(?:部门|有关单位|相关单位|各单位|各(?:镇|乡|街道|直属机构|科室)[^、]{0,6})"
)

# 县委 · 政协 · 镇办 (of two characters only these are units)
SHORT_UNIT = re.compile(
    r"[市县区省州旗镇乡党团][委办]|人大|政协|政府|法院|消防|气象|[人农建工中]行|税务|妇联|残联|科协|文联|侨联|公安"
    r"|海关|邮政|烟草|电信|移动|联通|铁塔"
)
# 市应急局 · 发改局 · 东浦区财政局
DEPARTMENT = re.compile(
    rf"(?:[市县区省州旗]|[\u4e00-\u9fff]{{2}}[市县区州旗])?(?:{DEPARTMENT_WORD}){DEPARTMENT_SUFFIX}"
)

# 各县（市、区） · 各镇（街道） (what stands in these brackets is part of the name; to be built into other expressions)
KINDS_OF_PLACES = r"（(?:[市区县旗镇乡场处]|街道|园区)(?:、(?:[市区县旗镇乡场处]|街道|园区))*）"
# 由云川市住建局、东浦区财政局负责 (a place has a name only where a name can begin: not in 原则同意市应急局)
PLACE = (
    r"(?:(?:(?<=[，。；：、由和及与])|^)"
    r"(?![由和及与请经向按]|同意|会同|听取|责成|授权|委托|审议|通过|要求|督促|指导|协调|配合|支持|要报|报请|提请)"
    r"[\u4e00-\u9fff]{2,3})"
)
# 由市应急局会同市水务局 · 县城市管理综合执法局 · 市便民服务中心 · 市供电公司 · 市政府办公室
UNIT_IN_TEXT = re.compile(
    rf"(?<![全我各本城上都超两三外])(?:{PLACE}?[市县区省州旗](?:{DEPARTMENT_WORD}){DEPARTMENT_SUFFIX}"
    rf"|[市县区省州旗](?:委|政府){OF_COMMITTEE_OR_GOVERNMENT}"
    rf"|[市县区省州旗]{OTHER_BODY}"
    r"|[市县区省州旗](?:(?!和[市县区省州旗])[\u4e00-\u9fff]){2,8}?(?:中心|集团|公司|管委会|管理局|支队|大队|指挥部|领导小组办公室))"
)
# 市里的服务中心 · 各区不得新建数据中心 (a unit named in running text does not stretch over 的, 由, 不得 …)
NOT_WITHIN = re.compile(r"[的与及、，。将要对在由等]|不[得准能可宜]|严禁|禁止|盲目|[新扩改迁]建|必须|应当|可以")


def looks_like_a_unit(name: str) -> bool:
    """Return whether the characters end as the name of a unit does."""
    if len(name) == 2 and SHORT_UNIT.fullmatch(name) is None:
        return is_generic(name)
    return len(name) >= 2 and (UNIT_END.search(name) is not None or is_generic(name))


def is_generic(name: str) -> bool:
    """Return whether the words stand for units without naming one: 各地, 相关部门."""
    return GENERIC.fullmatch(name) is not None


def find_units(text: str) -> list[Field[str]]:
    """Return the units that a text names, in text order, with their places."""
    compact = track(text).compact
    return [
        compact.field(found)
        for found in UNIT_IN_TEXT.finditer(compact.folded)
        if not NOT_WITHIN.search(found[0][1:]) and not is_generic(found[0])
    ]
