"""Deadlines, resolved against the date of the meeting."""

from __future__ import annotations

import datetime
import re

from minutes.parser.source_text import Tracked
from minutes.parser.types import Deadline
from minutes.parser.vocabulary.dates import NUMBER, dates_in, last_day_of_month
from minutes.parser.vocabulary.numerals import YEAR_DIGITS, as_number

# 2021年 · 二〇二一年 · 今年 · 本年度 · 明年 (part of other expressions)
YEAR = rf"(?:(?P<year>\d{{4}}|[{YEAR_DIGITS}]{{4}})年|(?P<relative>今年|本年度?|当年|明年|后年|次年|同年))"
# 今年12月底前 · 明年6月底前 · 2021年3月15日前 · 9月20前 · 11月15日18时前 · 年底前 · 2022年底 · 三季度末 · 上半年
# 3月10日（星期三）下午5时30分前 · 3月10日12：00前 · 9月1日开学前
DEADLINE = re.compile(
    rf"{YEAR}?年?(?:"
    rf"(?P<month>{NUMBER})月(?:份)?(?:(?P<day>{NUMBER})(?:[日号]|(?=之?前))|(?P<part>底|末|上旬|中上旬|中下旬|中旬|下旬|初))?"
    r"|第?(?P<quarter>[一二三四1-4])季度(?:末|底|内)?|(?P<half>上半年|下半年)|(?P<end>年?底|年?末|年终|年内|内)"
    r"|(?<=\d年)(?=之?前(?!\d)))"
    r"(?P<before>(?:（[^（）]{1,6}）)?(?:上午|下午|中午|晚上?)?(?:\d{1,2}(?:[时点](?:\d{1,2}分|半)?|[：:]\d{2}))?(?:下班|开学)?"
    r"(?:之?以?前|前))?"
)
# 本月底前 · 本月内 · 21日18时前 · 15日内 · 一个月内 · 下周五前 · 春节前 · “十四五”末 (from a day not given)
RELATIVE = re.compile(
    r"(?:(?P<bare_day>(?<![\d月年第至~-])(?:[12]?\d|3[01]))日(?:\d{1,2}[时点])?之?前"
    r"|(?P<month>本月|当月|下个?月|次月|(?<![\d一二三四五六七八九十上个份每次各])(?=月[底末]))(?:(?:月?底|月?末|(?P<day>\d{1,2})日)之?前|(?<=本月|当月)内)"
    r"|(?:自[^，。；]{2,12}之日起)?(?:[一二三四五六七八九十两半\d]{1,3})(?:个)?(?:工作日|月|周|星期|天|日|年)(?:之)?内"
    r"|(?:(?P<week>[本下]周)(?P<weekday>[一二三四五六日末])?|近期)(?:下班)?之?前"
    r"|(?:\d{4}年|今年|明年)?(?:春节|国庆|元旦|五一|清明|端午|中秋|汛期|汛|主汛期|入汛|两会|(?:供暖|采暖)[期季]?|(?:\d{1,2}月|[春秋]季)?开学|高考|中考|雨季|元宵|重阳)(?:节)?(?:到来|来临)?之?前"
    r"|“?十[三四五六]五”?(?:期)?末)"
)
# 5个工作日内 · 一周内
SHORT_TERM = re.compile(r"(?:工作日|周|星期|天|日)之?内$")
# （12月底）完成 · （6月30日）截止 · （年内）建成投用 · （一季度）通过省级验收 (words that make a bare date a deadline)
DUE = re.compile(
    r"[^。；，]{0,12}?"
    r"(?:完成|实现|达到|建成|投用|到位|开工|竣工|完工|通车|印发|出台|上报|报送|截止|为止|清零|结束|基本|全面|启用"
    r"|运行|交付|销号|办结|新增|解决|消除|兑付|拨付|见效|移交|通过(?!了)|获批|取得|签约|引进|落地)"
)
# （一个月内）提出方案 (what makes a stretch of time a limit)
PUT_FORWARD = re.compile(r"[^。；，]{0,6}(?:提出|拿出|形成)")
# 确保在 · 务必于 (words in front that do the same)
UNTIL = re.compile(r"(?:于|在|到|至|截至|确保|力争|务必|最迟|不晚于|不迟于|时限为?：?|期限为?：?)$")
# 力争 · 不超过 · 完成时限： (words before a bare day that make it one)
BY_THE_DAY = re.compile(
    r"(?:最迟|不晚于|不迟于|务必|不超过|力争|争取|确保)[于在]?$|(?:完成|办结|办理)(?:时限|时间|期限)：$"
)
# 要在 · 力争于 · 确保 (before a quarter without a year)
ORDERED_FOR = re.compile(r"(?:要|须|务必|力争|确保|争取)[于在]$|(?:务必|力争|确保|争取)$")
# （要在）两 · 三 (a number of years before 年内, and no end of this one)
YEARS_COUNTED = re.compile(r"[一二两三四五六七八九十\d几多]$")
# 3月至 (the end of a stretch of time)
STRETCH = re.compile(r"[\d年月日][~～\-至到]$")
# 已于 · 已经在 (what is done by then is no limit)
ALREADY_BY = re.compile(r"已经?[于在]?$")
# （2月底前）已完成 · （2月底前）已全部 (likewise)
DONE_BY = re.compile(r"已(?!有)|曾|就已")
# 12月前 · 第三季度之前 (before it begins, or before it ends)
NOT_TO_THE_DAY = re.compile(r"[^日号旬底末]*(?:月份?|季度|半年)(?:开学)?(?:之?以?前)")
# （年底前）期 · （3月前）来 (前 belongs to the word that follows: 前期, 前三季度)
BEFORE_BELONGS_TO_THE_NEXT_WORD = re.compile(r"(?:期|后|三季度|半年|来|一)")
# （端午节前）有关工作 · （开学前）三天 (not by when, but of which time)
OF_THAT_TIME = re.compile(
    r"[一二三四五六七八九十两半\d]{1,2}个?(?:天|日|周|月)|的|准备|检查|排查|巡查|安全|培训|演练|有关|相关|各项|期间|已|曾|发生|召开"
)
# （3月15日）之前 · （3月15日）截止
DAY_IS_A_LIMIT = re.compile(r"(?:前|之前|截止|为止)")


def deadlines_in(text: Tracked, met: datetime.date | None) -> list[Deadline]:
    """Return every deadline of a compact text; its date is None if ambiguous."""
    deadlines = []
    taken: set[int] = set()
    for found in DEADLINE.finditer(text.folded):
        if not _is_deadline(found, text.folded):
            continue
        date = _resolved(found, met)
        if date and met and date < met:
            continue
        deadlines.append(Deadline(text.chars[found.start() : found.end()], date, text.span_of(found)))
        taken.update(range(found.start(), found.end()))
    for found in RELATIVE.finditer(text.folded):
        if taken.isdisjoint(range(found.start(), found.end())) and _sets_a_limit(found, text.folded):
            written = text.chars[found.start() : found.end()]
            deadlines.append(Deadline(written, _of_month(found, met), text.span_of(found)))
    return sorted(deadlines, key=lambda deadline: deadline.span)


def deadline_of_cell(cell: Tracked, met: datetime.date | None) -> list[Deadline]:
    """Return the deadlines of a table cell, where a bare date is one: 6月底, 2021-06-30."""
    if said := deadlines_in(cell, met):
        return said
    if whole := DEADLINE.fullmatch(cell.folded):
        return [Deadline(cell.chars, _resolved(whole, met), cell.span)]
    for written in dates_in(cell):
        if written.end - written.start == len(cell):
            return [Deadline(cell.chars, written.resolved(), cell.span)]
    return []


def _sets_a_limit(found: re.Match[str], folded: str) -> bool:
    """Return whether a period is a time limit, and not a duration (三年内的数据)."""
    return bool(
        SHORT_TERM.search(found[0])
        or found["month"] is not None
        or (found[0].endswith(("前", "末")) and not OF_THAT_TIME.match(folded, found.end()))
        or DUE.match(folded, found.end())
        or PUT_FORWARD.match(folded, found.end())
    )


def _is_deadline(found: re.Match[str], folded: str) -> bool:
    """Return whether a date is a deadline, and not the date of an event."""
    if (
        found["end"] in ("内", "底", "末")
        and not (found["year"] or found["relative"])
        and not found[0].startswith("年")
    ):
        return False
    front = folded[max(0, found.start() - 6) : found.start()]
    if found["end"] and found[0].startswith("年") and (YEARS_COUNTED.search(front) or front.endswith(("去", "前"))):
        return False
    if (
        front.endswith(("每", "每年的"))
        or ALREADY_BY.search(front)
        or (found["before"] and DONE_BY.match(folded, found.end()))
    ):
        return False
    if found["before"]:
        return not BEFORE_BELONGS_TO_THE_NEXT_WORD.match(folded, found.end())
    if front.endswith(("截至", "截止")) or STRETCH.search(front):
        return False
    due = DUE.match(folded, found.end()) is not None
    if found["end"] in ("年内", "内"):
        return due
    if found["end"] or found["part"] in ("底", "末"):
        return due or UNTIL.search(front) is not None
    if found["half"] or found["quarter"]:
        return due and bool(found["year"] or found["relative"] or found[0].endswith("内") or ORDERED_FOR.search(front))
    if found["part"]:
        return due and found["part"].endswith("旬")
    if found["day"]:
        return BY_THE_DAY.search(front) is not None or DAY_IS_A_LIMIT.match(folded, found.end()) is not None
    return False


def _resolved(found: re.Match[str], met: datetime.date | None) -> datetime.date | None:
    """Return the date, or None if year or month are ambiguous."""
    year = as_number(found["year"]) if found["year"] else None
    if found["part"] == "初" or (found["before"] and NOT_TO_THE_DAY.fullmatch(found[0])):
        return None
    if found["relative"]:
        if met is None or found["relative"] == "同年":
            return None
        year = met.year + {"明": 1, "次": 1, "后": 2}.get(found["relative"][0], 0)
    month, day = _month_and_day(found)
    if month is None or not (found["month"] or found["quarter"] or found["half"] or found["end"]):
        return None
    if year is None:
        # Without a year, only a day later in the year of the meeting is certain.
        if met is None or _is_over(met, month, day):
            return None
        year = met.year
    try:
        return datetime.date(year, month, day) if day else last_day_of_month(year, month)
    except ValueError:
        return None


def _is_over(met: datetime.date, month: int, day: int | None) -> bool:
    """Return whether a day is before the meeting, so that another year may be meant."""
    return (month, day or 31) < (met.month, met.day)


def _month_and_day(found: re.Match[str]) -> tuple[int | None, int | None]:
    """Return month and day; None as day means the end of the month."""
    if found["month"]:
        month = as_number(found["month"])
        if not month or not 1 <= month <= 12:
            return None, None
        if found["day"]:
            return month, as_number(found["day"])
        return month, {"上旬": 10, "中旬": 20, "中上旬": 20}.get(found["part"])
    if found["quarter"]:
        quarter = as_number(found["quarter"]) or 4
        return quarter * 3, None
    if found["half"]:
        return (6, None) if found["half"] == "上半年" else (12, None)
    return 12, None


def _of_month(found: re.Match[str], met: datetime.date | None) -> datetime.date | None:
    """Resolve 本月底前, 本月20日前, 21日前, 下月底前 and 下周五前 from the day of the meeting."""
    if met is None:
        return None
    if found["weekday"]:
        monday = met - datetime.timedelta(days=met.weekday()) + datetime.timedelta(weeks=found["week"] == "下周")
        date = monday + datetime.timedelta(days="一二三四五六日".find(found["weekday"].replace("末", "日")))
        return date if date >= met else None
    if found["bare_day"]:
        # 21日18时前, before that day, refers to the month of the meeting.
        day = int(found["bare_day"])
        return met.replace(day=day) if met.day <= day <= last_day_of_month(met.year, met.month).day else None
    if found["month"] is None:
        return None
    # Counted from January of the meeting's year, so that the month after December is January of the next.
    months = met.month - 1 + (1 if found["month"] in ("下月", "下个月", "次月") else 0)
    year, month = met.year + months // 12, months % 12 + 1
    try:
        return datetime.date(year, month, int(found["day"])) if found["day"] else last_day_of_month(year, month)
    except ValueError:
        return None
