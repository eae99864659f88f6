"""Fields of head and opening: number, kind, 文号, place and part of day."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from minutes.parser.head.body import OTHER_BODY, body_in
from minutes.parser.head.notice import without_who_forwarded
from minutes.parser.layout.lines import Line
from minutes.parser.source_text import Tracked
from minutes.parser.types import Field
from minutes.parser.vocabulary.dates import DATE_FORM, WrittenDate, dates_in
from minutes.parser.vocabulary.numerals import NUMERAL, as_number

# 主持召开市政府第77次常务会议 · 五届104次区政府常务会议 · 第八十次常务会议
MEETING_NUMBER = re.compile(
    rf"(?:第?{NUMERAL}届[^，。；次]{{0,16}}?)?第?(?P<number>{NUMERAL})次(?!全会|全国|全体会议精神|会议(?:大会)?主席团)"
)
# 第80次 (a line of the head; not 第十五次全国民政会议)
HEAD_NUMBER = re.compile(rf"第?(?P<number>{NUMERAL})次(?!全国|会议(?:大会)?主席团)")

# 常务（扩大）会议 · 全体会议 · 县长办公会议 · 局长办公会 · 主任办公会议 · 局务会 · 专题会议 (not 常务会议室)
# 区委常委会会议 · 政策联审会 · 经济运行分析会 · 党组扩大会议
# 县委常委会议 · 镇党委会会议 · 部务会 · 工作碰头会 · 项目协调推进会议 · 防汛指挥部会议 · 书记办公会 · 党政联席会议
# 周例会
KIND = re.compile(
    r"(?P<kind>常务|全体|专题|党[委组]会(?=会议)|党组|党委|党工委|工委(?=会议|（扩大）)|[规土安编国食河深审]委会(?=会议)|(?<!常务)委员会(?=会议)|主席团(?=会议)|[村居]委会(?=扩大|会议|（)|班子|[局委部院校馆社厂站]务|[省市县区镇乡州旗盟局厅院校行]长办公|主任办公"
    r"|专员办公|主席办公|书记办公|总经理办公|现场办公|办公|党政联席|联席|协调推进|对接|协调|推进(?!专题)|调度|碰头|指挥部|领导小组|工作例"
    r"|[周月]例|例|专班|座谈|研讨|讲评|过堂|部署|动员|论证|评审|约谈|联审|会审|会商|会办|分析|研判|通气|现场|主任|主席|校长|书记|(?<!人大)常委会(?=(?:（[^（）]{1,6}）)?会议)"
    r"|(?<!人大)常委(?=会议|（扩大）会|扩大会)|委员(?=（扩大）会议))"
    r"(?:（[^（）]{1,6}）|扩大)?(?:办公|工作|协调|专题)?会(?!议?(?:[室厅]|精神|上的)|[计同商诊场见]|员|务)议?"
)
# 县政府 · 区人民政府 · 政府 (between the number and the kind)
GOVERNMENT = re.compile(r"[省市区县旗州盟镇乡]?(?:人民)?政府")
# The meetings that minutes are of, where the party group met on the same occasion.
OF_ALL = ("常务", "主席", "主任")
KINDS = {
    **{"常务": "常务会议", "全体": "全体会议", "专题": "专题会议", "党组": "党组会议"},
    **{"例": "例会", "周例": "周例会", "月例": "月例会", "工作例": "工作例会"},
}
# 县委常委会第5次会议 · 县十八届人大常委会第二十八次会议
# 防汛指挥部第一次会议 · 城市更新工作领导小组2021年第1次会议 (the name of the group is the kind)
# 南屏镇第十五届人民代表大会第一次会议
# 城乡规划委员会2021年第2次会议 · 召开2021年安委会第三次会议
KIND_OF_GROUP = re.compile(
    rf"(?P<kind>指挥部|领导小组|常委会|人民代表大会|委员会|安委会|食安委|主席团|党组|党委|党工委)(?:召开|举行)?(?:(?:20|19)\d\d年)?度?第{NUMERAL}次会议(?!主席团)"
)
# 主持召开区委常委会，
# 区党工委召开扩大会议 · 局党组召开会议 · 区委常委会近日举行会议
CALLED_BY_A_PARTY_GROUP = re.compile(
    r"(?P<kind>党组|党委|党工委|(?<!人大)常委会)"
    r"(?:(?:近日|日前|今[日天]|昨[日天])?(?:召开|举行)(?:扩大)?会议|(?<=[市县区州旗]委常委会)(?:（扩大）)?(?=[，。；]|$))"
)
# 召集市水务局、市财政局负责人，专题研究 · 召开会议，专题研究 (a meeting that nothing calls otherwise)
CALLED_FOR_A_MATTER = re.compile(r"(?:召集(?!人)[^。]{2,120}?|召开会议，)(?P<kind>专题)(?:研究|协调)")
# 党工委理论学习中心组学习（扩大）会议， · 召开土地清理工作会议，
# 防汛工作会议在县政府召开 (a meeting that nothing calls otherwise)
OF_NO_OTHER_KIND = re.compile(
    r"(?P<kind>(?:理论学习)?中心组学习(?=（扩大）|扩大|会议)|工作|动员|培训|总结|表彰)(?:（扩大）|扩大)?会议?(?=[，。在]|召开|$)"
)
# 县十六届人民政府第9次 · 五届104次区政府 · 九届区委第104次 · 市第十六届人民政府
# 县十五届人大三次会议大会主席团第二次会议 · （第十八届）
# 二届市委召开108次常委会会议 · 县十七届人大常委会召开第二十三次主任会议 (not 十九届五中全会, 十届人大二次会议)
TERM = re.compile(
    rf"第?(?P<term>{NUMERAL})届(?:(?=第?{NUMERAL}次)|(?:[省市县区州旗镇乡]?(?:人民)?政府)(?!工作报告)|[省市县区州旗]委(?:常委会)?(?:召开|举行)?(?=第?{NUMERAL}次)"
    rf"|(?:人大常委会|人民代表大会)(?:召开|举行)?(?=第?{NUMERAL}次(?:主任|党组)?会议)|委员会(?=第?{NUMERAL}次(?:主席|常委))|人大(?=第?{NUMERAL}次会议(?:大会)?主席团))"
    rf"|^（第(?P<alone>{NUMERAL})届）$"
)
# 第6期 · （第五期） · （第14期） · 2023年第15期 · （总第112期） · 〔2023〕第11期 · 〔2023〕11期
SERIAL = re.compile(
    r"（?(?:(?:20|19)\d\d年|〔(?:20|19)\d\d〕)?(?P<total>总)?(?:第|(?<=〕))"
    rf"(?P<serial>{NUMERAL})期(?:（?总第{NUMERAL}期）?)?）?"
)

# 〔2019〕41号 · 云府会议纪要〔2025〕2号 · 常务会议纪要[2013]4号 · 云府纪要（2017）12号
DOC_NUMBER = re.compile(r"(?P<prefix>[\u4e00-\u9fffA-Za-z]{0,16})[〔（](?:19|20)\d\d[〕）](?:第)?\d{1,4}号")
# （第12号） · （2019年第22号） · 2014—23
SERIAL_NUMBER = re.compile(r"（?(?P<number>(?:(?:19|20)\d\d年)?第\d{1,4}号|(?:19|20)\d\d-\d{1,3}(?![-\d]))）?")
# 2021年3月5日上午 · 下午3时
PART_OF_DAY = re.compile(r"(?P<part>上午|下午|晚上|晚|中午|凌晨|早上)")
# 2021年3月5日（星期五）上午 (right after a date, however far into the text)
BEHIND_THE_DATE = re.compile(rf"{DATE_FORM}(?:（[^（）]{{1,6}}）)?{PART_OF_DAY.pattern}")

# 在县政府三楼会议室主持召开 · 在县防汛指挥部召开 · 于3月5日在市政务中心一号会议厅召开
# 在区住建局由沈一舟主持召开 · 在南屏镇政府召开 · 在云川宾馆主持召开 · 在北渚村举行
PLACE = re.compile(
    r"[在于](?P<place>(?:(?!在)[^，。；、]){2,30}?"
    r"(?:(?:会议室|会议厅|会堂|礼堂|会议中心|室|厅|楼|中心|指挥部|现场|主会场)(?=主持|召开|召集|，|举行|共同|联合|组织|就|专题|由)"
    r"|(?:局|委|政府|管委会|办事处|公司|机关|院|学校|馆|酒店|饭店|村|社区|基地|园区|工地|码头|水库)(?=(?:成功|顺利|隆重)?(?:主持|召开|举行)|由[^，。]{2,20}?(?:主持|召集))))"
)
# 在广州召开 (a city and nothing more)
CITY_ALONE = re.compile(
    r"在(?P<place>(?!基础|全|我|此|原)[\u4e00-\u9fff]{2,5}(?<![上下中间前后会时]))(?=(?:顺利|隆重)?(?:召开|举行))"
)
# 召开市政府第77次常务会议 · 主持县长办公会议暨防汛工作会议 · 举行第12次会， · 召开联席会议第二次全体会议
HELD = re.compile(
    r"(?:召开|主持|召集(?!人)|举行).{0,70}?"
    r"(?:次?会议(?![室厅])(?:[暨和及].{0,40}?会议(?![室厅]))?|次会(?!议)|会(?=，|。)|次(?=，|。))"
    r"(?:[^，。；]{0,12}第[^，。；]{1,4}次[^，。；]{0,8}会议?)?"
)

# 3月5日，区工委会议召开， · 防汛工作协调会在县政府会议室召开。 (of which the verb comes behind it)
HELD_BEHIND = re.compile(r"(?:会议?|次)(?:在[^，。；]{2,30})?(?:顺利|隆重)?(?:召开|举行)(?=[，。；]|$)")
# 发布日期：2021- 03- 05 (blanks within a date of a page)
BLANK_IN_A_DATE = re.compile(r"(?<=\d)\s*-\s+(?=\d)")

# 发布时间：2021-03-05 · 发布日期：2021年3月5日 · 时间：2021-03-05 来源：云川日报 · 2021/03/05
# 来源： 王岚 2021-03-05 09：10 责编：沈一舟 · 2021年03月05日来源：新闻中心
# | 2021-03-05 11：18：04 编辑：王岚 · 创建时间：2021/03/05
PUBLISHED = re.compile(
    r"发(?:布|表)(?:时间|日期|于)|^来源：[^：]{0,30}?(?=\s(?:19|20)\d\d-)|^[-\s]*(?=(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:\s+\d|\s*(?:\d{1,2}：\d\d\s*)?来源))|(?:更新|创建|录入)(?:时间|日期)|(?:^|[\s|])(?:时间|日期)：|^[|\s]*(?=(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+(?:\d|来源|作者)|\s*$))"
)
# 发布时间：Fri Mar 05 08:50:37 CST 2021 (how a program writes a time)
TIME_OF_A_PROGRAM = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?P<day>\d\d)"
    r" [\d：]{8} [A-Z]{3,4} (?P<year>(?:19|20)\d\d)"
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Lines of the head are short; a longer one is text, which may mention other meetings.
LONGEST_LINE_OF_THE_HEAD = 50


@dataclass(frozen=True)
class Header:
    """The fields of the head."""

    body: Field[str] | None
    number: Field[int] | None
    kind: Field[str] | None
    doc_number: Field[str] | None
    term: Field[int] | None
    serial: Field[int] | None
    dates: tuple[WrittenDate, ...]


def header_of(lines: list[Line]) -> Header:
    """Return the fields of the lines above the opening."""
    body = other_body = of_minutes = number = kind = term = serial = None
    dates: list[WrittenDate] = []
    for text in without_who_forwarded(lines):
        body = body or body_in(text)
        found = OTHER_BODY.fullmatch(text.folded) if len(text) <= LONGEST_LINE_OF_THE_HEAD else None
        other_body = other_body or (text.field(found, "name") if found else None)
        if found and text.folded.endswith("纪要"):
            of_minutes = of_minutes or text.field(found, "name")
    for line in lines:
        dates += [date for date in dates_in(line.text) if date.is_complete]
        if len(line.text) <= LONGEST_LINE_OF_THE_HEAD:
            number = number or number_in(line.text, HEAD_NUMBER)
            kind = kind or kind_in(line.text)
            term = term or term_in(line.text)
            serial = serial or _serial_in(line.text)
    return Header(body or of_minutes or other_body, number, kind, doc_number_in(lines), term, serial, tuple(dates))


def term_in(text: Tracked) -> Field[int] | None:
    """Return the term of the government: 十六届 → 16."""
    found = TERM.search(text.folded)
    group = "alone" if found and found["alone"] else "term"
    term = as_number(found[group]) if found else None
    return text.field_as(term, found, group) if found and term else None


def _serial_in(text: Tracked) -> Field[int] | None:
    """Return the serial number in a line of the head: 第6期 → 6."""
    found = SERIAL.search(text.folded)
    serial = as_number(found["serial"]) if found and not found["total"] else None
    return text.field_as(serial, found, "serial") if found and serial else None


def web_date_in(lines: list[Line]) -> Field[datetime.date] | None:
    """Return the publication date of the web page."""
    for line in lines:
        # In compact text the time (2022-10-12 09:30) would be joined to the date.
        raw = _without_blanks_in_dates(line.raw)
        if found := PUBLISHED.search(raw.folded):
            for written in dates_in(raw[found.end() :]):
                if day := written.resolved():
                    return Field(day, written.span)
        if program := TIME_OF_A_PROGRAM.search(line.raw.folded):
            month = MONTHS.index(program["month"]) + 1
            return line.raw.field_as(datetime.date(int(program["year"]), month, int(program["day"])), program)
    return None


def _without_blanks_in_dates(text: Tracked) -> Tracked:
    """Return the line without the blanks of 2021- 03- 05."""
    blanks = BLANK_IN_A_DATE.finditer(text.folded)
    return text.without({at for found in blanks for at in range(*found.span()) if text.chars[at].isspace()})


def meeting_sentence(opening: Tracked) -> Tracked:
    """Return the part of the opening on the meeting itself, without its matters."""
    meetings = list(HELD.finditer(opening.folded, 0, 600))
    found = next((found for found in meetings if "次" in found[0]), meetings[0] if meetings else None)
    behind = HELD_BEHIND.search(opening.folded, 0, 600)
    if behind and (found is None or behind.start() <= found.start()):
        found = behind
    return opening[: found.end()] if found else opening[:120]


def number_in(text: Tracked, pattern: re.Pattern[str] = MEETING_NUMBER) -> Field[int] | None:
    """Return the number of the meeting.

    The first 第N次 followed by a kind of meeting (not that of its party group), else the first one.
    """
    numbers = [(number, found) for found in pattern.finditer(text.folded) if (number := as_number(found["number"]))]
    kinds = [(number, found, kind["kind"]) for number, found in numbers if (kind := _kind_behind(found))]
    of_all = [(number, found) for number, found, kind in kinds if kind in OF_ALL]
    for number, found in of_all or [(number, found) for number, found, _ in kinds] or numbers:
        return text.field_as(number, found, "number")
    return None


def kind_in(text: Tracked) -> Field[str] | None:
    """Return the usual name of the kind of meeting (常务（扩大）会议 is a 常务会议).

    The one after 第N次, else the first one.
    """
    numbered = (_kind_behind(number) for number in MEETING_NUMBER.finditer(text.folded))
    found = next((kind for kind in numbered if kind), None) or KIND.search(text.folded)
    if found and found["kind"] == "党组":
        # 区政府党组会议暨区政府常务会议: the minutes are those of the government's meeting.
        found = next((kind for kind in KIND.finditer(text.folded, found.end()) if kind["kind"] in OF_ALL), found)
    found = found or KIND_OF_GROUP.search(text.folded) or CALLED_BY_A_PARTY_GROUP.search(text.folded)
    found = found or OF_NO_OTHER_KIND.search(text.folded)
    if not found:
        return None
    return text.field_as(KINDS.get(found["kind"], found["kind"] + "会议"), found)


def kind_by_its_matter(opening: Tracked) -> Field[str] | None:
    """Return 专题会议 if a meeting that nothing calls otherwise was held to study a matter."""
    found = CALLED_FOR_A_MATTER.search(opening.folded)
    return opening.field_as(KINDS[found["kind"]], found, "kind") if found else None


def _kind_behind(number: re.Match[str]) -> re.Match[str] | None:
    """Return the kind of meeting after 第N次, or after its body: 第9次政府常务会议."""
    government = GOVERNMENT.match(number.string, number.end())
    return KIND.match(number.string, government.end() if government else number.end())


def doc_number_in(lines: list[Line], form: re.Pattern[str] | None = None) -> Field[str] | None:
    """Return the 文号 of the minutes, ignoring running text.

    With `form`, only lines of that form are considered.
    """
    for text in (line.text for line in lines if len(line.text) <= LONGEST_LINE_OF_THE_HEAD):
        if form and not form.fullmatch(text.folded):
            continue
        found = DOC_NUMBER.search(text.folded)
        if found and ("（" not in text.folded[: found.start()] or found.span() == (1, len(text) - 1)):
            start = found.end("prefix") if "人民政府" in found["prefix"] else found.start()
            return text[start : found.end()].as_field()
        if serial := SERIAL_NUMBER.fullmatch(text.folded):
            return text.field(serial, "number")
    return None


def part_of_day_in(*texts: Tracked) -> Field[str] | None:
    """Return 上午, 下午 … at the start of the first text with one."""
    for text in texts:
        if found := PART_OF_DAY.search(text.folded[:60]) or BEHIND_THE_DATE.search(text.folded):
            return text.field(found, "part")
    return None


def place_in(about: Tracked) -> Field[str] | None:
    """Return the place of the meeting."""
    found = PLACE.search(about.folded) or CITY_ALONE.search(about.folded)
    return about.field(found, "place") if found else None
