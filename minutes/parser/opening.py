"""Head and opening: which government met, the number of the meeting, when, where, under whom."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from minutes.parser.dates import DATE_FORM, WrittenDate, dates_in
from minutes.parser.layout import Line
from minutes.parser.names import HAN, TITLE_END, name_cost
from minutes.parser.numerals import CHINESE_NUMERALS, as_number
from minutes.parser.records import Chair, Field, Problem, Span
from minutes.parser.tracked import Tracked

NUMERAL = rf"(?:\d{{1,4}}|[{CHINESE_NUMERALS}]{{1,6}})"

# 云川市人民政府 · 云川市东浦区人民政府 · 云川市第13届人民政府
BODY = re.compile(rf"(?P<place>[\u4e00-\u9fff]{{2,12}}?(?:省|市|区|县|旗|州|盟|镇|乡))(?:第?{NUMERAL}届)?(?P<government>人民政府)")
NOT_A_PLACE = re.compile(r"(?:召开|主持|关于|各|全|本|我|的|在|由|送|发|年|第|届|^[市区县镇乡])")

# 主持召开市政府第77次常务会议 · 五届104次区政府常务会议 · 第八十次常务会议
MEETING_NUMBER = re.compile(rf"(?:第?{NUMERAL}届[^，。；次]{{0,16}}?)?第?(?P<number>{NUMERAL})次(?!全会|全国|全体会议精神)")
# 第80次 (a line of the head)
HEAD_NUMBER = re.compile(rf"第?(?P<number>{NUMERAL})次")

# 常务（扩大）会议 · 全体会议 · 县长办公会议 · 专题会议
KIND = re.compile(r"(?P<kind>常务|全体|专题|党组|[市县区镇乡州省]?长办公|办公)(?:（[^（）]{1,6}）)?(?:办公|工作|协调)?会议?")
KINDS = {"常务": "常务会议", "全体": "全体会议", "专题": "专题会议", "党组": "党组会议"}

# 〔2019〕41号 · 云府会议纪要〔2025〕2号 · 常务会议纪要[2013]4号
DOC_NUMBER = re.compile(r"(?P<prefix>[\u4e00-\u9fffA-Za-z]{0,16})〔(?:19|20)\d\d〕(?:第)?\d{1,4}号")
# （第12号）
SERIAL_NUMBER = re.compile(r"（?(?P<number>第\d{1,4}号)）?")
# 2021年3月5日上午 · 下午3时
PART_OF_DAY = re.compile(r"(?P<part>上午|下午|晚上|晚|中午|凌晨|早上)")

# 在县政府三楼会议室主持召开 · 在市政务中心一号会议厅
PLACE = re.compile(r"[在于](?P<place>[^，。；、]{2,30}?(?:会议室|会议厅|会堂|礼堂|会议中心|室|厅|楼|中心|现场|主会场))(?=主持|召开|召集|，|举行)")

# 受县长王岚委托，由常务副县长沈一舟主持召开 · 受王岚县长的委托，
ON_BEHALF = re.compile(r"受.{2,20}?委托，?由?")
# 县委副书记、县长王岚在县政府会议室主持召开 · 王岚同志主持 · 会议由王岚主持
CHAIRED = re.compile(r"(?P<who>[^。；：]{2,60}?)(?:同志)?(?:在[^，。]{2,32})?，?主持(?:召开)?")


@dataclass(frozen=True)
class Header:
    """What the head tells, besides the opening."""

    body: Field[str] | None
    number: Field[int] | None
    kind: Field[str] | None
    doc_number: Field[str] | None
    dates: tuple[WrittenDate, ...]


def body_in(text: Tracked) -> Field[str] | None:
    """The government named in full: its place and 人民政府, any 第N届 between them left out."""
    for found in BODY.finditer(text.folded):
        place = found["place"]
        start = found.start("place")
        for junk in NOT_A_PLACE.finditer(place):
            start = found.start("place") + junk.end()
        place = text.folded[start : found.end("place")]
        if len(place) >= 3 and "中华人民共和国" not in text.folded[: found.end()]:
            name = text.chars[start : found.end("place")] + found["government"]
            return Field(name, Span(text.starts[start], text.ends[found.end() - 1]))
    return None


def number_in(text: Tracked, pattern: re.Pattern[str] = MEETING_NUMBER) -> Field[int] | None:
    """The number of the meeting: the first 第N次 of the text."""
    numbers = [found for found in pattern.finditer(text.folded) if as_number(found["number"])]
    of_this_kind = [found for found in numbers if KIND.match(text.folded, found.end())]
    for found in of_this_kind or numbers:
        return text.field_as(as_number(found["number"]) or 0, found, "number")
    return None


def kind_in(text: Tracked) -> Field[str] | None:
    """The kind of meeting under its common name (常务（扩大）会议 is a 常务会议)."""
    found = KIND.search(text.folded)
    if not found:
        return None
    return text.field_as(KINDS.get(found["kind"], found["kind"] + "会议"), found)


def doc_number_in(lines: list[Line]) -> Field[str] | None:
    """The number of the minutes as a document; one in the running text belongs to another document."""
    for line in lines:
        if len(line.text) > 50:
            continue
        text = line.text
        found = DOC_NUMBER.search(text.folded)
        if found and "（" not in text.folded[: found.start()]:
            start = found.end("prefix") if "人民政府" in found["prefix"] else found.start()
            return text[start : found.end()].as_field()
        serial = SERIAL_NUMBER.fullmatch(text.folded)
        if serial:
            return text.field(serial, "number")
    return None


def header_of(lines: list[Line]) -> Header:
    """What the lines above the opening tell."""
    body = number = kind = None
    dates: list[WrittenDate] = []
    for line in lines:
        body = body or body_in(line.text)
        number = number or (number_in(line.text, HEAD_NUMBER) if len(line.text) <= 50 else None)
        kind = kind or (kind_in(line.text) if len(line.text) <= 50 else None)
        dates += [date for date in dates_in(line.text) if date.is_complete]
    return Header(body, number, kind, doc_number_in(lines), tuple(dates))


def sentence_of_the_meeting(opening: Tracked) -> Tracked:
    """The part of the opening that tells of the meeting itself, without what it dealt with."""
    found = re.search(r"(?:召开|主持|召集|举行).{0,70}?(?:次?会议(?:暨.{0,40}?会议)?|次会(?!议)|会(?=，|。)|次(?=，|。))", opening.folded)
    return opening[: found.end()] if found else opening[:120]


def date_of_meeting(
    opening: Tracked, bracketed: tuple[WrittenDate, ...], issued: datetime.date | None, year_hint: int | None
) -> tuple[Field[datetime.date] | None, list[Problem]]:
    """The day of the meeting, a missing year taken from the head, the print date or the number's year, if certain."""
    written = next(iter(dates_in(opening)), None)
    if written is None:
        date = next((date for date in bracketed if date.resolved()), None)
        if date and (day := date.resolved()):
            return Field(day, date.span), []
        return None, [Problem("date-missing", "没有读到会议日期，请在原文中查找并填写", None)]
    if day := written.resolved():
        return Field(day, written.span), []
    if written.month is None:
        return None, [Problem("date-uncertain", f"只写了{written.day}日，月份不明，请核对原文", written.span)]
    same_day = {d.resolved() for d in bracketed if (d.month, d.day) == (written.month, written.day)} - {None}
    candidates = same_day or _years_before(written, issued, [d.resolved() for d in bracketed], year_hint)
    if len(candidates) == 1 and (day := candidates.pop()):
        return Field(day, written.span), []
    return None, [Problem("date-without-year", f"{written.month}月{written.day}日没有写年份，上下文也不能确定，请填写", written.span)]


def _years_before(
    written: WrittenDate, issued: datetime.date | None, printed: list[datetime.date | None], year_hint: int | None
) -> set[datetime.date | None]:
    """The last such day before the minutes were printed, if that was less than ten months before."""
    for later in (issued, *printed):
        if later is None:
            continue
        for year in (later.year, later.year - 1):
            day = written.resolved(year)
            if day and datetime.timedelta(0) <= later - day <= datetime.timedelta(days=300):
                return {day}
    return {written.resolved(year_hint)} - {None} if year_hint else set()


def chair_of(opening: Tracked) -> Chair | None:
    """Who chaired, with the title that stands before or behind the name."""
    found = CHAIRED.search(opening.folded)
    if not found:
        return None
    who = opening[found.start("who") : found.end("who")]
    for pattern in (rf".*?{DATE_FORM}(?:（[^）]*）)?", r"^(?:上午|下午|晚上?|中午)?\d{0,2}[时点]?\d{0,2}分?，?", r"^(?:上午|下午|晚上?|中午)，?"):
        cut = re.match(pattern, who.folded)
        if cut:
            who = who[cut.end() :].stripped("，, ")
    if behalf := ON_BEHALF.search(who.folded):
        who = who[behalf.end() :]
    if place := re.search(r"[，]?在[^，]{2,40}$", who.folded):
        who = who[: place.start()]
    return name_and_title(_last_clause(who))


def _last_clause(who: Tracked) -> Tracked:
    who = who.stripped("，, ")
    comma = who.folded.rfind("，")
    if comma >= 0:
        who = who[comma + 1 :]
    lead = re.match(r"(?:会议|本次会议)?由", who.folded)
    return who[lead.end() :] if lead else who


def name_and_title(who: Tracked) -> Chair | None:
    """A person named with a title on either side: 王岚县长, 县委副书记、县长王岚, 王岚同志."""
    folded = who.folded.removesuffix("同志")
    who = who[: len(folded)]
    if not who or len(who) > 60:
        return None
    before = re.fullmatch(rf"(?P<title>.*{TITLE_END}[）]?)(?P<name>[\u3400-\u9fff·]{{2,14}}?)", folded)
    if before and (cost := name_cost(before["name"])) is not None and cost < 6:
        return Chair(before["name"], who.chars[: before.end("title")], who.span)
    after = re.fullmatch(rf"(?P<name>[\u3400-\u9fff·]{{2,14}}?)(?P<title>(?:代|副|常务副)?{TITLE_END})", folded)
    if after and (cost := name_cost(after["name"])) is not None and cost < 3:
        return Chair(after["name"], who.chars[after.start("title") :], who.span)
    bracketed = re.fullmatch(r"(?P<name>[\u3400-\u9fff·]{2,14}?)（(?P<title>[^（）]{2,40})）", folded)
    if bracketed:
        return Chair(bracketed["name"], who.chars[bracketed.start("title") : bracketed.end("title")], who.span)
    if HAN.fullmatch(folded) and (cost := name_cost(folded)) is not None and cost < 3:
        return Chair(folded, None, who.span)
    return None
