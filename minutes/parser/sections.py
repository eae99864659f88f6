"""Lines to sections: head, opening, items, attendance, colophon. Only the form is looked at, not yet the facts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from minutes.parser.dates import DATE_FORM
from minutes.parser.layout import Line
from minutes.parser.markers import Style, markers_of

# 出席： · 列席人员： · 固定列席： · （一）邀请列席： · 出席会议的有：
ATTENDANCE_LABEL = re.compile(
    r"(?:（[一二三四五六七八九十]）|\d[.、])?(?P<label>(?:固定|邀请|应邀|特邀|部分)?(?:出席|列席|请假|缺席|参加|参会|到会|与会|应到|实到)"
    r"(?:本次)?(?:会议)?(?:的?(?:人员|领导|同志|单位|名单|有|代表)){0,2})(?:名单)?：(?P<rest>.*)"
)
# 出席  王岚  沈一舟 (no colon, so a blank or the end of the line must follow)
BARE_ATTENDANCE_LABEL = re.compile(r"\s*(?P<label>(?:出|列|缺)\s*席|请\s*假)(?:\s+(?!会)(?P<rest>\S.*)|\s*)$", re.DOTALL)

# 记录：王岚 · 记 录 王岚 · 会议记录人：王岚
RECORD_LABEL = re.compile(r"(?:会议)?记录(?:人员|整理|人)?：(?P<rest>.*)")
BARE_RECORD_LABEL = re.compile(r"\s*记\s*录\s+(?P<rest>\S.{0,12})$")

# 主持人：王岚 · 时间：2021年3月5日 · 会议地点：县政府会议室 · 议题：
FACT_LABELS = {
    "chair": re.compile(r"(?:会议)?主持(?:人|人员)?：(?P<rest>.*)"),
    "time": re.compile(r"(?:会议)?(?:时间|日期)：(?P<rest>.*)"),
    "place": re.compile(r"(?:会议)?地点：(?P<rest>.*)"),
    "agenda": re.compile(r"(?:会议)?(?:议题|议程|内容)：(?P<rest>.*)"),
}

# 会议议定以下意见： · 现将会议研究确定事项纪要如下： · 会议决定：
LEAD_IN = re.compile(
    r"(?:(?:现将?|经研究|经讨论|会议|形成|议定).{0,24}(?:如下|以下(?:意见|事项|问题|内容|决定|决议|议题))|.{0,10}纪要如下"
    r"|会议(?:议定|决定|确定)(?:事项|意见)?)[：。]?"
)

# 二〇二一年三月五日，王岚县长主持召开 · 县长王岚主持召开 · 受县长王岚委托
MEETS = re.compile(r"主持召开|主持了?.{0,30}会议|召开.{0,40}(?:会议|办公会)|主持会议|举行.{0,20}会议")
STARTS_WITH_DATE = re.compile(rf"{DATE_FORM}.{{2}}")

DATE_LINE = re.compile(rf"（?{DATE_FORM}）?")
OFFICE = r"[\u4e00-\u9fff]{2,24}?(?:办公室|办公厅|府办(?!公)|秘书处|人民政府(?!办))"
# 云川市人民政府办公室整理 · 云川市人民政府办公室 2021年3月9日印发 · 2021年3月9日印发
ISSUED = re.compile(rf"（?(?:{OFFICE})?.{{0,4}}?(?:{DATE_FORM})?(?:整理|印发|编印|印制|印)(?:{DATE_FORM})?(?:（?共?印\d+份）?)?）?")
OFFICE_AND_DATE = re.compile(rf"(?:{OFFICE})(?:{DATE_FORM})?")
# 分送：各县（区）人民政府 · 本期发：市委办 · 主题词：会议 纪要 · 签发：王岚 · 校对：沈一舟 · 共印60份
COLOPHON_LABEL = re.compile(
    r"(?:分送|抄送|抄报|报送|主送|发送|本期发|发至|呈报|呈送|送|发|报|呈|主题词|签发人?|核稿|审核|校对|拟稿|录入|打印|公开(?:方式|属性|类别|形式)"
    r"|信息公开选项)：|（?共印\d+份|（?印\d+份"
)
# （此件公开发布） · （此件依申请公开） · 此件主动公开
DISCLOSURE = re.compile(r"（?(?P<text>此件[\u4e00-\u9fff]{2,12}|(?:主动|依申请|不予)公开)）?")

# 会上，还进行了学法专题讲座。 · 会议还研究了其他事项。
CLOSING = re.compile(
    r"(?:此外，|另外，)?(?:会上，?|会议(?:最后)?|会前，?|会后，?)(?:还|另|另外|同时|一并)(?:分别)?"
    r"(?:研究|讨论|听取|审议|审定|审核|学习|传达|通报|安排|进行|开展|组织|就|对|举行|观看|集体)"
)

# 会议听取了县水务局关于防汛准备情况的汇报。 · 研究了道路命名事宜。
SPEAKS_OF_THE_MEETING = re.compile(r"会议|会上|会前|现将|为|根据|按照")


@dataclass
class AttendanceGroup:
    """A label of the attendance (出席, 列席 …) and the lines under it."""

    label: str
    lines: list[Line]


@dataclass
class Sections:
    """The lines of the minutes, told apart by what part they belong to."""

    head: list[Line] = field(default_factory=list)
    opening: list[Line] = field(default_factory=list)
    lead_in: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    closing: list[Line] = field(default_factory=list)
    attendance: list[AttendanceGroup] = field(default_factory=list)
    record: list[Line] = field(default_factory=list)
    colophon: list[Line] = field(default_factory=list)
    labelled: dict[str, list[Line]] = field(default_factory=dict)


def divided(lines: list[Line], width: int | None) -> Sections:
    """The sections of the minutes; every line goes into exactly one of them."""
    sections = Sections()
    opening_start = _opening_start(lines)
    opening_end = _opening_end(lines, opening_start, width) if opening_start is not None else 0
    state = "head"
    for index, line in enumerate(lines):
        if opening_start is not None and opening_start <= index < opening_end:
            state = "body"
            sections.opening.append(line)
            continue
        state = _file_under(sections, state, line, lines[index - 1] if index else None, opening_start is not None)
    _set_the_closing_apart(sections)
    return sections


def _file_under(sections: Sections, state: str, line: Line, previous: Line | None, opening_known: bool) -> str:
    """Puts the line where it belongs and returns the state for the next one."""
    if label := attendance_label(line):
        sections.attendance.append(AttendanceGroup(*label))
        return "attendance"
    if rest := _labelled_rest(line, RECORD_LABEL, BARE_RECORD_LABEL):
        sections.record.append(rest)
        return "record"
    for name, pattern in FACT_LABELS.items():
        if state in ("head", "labelled", "attendance") and not sections.body and pattern.fullmatch(line.folded):
            sections.labelled.setdefault(name, []).append(line)
            return "labelled"
    if state == "record" and len(line.text) <= 4 and not DATE_LINE.fullmatch(line.folded):
        sections.record.append(line)
        return state
    if _belongs_to_colophon(line, previous, state):
        sections.colophon.append(line)
        return "head" if state == "head" else "colophon"
    if LEAD_IN.fullmatch(line.folded) and not sections.body:
        sections.lead_in.append(line)
        return "body"
    if state == "body" or (state in ("attendance", "record", "labelled", "head") and _starts_the_body(sections, state, line, opening_known)):
        sections.body.append(line)
        return "body"
    if state == "attendance":
        sections.attendance[-1].lines.append(line)
        return state
    if state == "labelled":
        sections.labelled[next(reversed(sections.labelled))].append(line)
        return state
    (sections.colophon if state in ("colophon", "record") else sections.head).append(line)
    return "colophon" if state == "record" else state


def attendance_label(line: Line) -> tuple[str, list[Line]] | None:
    """The label that a line of the attendance begins with, and what stands behind it on the line."""
    found = ATTENDANCE_LABEL.fullmatch(line.folded)
    if found:
        return found["label"], _rest(line, len(line.folded) - len(found["rest"]))
    bare = BARE_ATTENDANCE_LABEL.match(line.raw.folded)
    if bare and "。" not in line.folded:
        start = bare.start("rest") if bare["rest"] else len(line.raw)
        rest = line.raw[start:]
        return re.sub(r"\s", "", bare["label"]), [Line(rest, rest.compact)] if rest else []
    return None


def _labelled_rest(line: Line, pattern: re.Pattern[str], bare: re.Pattern[str]) -> Line | None:
    found = pattern.fullmatch(line.folded)
    if found:
        rest = line.text[found.start("rest") :]
        return Line(rest, rest) if rest else line
    loose = bare.match(line.raw.folded)
    if loose:
        rest = line.raw[loose.start("rest") :]
        return Line(rest, rest.compact)
    return None


def _rest(line: Line, start: int) -> list[Line]:
    """What stands behind the first `start` characters of the line, its padding kept."""
    if start >= len(line.text):
        return []
    first = line.text.starts[start]
    raw = line.raw[line.raw.starts.index(first) :]
    return [Line(raw, line.text[start:])]


def _belongs_to_colophon(line: Line, previous: Line | None, state: str) -> bool:
    folded = line.folded
    if state == "head":
        return COLOPHON_LABEL.match(folded) is not None
    if COLOPHON_LABEL.match(folded) or ISSUED.fullmatch(folded) or (len(folded) <= 20 and DISCLOSURE.fullmatch(folded)):
        return True
    sentence_over = previous is None or previous.ends_a_sentence or state != "body"
    return sentence_over and bool(DATE_LINE.fullmatch(folded) or OFFICE_AND_DATE.fullmatch(folded))


def _starts_the_body(sections: Sections, state: str, line: Line, opening_known: bool) -> bool:
    """Whether a line that no label announces begins the items (or their end, where items stand already)."""
    if sections.body:
        return CLOSING.match(line.folded) is not None
    if state == "head" and opening_known:
        return False
    first_number = any(
        marker.value == 1 and marker.style in (Style.CHINESE, Style.CHINESE_ALONE, Style.MATTER)
        for marker in markers_of(line)
    )
    prose = SPEAKS_OF_THE_MEETING.match(line.folded) is not None and (len(line.text) > 14 or line.ends_a_sentence)
    return (first_number and not line.folded.endswith("：")) or (prose and state != "head")


def _set_the_closing_apart(sections: Sections) -> None:
    """Moves what is told after the last item, without a number, out of the items."""
    body = sections.body
    for index in range(len(body) - 1, 0, -1):
        if any(marker.style in (Style.CHINESE, Style.CHINESE_ALONE, Style.MATTER) for marker in markers_of(body[index])):
            return
        if CLOSING.match(body[index].folded) and body[index - 1].ends_a_sentence:
            sections.body, sections.closing = body[:index], body[index:]
            return


def _opening_start(lines: list[Line]) -> int | None:
    """The index of the line with which the opening begins: who met when, under whom."""
    for index, line in enumerate(lines):
        folded = line.folded
        if COLOPHON_LABEL.match(folded) or any(pattern.fullmatch(folded) for pattern in FACT_LABELS.values()):
            continue
        window = "".join(other.folded for other in lines[index : index + 5]).split("。")[0][:400]
        dated = folded if len(folded) > 10 or index + 1 == len(lines) else folded + lines[index + 1].folded
        if len(dated) >= 8 and STARTS_WITH_DATE.match(dated) and not DATE_LINE.fullmatch(folded) and not ISSUED.fullmatch(folded) and MEETS.search(window):
            return index
        if MEETS.search(folded) and len(folded) >= 12 and not folded.endswith("纪要"):
            return _back_to_the_start_of_the_sentence(lines, index)
    return None


def _back_to_the_start_of_the_sentence(lines: list[Line], index: int) -> int:
    while index > 0 and len(lines[index - 1].text) >= 16 and not lines[index - 1].ends_a_sentence:
        if lines[index - 1].folded.endswith(("纪要", "号", "次")) or "：" in lines[index - 1].folded[:6]:
            break
        index -= 1
    return index


def _opening_end(lines: list[Line], start: int, width: int | None) -> int:
    """The index behind the opening's last line: it ends before the items, a lead-in, or with its paragraph."""
    has_numbers = any(_is_first_number(line) for line in lines[start + 1 :])
    for index in range(start + 1, len(lines)):
        line, previous = lines[index], lines[index - 1]
        if _is_first_number(line) or LEAD_IN.fullmatch(line.folded) or attendance_label(line):
            return index
        if previous.ends_a_sentence:
            paragraph_over = width is None or len(previous.text) < width - 2 or line.indent >= 2
            if SPEAKS_OF_THE_MEETING.match(line.folded) and (paragraph_over or not has_numbers):
                return index
            is_heading = len(line.text) <= 40 and not re.search(r"[。，；：]", line.folded)
            if paragraph_over and (not has_numbers or is_heading or previous.folded.endswith("：")):
                return index
    return len(lines)


def _is_first_number(line: Line) -> bool:
    return any(
        marker.value == 1 and marker.style in (Style.CHINESE, Style.CHINESE_ALONE, Style.MATTER, Style.CHINESE_IN_BRACKETS, Style.ARABIC)
        for marker in markers_of(line)
    ) and not attendance_label(line)
