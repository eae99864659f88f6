"""Where the opening of the minutes begins and ends: with the day and who held the meeting, before the first item."""

from __future__ import annotations

import re

from minutes.parser.items.markers import INNER_STYLES, ITEM_STYLES, Style, is_item_number, markers_of
from minutes.parser.layout.lines import Line
from minutes.parser.vocabulary import labels
from minutes.parser.vocabulary.dates import DATE_FORM
from minutes.parser.vocabulary.labels import attendance_label_of, fact_label_of, is_label
from minutes.parser.vocabulary.verbs import ACTIONS, any_of

# 二〇二一年三月五日，王岚县长主持召开 · 召开第80次常务会议 · 会议由王岚主持，举行专题会议
# 县政府第3次常务会议在县政府三楼会议室召开 · 召集县水务局、县财政局负责人，专题研究防汛工作
# 召集县水务局、北渚镇负责人，现场协调堤防征迁 · 召集县水务局、县财政局负责人，研究防汛工作
MEETS = re.compile(
    r"主持召开|主持了?.{0,30}会议|召开.{0,40}(?:会议|办公会|会(?=[，。]|$))|主持会议|举行.{0,20}会议|现场办公"
    r"|会议?(?:在[^，。]{2,30})?(?:召开|举行)(?=[，。]|$)"
    r"|召集(?!人)[^。]{2,120}?(?:专题|现场|集中|共同|，)(?:研究|协调|会商)"
    r"|(?:研究|协商|协调).{0,60}(?:纪要如下|明确如下|意见：|事项：)"
)
# 县长王岚主持召开县政府第13次常务会议
CHAIRED_AND_HELD = re.compile(r"主持召开.{0,30}第[一二三四五六七八九十百\d]{1,5}次")
# 同日，县长王岚主持召开县政府党组会议
# 随后，王岚还主持召开了防汛工作推进会 (one more meeting in the same report)
# 3月6日上午，县长王岚主持召开县政府党组会议
HELD_BESIDES = re.compile(
    rf"(?:(?:同日|又讯|当[日天]|随后|紧?接着|此前|之后|当晚|会[前后])(?:上午|下午|晚上?)?|{DATE_FORM}(?:上午|下午|晚上?)?)"
    r"，?[^。；：《]{2,40}?主持(?:召开)?了?(?P<meeting>[^。；：，]{2,40}?(?:会议|办公会|[议进度调商导]会))(?=[，。；]|$)"
)
# 会议传达学习了省防汛会议精神 · 会议听取防汛准备情况汇报强调 (a paragraph of its own, whatever ends above it)
MEETING_DID = re.compile(rf"会议(?:首先|书面|专题|集中)?{any_of(ACTIONS)}(?!室|厅)")
# 县委副书记、县长王岚主持会议，副县长沈一舟出席 (goes on with the opening, in a paragraph of its own)
# 县长王岚讲话，县委副书记沈一舟主持会议。
NAMES_THE_CHAIR = re.compile(
    r"(?:[^，。；：《》]{2,30}(?:讲话|致辞|出席(?:会议)?)，)?(?:会议由)?[^，。；：《》]{2,40}主持(?:了?会议|召开)?(?:并讲话)?[，。]"
)
# 主持召开县水务局2021 · ，现将 (a sentence that the line break cut)
CUT_WITHIN = re.compile(r"(?<!会议)(?<!会)(?<!次)$")
# 主持召开市政府第12次常务 (a word that the line break cut)
CUT_BEFORE_MEETING = re.compile(r"(?:[次务题体公协席调项期]|扩大）)$")
# 2021年3月5日上午 · 5日上午， · 5日， · 本报讯（记者王岚）3月5日上午 · 云川新闻网讯3月5日上午
# 县委副书记、县长王岚3月5日主持召开 · 〔全媒体记者王岚〕3月5日上午 · 据云川日报报道3月5日，
# 为做好防汛工作，3月5日上午 · 日前，县长王岚主持召开 · 本报讯（记者王岚）昨日下午，
STARTS_WITH_DATE = re.compile(
    rf"(?:[\u4e00-\u9fff]{{2,10}}讯|据[\u4e00-\u9fff]{{2,12}}报道：?)?(?:[（〔](?![^（）〔〕]*[第次届期号\d])[^（）〔〕]{{2,30}}[）〕])?(?:为[^。；]{{4,80}}，)?(?:{DATE_FORM}.{{2}}|\d{{1,2}}日(?:上午|下午|晚|，)"
    rf"|(?:日前|近日|[昨今][日天])(?:上午|下午|晚上?)?，)|[\u4e00-\u9fff、]{{4,40}}(?:{DATE_FORM}|\d{{1,2}}日)(?:上午|下午|晚上?)?主持召开"
)
# 由县民政局负责， (a sentence; a heading has none of these)
PUNCTUATION = re.compile(r"[。，；：]")
# 会议听取了县水务局关于防汛准备情况的汇报。 · 现将主要内容纪要如下：
SPEAKS_OF_THE_MEETING = re.compile(r"会议|会上|会前|现将|为|根据|按照")

# Numbers that may start the items, or the first paragraph of a text without items.
FIRST_NUMBER_STYLES = (*ITEM_STYLES, *INNER_STYLES)


def opening_start(lines: list[Line]) -> int | None:
    """Return the index of the first line of the opening."""
    numbers = (index for index, line in enumerate(lines) if is_item_number(line) and not is_label(line))
    first_number = next(numbers, len(lines))
    # An agenda above the opening has numbers too.
    of_head = len(lines) if any(fact_label_of(line) == "agenda" for line in lines[:first_number]) else first_number
    head = [index for index in range(of_head) if not labels.IMPRINT.match(lines[index].folded)]
    dated = next((index for index in head if _begins_with_the_day(lines, index)), None)
    if dated is not None:
        return dated
    for index, line in enumerate(lines):
        folded = line.folded
        # 4. 对口支援工作：已召开座谈会 is a matter of an item, whatever it mentions.
        is_matter = markers_of(line) and (index > first_number or not is_item_number(line))
        if labels.IMPRINT.match(folded) or fact_label_of(line) or is_matter:
            continue
        if MEETS.search(folded) and len(folded) >= 12 and not _is_a_title(lines, index):
            return _back_to_the_start_of_the_sentence(lines, index)
    return None


def _is_a_title(lines: list[Line], index: int) -> bool:
    """Return whether the line is a title: …会议纪要, or one right above the label 时间：."""
    if lines[index].folded.endswith("纪要"):
        return True
    above_labels = any(fact_label_of(line) == "time" for line in lines[index + 1 : index + 3])
    return above_labels and not lines[index].ends_a_sentence


def _is_a_title_above_labels(lines: list[Line], index: int) -> bool:
    """Return whether the line is a title with its day: 2021年3月5日云川市政府常务会议, above 主持人：."""
    is_a_title = lines[index].folded.endswith("会议") and not PUNCTUATION.search(lines[index].folded)
    return is_a_title and any(fact_label_of(line) for line in lines[index + 1 : index + 5])


def _begins_with_the_day(lines: list[Line], index: int) -> bool:
    """Return whether the line starts with the date of a meeting."""
    folded = lines[index].folded
    if labels.DATE_LINE.fullmatch(folded) or labels.ISSUED.fullmatch(folded) or _is_a_title_above_labels(lines, index):
        return False
    # A date broken over two lines is read with the next line.
    dated = folded if len(folded) > 10 or index + 1 == len(lines) else folded + lines[index + 1].folded
    if len(dated) < 8 or not STARTS_WITH_DATE.match(dated):
        return False
    sentence = "".join(line.folded for line in lines[index : index + 5]).split("。")[0]
    return MEETS.search(sentence[:400]) is not None


def opens_anew(lines: list[Line], index: int) -> bool:
    """Return whether minutes of one more meeting seem to open there: with the day, and who held it."""
    is_a_paragraph = index > 0 and (lines[index - 1].ends_a_sentence or len(lines[index - 1].text) < 30)
    if not is_a_paragraph:
        return False
    if CHAIRED_AND_HELD.search(lines[index].folded) and _begins_with_the_day(lines, index):
        return True
    is_another = not markers_of(lines[index]) and HELD_BESIDES.match(lines[index].folded) is not None
    return is_another and not _numbers_go_on(lines[index + 1 :])


def _numbers_go_on(lines: list[Line]) -> bool:
    """Return whether the items go on below: what is between 一、 and 二、 belongs to an item."""
    following = next((line for line in lines if is_item_number(line)), None)
    return following is not None and not begins_with_one(following, ITEM_STYLES)


def _back_to_the_start_of_the_sentence(lines: list[Line], index: int) -> int:
    """Return the index of the line where the sentence reaching into this one starts."""
    while (
        index > 0
        and not labels.DATELINE.match(lines[index].folded)
        and len(lines[index - 1].text) >= 16
        and not lines[index - 1].ends_a_sentence
    ):
        previous = lines[index - 1].folded
        if previous.endswith(("纪要", "号", "次")) or "：" in previous[:6] or labels.ISSUED.fullmatch(previous):
            break
        index -= 1
    return index


def opening_end(lines: list[Line], start: int, width: int | None) -> int:
    """Return the index after the last line of the opening."""
    has_numbers = any(_is_first_number(line) for line in lines[start + 1 :])
    for index in range(start + 1, len(lines)):
        line, previous = lines[index], lines[index - 1]
        if labels.LEAD_IN.fullmatch(line.folded):
            # 年第12次会议。会议纪要如下： is the end of a sentence that the line above began.
            is_cut = "。" in line.folded[:-1] or CUT_WITHIN.search(previous.folded)
            return index + 1 if is_cut and not previous.ends_a_sentence else index
        if _is_first_number(line) or attendance_label_of(line):
            return index
        if previous.ends_a_sentence and _begins_something_new(line, previous, width, has_numbers):
            return index
        if not previous.fills(width) and _has_its_paragraph_to_itself(line, previous):
            return index
    return len(lines)


def _has_its_paragraph_to_itself(line: Line, previous: Line) -> bool:
    """Return whether a line on the meeting's actions starts a paragraph.

    Even if the sentence above it is not finished.
    """
    return MEETING_DID.match(line.folded) is not None and not CUT_BEFORE_MEETING.search(previous.folded)


def _begins_something_new(line: Line, previous: Line, width: int | None, has_numbers: bool) -> bool:
    """Return whether a line after a finished sentence is outside the opening."""
    paragraph_over = not previous.fills(width) or line.indent >= 2
    if NAMES_THE_CHAIR.match(line.folded):
        return False
    if not paragraph_over:
        return not has_numbers and SPEAKS_OF_THE_MEETING.match(line.folded) is not None
    is_heading = len(line.text) <= 40 and not PUNCTUATION.search(line.folded)
    speaks_of_the_meeting = SPEAKS_OF_THE_MEETING.match(line.folded) is not None
    return not has_numbers or is_heading or speaks_of_the_meeting or previous.folded.endswith("：")


def _is_first_number(line: Line) -> bool:
    return begins_with_one(line, FIRST_NUMBER_STYLES) and not is_label(line)


def begins_with_one(line: Line, styles: tuple[Style, ...]) -> bool:
    """Return whether the line starts with number one in any of the styles."""
    return any(marker.value == 1 and marker.style in styles for marker in markers_of(line))
