"""Head and opening: which government met, the number, kind and 文号 of the meeting, where and at what time of day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes.parser.imprint import Imprint
from minutes.parser.lines import Line
from minutes.parser.source_text import Tracked
from minutes.parser.types import Field, Span
from minutes.parser.vocabulary.dates import WrittenDate, dates_in
from minutes.parser.vocabulary.numerals import CHINESE_NUMERALS, as_number

# 77 · 八十 (to be built into other expressions)
NUMERAL = rf"(?:\d{{1,4}}|[{CHINESE_NUMERALS}]{{1,6}})"

# 云川市人民政府 · 云川市东浦区人民政府 · 云川市第13届人民政府 · 云川地区行政公署
BODY = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,12}?(?:省|市|区|县|旗|州|盟|镇|乡))"
    rf"(?:第?{NUMERAL}届)?(?P<government>人民政府|行政公署)"
)
# 召开云川市政府常务会议 · 云川市政府第12次常务会议 (where the name is said short, but with its place)
BODY_SAID_SHORT = re.compile(
    r"(?:^|召开了?|举行了?)(?P<place>[\u4e00-\u9fff]{2,10}?(?<!届)[省市区县旗州盟镇乡])(?P<government>政府)"
    r"(?=第|\d|常务|党组|全体|专题)"
)
# （召开）云川市 · （年）云川市 · （中共）云川市 (words before the name of the place)
NOT_A_PLACE = re.compile(r"(?:中共|召开|主持|关于|各|全|本|我|的|在|由|送|发|年|第|届|^[市区县镇乡])")
THE_STATE = "中华人民共和国"
# 云川市人民政府 (its end, without which the place remains: 云川)
GOVERNMENT = re.compile(r"(?:地区|[省市区县旗州盟镇乡])(?:人民政府|行政公署)$")
# 云川市人民政府（办公室）
GOVERNMENT_OF_OFFICE = re.compile(r".{2,16}?人民政府")
# 云川高新技术产业开发区管委会 · 云川市水务局局长办公会议纪要 · 云川市城市更新工作领导小组2024年第1次会议纪要
OTHER_BODY = re.compile(
    r"(?:中共)?(?!关于|[省市县区州旗盟镇乡全])"
    r"(?P<name>[\u4e00-\u9fff]{2,12}?(?:省|市|区|县|旗|州|盟|镇|乡|街道)[\u4e00-\u9fff]{0,24}?"
    r"(?:管委会|管理委员会|办事处|局|厅|委员会|领导小组|指挥部|联席会议|中心)(?:办公室)?)"
    rf"(?:党组|党委|党工委)?(?:(?:\d{{4}}年)?(?:度)?第{NUMERAL}次)?[\u4e00-\u9fff（）]{{0,10}}?(?:会|会议|纪要)?(?:纪要)?"
)
# 云川市水务局办公室
OTHER_BODY_OF_OFFICE = re.compile(
    r"(?![省市县区州旗盟镇乡])"
    r"(?P<name>[\u4e00-\u9fff]{2,12}?(?:省|市|区|县|旗|州|盟|镇|乡)[\u4e00-\u9fff]{2,20}(?:局|管委会|委员会|办事处))"
    r"(?:党政|综合)?办公室"
)
# 市政府 · 县人民政府
LEVEL = re.compile(r"([市县区旗镇乡])(?:人民)?政府")

# 主持召开市政府第77次常务会议 · 五届104次区政府常务会议 · 第八十次常务会议
MEETING_NUMBER = re.compile(
    rf"(?:第?{NUMERAL}届[^，。；次]{{0,16}}?)?第?(?P<number>{NUMERAL})次(?!全会|全国|全体会议精神)"
)
# 第80次 (a line of the head)
HEAD_NUMBER = re.compile(rf"第?(?P<number>{NUMERAL})次")

# 常务（扩大）会议 · 全体会议 · 县长办公会议 · 局长办公会 · 主任办公会议 · 局务会 · 专题会议 (not 常务会议室)
KIND = re.compile(
    r"(?P<kind>常务|全体|专题|党组|党委|党工委|局务|委务|[省市县区镇乡州旗盟局厅院校]长办公|主任办公|专员办公|主席办公|现场办公|办公|联席|协调|调度)"
    r"(?:（[^（）]{1,6}）)?(?:办公|工作|协调)?会(?!议?[室厅])议?"
)
KINDS = {"常务": "常务会议", "全体": "全体会议", "专题": "专题会议", "党组": "党组会议"}

# 〔2019〕41号 · 云府会议纪要〔2025〕2号 · 常务会议纪要[2013]4号 · 云府纪要（2017）12号
DOC_NUMBER = re.compile(r"(?P<prefix>[\u4e00-\u9fffA-Za-z]{0,16})[〔（](?:19|20)\d\d[〕）](?:第)?\d{1,4}号")
# （第12号） · 2014—23
SERIAL_NUMBER = re.compile(r"（?(?P<number>第\d{1,4}号|(?:19|20)\d\d-\d{1,3}(?![-\d]))）?")
# 2021年3月5日上午 · 下午3时
PART_OF_DAY = re.compile(r"(?P<part>上午|下午|晚上|晚|中午|凌晨|早上)")

# 在县政府三楼会议室主持召开 · 在县防汛指挥部召开 · 于3月5日在市政务中心一号会议厅召开
PLACE = re.compile(
    r"[在于](?P<place>(?:(?!在)[^，。；、]){2,30}?(?:会议室|会议厅|会堂|礼堂|会议中心|室|厅|楼|中心|指挥部|现场|主会场))"
    r"(?=主持|召开|召集|，|举行|共同|联合|组织|就|专题)"
)
# 召开市政府第77次常务会议 · 主持县长办公会议暨防汛工作会议 · 举行第12次会， · 召开联席会议第二次全体会议
HELD = re.compile(
    r"(?:召开|主持|召集(?!人)|举行).{0,70}?"
    r"(?:次?会议(?![室厅])(?:暨.{0,40}?会议)?|次会(?!议)|会(?=，|。)|次(?=，|。))"
    r"(?:[^，。；]{0,12}第[^，。；]{1,4}次[^，。；]{0,8}会议?)?"
)

# A line of the head is short; a longer one is running text, which may name other meetings.
LONGEST_LINE_OF_THE_HEAD = 50


@dataclass(frozen=True)
class Header:
    """What the head tells, besides the opening."""

    body: Field[str] | None
    other_body: Field[str] | None
    number: Field[int] | None
    kind: Field[str] | None
    doc_number: Field[str] | None
    dates: tuple[WrittenDate, ...]


def header_of(lines: list[Line]) -> Header:
    """Return what the lines above the opening tell."""
    body = other_body = number = kind = None
    dates: list[WrittenDate] = []
    for line in lines:
        body = body or body_in(line.text)
        dates += [date for date in dates_in(line.text) if date.is_complete]
        if len(line.text) <= LONGEST_LINE_OF_THE_HEAD:
            found = OTHER_BODY.fullmatch(line.folded)
            other_body = other_body or (line.text.field(found, "name") if found else None)
            number = number or number_in(line.text, HEAD_NUMBER)
            kind = kind or kind_in(line.text)
    return Header(body, other_body, number, kind, doc_number_in(lines), tuple(dates))


def meeting_sentence(opening: Tracked) -> Tracked:
    """Return the part of the opening about the meeting itself, not its matters."""
    held = list(HELD.finditer(opening.folded, 0, 600))
    found = next((found for found in held if "次" in found[0]), held[0] if held else None)
    return opening[: found.end()] if found else opening[:120]


def body_in(text: Tracked) -> Field[str] | None:
    """Return the government named in full, without any 第N届."""
    state = text.folded.find(THE_STATE)
    for found in BODY.finditer(text.folded):
        if 0 <= state <= found.end() - len(THE_STATE):
            return None
        start = found.start("place")
        for junk in NOT_A_PLACE.finditer(found["place"]):
            start = found.start("place") + junk.end()
        if found.end("place") - start >= 3:
            name = text.chars[start : found.end("place")] + found["government"]
            return Field(name, Span(text.starts[start], text.ends[found.end() - 1]))
    return _body_said_short(text)


def _body_said_short(text: Tracked) -> Field[str] | None:
    """Return the government named by its place and 政府 alone, in full."""
    found = BODY_SAID_SHORT.search(text.folded)
    if not found or NOT_A_PLACE.search(found["place"]):
        return None
    return text.field_as(f"{found['place']}人民政府", found)


def meeting_body(
    header: Header, about: Tracked, imprint: Imprint, opening: Tracked, noise: list[Line]
) -> Field[str] | None:
    """Return who met, from head, opening, office or web site."""
    return (
        header.body
        or header.other_body
        or body_in(about)
        or _body_of_the_office(imprint)
        or body_in(opening)
        or _body_of_the_site(noise, about)
    )


def place_name(body: Field[str] | None) -> str:
    """Return the place that meets, without its level (云川).

    Units' names often begin with it, people's never do.
    """
    return GOVERNMENT.sub("", body.value) if body else ""


def _body_of_the_office(imprint: Imprint) -> Field[str] | None:
    """Return the government whose office compiled or issued the minutes."""
    for office in (imprint.compiled_by, imprint.issued_by):
        found = GOVERNMENT_OF_OFFICE.match(office.value) if office else None
        if office and found and len(found[0]) > len("市人民政府"):
            return Field(found[0], office.span)
        if office and (other := OTHER_BODY_OF_OFFICE.fullmatch(office.value)):
            return Field(other["name"], office.span)
    return None


def _body_of_the_site(noise: list[Line], about: Tracked) -> Field[str] | None:
    """Return the government of the web site, if its level is that of the meeting."""
    level = LEVEL.search(about.folded)
    if not level:
        return None
    names = (body_in(line.text) for line in noise)
    return next((name for name in names if name and name.value.endswith(f"{level[1]}人民政府")), None)


def number_in(text: Tracked, pattern: re.Pattern[str] = MEETING_NUMBER) -> Field[int] | None:
    """Return the number of the meeting.

    The first 第N次 that a kind of meeting follows, else the first.
    """
    numbers = [(number, found) for found in pattern.finditer(text.folded) if (number := as_number(found["number"]))]
    of_this_kind = [(number, found) for number, found in numbers if KIND.match(text.folded, found.end())]
    for number, found in of_this_kind or numbers:
        return text.field_as(number, found, "number")
    return None


def kind_in(text: Tracked) -> Field[str] | None:
    """Return the kind of meeting under its common name (常务（扩大）会议 is a 常务会议).

    That behind 第N次, else the first.
    """
    numbered = (KIND.match(text.folded, number.end()) for number in MEETING_NUMBER.finditer(text.folded))
    found = next((kind for kind in numbered if kind), None) or KIND.search(text.folded)
    if not found:
        return None
    return text.field_as(KINDS.get(found["kind"], found["kind"] + "会议"), found)


def doc_number_in(lines: list[Line], form: re.Pattern[str] | None = None) -> Field[str] | None:
    """Return the 文号 of the minutes, never one from running text.

    Where `form` is given, only lines of that form are asked.
    """
    for text in (line.text for line in lines if len(line.text) <= LONGEST_LINE_OF_THE_HEAD):
        if form and not form.fullmatch(text.folded):
            continue
        found = DOC_NUMBER.search(text.folded)
        if found and "（" not in text.folded[: found.start()]:
            start = found.end("prefix") if "人民政府" in found["prefix"] else found.start()
            return text[start : found.end()].as_field()
        if serial := SERIAL_NUMBER.fullmatch(text.folded):
            return text.field(serial, "number")
    return None


def part_of_day_in(*texts: Tracked) -> Field[str] | None:
    """上午, 下午 … at the beginning of the first text that says so."""
    for text in texts:
        if found := PART_OF_DAY.search(text.folded[:60]):
            return text.field(found, "part")
    return None


def place_in(about: Tracked) -> Field[str] | None:
    """Return where the meeting was held."""
    found = PLACE.search(about.folded)
    return about.field(found, "place") if found else None
