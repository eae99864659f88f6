"""Labels, introductions, dates and words of the imprint in lines of minutes."""

from __future__ import annotations

import re

from minutes.parser.layout.lines import Line, line_of
from minutes.parser.source_text import Tracked
from minutes.parser.vocabulary.dates import DATE_FORM
from minutes.parser.vocabulary.names import is_a_likely_name
from minutes.parser.vocabulary.verbs import ACTIONS, any_of

# 出席： · 列席人员： · 【列席】 · 固定列席： · 列席情况：
# （一）邀请列席： · 参加此次会议的有： · 列席会议的单位和人员： · 缺席（请假）人员：
ATTENDANCE = re.compile(
    r"(?:（[一二三四五六七八九十]）|[一二三四五六七八九十]、|\d[.、])?〔?"
    r"(?P<label>(?:固定|邀请|应邀|特邀|部分|主要|其他)?(?:出席|列席|请假|缺席|参加|参会|到会|与会|应到|实到)"
    r"(?:（[^（）]{1,6}）)?(?:[本此]次)?(?:会议)?"
    r"(?:的?(?:人员|领导|同志|单位|部门|名单|有|代表|委员|成员|专家|人|者|[和及与、])){0,5})(?:名单|情况)?(?:〕：?|：)(?P<rest>.*)"
)
# 出席  王岚  沈一舟 · 列席人员 (no colon, so a blank or the end of the line must follow)
ATTENDANCE_WITHOUT_COLON = re.compile(
    r"\s*(?P<label>(?:(?:出|列|缺)\s*席|请\s*假)(?:\s*人\s*员)?)(?:\s+(?!会)(?P<rest>\S.*)|\s*)$", re.DOTALL
)
# 第一至五议题：县水务局左岸、南屏镇麦冬 · 第九议题：县司法局麦冬。 (who came for a matter, below 列席)
CAME_FOR_A_MATTER = re.compile(
    r"（?第[一二三四五六七八九十\d、至到和-]{1,8}[个项]?议题：(?P<first>[^，；：、。《]{4,30})(?:[、，；][^：。《]*)?[。）]?"
)
# 单位 · 姓  名 · 单位及职务 · 参会类别 (a cell of the head of a table; to be built into the next)
HEAD_CELL = (
    r"(?:序\s*号|(?:参会|人员)?(?:类\s*别|类型|身份)|(?:参会|工作|所在)?(?:单位|部门)(?:及职务|职务)?|姓\s*名|职\s*务|职\s*称|备\s*注|签\s*名"
    r"|(?:联系)?电话)"
)
# 单位  姓名  职务 · 序号 姓名 单位及职务 (the head of a table)
TABLE_HEAD = re.compile(rf"[\s|]*(?:{HEAD_CELL}[\s|]*){{2,}}")

# 记录：王岚 · 会议记录人：王岚 · 记录员：王岚
RECORDER = re.compile(r"(?:会议)?记录(?:人员|整理|人|员|者)?：(?P<rest>.*)")
# 记 录 王岚
RECORDER_WITHOUT_COLON = re.compile(r"\s*记\s*录\s+(?P<rest>\S.{0,12})$")

# 一、会议时间： · （二）地点： (a number before a label; part of the next)
NUMBERED = r"(?:[一二三四五六七八九十]、|（[一二三四五六七八九十]）|\d[.、])?"
FACTS = {
    # 主持人：王岚 · 会议召集人：王岚 · 三、主持人：王岚
    "chair": re.compile(rf"{NUMBERED}(?:会议)?(?:主持(?:人|人员|者)?|召集人)：(?P<rest>.*)"),
    # 时间：2021年3月5日
    "time": re.compile(rf"{NUMBERED}(?:会议|召开)?(?:时间|日期)：(?P<rest>.*)"),
    # 会议地点：县政府会议室
    "place": re.compile(rf"{NUMBERED}(?:会议|召开)?地点：(?P<rest>.*)"),
    # 议题： · 会议主题： · 会议摘要：会议听取了防汛准备情况的汇报。
    "agenda": re.compile(
        rf"{NUMBERED}(?:会议|讨论|研究|主要)?(?:(?:议题|议程|主题)：|(?:内容|摘要)：(?=.))(?P<rest>.*)"
    ),
}

# 会议议定以下意见： · 现将会议研究确定事项纪要如下： · 会议决定： · 五、会议内容：
LEAD_IN = re.compile(
    r"(?:(?:现将?|经研究|经讨论|会议|形成|议定).{0,24}(?:如下|以下(?:意见|事项|问题|内容|决定|决议|议题))"
    r"|.{0,10}纪要如下|会议(?:议定|决定|确定)(?:事项|意见)?|(?:议定|决定|确定)(?:的)?(?:事项|意见)"
    rf"|{NUMBERED}(?:会议)?(?:主要)?内容(?=：))[：。]?"
)

# 会上，还进行了学法专题讲座。 · 会议还研究了其他事项。
CLOSING = re.compile(
    r"(?:此外，|另外，)?(?:会上，?|会议(?:最后)?|会前，?|会后，?)(?:还|另|另外|同时|一并)(?:分别)?"
    rf"(?:{any_of(ACTIONS)}|安排|进行|开展|组织|就|对|举行|集体)"
)

# 会前，县司法局组织学习了《云川县节水条例》 · 会上，与会人员还进行了座谈 (the last paragraph, whose subject may be any)
LAST_PARAGRAPH = re.compile(
    r"会[上前后]，?[^，。；：《》]{2,16}?"
    rf"(?:还(?:{any_of(ACTIONS)}|安排|进行|开展|组织|举行|集体)|(?:组织|集体|共同)(?:学习|观看))"
)

# 本报讯（记者王岚）昨日上午 · 云川日报讯受市长王岚委托 (how the text of a newspaper begins)
DATELINE = re.compile(r"[\u4e00-\u9fff]{2,10}讯(?=[（受\d昨今日近])")
# 2021年3月9日 · （2021年3月9日）
DATE_LINE = re.compile(rf"（?{DATE_FORM}）?")
# 云川市人民政府办公室 · 云川市府办 · 云川市人民政府 (part of other expressions)
OFFICE = r"[\u4e00-\u9fff]{2,24}?(?:办公室|办公厅|府办(?!公)|秘书处|人民政府(?!办))"
# 云川市人民政府办公室整理 · 云川市人民政府办公室 2021年3月9日印发 · 2021年3月9日印发 · 县政府办公室编 2021年3月9日
# 整理：云川市人民政府办公室
ISSUED = re.compile(
    rf"（?(?:{OFFICE})?.{{0,4}}?(?:{DATE_FORM})?(?:整理|印发|编印|编发|印制|印|编)(?:{DATE_FORM})?(?:（?共?印\d+份）?)?）?"
    rf"|(?:整理|印发)(?:单位)?：{OFFICE}(?:{DATE_FORM})?"
)
# 云川市人民政府办公室 2021年3月9日
OFFICE_AND_DATE = re.compile(rf"(?:{OFFICE})(?:{DATE_FORM})?")
# 局长办公会议纪要〔2021〕第2号 (the number of the minutes, where it is below them)
NUMBER_BELOW = re.compile(r"[\u4e00-\u9fff]{0,16}纪要?〔(?:19|20)\d\d〕第?\d{1,4}号")
# 分送：各县（区）人民政府 · 本期发：市委办 · 主题词：会议 纪要 · 签发：王岚 · 校对：沈一舟
# 共印60份 · 县政府办公室综合科拟稿
IMPRINT = re.compile(
    r"(?:分送|抄送|抄报|报送|主送|发送|本期发|发至|呈报|呈送|送|发|报|呈|主题词|签发人?|核稿|审核|校对|拟稿|录入|打印"
    r"|公开(?:方式|属性|类别|形式)|信息公开选项)：|（?共印\d+份|（?印\d+份|[\u4e00-\u9fff、]{2,30}(?:拟稿|供稿)$"
)
# （此件公开发布） · （此件依申请公开） · 此件主动公开
DISCLOSURE = re.compile(r"（?(?P<text>此件[\u4e00-\u9fff]{2,12}|(?:主动|依申请|不予)公开)）?")


def fact_label_of(line: Line) -> str | None:
    """Return the field of the label at the start of the line: chair, time and so on."""
    return next((fact for fact, label in FACTS.items() if label.fullmatch(line.folded)), None)


def attendance_label_of(line: Line) -> tuple[str, list[Line]] | None:
    """Return the attendance label at the start of the line, and the rest of it."""
    found = ATTENDANCE.fullmatch(line.folded)
    if found:
        return found["label"], _rest_with_padding(line, found.start("rest"))
    bare = ATTENDANCE_WITHOUT_COLON.match(line.raw.folded)
    if bare and "。" not in line.folded:
        rest = line.raw[bare.start("rest") if bare["rest"] else len(line.raw) :]
        return "".join(bare["label"].split()), [Line(rest, rest.compact)] if rest else []
    return None


def lists_who_came_for_a_matter(line: Line) -> bool:
    """Return whether the line names who came for a matter: 第九议题：县司法局麦冬."""
    found = CAME_FOR_A_MATTER.fullmatch(line.folded)
    return found is not None and any(is_a_likely_name(found["first"][-length:]) for length in (2, 3))


def is_label(line: Line) -> bool:
    """Return whether the line starts with a label of the meeting, whatever number precedes it."""
    if attendance_label_of(line) or fact_label_of(line):
        return True
    return line.folded.endswith("：") and LEAD_IN.fullmatch(line.folded) is not None


def recorder_label_of(line: Line) -> Line | None:
    """Return the text after the label of the recorder.

    The label itself if nothing follows.
    """
    if found := RECORDER.fullmatch(line.folded):
        rest = line.text[found.start("rest") :]
        return line_of(rest) if rest else line
    if bare := RECORDER_WITHOUT_COLON.match(line.raw.folded):
        rest = line.raw[bare.start("rest") :]
        return Line(rest, rest.compact)
    return None


def behind_the_colon(text: Tracked) -> Tracked:
    """Return the text after the first colon."""
    return text[text.folded.find("：") + 1 :].stripped()


def _rest_with_padding(line: Line, start: int) -> list[Line]:
    """Return the rest of the line with padding."""
    if start >= len(line.text):
        return []
    raw = line.raw[line.raw.position_of(line.text.starts[start]) :]
    return [Line(raw, line.text[start:])]
