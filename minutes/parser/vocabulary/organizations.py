"""Names of units, and how to find them in running text."""

from __future__ import annotations

import re
from functools import lru_cache

from minutes.parser.source_text import track
from minutes.parser.types import Field
from minutes.parser.vocabulary.departments import (
    DEPARTMENT_SUFFIX,
    DEPARTMENT_WORD,
    OF_COMMITTEE_OR_GOVERNMENT,
    OTHER_BODY,
)

# 市应急局 · 云川城投公司 · 县消防救援支队 (how a unit is called at the end, in running text too; part of others)
UNIT_SUFFIX = (
    r"(?:局|“?两委”?|机关|(?<![控参入持])股|委员会|管委会|管理委|[市县区州省旗镇乡党纪工编]委|委|办公室|办公厅|办事处|街道办|街办|镇办|府办|(?<![承主举创开申督包查交代补催协])(?<!(?<!振)兴)办|厅|院"
    r"|(?<=[传织战援宣信作事务程])部|项目部|指挥部|武装部|人武部|支部|事业部|俱乐部|中心|公司|集团|银行|分行|支行|支队|大队|中队|总队|宾馆|饭店|酒店|服务队|工作队|调查队|突击队"
    r"|工会|总社|供销社|合作社|联社|协会|商会|学会|研究会|联合会|工商联|残联|妇联|文联|科协|侨联|团[市县区省州]?委|红十字会|基金会|村委会|居委会|理事会|学校"
    r"|小学|中学|大学|学院|党校|幼儿园|医院|卫生院|海关|工作专班|专班|(?<=[作导查视项障调迁收治设理商察])组|督导组|巡查组|巡视组|领导小组|小组|专项组|保障组"
    r"|督查组|协调组|法院|检察院|政府|政协|人大|人大常委会|军分区|武警|电视台|融媒体|日报社|报社|图书馆|博物馆|文化馆|纪念馆"
    r"|(?<=[政出法生究理保土环税安务通护水电林建卫管财粮农工商])所|(?<=[务电机])段|站|(?<!正)处|科|室|队|园|林场|农场|港口|机场|水库|水厂|电厂|客运站|管理处|城投"
    r"|交投|水投|建投|国投|旅投|农投|工投|文投|产投|金投|国资|供电|电信|移动|联通|铁塔|烟草|消防|气象|税务|信用社|农商行|农发行|国开行|保险|邮政|人行)"
)
# 市应急局 · 县发展和改革委员会 · 东浦区 · 城关镇 (how it is called at the end in a list, where little else may end so)
UNIT_END = re.compile(
    rf"(?:{UNIT_SUFFIX}|办|部|处|所|段|区|县|市|镇|乡|街道|旗|州|场|村|联|社|组|中支|台|馆|团|会|行|库|厂|店"
    r"|证券|人寿|基金|石油|石化|盐业|机构|局等部门|委等部门)$"
)
LONGEST_UNIT_END = 8
# 市应急局 · 国家电网 · 东浦区财政局 (how a unit's name begins, and hardly anything else)
STRONG_START = re.compile(
    r"(?:[市县区省州旗镇乡]|自治|国家|中国|人行|武警|驻|团[市县区省州]|人民|农业|工商|建设|交通|中信|国开"
    r"|[\u4e00-\u9fff]{2,4}(?:市|区|县|镇|乡|街道|州|旗))"
)

# 主要负责同志 · 分管领导 · 有关负责人 (who comes or is told for a unit; part of other expressions)
LEADERS_OF_A_UNIT = r"(?:主要|有关|相关|分管){0,3}(?:负责人|负责同志|领导)"
# 各县（市、区） · 相关部门 · 全市银行业金融机构 (how a crowd is called at the end; part of other expressions)
CROWD_END = (
    rf"(?:{UNIT_SUFFIX}|部门|单位|地区|地方|地|级|镇|乡|街|街道|县|市|区|州|旗|板块|村|居|社区|企业|国企|机构|组|方|专委会|工委|委室|党[组委](?:（党[组委]）)?|党组织|高校|平台|项目|业主|主体"
    rf"|所|商户|农户|行业|景区|干部|职工|人员|员|同志|“?一把手”?|责任人|{LEADERS_OF_A_UNIT}|副?[市县区镇乡局片组村科处队站所校院段河林田湖路街]长|队伍)"
)
# 各地各部门 · 市直各单位 · 相关镇街 · 各县（市、区）人民政府 · 各产业管理处 (part of other expressions)
# 局机关各科室 · 全县政府系统 · 所有行业
CLASS = (
    r"(?:(?:全[市县区省州]|[市县区省州镇乡](?:级|直|属|域)?|[局厅委院校全](?:系统|机关)|直属|(?:其他|其它|涉及)的?)?"
    r"(?:各|任何|所有|全体|部分|有关|相关|其他|其它|所属|属地|所在|所在地|涉及|责任|牵头|配合|成员|职能|主管|行业|参建|参会|与会|沿[\u4e00-\u9fff]|两|三|四)"
    rf"(?:[\u4e00-\u9fff“”]|（[^（）]{{1,14}}）){{0,18}}?{CROWD_END}(?:（[^（）]{{1,14}}）)?(?:人民政府|政府|党委|管委会)?"
    r"|全[省市县区州旗][\u4e00-\u9fff]{2,4}系统|(?:[市县区]?(?:镇村|村|社区)(?:两|三)级|[市县区镇乡村][市县区镇乡村]?(?:两级|三级)|[省市县区镇村]级|市县|县区|县市区|市区|区县|镇街|街镇|镇村|乡镇|镇乡|街道办事处|街办事处|街道办|街办|街道|机关各[委室处科办]|村（居）委会|村（社区）|村居|村组|科室|站所|部办|处室|社区|园区|板块|辖区|属地|学校|高校|医院|银行|企业"
    r"|(?:[市县区镇乡州]?(?:委|政府|党委|党组)?(?:常委)?(?:领导)?)班子(?:全体)?成员|县（市、区）|县（区）|乡（镇）|乡镇（街道）|功能区|[县乡镇村]{1,3}级?(?:河长|林长|田长|湖长)|镇（街道）|街道（镇）|(?:施工|建设|监理|设计|勘察|项目|用人|用地|运营|承建|代建|实施|管理|产权|业主|重点)(?:单位|方|公司|企业)|[市县区]属(?:国企|企业)|[市县区镇乡]?(?:帮扶|包保|包联|包村|包片|驻村|驻点)(?:责任人|负责人|领导|干部|单位)|项目(?:业主|法人|建设方|公司)|业主|物业(?!服务|管理)|主管部门|部门|单位|政府|党委|部门主要负责同志|[市县区镇乡]?(?:委|政府)?领导|(?:[市县区镇乡州]?(?:委|政府|党委))?[市县区镇乡]?(?:分管|主要|包联|挂钩|联系|包保)(?:副?[市县区镇乡州]长|秘书长|[市县区镇乡州]?领导|负责同志|负责人))"
    r")"
)
# 相关部门 · 各镇 · 尚未完成的部门 · 全市银行业金融机构
CROWD = re.compile(rf"(?:{CLASS}|(?:(?![和及与])[\u4e00-\u9fff“”《》]){{2,18}}?(?:部门|单位|机构|企业|干部|业主))")
# 各县区 · 有关部门 · 市直各单位 · 相关乡镇（街道） (units that are meant without being named)
GENERIC = re.compile(
    rf"{CLASS}|(?:本|该|上述|属地)[\u4e00-\u9fff（）、]{{1,14}}|.*(?:部门|责任单位|成员单位|有关单位|相关单位|各单位|各(?:镇|乡|街道|直属机构|科室)[^、]{{0,6}})"
)

# 县委 · 政协 · 镇办 (of two characters only these are units)
SHORT_UNIT = re.compile(
    r"[市县区省州旗镇乡党团][委办]|人大|政协|政府|法院|消防|气象|[人农建工中]行|税务|妇联|残联|科协|文联|侨联|公安"
    r"|纪委|监委|工会|海关|邮政|烟草|电信|移动|联通|铁塔"
)
# 市应急局 · 发改局 · 东浦区财政局
DEPARTMENT = re.compile(
    rf"(?:[市县区省州旗]|[\u4e00-\u9fff]{{2}}[市县区州旗])?(?:{DEPARTMENT_WORD}){DEPARTMENT_SUFFIX}"
)

# 各县（市、区） · 各镇（街道） (what is in these brackets is part of the name; part of other expressions)
KINDS_OF_PLACES = r"（(?:[市区县旗镇乡场处]|街道|园区)(?:、(?:[市区县旗镇乡场处]|街道|园区))*）"
# 市建投（集团）公司 · 城投（云川）有限责任公司 (likewise)
WITHIN_A_COMPANY = r"（[^（）、，]{1,8}）(?:集团|控股|股份|有限|责任)*公司"
# 由云川市住建局、东浦区财政局负责 (a place has a name only where a name can begin: not in 原则同意市应急局)
PLACE = (
    r"(?:(?:(?<=[，。；：、由和及与])|^)"
    r"(?![由和及与请经向按]|自(?!贡)|研究|同意|会同|听取|责成|授权|委托|审议|通过|要求|督促|指导|协调|配合|支持|要报|报请|提请)"
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
    """Return whether the text ends like the name of a unit."""
    if len(name) == 2 and SHORT_UNIT.fullmatch(name) is None:
        return is_generic(name)
    end = UNIT_END.search(name, max(len(name) - LONGEST_UNIT_END, 0))
    return len(name) >= 2 and (end is not None or is_generic(name))


def is_generic(name: str) -> bool:
    """Return whether the words mean units without naming one: 各地, 相关部门."""
    return GENERIC.fullmatch(name) is not None


# For the names of units, and again for their roles, every passage of a meeting is looked through.
@lru_cache(maxsize=1024)
def find_units(text: str) -> tuple[Field[str], ...]:
    """Return the units named in a text with their spans, in text order."""
    compact = track(text).compact
    return tuple(
        compact.field(found)
        for found in UNIT_IN_TEXT.finditer(compact.folded)
        if not NOT_WITHIN.search(found[0][1:]) and not is_generic(found[0])
    )
